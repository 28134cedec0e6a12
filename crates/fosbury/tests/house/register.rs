//! The starter register: whole, cross-linked, and nothing said twice.

use std::collections::{BTreeMap, BTreeSet};

use fosbury::history::model::Parts;
use fosbury::starting::files::{self, Entry, GUIDES, HURDLES, SOLUTIONS};

use crate::sources::assert_none;

/// The hurdles of 2009 that were recovered, under their old numbers; the gaps stay open.
const OF_2009: &[i64] = &[
    1, 2, 3, 4, 5, 6, 7, 8, 10, 11, 12, 14, 16, 18, 19, 35, 42, 43, 44, 45, 46,
];
/// Hurdles of today begin here.
const OF_TODAY: i64 = 51;
/// Words a sentence needs to count as one: "Ask them." may stand twice.
const WORDS_OF_A_SENTENCE: usize = 4;

/// Everything in the register: what it is called, and its parts.
pub fn all() -> BTreeMap<(&'static str, i64), Parts> {
    let mut all = BTreeMap::new();
    for (kind, list, read) in [
        ("hurdle", HURDLES, files::hurdle as fn(&str, &str) -> _),
        ("solution", SOLUTIONS, files::solution),
        ("guide", GUIDES, files::guide),
    ] {
        for (name, file) in list {
            let entry: Result<Entry, files::Unreadable> = read(name, file);
            let entry = entry.unwrap();
            let called = format!("{:03}.md", entry.number);
            assert_eq!(*name, called, "a file is called by its number");
            let before = all.insert((kind, entry.number), entry.parts);
            assert!(before.is_none(), "{kind} {} twice", entry.number);
        }
    }
    all
}

fn of_kind(kind: &str) -> BTreeMap<i64, Parts> {
    let all = all().into_iter();
    let all = all.filter(|((one, _), _)| *one == kind);
    all.map(|((_, number), parts)| (number, parts)).collect()
}

#[test]
fn the_numbers_of_2009_stand_and_their_gaps_stay_open() {
    let old: Vec<i64> = of_kind("hurdle")
        .into_keys()
        .filter(|number| *number < OF_TODAY)
        .collect();
    assert_eq!(old, OF_2009);
    assert!(of_kind("hurdle").len() >= OF_2009.len() + 20);
    assert!(of_kind("solution").len() >= 40);
}

#[test]
fn every_hurdle_is_whole() {
    let mut found = Vec::new();
    let solutions = of_kind("solution");
    for (number, parts) in of_kind("hurdle") {
        let needed = [
            "title", "heading", "problem", "detail", "why", "ways", "until", "tags",
        ];
        let missing = needed.into_iter().chain(["phrases"]);
        let missing = missing.filter(|key| parts.get(key).trim().is_empty());
        found.extend(missing.map(|key| format!("hurdle {number}: {key} is missing")));
        if !solutions
            .values()
            .any(|one| one.numbers("hurdles").contains(&number))
        {
            found.push(format!("hurdle {number}: no solution is for it"));
        }
        if !fosbury::hurdles::HEADINGS.contains(&parts.get("heading")) {
            found.push(format!("hurdle {number}: heading {}", parts.get("heading")));
        }
    }
    assert_none(&found, "Every hurdle has all its sections and a way over:");
}

#[test]
fn every_solution_is_whole() {
    let mut found = Vec::new();
    let hurdles = of_kind("hurdle");
    for (number, parts) in of_kind("solution") {
        let needed = [
            "title",
            "kind",
            "direction",
            "effort",
            "cost",
            "agrees",
            "short",
            "steps",
        ];
        let missing = needed
            .into_iter()
            .filter(|key| parts.get(key).trim().is_empty());
        found.extend(missing.map(|key| format!("solution {number}: {key} is missing")));
        let steps = parts
            .get("steps")
            .lines()
            .filter(|line| is_step(line))
            .count();
        if steps < 4 {
            found.push(format!("solution {number}: {steps} steps"));
        }
        let for_hurdles = parts.numbers("hurdles");
        if for_hurdles.is_empty() {
            found.push(format!("solution {number}: for no hurdle"));
        }
        let unknown = for_hurdles.iter().filter(|one| !hurdles.contains_key(one));
        found.extend(unknown.map(|one| format!("solution {number}: no hurdle {one}")));
    }
    assert_none(
        &found,
        "Every solution has four steps, says who agrees and is for a hurdle:",
    );
}

fn is_step(line: &str) -> bool {
    let Some((number, words)) = line.split_once(". ") else {
        return false;
    };
    !number.is_empty() && number.chars().all(|c| c.is_ascii_digit()) && !words.trim().is_empty()
}

#[test]
fn nothing_is_said_twice() {
    let mut said: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for ((kind, number), parts) in all() {
        for (key, words) in prose(&parts) {
            for sentence in sentences(&words) {
                let place = format!("{kind} {number} {key}");
                said.entry(sentence).or_default().insert(place);
            }
        }
    }
    assert!(
        said.len() > 1_000,
        "{} sentences: a guard went blind",
        said.len()
    );
    let twice = said.iter().filter(|(_, places)| places.len() > 1);
    let found: Vec<String> = twice
        .map(|(words, places)| format!("{words}: {places:?}"))
        .collect();
    assert_none(&found, "No two entries share a sentence:");
}

#[test]
fn nobody_shouts() {
    let mut found = Vec::new();
    for ((kind, number), parts) in all() {
        for (key, words) in prose(&parts) {
            if words.contains('!') {
                found.push(format!("{kind} {number}: {key}"));
            }
        }
    }
    assert_none(&found, "No exclamation marks:");
}

/// The parts that people read as text.
pub fn prose(parts: &Parts) -> Vec<(&'static str, String)> {
    [
        "title", "problem", "detail", "why", "ways", "until", "short", "steps", "say", "watch",
        "text", "agrees",
    ]
    .into_iter()
    .map(|key| (key, parts.get(key).to_owned()))
    .filter(|(_, words)| !words.is_empty())
    .collect()
}

/// Sentences in lower case without signs; lines of a list are sentences of their own.
fn sentences(words: &str) -> Vec<String> {
    let plain = web::plain(words);
    let pieces = plain.split(['.', '?', ':', ';', '\n']);
    pieces
        .map(|piece| {
            let kept = piece
                .chars()
                .filter(|c| c.is_alphanumeric() || c.is_whitespace());
            let kept: String = kept.collect::<String>().to_lowercase();
            kept.split_whitespace().collect::<Vec<_>>().join(" ")
        })
        .filter(|sentence| sentence.split(' ').count() >= WORDS_OF_A_SENTENCE)
        .collect()
}
