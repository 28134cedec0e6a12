//! Texts, their parts and revisions.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use texts::merge::{Chunk, Merge, Side, choose, merge, merge_list};

use super::kind::{Kind, PartSpec, Shape};
use crate::ids::hex;
pub use crate::naming::{slug, sort_key};
use crate::subjects::{SubjectRef, plural_of};
use crate::time::Moment;

/// A record's id, inside the database.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId(pub String);
db::newtype!(RecordId: String);

/// The parts of a text by their keys; a part without words is not there.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parts(pub BTreeMap<String, String>);

impl Parts {
    /// The part of this key, or nothing.
    pub fn get(&self, key: &str) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Sets a part, tidied; no words take it away.
    pub fn set(&mut self, key: &str, words: &str) {
        let words = texts::tidy(words);
        if words.trim().is_empty() {
            self.0.remove(key);
        } else {
            self.0.insert(key.to_owned(), words);
        }
    }

    /// The entries of a part that lists something, one on each line.
    pub fn list(&self, key: &str) -> Vec<String> {
        self.get(key)
            .lines()
            .map(str::trim)
            .filter(|l| !l.is_empty())
            .map(str::to_owned)
            .collect()
    }

    /// The numbers a part lists.
    pub fn numbers(&self, key: &str) -> Vec<i64> {
        self.list(key)
            .iter()
            .filter_map(|line| line.parse().ok())
            .collect()
    }

    /// These parts without the entries that the others list.
    #[must_use]
    pub fn without(&self, entries: &Self) -> Self {
        let mut left = self.clone();
        for key in entries.0.keys() {
            let gone = entries.list(key);
            let stay = self.list(key).into_iter();
            let stay: Vec<String> = stay.filter(|one| !gone.contains(one)).collect();
            left.set(key, &stay.join("\n"));
        }
        left
    }

    /// As stored.
    pub fn to_json(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| "{}".to_owned())
    }

    /// As read back.
    pub fn from_json(json: &str) -> Self {
        serde_json::from_str(json).unwrap_or_default()
    }

    /// The SHA-256 of the parts, in the order of their keys.
    pub fn hash(&self) -> String {
        hex(&Sha256::digest(self.to_json().as_bytes()))
    }
}

/// A text as it stands.
#[derive(Clone, Debug)]
pub struct Record {
    /// Inside the database.
    pub id: RecordId,
    /// `hurdle`, `solution`, `guide`.
    pub kind: String,
    /// For ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// Its first sentence, for lists.
    pub summary: String,
    /// Who may see it.
    pub visibility: String,
    /// Who wrote it first.
    pub author_id: Option<String>,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
    /// `live`, `deleted`, `merged`, or `turned` where a guide became something else.
    pub state: String,
    /// The record it was merged into.
    pub into_number: Option<i64>,
    /// The newest revision's number.
    pub head: i64,
    /// When it was first written.
    pub made_at: Moment,
    /// When it was last changed.
    pub changed_at: Moment,
    /// The licence of its words.
    pub licence: String,
    /// Whom to credit.
    pub credit: String,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}

db::columns!(Record {
    id,
    kind,
    number,
    title,
    slug,
    summary,
    visibility,
    author_id,
    is_unfinished,
    state,
    into_number,
    head,
    made_at,
    changed_at,
    licence,
    credit,
    is_demo,
});

impl Record {
    /// How links name it.
    pub fn subject(&self) -> SubjectRef {
        SubjectRef::new(&self.kind, self.number)
    }

    /// Its address.
    pub fn address(&self) -> String {
        self.subject().address(&self.slug)
    }

    /// The first word of its address, which is that of its list.
    pub fn plural(&self) -> &'static str {
        plural_of(&self.kind)
    }

    /// Whether it can be read and edited.
    pub fn is_live(&self) -> bool {
        self.state == "live"
    }
}

/// One revision of a text.
#[derive(Clone, Debug)]
pub struct Revision {
    /// Its number within the text, from 1.
    pub seq: i64,
    /// What made it: `create`, `edit`, `merge-edits`, `restore`, `undo`, `delete`, ….
    pub act: String,
    /// The parts, unless they were erased.
    pub parts: Option<String>,
    /// Why, in the author's words.
    pub summary: String,
    /// Whether the author calls it small.
    pub is_minor: bool,
    /// Who, if they still have an account.
    pub author_id: Option<String>,
    /// Who, in words.
    pub author: String,
    /// When.
    pub at: Moment,
    /// The revision that was restored or undone.
    pub other_seq: Option<i64>,
    /// Words added.
    pub added: i64,
    /// Words taken away.
    pub removed: i64,
    /// When its text was erased.
    pub erased_at: Option<Moment>,
    /// Why it was erased.
    pub erased_why: Option<String>,
}

db::columns!(Revision {
    seq,
    act,
    parts,
    summary,
    is_minor,
    author_id,
    author,
    at,
    other_seq,
    added,
    removed,
    erased_at,
    erased_why,
});

impl Revision {
    /// Its parts; none where they were erased.
    pub fn parts(&self) -> Parts {
        self.parts
            .as_deref()
            .map(Parts::from_json)
            .unwrap_or_default()
    }
}

/// What makes a chain of revisions: each one's hash holds the one before.
pub fn chain_hash(before: &str, seq: i64, content: &str, author: &str, at: Moment) -> String {
    hex(&Sha256::digest(
        format!("{before}|{seq}|{content}|{author}|{}", at.0).as_bytes(),
    ))
}

/// A part that two people changed in the same place.
#[derive(Clone, Debug)]
pub struct Clash {
    /// Which part.
    pub key: String,
    /// As both found it.
    pub base: String,
    /// As the other person saved it.
    pub theirs: String,
    /// As this person wrote it.
    pub mine: String,
    /// All that merges, with this person's words where it does not.
    pub suggested: String,
}

/// Two people's changes brought together.
#[derive(Clone, Debug)]
pub struct Merged {
    /// All parts; where they clash, with this person's words.
    pub parts: Parts,
    /// The parts that clash.
    pub clashes: Vec<Clash>,
}

/// Brings together what two people made of one text, part by part.
pub fn merge_parts(kind: &dyn Kind, base: &Parts, theirs: &Parts, mine: &Parts) -> Merged {
    let mut merged = Merged {
        parts: Parts::default(),
        clashes: Vec::new(),
    };
    for part in kind.parts() {
        let (was, other, own) = (base.get(part.key), theirs.get(part.key), mine.get(part.key));
        let (words, clashes) = merge_part(part, was, other, own);
        if clashes {
            merged.clashes.push(Clash {
                key: part.key.to_owned(),
                base: was.to_owned(),
                theirs: other.to_owned(),
                mine: own.to_owned(),
                suggested: words.clone(),
            });
        }
        merged.parts.set(part.key, &words);
    }
    merged
}

fn merge_part(part: &PartSpec, base: &str, theirs: &str, mine: &str) -> (String, bool) {
    match part.shape {
        Shape::Text => match merge(base, theirs, mine) {
            Merge::Clean(words) => (words, false),
            Merge::Conflict(chunks) => (suggested(&chunks), true),
        },
        Shape::Lines | Shape::Tags | Shape::Numbers(_) | Shape::Trials => {
            let lines = |words: &str| words.lines().map(str::to_owned).collect::<Vec<_>>();
            (
                merge_list(&lines(base), &lines(theirs), &lines(mine)).join("\n"),
                false,
            )
        }
        Shape::Line | Shape::Choice(_) if mine == theirs || base == theirs => {
            (mine.to_owned(), false)
        }
        Shape::Line | Shape::Choice(_) if base == mine => (theirs.to_owned(), false),
        Shape::Line | Shape::Choice(_) => (mine.to_owned(), true),
    }
}

fn suggested(chunks: &[Chunk]) -> String {
    choose(chunks, Side::Mine)
}
