//! What belongs to a page and not to its notes: when it was changed, its licence, its menus.

/// Words that stand alone in a menu.
const MENU: &[&str] = &[
    "back to top",
    "recent changes",
    "recent changes rss feed",
    "show pagesource",
    "old revisions",
    "edit this page",
    "edit",
    "log in",
    "login",
    "sign in",
    "sign up",
    "register",
    "logout",
    "log out",
    "media manager",
    "sitemap",
    "site map",
    "search",
    "skip to content",
    "skip to main content",
    "skip to navigation",
    "table of contents",
    "valid xhtml 1.0",
    "valid html5",
    "valid css",
    "backlinks",
    "page tools",
    "site tools",
    "user tools",
    "privacy policy",
];

/// What such a line begins with.
const BEGINNINGS: &[&str] = &[
    "except where otherwise noted, content on this",
    "cc attribution",
    "this work is licensed under",
    "this page was last ",
    "retrieved from \"http",
    "retrieved from http",
    "you are here: ",
    "trace: ",
    "we use cookies ",
];

/// What such a line holds.
const PARTS: &[&str] = &[
    "driven by dokuwiki",
    "powered by dokuwiki",
    "powered by mediawiki",
    "recent changes rss feed valid",
    "valid css driven by",
];

/// Whether this line is a page's furniture, wherever it stands.
pub(super) fn is_furniture(text: &str) -> bool {
    let text = text.trim().to_lowercase();
    BEGINNINGS.iter().any(|start| text.starts_with(start))
        || PARTS.iter().any(|part| text.contains(part))
        || is_a_date_of_change(&text)
        || is_a_licence(&text)
        || text.starts_with(['©', '\u{ae}']) && text.chars().count() < 120
}

/// Whether this line is a word of a menu. In the middle of notes the same word may be a note.
pub(super) fn is_of_a_menu(text: &str) -> bool {
    MENU.contains(&text.trim().to_lowercase().as_str())
}

/// "last modified: 2010/07/03", with whatever page and person stand beside it.
fn is_a_date_of_change(text: &str) -> bool {
    [
        "last modified:",
        "last edited on",
        "last changed:",
        "last updated:",
    ]
    .iter()
    .filter_map(|words| text.split_once(words))
    .any(|(before, after)| {
        before.split_whitespace().count() <= 3
            && after.trim_start().starts_with(|c: char| c.is_ascii_digit())
    })
}

fn is_a_licence(text: &str) -> bool {
    text.starts_with("creative commons ") && text.chars().count() < 100
        || text.starts_with("cc by") && text.split_whitespace().count() <= 6
}
