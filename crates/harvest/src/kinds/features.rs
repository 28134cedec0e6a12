//! What is seen in a line: its words, how it begins and ends, its verbs, the heading above it, its place.

use std::collections::BTreeMap;

use super::lexicon::{ABOVE, ANYWHERE, HEADINGS, LABELS};
use super::{around, opening, shapes, verbs};
use crate::notes::{Line, Marker};
use crate::words::{stem, words};

/// A line's features and how strongly each is there.
pub(crate) type Features = BTreeMap<String, f64>;

/// Features of one line as they are seen.
#[derive(Default)]
pub(super) struct Seen(Features);

impl Seen {
    /// This is there.
    pub(super) fn see(&mut self, name: &str) {
        self.weigh(name.to_owned(), 1.0);
    }

    /// This is there, if so.
    pub(super) fn see_if(&mut self, is: bool, name: &str) {
        if is {
            self.see(name);
        }
    }

    /// This is there so strongly.
    pub(super) fn weigh(&mut self, name: String, strength: f64) {
        let entry = self.0.entry(name).or_insert(0.0);
        *entry = entry.max(strength);
    }
}

/// The features of the lines of some notes; headings have none of their own.
pub(crate) fn features(lines: &[Line]) -> Vec<Features> {
    let mut seen: Vec<Features> = lines
        .iter()
        .map(|line| match line.heading {
            Some(_) => Features::new(),
            None => own(line),
        })
        .collect();
    around::add(lines, &mut seen);
    seen
}

/// The features of a line by itself.
fn own(line: &Line) -> Features {
    let said = unnumbered(line.said());
    let words = whole(words(said));
    let mut seen = Seen::default();
    seen.see("every line");
    for word in words.iter().filter(|word| word.chars().count() > 1) {
        seen.see(&format!("word {}", stem(word)));
    }
    for (group, count) in ANYWHERE.within(&words) {
        let count = f64::from(u8::try_from(count.min(4)).unwrap_or(4));
        seen.weigh(format!("group {group}"), count.sqrt());
    }
    let (reported, rest) = verbs::reported(&words);
    for group in &reported {
        seen.see(&format!("reported {group}"));
    }
    opening::look(rest, said, &mut seen);
    verbs::look(rest, said, &mut seen);
    ending(said, &mut seen);
    signs(said, &mut seen);
    shapes::look(said, &mut seen);
    above(line, &mut seen);
    length(&words, &mut seen);
    seen.0
}

/// Whether words stand above lists of one kind: "Tips and little things".
pub(crate) fn stands_above_lists(text: &str) -> bool {
    !ABOVE.within(&words(text)).is_empty()
}

/// What was said without the number of its paragraph: "2.4 Mr Lund asked".
fn unnumbered(said: &str) -> &str {
    let rest = said.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.');
    let number = &said[..said.len() - rest.len()];
    if number.contains('.') && rest.starts_with(' ') {
        rest.trim_start()
    } else {
        said
    }
}

/// Words that are written short, written out: "b4" is "before".
fn whole(mut words: Vec<String>) -> Vec<String> {
    for word in &mut words {
        let long = match word.as_str() {
            "b4" => "before",
            "shd" => "should",
            "cd" => "could",
            "wd" => "would",
            "cllrs" | "cllr" => "councillors",
            "mtg" => "meeting",
            "pls" => "please",
            "ppl" => "people",
            "mgrs" | "mgr" => "managers",
            "govt" => "government",
            "info" => "information",
            "yrs" => "years",
            "wks" => "weeks",
            "mths" => "months",
            "ty" | "thx" => "thanks",
            "tmrw" => "tomorrow",
            "dept" | "depts" => "department",
            _ => continue,
        };
        long.clone_into(word);
    }
    words
}

fn ending(said: &str, seen: &mut Seen) {
    let bare = said.trim_end_matches(['"', '”', '’', ')', ']', ' ']);
    if bare.ends_with('?') {
        seen.weigh("ends as a question".to_owned(), 1.5);
    } else {
        seen.see_if(said.contains('?'), "asks in its middle");
    }
    seen.see_if(bare.ends_with('!'), "ends loud");
    seen.see_if(
        said.ends_with(']') && said.starts_with('['),
        "all in brackets",
    );
    seen.see_if(said.ends_with(')'), "ends in brackets");
}

fn signs(said: &str, seen: &mut Seen) {
    for (sign, name) in [
        ("→", "arrow"),
        (" – ", "dash"),
        (" - ", "dash"),
        (" > ", "greater"),
        (" + ", "plus"),
        (" = ", "equals"),
        (": ", "colon"),
        ("; ", "semicolon"),
        ("://", "address"),
        ("www.", "address"),
        ("(", "brackets"),
        ("\"", "quote"),
        ("“", "quote"),
        ("!!", "loud"),
        ("%", "per cent"),
        ("£", "money"),
        ("$", "money"),
    ] {
        seen.see_if(said.contains(sign), &format!("sign {name}"));
    }
    seen.see_if(said.chars().any(|c| c.is_ascii_digit()), "has a figure");
}

fn above(line: &Line, seen: &mut Seen) {
    if let Some(place) = &line.organisation {
        let is_named = line.said().contains(place.as_str());
        seen.see(if is_named {
            "names a place"
        } else {
            "under a place"
        });
    }
    let before = line.text.get(..line.begins).unwrap_or_default();
    seen.see_if(before.to_lowercase().contains("tip"), "is called a tip");
    for group in LABELS.within(&called(&line.text)).keys() {
        seen.weigh(format!("is called {group}"), 1.5);
    }
    seen.see_if(line.marker == Marker::Box, "behind a box");
    for heading in line.under.iter().rev().take(2) {
        let found = HEADINGS.within(&words(heading));
        for group in found.keys() {
            seen.see(&format!("under {group}"));
        }
        if !found.is_empty() {
            break;
        }
    }
}

/// The words before a line's first colon or dash, if they are few: "Learning from Dunmarsh: …".
fn called(text: &str) -> Vec<String> {
    let text = unnumbered(text);
    let end = [": ", " – ", " - ", " — "]
        .into_iter()
        .filter_map(|sign| text.find(sign))
        .min();
    let called = words(end.map_or("", |end| &text[..end]));
    if called.len() <= 3 {
        called
    } else {
        Vec::new()
    }
}

fn length(words: &[String], seen: &mut Seen) {
    seen.see(match words.len() {
        0..=3 => "a few words",
        4..=8 => "a short line",
        9..=20 => "a line",
        _ => "a long line",
    });
}
