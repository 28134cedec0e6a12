//! Finds and replaces the links of a wiki: `[[27]]`, `[[solution 12|words]]`, `[[Sites are blocked]]`.

mod spans;

use std::ops::Range;

/// A wiki link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes of the text that the link takes up, brackets included.
    pub range: Range<usize>,
    /// What the link names.
    pub target: Target,
    /// The words to show in place of the target's title.
    pub words: Option<String>,
}

/// What a link names; whether there is such a thing is for the caller to find out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A number, alone or behind one word; a word that is no kind may be a title such as "Windows 11".
    Numbered {
        /// The word before the number, in lower case.
        kind: Option<String>,
        /// The number, without leading noughts.
        number: i64,
    },
    /// Any other words, with single spaces.
    Titled(String),
}

impl Target {
    /// The target in words, for a number whose kind turns out to be the start of a title.
    #[must_use]
    pub fn title(&self) -> String {
        match self {
            Self::Numbered {
                kind: Some(kind),
                number,
            } => format!("{kind} {number}"),
            Self::Numbered { kind: None, number } => number.to_string(),
            Self::Titled(title) => title.clone(),
        }
    }
}

/// Finds the wiki links of a Markdown text in their order, leaving code and escaped brackets alone.
#[must_use]
pub fn find(text: &str) -> Vec<Link> {
    let mut links = Vec::new();
    for prose in spans::of_prose(text) {
        let mut at = prose.start;
        while let Some(next) = text[at..prose.end].find("[[") {
            let start = at + next;
            match link(text, start, prose.end) {
                Some(link) => {
                    at = link.range.end;
                    links.push(link);
                }
                None => at = start + 1,
            }
        }
    }
    links
}

/// Writes the text anew with other words in place of links; a link without an answer stays as it is.
pub fn rewrite(text: &str, mut replace: impl FnMut(&Link) -> Option<String>) -> String {
    let mut written = String::with_capacity(text.len());
    let mut reached = 0;
    for link in find(text) {
        if let Some(words) = replace(&link) {
            written.push_str(&text[reached..link.range.start]);
            written.push_str(&words);
            reached = link.range.end;
        }
    }
    written.push_str(&text[reached..]);
    written
}

/// The link that begins here, unless Markdown reads these brackets as a link of its own.
fn link(text: &str, start: usize, limit: usize) -> Option<Link> {
    let inside = start + 2;
    let length = text[inside..limit].find(['[', ']', '\n'])?;
    let end = inside + length + 2;
    if end > limit || !text[inside + length..].starts_with("]]") || text[end..].starts_with('(') {
        return None;
    }
    let (named, words) = match text[inside..inside + length].split_once('|') {
        Some((named, words)) => (named.strip_suffix('\\').unwrap_or(named), words.trim()),
        None => (&text[inside..inside + length], ""),
    };
    let words = (!words.is_empty()).then(|| words.to_owned());
    Some(Link {
        range: start..end,
        target: target(named)?,
        words,
    })
}

fn target(named: &str) -> Option<Target> {
    let title = named.split_whitespace().collect::<Vec<_>>().join(" ");
    if title.is_empty() {
        return None;
    }
    let letters = title.trim_end_matches(|letter: char| letter.is_ascii_digit());
    let kind = letters.strip_suffix('#').unwrap_or(letters).trim_end();
    let is_kind = kind.chars().all(char::is_alphabetic) && (kind.is_empty() || kind != letters);
    match title[letters.len()..].parse() {
        Ok(number) if is_kind => {
            let kind = (!kind.is_empty()).then(|| kind.to_lowercase());
            Some(Target::Numbered { kind, number })
        }
        _ => Some(Target::Titled(title)),
    }
}

#[cfg(test)]
mod tests;
