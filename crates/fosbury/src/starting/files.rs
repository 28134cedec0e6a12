//! The starter register's files: TOML between lines of `+++`, then Markdown in sections.

use serde::Deserialize;

use crate::history::model::Parts;

/// The files of one kind, with their names.
pub type Files = &'static [(&'static str, &'static str)];

include!(concat!(env!("OUT_DIR"), "/starter.rs"));

/// What stands between the lines of `+++`.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Front {
    number: i64,
    title: String,
    heading: String,
    kind: String,
    direction: String,
    effort: String,
    cost: String,
    who_agrees: String,
    nobody_to_ask: bool,
    tags: Vec<String>,
    people_also_say: Vec<String>,
    depends_on: Vec<i64>,
    hurdles: Vec<i64>,
}

/// A text of the starter register.
#[derive(Debug)]
pub struct Entry {
    /// Its number for ever.
    pub number: i64,
    /// Its parts.
    pub parts: Parts,
}

/// A file that cannot be read, and why.
#[derive(Debug, thiserror::Error)]
#[error("starter file {name}: {reason}")]
pub struct Unreadable {
    name: String,
    reason: String,
}

/// Sections of hurdles and the parts they fill.
const HURDLE_SECTIONS: [(&str, &str); 5] = [
    ("The problem", "problem"),
    ("In more detail", "detail"),
    ("Why it matters", "why"),
    ("Ways over", "ways"),
    ("Until then", "until"),
];
/// Sections of solutions and the parts they fill.
const SOLUTION_SECTIONS: [(&str, &str); 4] = [
    ("In short", "short"),
    ("Steps", "steps"),
    ("What to say", "say"),
    ("Watch out for", "watch"),
];

/// Reads a hurdle.
pub fn hurdle(name: &str, file: &str) -> Result<Entry, Unreadable> {
    let (front, body) = divided(name, file)?;
    let mut parts = common(&front);
    parts.set("heading", &front.heading);
    parts.set("depends", &numbers(&front.depends_on));
    fill(name, &mut parts, body, &HURDLE_SECTIONS)?;
    Ok(Entry {
        number: front.number,
        parts,
    })
}

/// Reads a solution.
pub fn solution(name: &str, file: &str) -> Result<Entry, Unreadable> {
    let (front, body) = divided(name, file)?;
    let mut parts = common(&front);
    let facts = [
        ("kind", &front.kind),
        ("direction", &front.direction),
        ("effort", &front.effort),
        ("cost", &front.cost),
        ("agrees", &front.who_agrees),
    ];
    for (key, value) in facts {
        parts.set(key, value);
    }
    parts.set("alone", if front.nobody_to_ask { "yes" } else { "no" });
    parts.set("hurdles", &numbers(&front.hurdles));
    fill(name, &mut parts, body, &SOLUTION_SECTIONS)?;
    Ok(Entry {
        number: front.number,
        parts,
    })
}

/// Reads a guide.
pub fn guide(name: &str, file: &str) -> Result<Entry, Unreadable> {
    let (front, body) = divided(name, file)?;
    let mut parts = common(&front);
    parts.set("text", body.trim());
    Ok(Entry {
        number: front.number,
        parts,
    })
}

fn divided<'f>(name: &str, file: &'f str) -> Result<(Front, &'f str), Unreadable> {
    let wrong = |reason: String| Unreadable {
        name: name.to_owned(),
        reason,
    };
    let rest = file
        .strip_prefix("+++")
        .ok_or_else(|| wrong("no +++ at the top".to_owned()))?;
    let (front, body) = rest
        .split_once("\n+++")
        .ok_or_else(|| wrong("no second +++".to_owned()))?;
    let front = toml::from_str(front).map_err(|error| wrong(error.to_string()))?;
    Ok((front, body))
}

fn common(front: &Front) -> Parts {
    let mut parts = Parts::default();
    parts.set("title", &front.title);
    parts.set("tags", &front.tags.join("\n"));
    parts.set("phrases", &front.people_also_say.join("\n"));
    parts
}

fn numbers(numbers: &[i64]) -> String {
    numbers
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

fn fill(
    name: &str,
    parts: &mut Parts,
    body: &str,
    sections: &[(&str, &str)],
) -> Result<(), Unreadable> {
    for piece in body.split("\n## ").skip(1) {
        let (heading, words) = piece.split_once('\n').unwrap_or((piece, ""));
        let key = sections.iter().find(|(known, _)| *known == heading.trim());
        let Some((_, key)) = key else {
            let reason = format!("the section {heading} is not one of a page's sections");
            return Err(Unreadable {
                name: name.to_owned(),
                reason,
            });
        };
        parts.set(key, words.trim());
    }
    Ok(())
}
