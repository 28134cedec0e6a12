//! Links that let somebody in, and how long they last.

use crate::time::{DAY, MINUTE};

/// What a link is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// Asked for on the sign-in page, sent by mail.
    SignIn,
    /// Made by a steward or the owner, handed over by them.
    Invitation,
    /// Printed when the program starts without an owner.
    Owner,
}

impl Purpose {
    /// As stored.
    pub fn name(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Invitation => "invitation",
            Self::Owner => "owner",
        }
    }

    /// How long such a link lasts, in milliseconds.
    pub fn lasts(self) -> i64 {
        match self {
            Self::SignIn => 15 * MINUTE,
            Self::Invitation | Self::Owner => 14 * DAY,
        }
    }
}

/// How long a sign-in lasts, in milliseconds.
pub const SIGN_IN_LASTS: i64 = 30 * DAY;
/// Wrong codes allowed for one request to sign in.
pub const TRIES: i64 = 5;
/// The name of somebody who has not said theirs yet.
pub const NAMELESS: &str = "New contributor";
/// The name that stays in histories when somebody has left.
pub const FORMER: &str = "Former colleague";

/// A name as people may write it: one line, at most 60 characters.
pub fn tidy_name(sent: &str) -> Option<String> {
    let name = texts::tidy(sent)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ");
    let is_readable = name.chars().any(char::is_alphanumeric);
    (is_readable && name.chars().count() <= 60).then_some(name)
}

/// A device in words that give nothing away: "Firefox on Windows".
pub fn device(user_agent: &str) -> String {
    let first = |known: &[(&str, &str)], other: &str| {
        let found = known.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map_or(other, |(_, name)| name).to_owned()
    };
    let browsers = [
        ("Edg/", "Edge"),
        ("OPR/", "Opera"),
        ("Firefox/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    let systems = [
        ("Windows", "Windows"),
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ];
    format!(
        "{} on {}",
        first(&browsers, "A browser"),
        first(&systems, "an unknown system")
    )
}

/// How somebody is called where young people are: the first letters of their names, each with a stop,
/// so that initials stay as they are when they come by again.
pub fn initials(name: &str) -> String {
    let letters = name.split([' ', '-', '.', '\'']);
    let letters: Vec<String> = letters
        .filter_map(|word| word.chars().find(|letter| letter.is_alphabetic()))
        .take(4)
        .map(|letter| format!("{}.", letter.to_uppercase()))
        .collect();
    letters.join(" ")
}
