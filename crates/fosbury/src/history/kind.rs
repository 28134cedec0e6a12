//! What every kind of text owes: its parts, its own tables, its words in the index.

use std::future::Future;
use std::pin::Pin;

use db::{Db, Tx};

use super::model::{Parts, RecordId};
use super::store::Listed;
use crate::viewer::Viewer;

/// Work that a kind does inside somebody's change.
pub type Doing<'a> = Pin<Box<dyn Future<Output = db::Result<()>> + Send + 'a>>;
/// What a kind looks up to begin a text with.
pub type Offering<'a> = Pin<Box<dyn Future<Output = db::Result<Offered>> + Send + 'a>>;

/// What a form for a new text begins with, beside what its address says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offered {
    /// Words for parts that are empty.
    pub parts: Parts,
    /// Who may see it, and the names of the bodies it is for; nothing where all may.
    pub readers: Option<(String, Vec<String>)>,
}

/// Records looked for while somebody waits.
pub type Finding<'a> = Pin<Box<dyn Future<Output = db::Result<Vec<Listed>>> + Send + 'a>>;

/// A question that a kind answers from its own tables.
pub type Asking<'a> = Pin<Box<dyn Future<Output = db::Result<bool>> + Send + 'a>>;

/// A kind of text with a number, a history and a place in the index.
pub trait Kind: Send + Sync {
    /// One of it: `hurdle`.
    fn name(&self) -> &'static str;
    /// Many of it, and the first word of its addresses: `hurdles`.
    fn plural(&self) -> &'static str;
    /// The short address: `h`.
    fn letter(&self) -> &'static str;
    /// The parts of its text, in the order of the form.
    fn parts(&self) -> &'static [PartSpec];
    /// The part whose first sentence stands for the whole in lists.
    fn opening(&self) -> &'static str;
    /// Brings the kind's own tables up to date with its text, inside the same change.
    fn keep<'a>(&'a self, tx: &'a Tx, id: &'a RecordId, number: i64, parts: &'a Parts)
    -> Doing<'a>;
    /// Facets in the index: name and value.
    fn facets(&self, parts: &Parts) -> Vec<(String, String)>;

    /// The parts that a new text is begun with; the others wait behind "more".
    fn first_parts(&self) -> &'static [&'static str];

    /// The part to ask for once a new text is written down.
    fn next_question(&self) -> Option<&'static str> {
        None
    }

    /// Brings parts into the form in which they are kept, beyond their shapes.
    fn tidy(&self, _parts: &mut Parts) {}

    /// What is wrong with the parts beyond their shapes; `today` is a day such as `2026-05-03`.
    fn faults(&self, _parts: &Parts, _today: &str) -> Vec<Fault> {
        Vec::new()
    }

    /// Texts that the viewer may read and that may be the one being begun.
    fn twins<'a>(&'a self, _db: &'a Db, _viewer: &'a Viewer, _parts: &'a Parts) -> Finding<'a> {
        Box::pin(async { Ok(Vec::new()) })
    }

    /// What a form for a new text offers where it says what the text is about.
    fn offer<'a>(&'a self, _db: &'a Db, _viewer: &'a Viewer, _parts: &'a Parts) -> Offering<'a> {
        Box::pin(async { Ok(Offered::default()) })
    }

    /// Whether this text must not be opened to visitors until a second person agreed.
    fn is_held<'a>(&'a self, _db: &'a Db, _id: &'a RecordId) -> Asking<'a> {
        Box::pin(async { Ok(false) })
    }

    /// Whether files must stay away from this text until somebody's consent is noted.
    fn lacks_consent<'a>(&'a self, _db: &'a Db, _id: &'a RecordId) -> Asking<'a> {
        Box::pin(async { Ok(false) })
    }

    /// The parts that are words, as revisions keep them: without what is tied beside the text.
    fn words(&self, parts: &Parts) -> Parts {
        let mut words = parts.clone();
        for part in self.parts().iter().filter(|part| part.is_tied()) {
            words.set(part.key, "");
        }
        words
    }

    /// The part of this key.
    fn part(&self, key: &str) -> Option<&'static PartSpec> {
        self.parts().iter().find(|part| part.key == key)
    }
}

/// What is wrong with a part.
#[derive(Debug, PartialEq, Eq)]
pub struct Fault {
    /// Which part.
    pub part: &'static str,
    /// The key of the words that say so.
    pub words: &'static str,
}

/// One part of a text.
#[derive(Debug)]
pub struct PartSpec {
    /// Its name in forms and revisions.
    pub key: &'static str,
    /// What it holds.
    pub shape: Shape,
    /// Whether a text without it cannot be saved.
    pub is_needed: bool,
    /// Characters at the most.
    pub longest: usize,
}

impl PartSpec {
    /// Whether it is asked for when a text begins and kept beside it from then on.
    pub fn is_tied(&self) -> bool {
        self.shape == Shape::Trials
    }
}

/// What a part holds.
#[derive(Debug, PartialEq, Eq)]
pub enum Shape {
    /// A line of plain words.
    Line,
    /// Paragraphs of Markdown.
    Text,
    /// Plain words, one entry on each line.
    Lines,
    /// Short words with commas between.
    Tags,
    /// Numbers of records of this kind, with commas between.
    Numbers(&'static str),
    /// Numbers of trials, with commas between: kept beside the text, where each reader sees those
    /// that they may see.
    Trials,
    /// One of these.
    Choice(&'static [&'static str]),
}

/// A line of plain words that must be there.
pub const fn line(key: &'static str, longest: usize) -> PartSpec {
    PartSpec {
        key,
        shape: Shape::Line,
        is_needed: false,
        longest,
    }
}

/// Paragraphs of Markdown.
pub const fn text(key: &'static str) -> PartSpec {
    PartSpec {
        key,
        shape: Shape::Text,
        is_needed: false,
        longest: 60_000,
    }
}

/// A choice that must be made.
pub const fn choice(key: &'static str, among: &'static [&'static str]) -> PartSpec {
    PartSpec {
        key,
        shape: Shape::Choice(among),
        is_needed: true,
        longest: 60,
    }
}

/// The title that every text has.
pub const TITLE: PartSpec = PartSpec {
    key: "title",
    shape: Shape::Line,
    is_needed: true,
    longest: 140,
};
/// The tags that every text may have.
pub const TAGS: PartSpec = PartSpec {
    key: "tags",
    shape: Shape::Tags,
    is_needed: false,
    longest: 400,
};
/// What people also say when they mean it.
pub const PHRASES: PartSpec = PartSpec {
    key: "phrases",
    shape: Shape::Lines,
    is_needed: false,
    longest: 6_000,
};
