//! A page's history as it is written here, one revision after another.

use std::collections::BTreeMap;

use dokuwiki::read::{Page, Revision};
use dokuwiki::{Change, Converted, Places};

use super::model::{Line, act, title};
use super::there::There;
use crate::history::model::Parts;
use crate::time::Moment;

/// Who it was where nobody was signed in.
pub const ANONYMOUS: &str = "Anonymous";
/// Who it was where the wiki itself does not know.
const NOT_KNOWN: &str = "Not known";
/// Names that are nobody's.
pub const NAMELESS: [&str; 2] = [ANONYMOUS, NOT_KNOWN];
/// Letters of a text beyond which it cannot be edited in one piece.
const LONGEST: usize = 60_000;
/// Tags of a page at the most, and letters of one.
const MOST_TAGS: usize = 12;
const LONGEST_TAG: usize = 40;

/// Tags as a part of a text.
pub fn tags_of(tags: &[String]) -> String {
    let mut all: Vec<String> = Vec::new();
    for tag in tags.iter().map(|tag| texts::one_line(tag)) {
        let is_fit = !tag.is_empty() && tag.chars().count() <= LONGEST_TAG;
        if is_fit && !all.contains(&tag) && all.len() < MOST_TAGS {
            all.push(tag);
        }
    }
    all.join("\n")
}

/// One revision, ready to be written.
pub struct Written {
    /// Its parts.
    pub parts: Parts,
    /// Its text as it stood in the wiki.
    pub words: Option<String>,
    /// The second of it.
    pub second: i64,
    /// Its number there, if revisions have one.
    pub old_number: Option<i64>,
    /// What made it.
    pub act: &'static str,
    /// Whether it is small.
    pub is_minor: bool,
    /// Who.
    pub author: String,
    /// Why.
    pub summary: String,
    /// The second of the revision that was brought back.
    pub other: Option<i64>,
}

impl Written {
    /// When.
    pub fn at(&self) -> Moment {
        Moment(self.second * 1_000)
    }
}

/// What is known of a page that came before: its newest parts, the second of its last revision, and
/// its text as it stood there.
pub struct Before {
    /// Its newest parts.
    pub parts: Parts,
    /// The second of its last revision.
    pub second: i64,
    /// Its text as it stood there.
    pub words: Option<String>,
}

/// Where a folder knows no history, a text that is another than before is a new revision.
fn only_what_differs(wiki: &dyn There, page: &mut Page, known: &Before) {
    let id = page.id.clone();
    page.revisions.retain_mut(|one| {
        let words = wiki.words(&id, one, &mut Vec::new());
        one.at = one.at.max(known.second + 1);
        words != known.words
    });
}

/// Who made a revision, by full names as far as they are known.
pub fn author_of(revision: &Revision, names: &BTreeMap<String, String>) -> String {
    let login = revision.login.as_str();
    match (revision.change, login) {
        (Change::Outside, _) => NOT_KNOWN.to_owned(),
        (Change::Deleted, "") if revision.summary.is_empty() => NOT_KNOWN.to_owned(),
        (_, "") => ANONYMOUS.to_owned(),
        _ => {
            let name = names.get(login).filter(|name| !name.is_empty());
            let name = texts::one_line(name.map_or(login, String::as_str));
            name.chars().take(100).collect()
        }
    }
}

/// Reads the revisions of one page in their order.
pub struct Conversion<'w> {
    wiki: &'w dyn There,
    places: &'w dyn Places,
    page: Page,
    names: BTreeMap<String, String>,
    /// The parts of the revision before.
    before: Option<Parts>,
    was_deleted: bool,
    /// What could not be read, or not kept as it was.
    pub lines: Vec<Line>,
    /// The newest text.
    pub newest: Converted,
}

impl<'w> Conversion<'w> {
    /// Begins with a page, after what is known of it already.
    pub fn new(
        wiki: &'w dyn There,
        places: &'w dyn Places,
        id: &str,
        known: Option<Before>,
    ) -> Self {
        let mut page = wiki.page(id);
        let mut troubles = std::mem::take(&mut page.troubles);
        let names = wiki.names(id, &mut troubles);
        let (before, after) = match known {
            Some(known) => {
                if !wiki.has_history() {
                    only_what_differs(wiki, &mut page, &known);
                }
                (Some(known.parts), known.second)
            }
            None => (None, 0),
        };
        let old = page.revisions.iter().rev().find(|one| one.at <= after);
        let was_deleted = old.is_some_and(|old| old.change == Change::Deleted);
        page.revisions.retain(|one| one.at > after);
        page.revisions.reverse();
        let lines = troubles
            .iter()
            .map(|one| Line::of_trouble(id, &one.what))
            .collect();
        Self {
            wiki,
            places,
            page,
            names,
            before,
            was_deleted,
            lines,
            newest: Converted::default(),
        }
    }

    /// The next revision whose text can be read, or which took the page away.
    pub fn step(&mut self) -> Option<Written> {
        while let Some(revision) = self.page.revisions.pop() {
            let is_deletion = revision.change == Change::Deleted;
            let mut troubles = Vec::new();
            let words = self.wiki.words(&self.page.id, &revision, &mut troubles);
            // No database keeps this letter in words.
            let words = words.map(|words| words.replace('\0', "\u{FFFD}"));
            let told = troubles.iter();
            let told = told.map(|one| Line::of_trouble(&self.page.id, &one.what));
            self.lines.extend(told);
            let parts = match (&words, is_deletion) {
                (Some(words), _) => self.converted(words),
                // What was deleted stays as it was last, out of sight.
                (None, true) => match &self.before {
                    Some(before) => before.clone(),
                    None => continue,
                },
                (None, false) => continue,
            };
            let written = self.written(&revision, parts.clone(), words);
            self.before = Some(parts);
            self.was_deleted = is_deletion;
            return Some(written);
        }
        self.tell_of_newest();
        None
    }

    fn converted(&mut self, words: &str) -> Parts {
        self.newest = self.wiki.converted(words, &self.page.id, self.places);
        let mut parts = Parts::default();
        let title = title(self.newest.title.as_deref(), &self.page.id);
        parts.set("title", &title);
        parts.set("text", &self.newest.markdown);
        parts.set("tags", &tags_of(&self.newest.tags));
        parts
    }

    fn written(&self, revision: &Revision, parts: Parts, words: Option<String>) -> Written {
        let is_first = self.before.is_none();
        let (act, is_minor) = act(revision.change, is_first, self.was_deleted);
        let author = author_of(revision, &self.names);
        Written {
            parts,
            words,
            second: revision.at,
            old_number: Some(revision.number).filter(|number| *number > 0),
            act,
            is_minor,
            author,
            summary: texts::one_line(&revision.summary),
            other: match revision.change {
                Change::Reverted(to) => Some(to),
                _ => None,
            },
        }
    }

    fn tell_of_newest(&mut self) {
        let page = &self.page.id;
        let notes = self.newest.notes.iter();
        self.lines
            .extend(notes.map(|note| Line::of_note(page, *note)));
        let named = self.newest.named.iter();
        self.lines
            .extend(named.map(|(what, name)| Line::new(page, what, name)));
        let letters = self.newest.markdown.chars().count();
        if letters > LONGEST {
            self.lines
                .push(Line::new(page, "too-long-to-edit", &letters));
        }
    }
}
