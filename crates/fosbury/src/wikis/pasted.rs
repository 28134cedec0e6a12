//! A single page that somebody pastes: in which syntax it is, and what it becomes.

use dokuwiki::mediawiki::{self, Titles};
use dokuwiki::{Converted, MediaTarget, PageTarget, Places, notes, to_markdown};

use super::conversion::tags_of;
use super::model::{Line, spoken};
use crate::history::model::Parts;

/// What a page can be written in.
pub const SYNTAXES: [&str; 4] = ["markdown", "mediawiki", "dokuwiki", "html"];

/// Places of a page that came alone: its links name pages that may be here by their titles, its files
/// are not here.
struct Alone;

impl Places for Alone {
    fn exists(&self, _: &str) -> bool {
        false
    }

    fn page(&self, id: &str, _: &str) -> PageTarget {
        PageTarget::Wiki(spoken(id))
    }

    fn media(&self, _: &str) -> Option<MediaTarget> {
        None
    }
}

/// The syntax that a text seems to be in: whichever leaves most of its signs in it.
pub fn guessed(text: &str) -> &'static str {
    let count = |signs: &[&str]| -> usize {
        let counts = signs.iter().map(|sign| text.matches(sign).count());
        counts.sum()
    };
    let begins = |signs: &[&str]| {
        let lines = text.lines();
        lines
            .filter(|line| signs.iter().any(|sign| line.starts_with(sign)))
            .count()
    };
    let html = count(&[
        "</p>", "</li>", "</div>", "</h1>", "</h2>", "</td>", "<br", "</a>",
    ]);
    let mediawiki = 2 * count(&["'''", "{|", "[[Category:", "[[File:", "{{"])
        + begins(&["* ", "# ", "== ", "=== ", "|-", "=="]);
    let dokuwiki = 2 * count(&["======", "\\\\ ", "{{:", "<nowiki>", " //", "// "])
        + begins(&["  * ", "  - ", "^ ", "====="]);
    let markdown =
        2 * count(&["](", "```"]) + begins(&["- ", "# ", "## ", "### ", "* ", "1. ", "> "]);
    let all = [
        ("markdown", markdown),
        ("mediawiki", mediawiki),
        ("dokuwiki", dokuwiki),
        ("html", 3 * html),
    ];
    let mut best = all[0];
    for one in all {
        if one.1 > best.1 {
            best = one;
        }
    }
    best.0
}

/// What a pasted page becomes: the parts of a guide, and what of it was not understood.
pub fn becomes(text: &str, syntax: &str, title: &str) -> (Parts, Vec<Line>) {
    let Converted {
        title: own,
        markdown,
        tags,
        notes,
        named,
        ..
    } = match syntax {
        "dokuwiki" => to_markdown(text, "", &Alone),
        "mediawiki" => mediawiki::to_markdown(text, "", &Titles::default(), &Alone),
        "html" => mediawiki::from_html(text, &Alone),
        _ => notes::pasted(text, &Alone),
    };
    let mut parts = Parts::default();
    let title = texts::one_line(title);
    let own = texts::one_line(own.as_deref().unwrap_or_default());
    parts.set("title", if title.is_empty() { &own } else { &title });
    parts.set("text", &texts::tidy(&markdown));
    parts.set("tags", &tags_of(&tags));
    let notes = notes.into_iter().map(|note| Line::of_note("", note));
    let named = named.iter().map(|(what, name)| Line::new("", what, name));
    let lines = notes.chain(named).collect();
    (parts, lines)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_syntax_is_known_by_its_signs() {
        for (text, syntax) in [
            ("# Title\n\n- [a](b)\n", "markdown"),
            ("== Title ==\n* '''a''' [[b]]\n{{stub}}", "mediawiki"),
            ("====== Title ======\n\n  * **a** //b//\n", "dokuwiki"),
            ("<h1>Title</h1><p>A <a href=\"x\">b</a></p>", "html"),
            ("Only words.", "markdown"),
        ] {
            assert_eq!(guessed(text), syntax, "{text:?}");
        }
    }
}
