mod signs;

use std::ops::Range;

use signs::{fence, indent, item, unquoted};

/// One line of a Markdown text and what it is good for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    /// The bytes of the line, without its end.
    pub(crate) range: Range<usize>,
    pub(crate) kind: Kind,
    /// Whether it stands inside a list or a quotation.
    pub(crate) nested: bool,
    /// Whether code spans from the line before cannot reach into it.
    pub(crate) begins: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Blank,
    Code,
    Prose,
}

/// Reads a text line by line and tells prose from fenced and indented code.
///
/// It knows as much of Markdown's blocks as that takes: quotations, list items, fences, and code
/// indented after a blank line.
pub(crate) fn of(text: &str) -> Vec<Line> {
    let mut reader = Reader::new();
    let mut at = 0;
    text.split('\n')
        .map(|line| {
            let range = at..at + line.len();
            at = range.end + 1;
            reader.read(line, range)
        })
        .collect()
}

struct Fence {
    sign: char,
    length: usize,
    /// How deep in quotations and how far in list items it stands.
    quotes: usize,
    within: usize,
}

struct Reader {
    fence: Option<Fence>,
    /// How far the words of each open list item are indented, outermost first.
    items: Vec<usize>,
    quotes: usize,
    last: Kind,
}

impl Reader {
    fn new() -> Self {
        Self {
            fence: None,
            items: Vec::new(),
            quotes: 0,
            last: Kind::Blank,
        }
    }

    fn read(&mut self, line: &str, range: Range<usize>) -> Line {
        let (quotes, rest) = unquoted(line);
        let indent = indent(rest);
        let words = rest.trim();
        if let Some(kind) = self.in_fence(quotes, indent, words) {
            self.last = kind;
            return Line {
                range,
                kind,
                nested: true,
                begins: true,
            };
        }
        if quotes != self.quotes {
            self.items.clear();
        }
        let begins = self.last != Kind::Prose
            || quotes != self.quotes
            || words.starts_with(['#', '|'])
            || item(words).is_some();
        self.quotes = quotes;
        let kind = self.open(quotes, indent, words);
        self.last = kind;
        let nested = quotes > 0 || !self.items.is_empty();
        Line {
            range,
            kind,
            nested,
            begins,
        }
    }

    /// Code, as long as a fence is open and the line stands where the fence does.
    fn in_fence(&mut self, quotes: usize, indent: usize, words: &str) -> Option<Kind> {
        let fence = self.fence.as_ref()?;
        let outside = quotes < fence.quotes || (indent < fence.within && !words.is_empty());
        let (sign, length) = (fence.sign, fence.length);
        let closes = words.len() >= length && words.chars().all(|letter| letter == sign);
        if outside || (closes && indent < fence.within + 4) {
            self.fence = None;
        }
        (!outside).then_some(Kind::Code)
    }

    /// What a line outside fences is; it may open list items and a fence.
    fn open(&mut self, quotes: usize, mut indent: usize, mut words: &str) -> Kind {
        if words.is_empty() {
            return Kind::Blank;
        }
        let interrupts = item(words).is_some() || fence(words).is_some() || words.starts_with('#');
        let lazy = self.last == Kind::Prose && !interrupts;
        while !lazy && self.items.last().is_some_and(|within| indent < *within) {
            self.items.pop();
        }
        while !self.is_indented_code(indent)
            && let Some(marker) = item(words)
        {
            let after = &words[marker..];
            let spaces = signs::indent(after);
            indent += marker
                + if spaces > 4 || after.is_empty() {
                    1
                } else {
                    spaces
                };
            self.items.push(indent);
            words = after.trim_start();
        }
        if self.is_indented_code(indent) {
            return Kind::Code;
        }
        let within = self.items.last().copied().unwrap_or(0);
        self.fence = fence(words).map(|(sign, length)| Fence {
            sign,
            length,
            quotes,
            within,
        });
        if self.fence.is_some() {
            Kind::Code
        } else {
            Kind::Prose
        }
    }

    fn is_indented_code(&self, indent: usize) -> bool {
        self.last != Kind::Prose && indent >= self.items.last().copied().unwrap_or(0) + 4
    }
}
