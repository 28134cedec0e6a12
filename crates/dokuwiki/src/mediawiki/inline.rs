//! What stands in lines: styles, links, notes.

use std::collections::BTreeSet;

use super::prepare::{Held, MARK, Prepared};
use super::titles::Titles;
use super::{entities, markup};
use crate::text::{Inline, Note, Style};

/// Notes that are shown on a page at the most; what comes after stands in the text.
const MOST_NOTES: usize = 2_000;
/// Styles one in the other at the most.
const DEEPEST: usize = 40;

/// Reads lines, and gathers what is told beside them.
pub struct Reader<'t> {
    pub prepared: Prepared,
    pub title: &'t str,
    pub titles: &'t Titles,
    pub tags: Vec<String>,
    pub notes: BTreeSet<Note>,
    shown: usize,
    in_note: bool,
}

/// A piece of a line, before styles are put one in the other.
pub(super) enum Piece {
    One(Inline),
    Words(String),
    EndOfLine,
    Quotes(usize),
    Open(Style),
    Close(Style),
}

impl<'t> Reader<'t> {
    pub fn new(prepared: Prepared, title: &'t str, titles: &'t Titles) -> Self {
        Self {
            prepared,
            title,
            titles,
            tags: Vec::new(),
            notes: BTreeSet::new(),
            shown: 0,
            in_note: false,
        }
    }

    /// What stands in these lines.
    pub fn inlines(&mut self, text: &str) -> Vec<Inline> {
        let mut pieces = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let before = text[..text.len() - rest.len()].chars().next_back();
            let taken = match first {
                '\u{E000}' => self.held(rest, &mut pieces),
                '[' => self.link(rest, &mut pieces),
                '<' => self.tag(rest, &mut pieces),
                '\'' => quotes(rest, &mut pieces),
                '&' => entities::at(rest).map(|(letters, length)| {
                    say(&letters, &mut pieces);
                    length
                }),
                '\n' => {
                    pieces.push(Piece::EndOfLine);
                    Some(1)
                }
                'h' | 'f' | 'm' if !before.is_some_and(char::is_alphanumeric) => {
                    bare_address(rest, &mut pieces)
                }
                _ => None,
            };
            let taken = taken.unwrap_or_else(|| {
                let length = first.len_utf8();
                say(&rest[..length], &mut pieces);
                length
            });
            rest = &rest[taken..];
        }
        built(&pieces)
    }

    /// What a mark stands for.
    fn held(&mut self, rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
        let (at, length) = mark(rest)?;
        let held = self.prepared.held.get(at)?.clone();
        match held {
            Held::Words(words) => say(&words, pieces),
            Held::Code(words) => pieces.push(Piece::One(Inline::Code(words))),
            Held::Lines(said, words) => {
                let code = crate::text::Block::Code(said, words);
                pieces.push(Piece::One(Inline::Inside(code)));
            }
            Held::Link(to, words) => pieces.push(Piece::One(Inline::Address(to, words))),
            Held::Note(name, own) => {
                let told = self.prepared.notes.get(&name).cloned();
                let Some(words) = own.clone().or(told) else {
                    return Some(length);
                };
                if self.in_note || self.shown >= MOST_NOTES {
                    // A note in a note stands in its words; one that is told elsewhere stands there.
                    if let Some(own) = own.filter(|own| !own.contains(MARK.0)) {
                        say(&format!(" ({own})"), pieces);
                    }
                    return Some(length);
                }
                self.shown += 1;
                self.in_note = true;
                let inside = self.inlines(&words.replace('\n', " "));
                self.in_note = false;
                pieces.push(Piece::One(Inline::Footnote(inside)));
            }
        }
        Some(length)
    }

    fn tag(&mut self, rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
        let tag = markup::tag(rest)?;
        let style = match tag.name.as_str() {
            "b" | "strong" => Some(Style::Strong),
            "i" | "em" | "cite" | "var" | "dfn" => Some(Style::Emphasis),
            "u" | "ins" => Some(Style::Underline),
            "s" | "strike" | "del" => Some(Style::Deleted),
            "code" | "tt" | "kbd" | "samp" => Some(Style::Mono),
            "sub" => Some(Style::Lower),
            "sup" => Some(Style::Upper),
            _ => None,
        };
        match (style, tag.name.as_str()) {
            (Some(style), _) => {
                if matches!(style, Style::Underline | Style::Lower | Style::Upper) {
                    self.notes.insert(Note::Shape);
                }
                pieces.push(if tag.closes {
                    Piece::Close(style)
                } else {
                    Piece::Open(style)
                });
            }
            (None, "br") => pieces.push(Piece::One(Inline::Break)),
            (
                None,
                "span" | "small" | "big" | "font" | "abbr" | "bdi" | "bdo" | "mark" | "q" | "wbr"
                | "time" | "nobr" | "acronym" | "ruby" | "rt" | "rp" | "data" | "a" | "colgroup"
                | "col",
            ) => {}
            _ => return None,
        }
        Some(tag.whole.len())
    }
}

/// Adds words to those before.
fn say(words: &str, pieces: &mut Vec<Piece>) {
    match pieces.last_mut() {
        Some(Piece::Words(before)) => before.push_str(words),
        _ if words.is_empty() => {}
        _ => pieces.push(Piece::Words(words.to_owned())),
    }
}

/// The number of a mark, and its length.
pub fn mark(rest: &str) -> Option<(usize, usize)> {
    let inside = rest.strip_prefix(MARK.0)?;
    let end = inside.find(MARK.1)?;
    let length = MARK.0.len_utf8() + end + MARK.1.len_utf8();
    Some((inside[..end].parse().ok()?, length))
}

fn quotes(rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
    let count = rest.bytes().take_while(|byte| *byte == b'\'').count();
    // Four are one and three, and what is beyond five stands there.
    let spare = match count {
        0 | 1 => return None,
        4 => 1,
        more => more.saturating_sub(5),
    };
    say(&"'".repeat(spare), pieces);
    pieces.push(Piece::Quotes(count - spare));
    Some(count)
}

/// A bare address, up to what is no part of it.
fn bare_address(rest: &str, pieces: &mut Vec<Piece>) -> Option<usize> {
    let begins = ["http://", "https://", "ftp://", "mailto:"];
    let scheme = begins.into_iter().find(|scheme| rest.starts_with(scheme))?;
    let is_end = |letter: char| {
        letter.is_whitespace() || "<>\"[]{}|^`\u{E000}\u{E001}\u{E002}\u{E003}".contains(letter)
    };
    let whole = &rest[..rest.find(is_end).unwrap_or(rest.len())];
    let whole = whole.split("''").next().unwrap_or_default();
    let mut address = whole.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '\\']);
    if address.ends_with(')') && !address.contains('(') {
        address = address.trim_end_matches(')');
    }
    if address.len() < scheme.len() + 2 {
        return None;
    }
    let shown = address.strip_prefix("mailto:").unwrap_or(address);
    let one = Inline::Address(address.to_owned(), shown.to_owned());
    pieces.push(Piece::One(one));
    Some(address.len())
}

/// A style that is open: which, whether a line's end closes it, and what stands in it.
struct Open {
    style: Style,
    by_quotes: bool,
    inside: Vec<Inline>,
}

#[derive(Default)]
struct Builder {
    outside: Vec<Inline>,
    open: Vec<Open>,
    words: String,
}

/// Puts styles one in the other.
fn built(pieces: &[Piece]) -> Vec<Inline> {
    let mut builder = Builder::default();
    let mut odd = oddness(pieces, 0);
    for (at, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::EndOfLine => {
                builder.end_of_line();
                builder.words.push('\n');
                odd = oddness(pieces, at + 1);
            }
            Piece::Words(words) => builder.words.push_str(words),
            Piece::One(one) => builder.put(one.clone()),
            Piece::Open(style) => builder.open(*style, false),
            Piece::Close(style) => builder.close(*style),
            // Where neither comes out even, the first three are one and two.
            Piece::Quotes(3) if odd => {
                odd = false;
                builder.words.push('\'');
                builder.toggle(Style::Emphasis);
            }
            Piece::Quotes(count) => {
                // Of two that begin together, the one that ends first stands inside.
                let next = pieces[at + 1..].iter().find_map(|piece| match piece {
                    Piece::Quotes(count) => Some(*count),
                    _ => None,
                });
                let is_begun = builder.is_open(Style::Emphasis);
                if *count == 5 && (is_begun || next == Some(3)) {
                    builder.toggle(Style::Emphasis);
                    builder.toggle(Style::Strong);
                } else {
                    if *count != 2 {
                        builder.toggle(Style::Strong);
                    }
                    if *count != 3 {
                        builder.toggle(Style::Emphasis);
                    }
                }
            }
        }
    }
    builder.done()
}

/// Whether in this line both strong and slanted words begin once more than they end.
fn oddness(pieces: &[Piece], from: usize) -> bool {
    let line = pieces[from..].iter();
    let line = line.take_while(|piece| !matches!(piece, Piece::EndOfLine));
    let (mut strong, mut slanted) = (0_usize, 0_usize);
    for piece in line {
        if let Piece::Quotes(count) = piece {
            strong += usize::from(*count != 2);
            slanted += usize::from(*count != 3);
        }
    }
    strong % 2 == 1 && slanted % 2 == 1
}

impl Builder {
    fn flush(&mut self) {
        if !self.words.is_empty() {
            let words = Inline::Words(std::mem::take(&mut self.words));
            self.inner().push(words);
        }
    }

    fn inner(&mut self) -> &mut Vec<Inline> {
        match self.open.last_mut() {
            Some(open) => &mut open.inside,
            None => &mut self.outside,
        }
    }

    fn put(&mut self, one: Inline) {
        self.flush();
        self.inner().push(one);
    }

    fn is_open(&self, style: Style) -> bool {
        self.open.iter().any(|open| open.style == style)
    }

    fn open(&mut self, style: Style, by_quotes: bool) {
        if self.open.len() < DEEPEST && !self.is_open(style) {
            self.flush();
            self.open.push(Open {
                style,
                by_quotes,
                inside: Vec::new(),
            });
        }
    }

    /// Closes a style; what was opened in it goes on after it.
    fn close(&mut self, style: Style) {
        if !self.is_open(style) {
            return;
        }
        self.flush();
        let mut again = Vec::new();
        while let Some(open) = self.open.pop() {
            let closed = open.style;
            if !open.inside.is_empty() {
                self.inner().push(Inline::Styled(closed, open.inside));
            }
            if closed == style {
                break;
            }
            again.push((closed, open.by_quotes));
        }
        for (style, by_quotes) in again.into_iter().rev() {
            self.open(style, by_quotes);
        }
    }

    fn toggle(&mut self, style: Style) {
        if self.is_open(style) {
            self.close(style);
        } else {
            self.open(style, true);
        }
    }

    fn end_of_line(&mut self) {
        while let Some(open) = self.open.iter().rev().find(|open| open.by_quotes) {
            let style = open.style;
            self.close(style);
        }
    }

    fn done(mut self) -> Vec<Inline> {
        while let Some(open) = self.open.last() {
            let style = open.style;
            self.close(style);
        }
        self.flush();
        self.outside
    }
}
