//! What a token may do: never more than the person who made it.

use crate::time::{DAY, Moment};

/// One thing that a token may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    /// Read what its person may read.
    Read,
    /// Write texts: begin pages, change them, bring older words back.
    Write,
    /// Say something about a page, suggest a change, watch.
    Say,
    /// Do what stewards do, where its person is one.
    Keep,
}

impl Scope {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Read, Self::Write, Self::Say, Self::Keep];

    /// As stored and sent by forms.
    pub fn name(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Write => "write",
            Self::Say => "say",
            Self::Keep => "keep",
        }
    }

    /// The scope of this name.
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|scope| scope.name() == name)
    }

    /// Scopes as stored: names with blanks between. What is not known gives nothing.
    pub fn all_in(stored: &str) -> Vec<Self> {
        stored.split(' ').filter_map(Self::parse).collect()
    }

    /// Scopes as they are stored.
    pub fn stored(scopes: &[Self]) -> String {
        let names: Vec<&str> = scopes.iter().map(|scope| scope.name()).collect();
        names.join(" ")
    }
}

/// Days that a token may last.
pub const LASTING: [i64; 3] = [30, 90, 365];
/// Tokens of one person at the most.
pub const MOST_TOKENS: usize = 20;
/// What every token begins with, so that whoever finds one knows what it opens.
pub const TOKEN_MARK: &str = "fosbury_";

/// How a token is called, as people may write it: one line, at most 60 characters.
pub fn tidy_token_name(sent: &str) -> Option<String> {
    super::model::tidy_name(sent)
}

/// The day of a use, which is all that is kept of it.
pub fn day_of(moment: Moment) -> Moment {
    Moment(moment.0.div_euclid(DAY) * DAY)
}
