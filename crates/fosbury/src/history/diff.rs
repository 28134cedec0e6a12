//! What changed between two revisions, part by part and word by word.

use texts::diff::{Excerpt, Piece, excerpt, words};

use super::forms::label_key;
use super::kind::{Kind, Shape};
use super::model::Parts;
use crate::layout::Visit;

/// Words of context kept around a change in feeds and lists.
const CONTEXT: usize = 12;

/// The changes of one part.
pub struct PartDiff {
    /// The part's label.
    pub label: String,
    /// Its words, marked.
    pub marks: Vec<Mark>,
}

/// A stretch of words and what became of it.
pub struct Mark {
    /// `same`, `added`, `removed` or `gap`.
    pub what: &'static str,
    /// The words.
    pub words: String,
}

/// The parts that differ, whole.
pub fn whole(v: &Visit, kind: &dyn Kind, before: &Parts, after: &Parts) -> Vec<PartDiff> {
    compared(v, kind, before, after, every)
}

/// The parts that differ, only the changed places with a few words around them.
pub fn short(v: &Visit, kind: &dyn Kind, before: &Parts, after: &Parts) -> Vec<PartDiff> {
    compared(v, kind, before, after, around)
}

/// All words of both, marked.
pub fn every(before: &str, after: &str) -> Vec<Mark> {
    words(before, after).into_iter().map(mark).collect()
}

/// The changed places of both, marked, with a few words around them.
pub fn around(before: &str, after: &str) -> Vec<Mark> {
    let marked = |piece| match piece {
        Excerpt::Piece(piece) => mark(piece),
        Excerpt::Gap => Mark {
            what: "gap",
            words: " … ".to_owned(),
        },
    };
    let pieces = excerpt(&words(before, after), CONTEXT).into_iter();
    pieces.map(marked).collect()
}

fn compared(
    v: &Visit,
    kind: &dyn Kind,
    before: &Parts,
    after: &Parts,
    marks: impl Fn(&str, &str) -> Vec<Mark>,
) -> Vec<PartDiff> {
    let differing = kind
        .parts()
        .iter()
        .filter(|part| !part.is_tied() && before.get(part.key) != after.get(part.key));
    differing
        .map(|part| {
            let label = label_key(kind, part.key);
            let shown = |parts: &Parts| {
                let words = parts.get(part.key);
                match part.shape {
                    Shape::Choice(_) if !words.is_empty() => v.say_of(&label, words),
                    _ => words.to_owned(),
                }
            };
            PartDiff {
                label: v.say(&label),
                marks: marks(&shown(before), &shown(after)),
            }
        })
        .collect()
}

fn mark(piece: Piece) -> Mark {
    match piece {
        Piece::Same(words) => Mark {
            what: "same",
            words,
        },
        Piece::Added(words) => Mark {
            what: "added",
            words,
        },
        Piece::Removed(words) => Mark {
            what: "removed",
            words,
        },
    }
}
