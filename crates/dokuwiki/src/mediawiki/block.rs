//! What lines begin: headings, lists, tables, quotations.

use super::inline::{Reader, mark};
use super::prepare::{Held, MARK, QUOTE};
use super::{markup, table};
use crate::text::{Block, Inline, Style, plain};

/// Quotations one in the other at the most; the same of lists.
const DEEPEST: usize = 12;
/// Words that tell the wiki how to show a page.
const SIGNS: [&str; 14] = [
    "__NOTOC__",
    "__FORCETOC__",
    "__TOC__",
    "__NOEDITSECTION__",
    "__NEWSECTIONLINK__",
    "__NONEWSECTIONLINK__",
    "__NOGALLERY__",
    "__HIDDENCAT__",
    "__INDEX__",
    "__NOINDEX__",
    "__STATICREDIRECT__",
    "__NOTITLECONVERT__",
    "__NOCONTENTCONVERT__",
    "__ARCHIVEDTALK__",
];

/// The blocks of a prepared page.
pub fn page(reader: &mut Reader<'_>) -> Vec<Block> {
    let mut text = markup::translated(&std::mem::take(&mut reader.prepared.text));
    if text.contains("__") {
        for sign in SIGNS {
            text = text.replace(sign, "");
        }
    }
    let lines: Vec<&str> = text.split('\n').collect();
    blocks(&lines, reader, 0)
}

/// The blocks of these lines.
pub fn blocks(lines: &[&str], reader: &mut Reader<'_>, depth: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut paragraph: Vec<&str> = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        let line = lines[at].trim_end();
        let bare = line.trim_start();
        let is_table = bare.trim_start_matches([':', ' ']).starts_with("{|");
        if line.starts_with(QUOTE.0) {
            flush(&mut paragraph, reader, &mut found);
            let end = quote_end(&lines[at..]).map_or(lines.len(), |length| at + length);
            let inside = &lines[at + 1..end];
            if depth < DEEPEST {
                let inside = blocks(inside, reader, depth + 1);
                found.push(Block::Quote(inside));
                at = end + 1;
            } else {
                at += 1;
            }
            continue;
        }
        if is_table {
            flush(&mut paragraph, reader, &mut found);
            at += table::read(&lines[at..], reader, &mut found);
            continue;
        }
        if let Some((level, words)) = heading(line) {
            flush(&mut paragraph, reader, &mut found);
            let words = plain::flat(&reader.inlines(words));
            found.push(Block::Heading(level, words.trim().to_owned()));
        } else if let Some(after) = line.strip_prefix("----") {
            flush(&mut paragraph, reader, &mut found);
            found.push(Block::Rule);
            paragraph.push(after.trim_start_matches('-'));
        } else if line.starts_with(['*', '#', ':', ';']) {
            flush(&mut paragraph, reader, &mut found);
            let is_item = |line: &&&str| line.starts_with(['*', '#', ':', ';']);
            let length = lines[at..].iter().take_while(is_item).count();
            let items: Vec<(&str, &str)> = lines[at..at + length]
                .iter()
                .map(|line| item(line))
                .collect();
            list(&items, 0, reader, &mut found);
            at += length;
            continue;
        } else if line.starts_with(' ') && !bare.is_empty() {
            flush(&mut paragraph, reader, &mut found);
            let is_code = |line: &&&str| line.starts_with(' ') && !line.trim().is_empty();
            let length = lines[at..].iter().take_while(is_code).count();
            let code = lines[at..at + length].iter().map(|line| &line[1..]);
            code_or_words(&code.collect::<Vec<_>>(), reader, &mut found);
            at += length;
            continue;
        } else if bare.is_empty() || line.starts_with(QUOTE.1) {
            flush(&mut paragraph, reader, &mut found);
        } else {
            paragraph.push(line);
        }
        at += 1;
    }
    flush(&mut paragraph, reader, &mut found);
    found
}

/// How many lines a quotation has before the one that closes it.
fn quote_end(lines: &[&str]) -> Option<usize> {
    let mut depth = 0_usize;
    lines.iter().position(|line| {
        if line.starts_with(QUOTE.0) {
            depth += 1;
        } else if line.starts_with(QUOTE.1) {
            depth = depth.saturating_sub(1);
        }
        depth == 0
    })
}

/// Lines that begin with a space are code, unless marks of code stand in them.
fn code_or_words(lines: &[&str], reader: &mut Reader<'_>, found: &mut Vec<Block>) {
    if lines.iter().any(|line| line.contains(MARK.0)) {
        for line in lines {
            pieces(line.trim(), reader, found);
        }
        return;
    }
    let words: Vec<String> = lines
        .iter()
        .map(|line| plain::flat(&reader.inlines(line)))
        .collect();
    found.push(Block::Code(String::new(), words.join("\n")));
}

fn flush(paragraph: &mut Vec<&str>, reader: &mut Reader<'_>, found: &mut Vec<Block>) {
    let text = std::mem::take(paragraph).join("\n");
    pieces(&text, reader, found);
}

/// A paragraph, or several with code between.
fn pieces(text: &str, reader: &mut Reader<'_>, found: &mut Vec<Block>) {
    let (mut from, mut at) = (0, 0);
    while let Some(next) = text[at..].find(MARK.0) {
        let begins = at + next;
        let Some((number, length)) = mark(&text[begins..]) else {
            at = begins + MARK.0.len_utf8();
            continue;
        };
        at = begins + length;
        if let Some(Held::Lines(said, words)) = reader.prepared.held.get(number) {
            let code = Block::Code(said.clone(), words.clone());
            paragraph_of(&text[from..begins], reader, found);
            found.push(code);
            from = at;
        }
    }
    paragraph_of(&text[from..], reader, found);
}

fn paragraph_of(text: &str, reader: &mut Reader<'_>, found: &mut Vec<Block>) {
    if !text.trim().is_empty() {
        let inlines = reader.inlines(text.trim_matches('\n'));
        if !inlines.is_empty() {
            found.push(Block::Paragraph(inlines));
        }
    }
}

/// The level of a heading, and its words.
fn heading(line: &str) -> Option<(u8, &str)> {
    let begins = line.bytes().take_while(|byte| *byte == b'=').count();
    let ends = line.bytes().rev().take_while(|byte| *byte == b'=').count();
    let level = begins.min(ends).min(6);
    if level == 0 || line.len() <= 2 * level {
        return None;
    }
    let words = line[level..line.len() - level].trim();
    let number = u8::try_from(level).unwrap_or(6);
    (!words.is_empty()).then_some((number, words))
}

/// The signs of an item, and its words.
fn item(line: &str) -> (&str, &str) {
    let signs = line
        .bytes()
        .take_while(|byte| b"*#:;".contains(byte))
        .count();
    line.split_at(signs.min(DEEPEST))
}

/// Items that begin with the same sign at a level belong together.
fn list(items: &[(&str, &str)], level: usize, reader: &mut Reader<'_>, found: &mut Vec<Block>) {
    let sign = |item: &(&str, &str)| item.0.as_bytes().get(level).copied();
    let family = |sign: Option<u8>| if sign == Some(b';') { Some(b':') } else { sign };
    let mut at = 0;
    while at < items.len() {
        let own = family(sign(&items[at]));
        let is_same = |item: &&(&str, &str)| family(sign(item)) == own;
        let length = items[at..].iter().take_while(is_same).count();
        let group = &items[at..at + length];
        at += length;
        if own == Some(b':') {
            definitions(group, level, reader, found);
            continue;
        }
        let mut all: Vec<Vec<Block>> = Vec::new();
        let mut from = 0;
        while from < group.len() {
            let (signs, words) = group[from];
            let mut one = Vec::new();
            if signs.len() == level + 1 {
                pieces(words.trim(), reader, &mut one);
                from += 1;
            }
            let is_below = |item: &&(&str, &str)| item.0.len() > level + 1;
            let below = group[from..].iter().take_while(is_below).count();
            list(&group[from..from + below], level + 1, reader, &mut one);
            from += below;
            all.push(one);
        }
        found.push(Block::List(own == Some(b'#'), all));
    }
}

/// Words that are explained are strong; what is said of them, or only set in, is a quotation.
fn definitions(
    group: &[(&str, &str)],
    level: usize,
    reader: &mut Reader<'_>,
    found: &mut Vec<Block>,
) {
    let mut quoted = Vec::new();
    let mut from = 0;
    while from < group.len() {
        let (signs, words) = group[from];
        let is_below = |item: &&(&str, &str)| item.0.len() > level + 1;
        if signs.len() > level + 1 {
            let below = group[from..].iter().take_while(is_below).count();
            list(&group[from..from + below], level + 1, reader, &mut quoted);
            from += below;
            continue;
        }
        from += 1;
        if signs.as_bytes().get(level) != Some(&b';') {
            pieces(words.trim(), reader, &mut quoted);
            continue;
        }
        if !quoted.is_empty() {
            found.push(Block::Quote(std::mem::take(&mut quoted)));
        }
        let (term, said) = words.split_once(" : ").unwrap_or((words, ""));
        let term = reader.inlines(term.trim());
        found.push(Block::Paragraph(vec![Inline::Styled(Style::Strong, term)]));
        pieces(said.trim(), reader, &mut quoted);
    }
    if !quoted.is_empty() {
        found.push(Block::Quote(quoted));
    }
}
