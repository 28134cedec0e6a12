//! What is seen in a line: beginnings, moods, words of certain groups, the heading above it.

use std::collections::BTreeMap;

use super::lexicon::{ANYWHERE, Group, HEADINGS, TELLING};
use crate::notes::{Line, Marker};
use crate::words::{stem, words};

/// A line's features and how strongly each is there.
pub(crate) type Features = BTreeMap<String, f64>;

/// The features of a line.
pub(crate) fn features(line: &Line) -> Features {
    let said = line.said();
    let words = words(said);
    let mut seen = Features::new();
    let mut see = |name: String, weight: f64| {
        let entry = seen.entry(name).or_insert(0.0);
        *entry = entry.max(weight);
    };
    see("every line".to_owned(), 1.0);
    for word in &words {
        if word.chars().count() > 1 {
            see(format!("word {}", stem(word)), 0.5);
        }
    }
    for (group, count) in groups(&words, &ANYWHERE) {
        see(
            format!("group {group}"),
            f64::from(u8::try_from(count.min(3)).unwrap_or(3)).sqrt(),
        );
    }
    beginning(&words, said, &mut see);
    ending(said, &mut see);
    moods(&words, said, &mut see);
    around(line, &mut see);
    length(&words, &mut see);
    seen
}

/// Whether words stand above lists of one kind: "Tips and little things".
pub(crate) fn stands_above_lists(text: &str) -> bool {
    !groups(&words(text), &HEADINGS).is_empty()
}

fn groups<'g>(words: &[String], groups: &'g [Group]) -> Vec<(&'g str, usize)> {
    let text = format!(" {} ", words.join(" "));
    groups
        .iter()
        .map(|group| {
            let count = group
                .words
                .iter()
                .filter(|word| text.contains(&format!(" {} ", word.replace(['.', '-'], " "))))
                .count();
            (group.name, count)
        })
        .filter(|(_, count)| *count > 0)
        .collect()
}

fn beginning(words: &[String], said: &str, see: &mut impl FnMut(String, f64)) {
    let openers = [
        "so",
        "and",
        "well",
        "ok",
        "also",
        "but",
        "right",
        "seriously",
        "just",
        "then",
    ];
    let mut rest = words;
    while rest.len() > 2 && openers.contains(&rest[0].as_str()) {
        rest = &rest[1..];
    }
    let Some(first) = rest.first() else {
        return;
    };
    see(format!("begins {first}"), 1.0);
    if let Some(second) = rest.get(1) {
        see(format!("begins {first} {second}"), 1.0);
    }
    let second = rest.get(1).map_or("", String::as_str);
    let is_telling = TELLING.contains(first.as_str())
        && !matches!(second, "is" | "are" | "was" | "says" | "said" | "has");
    // "Quietly do it", "shamelessly promote it".
    let is_urged = first.ends_with("ly") && TELLING.contains(second);
    if is_telling || is_urged {
        see("begins by telling what to do".to_owned(), 1.0);
    }
    if matches!(first.as_str(), "don't" | "never" | "not" | "always") && TELLING.contains(second) {
        see("begins with always or never".to_owned(), 1.0);
    }
    // "idea: one inbox", "tip – ask twice", "Seriously, book an evening".
    let inner = said
        .split([':', ',', '.', ';', '–', '→'])
        .skip(1)
        .filter_map(|part| part.split_whitespace().next())
        .any(|word| TELLING.contains(word.to_lowercase().as_str()));
    if inner {
        see("tells what to do further on".to_owned(), 1.0);
    }
    let asks = [
        "who", "what", "when", "where", "why", "how", "which", "is", "are", "do", "does", "did",
        "can", "could", "should", "would", "has", "have", "will",
    ];
    if asks.contains(&first.as_str()) {
        see("begins as a question".to_owned(), 1.0);
    }
    if first.ends_with("ing") && first.len() > 5 {
        see("begins with doing".to_owned(), 1.0);
    }
    if matches!(first.as_str(), "i" | "i'll" | "i've" | "i'd" | "i'm") {
        see("begins with I".to_owned(), 1.0);
    }
    if matches!(first.as_str(), "we" | "we've" | "our" | "ours") {
        see("begins with we".to_owned(), 1.0);
    }
    let is_named = said.starts_with(char::is_uppercase)
        && matches!(second, "to" | "will")
        && rest
            .get(2)
            .is_some_and(|third| TELLING.contains(third.as_str()));
    if is_named {
        see("somebody is to do it".to_owned(), 1.0);
    }
    if said.starts_with(['"', '“', '‘']) {
        see("begins with a quote".to_owned(), 1.0);
    }
    if said.starts_with(['[', '(']) {
        see("begins with a bracket".to_owned(), 1.0);
    }
    let name = said.split_whitespace().next().unwrap_or_default();
    let is_tool = name
        .chars()
        .skip(1)
        .any(|c| c.is_uppercase() || c.is_ascii_digit())
        && name.chars().any(char::is_lowercase)
        && name.starts_with(char::is_uppercase);
    if is_tool {
        see("begins with a product's name".to_owned(), 1.0);
    }
    if said.starts_with('@') {
        see("begins with somebody's name".to_owned(), 1.0);
    }
}

fn ending(said: &str, see: &mut impl FnMut(String, f64)) {
    let bare = said.trim_end_matches(['"', '”', '’', ')', ']', ' ']);
    if bare.ends_with('?') {
        see("ends as a question".to_owned(), 1.5);
    } else if said.contains('?') {
        see("asks in its middle".to_owned(), 1.0);
    }
    if bare.ends_with('!') {
        see("ends loud".to_owned(), 1.0);
    }
    if said.ends_with(']') && said.starts_with('[') {
        see("all in brackets".to_owned(), 1.0);
    }
    if said.ends_with(')') {
        see("ends in brackets".to_owned(), 1.0);
    }
}

fn moods(words: &[String], said: &str, see: &mut impl FnMut(String, f64)) {
    const PAST: &[&str] = &[
        "was", "were", "had", "did", "ran", "found", "got", "gave", "made", "went", "wrote",
        "built", "took", "set", "began", "kept", "held", "saw", "told", "won", "lost", "sent",
        "brought", "spent", "met", "led", "put", "became", "let", "said",
    ];
    let past = words
        .iter()
        .filter(|word| PAST.contains(&word.as_str()) || word.len() > 4 && word.ends_with("ed"))
        .count();
    if past > 0 {
        see(
            "tells of the past".to_owned(),
            if past > 1 { 1.4 } else { 1.0 },
        );
    }
    if said.chars().any(|c| c.is_ascii_digit()) {
        see("has a figure".to_owned(), 1.0);
    }
    for (sign, name) in [
        ("→", "arrow"),
        (" – ", "dash"),
        (" - ", "dash"),
        (" > ", "greater"),
        (" + ", "plus"),
        (": ", "colon"),
        ("; ", "semicolon"),
        ("://", "address"),
        ("www.", "address"),
        ("(", "brackets"),
    ] {
        if said.contains(sign) {
            see(format!("sign {name}"), 1.0);
        }
    }
    let text = words.join(" ");
    if text.contains(" not ") && !text.contains(" is not ") && !text.contains(" are not ") {
        see("one and not another".to_owned(), 1.0);
    }
    if words
        .iter()
        .any(|word| matches!(word.as_str(), "we" | "us" | "our" | "i" | "my"))
    {
        see("of us".to_owned(), 1.0);
    }
    if words
        .iter()
        .any(|word| matches!(word.as_str(), "they" | "their" | "them"))
    {
        see("of them".to_owned(), 1.0);
    }
    if words
        .iter()
        .any(|word| matches!(word.as_str(), "you" | "your" | "you've" | "you're"))
    {
        see("to you".to_owned(), 1.0);
    }
}

fn around(line: &Line, see: &mut impl FnMut(String, f64)) {
    if let Some(place) = &line.organisation {
        let is_named = line.said().contains(place.as_str());
        let name = if is_named {
            "names a place"
        } else {
            "under a place"
        };
        see(name.to_owned(), 1.0);
    }
    let before = line.text.get(..line.begins).unwrap_or_default();
    if before.to_lowercase().contains("tip") {
        see("is called a tip".to_owned(), 1.0);
    }
    if line.marker == Marker::Box {
        see("behind a box".to_owned(), 1.0);
    }
    let above: Vec<Vec<String>> = line
        .under
        .iter()
        .rev()
        .take(2)
        .map(|it| words(it))
        .collect();
    for heading in above {
        let found = groups(&heading, &HEADINGS);
        for (group, _) in &found {
            see(format!("under {group}"), 1.0);
        }
        if !found.is_empty() {
            break;
        }
    }
}

fn length(words: &[String], see: &mut impl FnMut(String, f64)) {
    let name = match words.len() {
        0..=3 => "a few words",
        4..=8 => "a short line",
        9..=20 => "a line",
        _ => "a long line",
    };
    see(name.to_owned(), 1.0);
}
