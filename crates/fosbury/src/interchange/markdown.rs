//! A page as a file to read: TOML between lines of `+++`, then Markdown in sections, as the
//! starter register is written.

use std::fmt::Write as _;

use crate::history::kind::{Kind, PartSpec, Shape};
use crate::history::model::Parts;
use crate::words::Words;

/// Parts whose name in files is another one.
const NAMES: [(&str, &str); 4] = [
    ("phrases", "people_also_say"),
    ("depends", "depends_on"),
    ("agrees", "who_agrees"),
    ("alone", "nobody_to_ask"),
];

/// What a file says of a page beside its words.
pub struct About<'a> {
    /// Its number.
    pub number: i64,
    /// What else is known, in the order in which it is said.
    pub facts: Vec<(&'a str, String)>,
}

/// The file of a page.
pub fn file(words: &Words, kind: &dyn Kind, about: &About<'_>, parts: &Parts) -> String {
    let mut text = format!("+++\nnumber = {}\n", about.number);
    for part in kind.parts() {
        front(&mut text, part, parts);
    }
    text.push_str("\n[page]\n");
    for (name, value) in &about.facts {
        let _ = writeln!(text, "{name} = {}", quoted(value));
    }
    text.push_str("+++\n");
    let texts = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    let texts: Vec<&PartSpec> = texts.collect();
    for part in &texts {
        let own = parts.get(part.key);
        if own.is_empty() {
            continue;
        }
        if texts.len() > 1 {
            let heading = words
                .say(&format!("part-{}-{}", kind.name(), part.key))
                .into_owned();
            let _ = write!(text, "## {heading}\n{own}\n\n");
        } else {
            let _ = writeln!(text, "{own}");
        }
    }
    text
}

fn front(text: &mut String, part: &PartSpec, parts: &Parts) {
    let name = NAMES.iter().find(|(key, _)| *key == part.key);
    let name = name.map_or(part.key, |(_, name)| name);
    let own = parts.get(part.key);
    if own.is_empty() {
        return;
    }
    let value = match part.shape {
        Shape::Text | Shape::Trials => return,
        Shape::Choice(&["yes", "no"] | &["no", "yes"]) => (own == "yes").to_string(),
        Shape::Line | Shape::Choice(_) => quoted(own),
        Shape::Lines | Shape::Tags => {
            let lines = parts.list(part.key);
            listed(lines.iter().map(|line| quoted(line)))
        }
        Shape::Numbers(_) => listed(parts.numbers(part.key).iter().map(ToString::to_string)),
    };
    let _ = writeln!(text, "{name} = {value}");
}

fn listed(values: impl Iterator<Item = String>) -> String {
    format!("[{}]", values.collect::<Vec<_>>().join(", "))
}

/// A string in TOML: as in JSON, which escapes all but one of the signs that TOML wants escaped.
fn quoted(words: &str) -> String {
    let quoted = serde_json::Value::from(words).to_string();
    quoted.replace('\u{7f}', "\\u007f")
}
