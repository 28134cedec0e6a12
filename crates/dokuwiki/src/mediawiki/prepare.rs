//! What stands in a text as it was typed, notes and templates are taken out first: a mark stands for
//! each, so that no sign in them means anything to what is read next.

use std::collections::{BTreeMap, BTreeSet};

use super::template::{self, Made};
use super::titles::Titles;
use crate::text::Never;

/// What begins and ends a mark, and what begins and ends a quotation.
pub const MARK: (char, char) = ('\u{E000}', '\u{E001}');
pub const QUOTE: (char, char) = ('\u{E002}', '\u{E003}');
/// Templates one in the other at the most, and notes.
const DEEPEST: usize = 30;
const DEEPEST_NOTES: usize = 4;
/// Bytes of a note that is shown again elsewhere, at the most.
const LONGEST_AGAIN: usize = 4_000;

/// What a mark stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Held {
    /// Words as they are.
    Words(String),
    /// Code in a line.
    Code(String),
    /// Code with lines of its own: its language, and the code.
    Lines(String, String),
    /// A note: its name, and its text unless it is told elsewhere.
    Note(String, Option<String>),
    /// An address, and its words.
    Link(String, String),
}

/// A text with marks in it.
#[derive(Debug, Default)]
pub struct Prepared {
    pub text: String,
    pub held: Vec<Held>,
    /// Notes by their names.
    pub notes: BTreeMap<String, String>,
    /// What is told by name: templates, files.
    pub named: BTreeSet<(&'static str, String)>,
}

impl Prepared {
    /// Keeps something, and says the mark that stands for it.
    pub fn hold(&mut self, one: Held) -> String {
        self.held.push(one);
        format!("{}{}{}", MARK.0, self.held.len() - 1, MARK.1)
    }
}

/// Takes out of a text what is not to be read as it stands.
pub fn prepared(text: &str, title: &str, titles: &Titles) -> Prepared {
    let is_mark = |letter: char| ('\u{E000}'..='\u{E003}').contains(&letter);
    let text = text.replace(is_mark, "\u{FFFD}");
    let mut prepared = Prepared::default();
    let written = piece(&text, title, titles, &mut prepared, 0);
    prepared.text = written;
    prepared
}

/// A template that is open.
struct Open {
    begins: usize,
    parts: Vec<String>,
    links: usize,
}

struct Scan<'t, 'p> {
    text: &'t str,
    /// The same in small letters, in which tags are looked for.
    small: String,
    at: usize,
    open: Vec<Open>,
    out: String,
    never: Never,
    title: &'t str,
    titles: &'t Titles,
    prepared: &'p mut Prepared,
    depth: usize,
    /// Whether notes are only told here, and shown elsewhere.
    in_list: bool,
}

fn piece(
    text: &str,
    title: &str,
    titles: &Titles,
    prepared: &mut Prepared,
    depth: usize,
) -> String {
    let mut scan = Scan {
        text,
        small: text.to_ascii_lowercase(),
        at: 0,
        open: Vec::new(),
        out: String::new(),
        never: Never::default(),
        title,
        titles,
        prepared,
        depth,
        in_list: false,
    };
    while scan.at < text.len() {
        scan.step();
    }
    // What never closes is what was typed.
    while let Some(open) = scan.open.pop() {
        let typed = format!("{{{{{}", open.parts.join("|"));
        scan.put(&typed);
    }
    scan.out
}

impl Scan<'_, '_> {
    fn put(&mut self, words: &str) {
        match self.open.last_mut().and_then(|open| open.parts.last_mut()) {
            Some(part) => part.push_str(words),
            None => self.out.push_str(words),
        }
    }

    fn step(&mut self) {
        let rest = &self.text[self.at..];
        if rest.starts_with('<') && self.tag(rest) {
            return;
        }
        let taken = if rest.starts_with("{{{") && !rest.starts_with("{{{{") {
            self.put("{{{");
            3
        } else if rest.starts_with("{{") && self.open.len() < DEEPEST {
            self.open.push(Open {
                begins: self.at,
                parts: vec![String::new()],
                links: 0,
            });
            2
        } else if rest.starts_with("}}") && !self.open.is_empty() {
            self.close();
            2
        } else if rest.starts_with('|') && self.open.last().is_some_and(|open| open.links == 0) {
            if let Some(open) = self.open.last_mut() {
                open.parts.push(String::new());
            }
            1
        } else {
            if let Some(open) = self.open.last_mut() {
                if rest.starts_with("[[") {
                    open.links += 1;
                } else if rest.starts_with("]]") {
                    open.links = open.links.saturating_sub(1);
                }
            }
            let plain = |letter: char| !"<{}|[]".contains(letter);
            let first = rest.chars().next().map_or(1, char::len_utf8);
            let more = rest[first..].find(|letter| !plain(letter));
            // Both brackets go together, so that each pair is counted once.
            let is_pair = rest.starts_with("[[") || rest.starts_with("]]");
            let length = if is_pair {
                2
            } else {
                first + more.unwrap_or(rest.len() - first)
            };
            self.put(&rest[..length]);
            length
        };
        self.at += taken;
    }

    fn close(&mut self) {
        let Some(open) = self.open.pop() else { return };
        let typed = &self.text[open.begins..self.at + 2];
        let written = match template::made(typed, &open.parts, self.title, self.titles) {
            Made::Text(words) => words,
            Made::Named(name, words) => {
                self.prepared.named.insert(("template", name));
                words
            }
            Made::Typed(name) => {
                self.prepared.named.insert(("template", name));
                self.prepared.hold(Held::Code(typed.to_owned()))
            }
        };
        self.put(&written);
    }

    /// A tag within which signs mean nothing, or otherwise.
    fn tag(&mut self, rest: &str) -> bool {
        let small = &self.small[self.at..];
        if small.starts_with("<!--") {
            let Some(end) = self.never.find("-->", &rest[4..]) else {
                return false;
            };
            self.at += end + 7;
            return true;
        }
        let name_end = small[1..].find(|letter: char| !letter.is_ascii_alphanumeric());
        let name = &small[1..=name_end.unwrap_or(small.len() - 1)];
        if small.starts_with("</references>") {
            self.in_list = false;
            self.at += "</references>".len();
            return true;
        }
        let known = [
            "nowiki",
            "pre",
            "source",
            "syntaxhighlight",
            "math",
            "score",
            "ref",
            "references",
            "gallery",
        ];
        let Some(name) = known.into_iter().find(|known| *known == name) else {
            return false;
        };
        let Some(length) = small.bytes().take(1_000).position(|byte| byte == b'>') else {
            return false;
        };
        let opening = &rest[..=length];
        let is_alone = opening.ends_with("/>");
        if name == "references" {
            self.in_list = !is_alone;
            self.at += length + 1;
            return true;
        }
        if is_alone {
            if name == "ref" {
                let note = Held::Note(attribute(opening, "name"), None);
                let mark = self.prepared.hold(note);
                self.put(&mark);
            }
            self.at += length + 1;
            return true;
        }
        let closing = format!("</{name}");
        let after = &self.small[self.at + length + 1..];
        let Some(end) = self.never.find(&closing, after) else {
            return false;
        };
        let inside = &rest[length + 1..length + 1 + end];
        let closed = after[end..]
            .find('>')
            .map_or(after.len(), |at| end + at + 1);
        let written = self.within(name, opening, inside);
        self.put(&written);
        self.at += length + 1 + closed;
        true
    }

    fn within(&mut self, name: &str, opening: &str, inside: &str) -> String {
        let said = attribute(opening, "lang");
        match name {
            "nowiki" => {
                let words = super::entities::decoded(inside);
                self.prepared.hold(Held::Words(words))
            }
            "gallery" => {
                let lines = inside
                    .lines()
                    .map(str::trim)
                    .filter(|line| !line.is_empty());
                let lines = lines.map(|line| format!("\n* [[{line}]]"));
                let list: String = lines.collect();
                piece(
                    &list,
                    self.title,
                    self.titles,
                    self.prepared,
                    self.depth + 1,
                ) + "\n"
            }
            "ref" if self.depth < DEEPEST_NOTES => {
                let words = piece(
                    inside,
                    self.title,
                    self.titles,
                    self.prepared,
                    self.depth + 1,
                );
                let name = attribute(opening, "name");
                if !name.is_empty() && words.len() <= LONGEST_AGAIN {
                    let notes = &mut self.prepared.notes;
                    notes.entry(name.clone()).or_insert_with(|| words.clone());
                    if self.in_list {
                        return String::new();
                    }
                }
                self.prepared.hold(Held::Note(name, Some(words)))
            }
            "ref" => format!(" ({inside})"),
            "math" | "score" => self.prepared.hold(Held::Code(inside.to_owned())),
            "pre" => {
                let inside = inside.replace("<nowiki>", "").replace("</nowiki>", "");
                let words = super::entities::decoded(&inside);
                self.prepared.hold(Held::Lines(String::new(), words))
            }
            _ if !inside.contains('\n') && opening.contains("inline") => {
                self.prepared.hold(Held::Code(inside.to_owned()))
            }
            _ => self.prepared.hold(Held::Lines(said, inside.to_owned())),
        }
    }
}

/// What an attribute of a tag says.
pub fn attribute(tag: &str, name: &str) -> String {
    let small = tag.to_ascii_lowercase();
    let sign = format!("{name}=");
    let mut from = 0;
    while let Some(found) = small[from..].find(&sign) {
        let at = from + found;
        from = at + sign.len();
        let is_whole =
            small[..at].ends_with(|letter: char| letter.is_whitespace() || letter == '|');
        if !is_whole && at > 0 {
            continue;
        }
        let value = &tag[from..];
        let quoted = ['"', '\'']
            .into_iter()
            .find(|sign| value.starts_with(*sign));
        let value = if let Some(sign) = quoted {
            value[1..].split(sign).next().unwrap_or_default()
        } else {
            let bare = value.split([' ', '>', '\n', '\t']).next();
            bare.unwrap_or_default().trim_end_matches('/')
        };
        return value.trim().to_owned();
    }
    String::new()
}
