//! Pages that need no other host, nothing inline, and no words of their own.

use crate::sources::{Source, assert_none, files, templates};

/// Names of formats: never fetched.
const NAMES_NOT_PLACES: &[&str] = &["http://www.w3.org/2005/Atom", "http://www.w3.org/2000/svg"];
/// Words that are the same in every language, or that must stand before there is a language.
const SAME_EVERYWHERE: &[&str] = &[
    "/api/v1/openapi.json",
    // How a link is written.
    "[[solution 54|",
    // Attributes that forms.html puts together: they stand between tags there.
    "wrong",
    "aria-describedby=\"",
    "-hint",
    "-hint\"",
    "-error\" aria-invalid=\"true\"",
];
/// Attributes that people see or hear.
const SPOKEN: &[&str] = &["aria-label", "alt", "title", "placeholder", "label"];

#[test]
fn nothing_is_fetched_from_another_host() {
    let mut found = Vec::new();
    for file in files(
        "crates/fosbury/src",
        &[".html", ".xml", ".css", ".js", ".svg"],
    ) {
        let mut text = file.text.clone();
        for name in NAMES_NOT_PLACES {
            text = text.replace(name, "");
        }
        for (at, line) in (1..).zip(text.lines()) {
            let is_foreign = ["http://", "https://", "\"//", "'//", "(//"]
                .iter()
                .any(|beginning| line.contains(beginning));
            if is_foreign {
                found.push(format!("{}:{at}: {}", file.path, line.trim()));
            }
        }
    }
    assert_none(&found, "A page is fetched from its own host alone:");
}

#[test]
fn templates_hold_no_inline_script_or_style() {
    let mut found = Vec::new();
    for file in templates() {
        for tag in tags(&file) {
            let inline = attributes(&tag)
                .into_iter()
                .find(|(name, _)| name == "style" || (name.starts_with("on") && name.len() > 2));
            if let Some((name, _)) = inline {
                found.push(format!("{}: {name} in {tag}", file.path));
            }
            let is_script = tag.starts_with("<script") && !tag.contains(" src=");
            if is_script || tag.starts_with("<style") || tag.contains("javascript:") {
                found.push(format!("{}: {tag}", file.path));
            }
        }
    }
    assert_none(&found, "The policy allows nothing inline:");
}

#[test]
fn templates_say_nothing_in_their_own_words() {
    let mut found = Vec::new();
    for file in templates() {
        let bare = without_expressions(&file.text);
        let spoken = tags(&file).into_iter().flat_map(|tag| {
            let spoken = attributes(&tag).into_iter();
            let spoken = spoken.filter(|(name, _)| SPOKEN.contains(&name.as_str()));
            spoken.map(|(_, value)| value).collect::<Vec<_>>()
        });
        let texts = texts_between_tags(&bare).into_iter().chain(spoken);
        for text in texts.filter(|text| is_language(text)) {
            if !SAME_EVERYWHERE.contains(&text.trim()) {
                found.push(format!("{}: {}", file.path, text.trim()));
            }
        }
    }
    assert_none(&found, "Words stand in the Fluent files:");
}

/// The template without `{{ }}`, `{% %}` and comments; what stood there leaves a sign that is no
/// letter, so that words do not run together.
fn without_expressions(text: &str) -> String {
    let mut bare = text.to_owned();
    for (open, close) in [("{#", "#}"), ("{%", "%}"), ("{{", "}}"), ("<!--", "-->")] {
        while let Some(start) = bare.find(open) {
            let end = bare[start..]
                .find(close)
                .map_or(bare.len(), |at| start + at + close.len());
            bare.replace_range(start..end, "\u{1}");
        }
    }
    bare
}

fn tags(file: &Source) -> Vec<String> {
    let bare = without_expressions(&file.text);
    let after = bare.split('<').skip(1);
    after
        .filter_map(|piece| piece.split_once('>'))
        .map(|(tag, _)| format!("<{tag}>"))
        .collect()
}

fn texts_between_tags(bare: &str) -> Vec<String> {
    let pieces = bare.split('<').enumerate();
    pieces
        .map(|(at, piece)| match piece.split_once('>') {
            // What a machine reads is the same in every language.
            Some(("code", _)) => String::new(),
            Some((_, text)) if at > 0 => text.to_owned(),
            _ if at > 0 => String::new(),
            _ => piece.to_owned(),
        })
        .flat_map(|text| text.split('\u{1}').map(str::to_owned).collect::<Vec<_>>())
        .collect()
}

fn attributes(tag: &str) -> Vec<(String, String)> {
    let mut rest = tag;
    let mut found = Vec::new();
    while let Some((before, after)) = rest.split_once("=\"") {
        let name = before
            .rsplit([' ', '\u{1}', '\n'])
            .next()
            .unwrap_or_default();
        let (value, after) = after.split_once('"').unwrap_or((after, ""));
        found.push((name.to_owned(), value.to_owned()));
        rest = after;
    }
    found
}

/// Two letters in a row are a word; entities are not.
fn is_language(text: &str) -> bool {
    let mut plain = text.to_owned();
    while let Some(start) = plain.find('&') {
        let Some(end) = plain[start..].find(';') else {
            break;
        };
        plain.replace_range(start..=start + end, " ");
    }
    let letters: Vec<char> = plain.chars().collect();
    letters
        .windows(2)
        .any(|pair| pair.iter().all(|c| c.is_alphabetic()))
}
