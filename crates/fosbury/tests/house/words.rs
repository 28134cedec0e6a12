//! Every word of the interface is there, and every word there is used.

use std::collections::{BTreeMap, BTreeSet};

use fosbury::words::{ENGLISH, Words};

use crate::sources::{assert_none, files};
use crate::words_used::{Used, of_house};

/// `act.html` says the label of its one field by two names that are not in it.
const BY_TWO_NAMES: &[&str] = &["merge-into"];

/// Keys of all Fluent files, and in which file each stands.
fn keys() -> BTreeMap<String, Vec<String>> {
    let mut keys: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for file in files("crates/fosbury/src", &[".ftl"]) {
        for line in file.text.lines() {
            let Some((key, _)) = line.split_once('=') else {
                continue;
            };
            let is_key = line.starts_with(|c: char| c.is_ascii_lowercase());
            if is_key {
                let key = key.trim().to_owned();
                keys.entry(key).or_default().push(file.path.clone());
            }
        }
    }
    assert!(keys.len() > 300, "{} keys: a guard went blind", keys.len());
    keys
}

#[test]
fn every_word_is_written_once() {
    let twice = keys().into_iter().filter(|(_, places)| places.len() > 1);
    let found: Vec<String> = twice
        .map(|(key, places)| format!("{key}: {places:?}"))
        .collect();
    assert_none(&found, "A key stands in one file, once:");
}

#[test]
fn every_file_of_words_is_read() {
    let mut known: Vec<String> = ENGLISH
        .iter()
        .map(|(room, _)| format!("crates/fosbury/src/{room}/en.ftl"))
        .collect();
    known.sort();
    let there = files("crates/fosbury/src", &[".ftl"]).into_iter();
    let there: Vec<String> = there.map(|file| file.path).collect();
    assert_eq!(known, there);
    let words = Words::english();
    let keys = keys().into_keys();
    let lost: Vec<String> = keys.filter(|key| !words.has(key)).collect();
    assert_none(&lost, "Fluent could not read these:");
}

#[test]
fn every_word_asked_for_is_there() {
    let keys: BTreeSet<String> = keys().into_keys().collect();
    let mut found = Vec::new();
    let used = of_house();
    assert!(used.len() > 300, "{} uses: a guard went blind", used.len());
    for (place, one) in used {
        let is_there = match &one {
            Used::Whole(key) => keys.contains(key),
            Used::Pieces(_) => keys.iter().any(|key| one.fits(key)),
            Used::Mention(_) | Used::Plan(_) => true,
        };
        if !is_there {
            found.push(format!("{place}: {one:?}"));
        }
    }
    assert_none(&found, "Words that are asked for and not there:");
}

#[test]
fn every_word_there_is_used() {
    let used = of_house();
    let keys = keys().into_keys();
    let unused: Vec<String> = keys
        .filter(|key| !BY_TWO_NAMES.contains(&key.as_str()))
        .filter(|key| !used.iter().any(|(_, one)| one.fits(key)))
        .collect();
    assert_none(&unused, "Words that nothing says:");
}
