//! What could not be read, page by page.

use std::fmt;

/// Something of a page or file that could not be read, or not in full.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The page's or file's id, or a path where there is none.
    pub of: String,
    /// What it is.
    pub what: What,
}

/// What could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum What {
    /// A name that no page can have.
    Name,
    /// Lines of the log.
    Lines(usize),
    /// A revision whose text is not there.
    Lost(i64),
    /// A text that is damaged, cut off or locked.
    Damaged(String),
    /// A text longer than any page may be.
    TooLong,
    /// A text with bytes that are no UTF-8.
    Bytes,
    /// Facts beside the page that are no plain values.
    Facts,
}

impl fmt::Display for What {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Name => write!(f, "its name is not one that a page can have"),
            Self::Lines(1) => write!(f, "a line of its history could not be read"),
            Self::Lines(count) => write!(f, "{count} lines of its history could not be read"),
            Self::Lost(at) => write!(f, "the text of the revision {at} is not there"),
            Self::Damaged(why) => write!(f, "a text is damaged ({why})"),
            Self::TooLong => write!(f, "a text is longer than 2 MB"),
            Self::Bytes => write!(f, "bytes that are no UTF-8 were replaced"),
            Self::Facts => write!(f, "the facts kept beside it could not be read"),
        }
    }
}
