//! Records, hits and changes as JSON.

use serde_json::{Map, Value, json};

use crate::history::kind::{Kind, Shape};
use crate::history::model::{Parts, Record};
use crate::history::store::{Changed, Listed};

/// A record in a list.
pub fn listed(base: &str, listed: &Listed) -> Value {
    json!({
        "kind": listed.kind,
        "number": listed.number,
        "title": listed.title,
        "url": format!("{base}{}", listed.address()),
        "summary": listed.summary,
        "unfinished": listed.is_unfinished,
    })
}

/// A record, whole: its parts as they are written.
pub fn record(base: &str, kind: &dyn Kind, record: &Record, parts: &Parts) -> Value {
    json!({
        "kind": record.kind,
        "number": record.number,
        "title": record.title,
        "url": format!("{base}{}", record.address()),
        "summary": record.summary,
        "unfinished": record.is_unfinished,
        "revision": record.head,
        "made_at": record.made_at.iso(),
        "changed_at": record.changed_at.iso(),
        "licence": record.licence,
        "credit": record.credit,
        "visibility": record.visibility,
        "parts": self::parts(kind, parts),
    })
}

/// The parts of a text but its title, each as it is written.
pub fn parts(kind: &dyn Kind, parts: &Parts) -> Map<String, Value> {
    let mut shown = Map::new();
    for part in kind
        .parts()
        .iter()
        .filter(|part| part.key != "title" && !part.is_tied())
    {
        let value = match part.shape {
            Shape::Lines | Shape::Tags => json!(parts.list(part.key)),
            Shape::Numbers(_) => json!(parts.numbers(part.key)),
            _ => json!(parts.get(part.key)),
        };
        shown.insert(part.key.to_owned(), value);
    }
    shown
}

/// A change in a list of changes.
pub fn changed(base: &str, changed: &Changed) -> Value {
    let revision = &changed.revision;
    json!({
        "kind": changed.kind,
        "number": changed.number,
        "title": changed.title,
        "url": format!("{base}{}/revisions/{}", changed.address(), revision.seq),
        "revision": revision.seq,
        "act": revision.act,
        "summary": revision.summary,
        "minor": revision.is_minor,
        "author": revision.author,
        "at": revision.at.iso(),
        "words_added": revision.added,
        "words_removed": revision.removed,
    })
}
