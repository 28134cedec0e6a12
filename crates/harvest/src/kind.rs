//! What a line of notes may become.

use std::fmt;

/// What a line of notes is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Something in the way.
    Hurdle,
    /// A way over it.
    Solution,
    /// Somebody did it somewhere: a trial half told.
    Example,
    /// Something to read, borrow or use.
    Resource,
    /// What those in the room hold to be true.
    Principle,
    /// What nobody could answer yet.
    Question,
    /// Who does what next.
    Action,
    /// All else: coffee, thanks, who came late.
    Aside,
}

impl Kind {
    /// Every kind, in the order in which they are shown.
    pub const ALL: [Self; 8] = [
        Self::Hurdle,
        Self::Solution,
        Self::Example,
        Self::Resource,
        Self::Principle,
        Self::Question,
        Self::Action,
        Self::Aside,
    ];

    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Hurdle => "hurdle",
            Self::Solution => "solution",
            Self::Example => "example",
            Self::Resource => "resource",
            Self::Principle => "principle",
            Self::Question => "question",
            Self::Action => "action",
            Self::Aside => "aside",
        }
    }

    /// The kind that this word names.
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// Its place in [`Kind::ALL`].
    pub(crate) fn place(self) -> usize {
        Self::ALL.iter().position(|kind| *kind == self).unwrap_or(7)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
