//! Who speaks, who wrote it down, and when.

use std::collections::{HashMap, HashSet};

use crate::notes::Line;

/// What stands before a colon without being anybody's name.
const NO_NAMES: &[&str] = &[
    "note",
    "notes",
    "action",
    "actions",
    "question",
    "q",
    "a",
    "idea",
    "tip",
    "tips",
    "link",
    "links",
    "lesson",
    "problem",
    "issue",
    "issues",
    "answer",
    "example",
    "examples",
    "barrier",
    "barriers",
    "hurdle",
    "solution",
    "resource",
    "resources",
    "summary",
    "update",
    "next",
    "todo",
    "legal",
    "procurement",
    "policy",
    "agreed",
    "decision",
    "also",
    "so",
    "and",
    "but",
    "fact",
    "http",
];

/// What ends a note-taker's part: from here on it is everybody's.
const EVERYBODYS: &[&str] = &[
    "what next",
    "next steps",
    "actions",
    "what we agreed",
    "who does what",
    "parking",
    "decisions",
    "outcomes",
    "general discussion",
    "resources",
    "links",
    "further reading",
    "summary",
    "conclusions",
];

/// Finds times, speakers and note-takers, and marks where what was said begins and ends.
pub(super) fn find(lines: &mut [Line]) {
    times(lines);
    note_takers(lines);
    let regulars = regulars(lines);
    for line in lines.iter_mut().filter(|line| line.heading.is_none()) {
        prefixed(line, &regulars);
        attributed(line);
    }
}

fn times(lines: &mut [Line]) {
    for line in lines.iter_mut().filter(|line| line.heading.is_none()) {
        let Some(length) = time_at_start(&line.text) else {
            continue;
        };
        line.said_at = Some(
            line.text[..length]
                .trim_matches(['[', ']', '(', ')'])
                .to_owned(),
        );
        let rest = &line.text[length..];
        let gap = rest.len()
            - rest
                .trim_start_matches([' ', '–', '—', '-', ':', '|'])
                .len();
        line.begins = length + gap;
    }
}

/// How many bytes of a time stand at the beginning: `10:05`, `[00:12:31]`, `9.40am`.
fn time_at_start(text: &str) -> Option<usize> {
    let first = text.split_whitespace().next()?;
    let bare = first.trim_matches(['[', ']', '(', ')', '–', '-']);
    let digits = bare.trim_end_matches("am").trim_end_matches("pm");
    let parts: Vec<&str> = digits.split([':', '.']).collect();
    let is_part = |part: &&str| {
        part.len() <= 2 && !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit())
    };
    let is_time = (2..=3).contains(&parts.len())
        && parts.iter().all(is_part)
        && parts[1].len() == 2
        && (digits.contains(':') || digits.len() < bare.len());
    (is_time && text.len() > first.len()).then_some(first.len())
}

fn note_takers(lines: &mut [Line]) {
    let mut taker: Option<(usize, String)> = None;
    for line in lines {
        if let Some(level) = line.heading {
            let said = line.text.to_lowercase();
            if let Some(name) = of_a_note_taker(&line.text) {
                taker = Some((level, name));
            } else if taker.as_ref().is_some_and(|(other, _)| level < *other)
                || EVERYBODYS.iter().any(|words| said.starts_with(words))
            {
                taker = None;
            }
        }
        line.note_taker = taker.as_ref().map(|(_, name)| name.clone());
    }
}

/// The name in "Priya Nair's notes", "Notes by Priya Nair", "Reflections from Priya Nair".
pub(super) fn of_a_note_taker(heading: &str) -> Option<String> {
    let heading = heading.trim().trim_end_matches(':');
    let lower = heading.to_lowercase();
    let ends = [
        "'s notes",
        "’s notes",
        "'s note",
        "’s note",
        "s' notes",
        "s’ notes",
        "'s reflections",
        "’s reflections",
    ];
    for end in ends {
        if lower.len() == heading.len() && lower.ends_with(end) {
            let kept = usize::from(end.starts_with('s'));
            return name(&heading[..heading.len() - end.len() + kept]);
        }
    }
    for start in [
        "notes by ",
        "notes from ",
        "notes taken by ",
        "reflections from ",
        "reflections by ",
        "written down by ",
        "note-taker: ",
        "notetaker: ",
    ] {
        if lower.len() == heading.len() && lower.starts_with(start) {
            return name(&heading[start.len()..]);
        }
    }
    None
}

/// One to three words that begin with capitals and name nobody's thing.
fn name(text: &str) -> Option<String> {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    let is_name = (1..=3).contains(&words.len())
        && words.iter().all(is_capital)
        && !NO_NAMES.contains(&words[0].to_lowercase().as_str())
        && !matches!(
            words[0],
            "The" | "Session" | "Event" | "This" | "Other" | "My"
        );
    is_name.then(|| text.to_owned())
}

/// What stands before a line's colon, if it may be a name.
fn before_colon(line: &Line) -> Option<(&str, usize)> {
    let rest = line.text.get(line.begins..)?;
    let (before, after) = rest.split_once(':')?;
    let is_short = before.chars().count() <= 30 && after.starts_with(' ');
    (is_short && name(before).is_some()).then(|| (before.trim(), line.begins + before.len() + 1))
}

/// Those whose names stand before colons again and again.
fn regulars(lines: &[Line]) -> HashSet<String> {
    let mut times: HashMap<&str, usize> = HashMap::new();
    for line in lines.iter().filter(|line| line.heading.is_none()) {
        if let Some((name, _)) = before_colon(line) {
            *times.entry(name).or_default() += 1;
        }
    }
    let all: usize = times.values().sum();
    let again = times.values().filter(|count| **count > 1).count();
    // In a transcript nearly everybody speaks again; elsewhere a colon is a colon.
    let is_transcript = again >= 2 && all * 3 >= lines.len();
    times
        .into_iter()
        .filter(|(_, count)| *count > 1 || is_transcript)
        .map(|(name, _)| name.to_owned())
        .collect()
}

fn prefixed(line: &mut Line, regulars: &HashSet<String>) {
    let Some((before, length)) = before_colon(line) else {
        return;
    };
    let tip = before
        .strip_suffix(" Tip")
        .or_else(|| before.strip_suffix(" tip"))
        .or_else(|| before.strip_prefix("Tip from "))
        .map(ToOwned::to_owned);
    let speaker = tip.or_else(|| regulars.contains(before).then(|| before.to_owned()));
    if speaker.is_some() {
        line.speaker = speaker;
        line.begins = length;
    }
}

/// A name after the last dash: "… – Carys Bell".
fn attributed(line: &mut Line) {
    let dash = [" – ", " — ", " - "]
        .iter()
        .filter_map(|dash| line.text.rfind(dash).map(|at| (at + dash.len(), at)))
        .max();
    let Some((end, start)) = dash else { return };
    let (before, after) = (line.text[..start].trim_end(), line.text[end..].trim());
    let is_quoted = before.ends_with(['”', '"', '’']);
    let words = after.split_whitespace().count();
    let fits = before.split_whitespace().count() >= 4
        && (words >= 2 || is_quoted)
        && after
            .chars()
            .all(|c| c.is_alphabetic() || " .'’-".contains(c))
        && !after.chars().all(char::is_uppercase);
    if fits
        && line.speaker.is_none()
        && start > line.begins
        && let Some(name) = name(after)
    {
        line.speaker = Some(name);
        line.ends = before.len();
    }
}
