//! What stands in a line: styles, links, files, notes.

use super::Note;
use super::tree::{Block, Inline, Never, Reading, Style};

/// Signs that open and close a style.
const STYLES: [(&str, &str, Style); 7] = [
    ("**", "**", Style::Strong),
    ("//", "//", Style::Emphasis),
    ("__", "__", Style::Underline),
    ("''", "''", Style::Mono),
    ("<del>", "</del>", Style::Deleted),
    ("<sub>", "</sub>", Style::Lower),
    ("<sup>", "</sup>", Style::Upper),
];
/// What tells the wiki how to show a page, and is no words of it.
const SIGNS: [&str; 4] = [
    "~~NOTOC~~",
    "~~NOCACHE~~",
    "~~INFO:syntaxplugins~~",
    "~~INFO:syntaxmodes~~",
];
/// Letters that begin something.
const BEGINNINGS: &str = "*/_'<[{(%\\~hfw";

/// What stands in these lines.
pub fn inlines(text: &str, reading: &mut Reading) -> Vec<Inline> {
    let outside = std::mem::take(&mut reading.never);
    let mut reader = Reader {
        text,
        at: 0,
        open: Vec::new(),
        never: [false; 7],
        reading,
    };
    let found = reader.until(None);
    reading.never = outside;
    found
}

struct Reader<'t, 'r> {
    text: &'t str,
    at: usize,
    open: Vec<Style>,
    /// For each style, whether nothing closes it from here on.
    never: [bool; 7],
    reading: &'r mut Reading,
}

impl Reader<'_, '_> {
    /// Everything up to a closing sign, or to the end.
    fn until(&mut self, closing: Option<&str>) -> Vec<Inline> {
        let mut found = Vec::new();
        let mut words = String::new();
        while self.at < self.text.len() {
            let rest = &self.text[self.at..];
            if let Some(closing) = closing.filter(|closing| rest.starts_with(*closing)) {
                self.at += closing.len();
                break;
            }
            let first = rest.chars().next().unwrap_or('\0');
            let one = if BEGINNINGS.contains(first) {
                self.one(rest)
            } else {
                None
            };
            if let Some(one) = one {
                if !words.is_empty() {
                    found.push(Inline::Words(std::mem::take(&mut words)));
                }
                found.extend(one);
            } else {
                words.push(first);
                self.at += first.len_utf8();
            }
        }
        if !words.is_empty() {
            found.push(Inline::Words(words));
        }
        found
    }

    /// What begins here, if anything does.
    fn one(&mut self, rest: &str) -> Option<Vec<Inline>> {
        if let Some(found) = self.literal(rest) {
            return Some(found);
        }
        if rest.starts_with("[[") {
            return self.link(rest);
        }
        if rest.starts_with("{{") {
            return self.media(rest);
        }
        if rest.starts_with("((") && !self.open.contains(&Style::Upper) {
            return self.note();
        }
        if rest.starts_with("~~") {
            return self.sign(rest);
        }
        if let Some(after) = rest.strip_prefix("\\\\") {
            if after.is_empty() || after.starts_with([' ', '\t', '\n']) {
                self.at += 2 + after.len() - after.trim_start_matches([' ', '\t']).len();
                if self.text[self.at..].starts_with('\n') {
                    self.at += 1;
                }
                return Some(vec![Inline::Break]);
            }
            return None;
        }
        if rest.starts_with(['h', 'f', 'w']) {
            return self.address(rest);
        }
        self.style(rest).or_else(|| self.angle(rest))
    }

    fn style(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let which = STYLES
            .iter()
            .position(|(opening, _, _)| rest.starts_with(*opening))?;
        let (opening, closing, style) = STYLES[which];
        let inside = &rest[opening.len()..];
        if self.open.contains(&style) || self.never[which] {
            return None;
        }
        // What is emphasised goes on to the end where nothing closes it; all else is what was typed.
        if style == Style::Emphasis {
            if inside.trim().is_empty() || self.text[..self.at].ends_with(':') {
                return None;
            }
        } else if !inside.contains(closing) {
            self.never[which] = true;
            return None;
        }
        self.at += opening.len();
        self.open.push(style);
        let found = self.until(Some(closing));
        self.open.pop();
        if found.is_empty() {
            return Some(Vec::new());
        }
        if matches!(style, Style::Underline | Style::Lower | Style::Upper) {
            self.reading.notes.insert(Note::Shape);
        }
        Some(vec![Inline::Styled(style, found)])
    }

    fn note(&mut self) -> Option<Vec<Inline>> {
        let end = protected_end(self.text, self.at, &mut self.reading.never)?;
        let inside = &self.text[self.at + 2..end - 2];
        self.at = end;
        // A note is a text of its own, so that a style that is open around it does not reach in.
        let mut inner = Reader {
            text: inside,
            at: 0,
            open: vec![Style::Upper],
            never: [false; 7],
            reading: self.reading,
        };
        let found = inner.until(None);
        Some(vec![Inline::Footnote(found)])
    }

    /// What is shown as it was typed.
    fn literal(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let (begin, end, kind) = literal_span(rest, &mut self.reading.never)?;
        let inside = rest[begin..end.0].to_owned();
        let opening = rest[..begin].to_owned();
        self.at += end.1;
        let inside = inside.trim_matches('\n').to_owned();
        Some(match kind {
            "nowiki" | "%%" => vec![Inline::Words(inside)],
            "html" | "php" => {
                self.reading.notes.insert(Note::Code);
                vec![Inline::Code(inside)]
            }
            "HTML" | "PHP" => {
                self.reading.notes.insert(Note::Code);
                vec![Inline::Inside(Block::Code(kind.to_lowercase(), inside))]
            }
            _ => {
                let said = opening.trim_end_matches('>').split_whitespace().skip(1);
                vec![Inline::Inside(Block::Code(
                    said.collect::<Vec<_>>().join(" "),
                    inside,
                ))]
            }
        })
    }

    fn link(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let end = protected_end(rest, 0, &mut self.reading.never)?;
        let inside = &rest[2..end - 2];
        let (to, words) = match inside.split_once('|') {
            Some((to, words)) => (to, Some(words.trim())),
            None => (inside, None),
        };
        if to.trim().is_empty() {
            return None;
        }
        self.at += end;
        let words = words.filter(|words| !words.is_empty()).map(|words| {
            // The words of a link are plain, but for a file.
            if words.starts_with("{{") && words.ends_with("}}") {
                vec![file(&words[2..words.len() - 2])]
            } else {
                vec![Inline::Words(words.to_owned())]
            }
        });
        Some(vec![Inline::Link(to.trim().to_owned(), words)])
    }

    fn media(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let end = protected_end(rest, 0, &mut self.reading.never)?;
        let inside = &rest[2..end - 2];
        self.at += end;
        if let Some(named) = inside.strip_prefix("tag>") {
            let tags = named
                .split_whitespace()
                .map(|tag| tag.trim_matches('"').replace('_', " "));
            self.reading.tags.extend(tags.filter(|tag| !tag.is_empty()));
            return Some(Vec::new());
        }
        let page = inside
            .strip_prefix("page>")
            .or_else(|| inside.strip_prefix("section>"));
        if let Some(page) = page {
            self.reading.notes.insert(Note::Included);
            let to = page.split(['&', '#']).next().unwrap_or_default();
            return Some(vec![Inline::Link(to.trim().to_owned(), None)]);
        }
        if let Some(feed) = inside.strip_prefix("rss>") {
            self.reading.notes.insert(Note::Feed);
            let to = feed
                .split_whitespace()
                .next()
                .unwrap_or_default()
                .to_owned();
            return Some(vec![Inline::Address(to.clone(), to)]);
        }
        Some(vec![file(inside)])
    }

    fn sign(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let length = rest[2..].find("~~").filter(|length| *length < 80)? + 4;
        let sign = &rest[..length];
        let is_name = |letter: char| letter.is_ascii_uppercase() || "_-".contains(letter);
        let name = sign[2..].split([':', '~', ' ']).next().unwrap_or_default();
        if name.len() < 2 || !name.chars().all(is_name) {
            return None;
        }
        if !SIGNS.contains(&sign) {
            self.reading.notes.insert(Note::Plugin);
        }
        self.at += length;
        Some(Vec::new())
    }

    /// A bare address, up to what is no part of it.
    fn address(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let is_begun = !self.text[..self.at].ends_with(|letter: char| letter.is_alphanumeric());
        let begins = ["http://", "https://", "ftp://", "www.", "ftp."];
        let scheme = begins.iter().find(|scheme| rest.starts_with(**scheme))?;
        let is_end = |letter: char| letter.is_whitespace() || "<>\"|[]{}^`".contains(letter);
        let whole = &rest[..rest.find(is_end).unwrap_or(rest.len())];
        let whole = whole.split("''").next().unwrap_or_default();
        let mut address = whole.trim_end_matches(['.', ',', ':', ';', '!', '?', '\'', '*', '\\']);
        if address.ends_with(')') && !address.contains('(') {
            address = address.trim_end_matches(')');
        }
        if !is_begun || address.len() < scheme.len() + 2 {
            return None;
        }
        self.at += address.len();
        let to = match *scheme {
            "www." => format!("http://{address}"),
            "ftp." => format!("ftp://{address}"),
            _ => address.to_owned(),
        };
        Some(vec![Inline::Address(to, address.to_owned())])
    }

    /// A mail address between `<` and `>`, or the sign of a plugin.
    fn angle(&mut self, rest: &str) -> Option<Vec<Inline>> {
        let length = rest
            .strip_prefix('<')?
            .find('>')
            .filter(|length| *length < 300)?;
        let inside = &rest[1..=length];
        let is_address = |letter: char| letter.is_ascii_alphanumeric() || "@.-_+".contains(letter);
        if let Some((own, host)) = inside.split_once('@')
            && !own.is_empty()
            && host.contains('.')
            && inside.chars().all(is_address)
        {
            self.at += length + 2;
            return Some(vec![Inline::Address(
                format!("mailto:{inside}"),
                inside.to_owned(),
            )]);
        }
        let name = inside
            .trim_start_matches('/')
            .split([' ', '\n'])
            .next()
            .unwrap_or_default();
        if ["WRAP", "wrap", "note", "box", "block", "callout"].contains(&name) {
            self.reading.notes.insert(Note::Plugin);
            self.at += length + 2;
            return Some(Vec::new());
        }
        None
    }
}

/// A file: what stands before and after it says where it is put, which nobody needs.
fn file(inside: &str) -> Inline {
    let (to, title) = inside.split_once('|').unwrap_or((inside, ""));
    Inline::Media(to.trim().to_owned(), title.trim().to_owned())
}

/// Words between these signs are shown as they were typed.
const LITERAL: [&str; 7] = ["nowiki", "code", "file", "html", "php", "HTML", "PHP"];

/// Where the literal words begin; where they end, and where their closing sign ends; what they are.
fn literal_span(rest: &str, never: &mut Never) -> Option<(usize, (usize, usize), &'static str)> {
    if let Some(inside) = rest.strip_prefix("%%") {
        let length = never.find("%%", inside)?;
        return Some((2, (2 + length, 4 + length), "%%"));
    }
    let named = rest.strip_prefix('<')?;
    let kind = LITERAL.iter().find(|kind| {
        let after = named.strip_prefix(**kind);
        after.is_some_and(|after| after.starts_with(['>', ' ']))
    })?;
    let begin = rest.bytes().take(300).position(|byte| byte == b'>')? + 1;
    let closing = format!("</{kind}>");
    let length = never.find(&closing, &rest[begin..])?;
    Some((
        begin,
        (begin + length, begin + length + closing.len()),
        kind,
    ))
}

/// Bytes of a link, a file or a note at the most.
const LONGEST: usize = 4_000;

/// Where something ends that begins here and in which signs mean nothing to the text around it.
pub fn protected_end(text: &str, at: usize, never: &mut Never) -> Option<usize> {
    let rest = &text[at..];
    if let Some((_, (_, end), _)) = literal_span(rest, never) {
        return Some(at + end);
    }
    let closing = match rest.get(..2)? {
        "((" => "))",
        "[[" => "]]",
        "{{" => "}}",
        _ => return None,
    };
    let length = never
        .find(closing, &rest[2..])
        .filter(|length| *length < LONGEST)?;
    let inside = &rest[2..2 + length];
    (closing == "))" || !inside.contains("\n\n")).then_some(at + length + 4)
}
