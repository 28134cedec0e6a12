//! A text as a tree.

use std::collections::BTreeSet;

use super::Note;

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// From 1, the highest; no markup inside.
    Heading(u8, String),
    Paragraph(Vec<Inline>),
    List(bool, Vec<Vec<Block>>),
    Quote(Vec<Block>),
    Table(Vec<Vec<Cell>>),
    /// Language, then words as they are.
    Code(String, String),
    Rule,
}

/// A cell of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Cell {
    pub is_head: bool,
    pub align: Align,
    pub words: Vec<Inline>,
    /// Columns it takes up.
    pub columns: usize,
    /// Whether it goes on from the row above.
    pub goes_on: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Align {
    #[default]
    None,
    Left,
    Centre,
    Right,
}

/// How words are set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    Strong,
    Emphasis,
    Underline,
    Mono,
    Deleted,
    Lower,
    Upper,
}

/// Part of a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Words(String),
    Styled(Style, Vec<Inline>),
    Break,
    /// What stands between `[[` and `]]`: where to, and the words.
    Link(String, Option<Vec<Inline>>),
    /// A link to a page whose id is known already, and its words.
    Page {
        id: String,
        words: String,
        has_section: bool,
    },
    /// What stands between `{{` and `}}`.
    Media(String, String),
    /// A bare address: where to and as written.
    Address(String, String),
    Footnote(Vec<Inline>),
    /// A block that stands in a line.
    Inside(Block),
    /// Code as it is.
    Code(String),
}

/// What is gathered beside the tree.
#[derive(Debug, Default)]
pub struct Reading {
    pub never: Never,
    pub tags: Vec<String>,
    pub notes: BTreeSet<Note>,
}

/// Closing signs that do not come any more in the text that is read: each is looked for in vain once.
#[derive(Debug, Default)]
pub struct Never(BTreeSet<String>);

impl Never {
    /// Where this sign stands next.
    pub fn find(&mut self, sign: &str, text: &str) -> Option<usize> {
        if self.0.contains(sign) {
            return None;
        }
        let found = text.find(sign);
        if found.is_none() {
            self.0.insert(sign.to_owned());
        }
        found
    }
}
