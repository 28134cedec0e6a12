//! Blocks of a text, line by line.

use super::Note;
use super::inline::{self, protected_end};
use super::table;
use super::tree::{Block, Inline, Never, Reading};

/// Boxes in boxes at the most, and levels of lists and quotations.
const DEEPEST: usize = 8;
/// Plugins that draw a box around what stands between their signs.
const BOXES: [&str; 6] = ["WRAP", "wrap", "note", "box", "block", "callout"];

/// The blocks of a text.
pub fn blocks(text: &str, reading: &mut Reading, depth: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut at = 0;
    let mut begun = None;
    while at < text.len() {
        let line_end = text[at..]
            .find('\n')
            .map_or(text.len(), |length| at + length);
        let line = &text[at..line_end];
        if let Some((block, next)) = block_at(text, at, line, reading, depth) {
            paragraph(&text[begun.take().unwrap_or(at)..at], reading, &mut found);
            found.extend(block);
            at = next;
            continue;
        }
        if line.trim().is_empty() {
            paragraph(&text[begun.take().unwrap_or(at)..at], reading, &mut found);
            at = (line_end + 1).min(text.len());
            continue;
        }
        begun.get_or_insert(at);
        at = (logical_end(text, at, &mut reading.never) + 1).min(text.len());
    }
    paragraph(&text[begun.unwrap_or(text.len())..], reading, &mut found);
    found
}

/// The block that begins on this line, and where the next line after it begins.
fn block_at(
    text: &str,
    at: usize,
    line: &str,
    reading: &mut Reading,
    depth: usize,
) -> Option<(Vec<Block>, usize)> {
    let after = (at + line.len() + 1).min(text.len());
    if let Some(heading) = heading(line) {
        return Some((vec![heading], after));
    }
    let trimmed = line.trim();
    if trimmed.starts_with("----") && trimmed.bytes().all(|byte| byte == b'-') {
        return Some((vec![Block::Rule], after));
    }
    if trimmed.starts_with("---- ") && trimmed.ends_with("----") && trimmed.len() > 9 {
        return fields(text, after, reading);
    }
    if marker(line).is_some() {
        return Some(lists(text, at, reading, depth));
    }
    if line.starts_with("  ") || line.starts_with('\t') {
        return (!trimmed.is_empty()).then(|| preformatted(text, at));
    }
    match line.as_bytes().first()? {
        b'>' => Some(quotation(text, at, reading)),
        b'^' | b'|' => Some(table::rows(text, at, reading)),
        b'<' if depth < DEEPEST => boxed(text, at, reading, depth),
        _ => None,
    }
}

/// Where the line ends that begins here: line ends in code, notes and the like do not end it.
pub fn logical_end(text: &str, start: usize, never: &mut Never) -> usize {
    let mut at = start;
    while let Some(next) = text[at..].find(['\n', '<', '%', '(', '[', '{']) {
        at += next;
        if text.as_bytes().get(at) == Some(&b'\n') {
            return at;
        }
        at = protected_end(text, at, never).unwrap_or(at + 1);
    }
    text.len()
}

fn paragraph(text: &str, reading: &mut Reading, found: &mut Vec<Block>) {
    if !text.trim().is_empty() {
        split(inline::inlines(text.trim(), reading), found);
    }
}

/// Paragraphs of what stands in a line, blocks among it standing by themselves.
pub fn split(inlines: Vec<Inline>, found: &mut Vec<Block>) {
    let mut words = Vec::new();
    for one in inlines {
        match one {
            Inline::Inside(block) => {
                finish(&mut words, found);
                found.push(block);
            }
            other => words.push(other),
        }
    }
    finish(&mut words, found);
}

fn finish(words: &mut Vec<Inline>, found: &mut Vec<Block>) {
    let is_empty = words
        .iter()
        .all(|one| matches!(one, Inline::Words(words) if words.trim().is_empty()));
    let words = std::mem::take(words);
    if !is_empty {
        found.push(Block::Paragraph(words));
    }
}

fn heading(line: &str) -> Option<Block> {
    let line = line.trim();
    let signs = line.bytes().take_while(|byte| *byte == b'=').count();
    let words = line.trim_matches('=').trim();
    if signs < 2 || !line.ends_with("==") || words.is_empty() {
        return None;
    }
    let level = u8::try_from(7_usize.saturating_sub(signs).max(1)).unwrap_or(1);
    Some(Block::Heading(level, words.to_owned()))
}

/// How deep an item of a list stands, whether it is numbered, and where its words begin.
fn marker(line: &str) -> Option<(usize, bool, usize)> {
    let words = line.trim_start_matches([' ', '\t']);
    let space = line.len() - words.len();
    let indent: usize = line[..space]
        .bytes()
        .map(|byte| if byte == b'\t' { 2 } else { 1 })
        .sum();
    let is_numbered = match words.as_bytes().first()? {
        b'*' => false,
        b'-' => true,
        _ => return None,
    };
    (indent >= 2).then_some((indent / 2, is_numbered, space + 1))
}

fn lists(text: &str, start: usize, reading: &mut Reading, depth: usize) -> (Vec<Block>, usize) {
    let mut items = Vec::new();
    let mut at = start;
    while at < text.len() {
        let line = text[at..].lines().next().unwrap_or_default();
        let Some((level, is_numbered, words)) = marker(line) else {
            break;
        };
        let end = logical_end(text, at, &mut reading.never);
        let mut item = Vec::new();
        split(
            inline::inlines(text[at + words..end].trim(), reading),
            &mut item,
        );
        items.push((level.min(DEEPEST), is_numbered, item));
        at = (end + 1).min(text.len());
    }
    let mut items = items.into_iter().peekable();
    let mut found = Vec::new();
    while let Some((level, _, _)) = items.peek() {
        let level = *level;
        found.push(list(&mut items, level, depth));
    }
    (found, at)
}

type Items = std::iter::Peekable<std::vec::IntoIter<(usize, bool, Vec<Block>)>>;

/// One list of this level and what is nested in it.
fn list(items: &mut Items, level: usize, depth: usize) -> Block {
    let is_numbered = items.peek().is_some_and(|(_, is_numbered, _)| *is_numbered);
    let mut found: Vec<Vec<Block>> = Vec::new();
    while let Some((own, numbered, _)) = items.peek() {
        if *own > level && depth <= 2 * DEEPEST {
            let deeper = *own;
            let nested = list(items, deeper, depth + 1);
            match found.last_mut() {
                Some(last) => last.push(nested),
                None => found.push(vec![nested]),
            }
            continue;
        }
        if *own < level || *numbered != is_numbered {
            break;
        }
        found.extend(items.next().map(|(_, _, item)| item));
    }
    Block::List(is_numbered, found)
}

fn preformatted(text: &str, start: usize) -> (Vec<Block>, usize) {
    let mut at = start;
    let mut lines = Vec::new();
    while at < text.len() {
        let line = text[at..].lines().next().unwrap_or_default();
        let Some(words) = line.strip_prefix("  ").or_else(|| line.strip_prefix('\t')) else {
            break;
        };
        lines.push(words);
        at = (at + line.len() + 1).min(text.len());
    }
    (vec![Block::Code(String::new(), lines.join("\n"))], at)
}

fn quotation(text: &str, start: usize, reading: &mut Reading) -> (Vec<Block>, usize) {
    let mut at = start;
    let mut lines = Vec::new();
    while text[at..].starts_with('>') {
        let end = logical_end(text, at, &mut reading.never);
        let line = &text[at..end];
        let words = line.trim_start_matches('>');
        lines.push((
            (line.len() - words.len()).min(DEEPEST),
            inline::inlines(words.trim(), reading),
        ));
        at = (end + 1).min(text.len());
    }
    let mut lines = lines.into_iter().peekable();
    let mut found = Vec::new();
    while lines.peek().is_some() {
        found.push(Block::Quote(quoted(&mut lines, 1)));
    }
    (found, at)
}

type Lines = std::iter::Peekable<std::vec::IntoIter<(usize, Vec<Inline>)>>;

fn quoted(lines: &mut Lines, level: usize) -> Vec<Block> {
    let mut found = Vec::new();
    let mut words: Vec<Inline> = Vec::new();
    while let Some((own, _)) = lines.peek() {
        if *own < level {
            break;
        }
        if *own > level {
            split(std::mem::take(&mut words), &mut found);
            found.push(Block::Quote(quoted(lines, level + 1)));
            continue;
        }
        if let Some((_, line)) = lines.next() {
            if !words.is_empty() {
                words.push(Inline::Break);
            }
            words.extend(line);
        }
    }
    split(words, &mut found);
    found
}

/// What stands between a plugin's signs, as a quotation.
fn boxed(
    text: &str,
    at: usize,
    reading: &mut Reading,
    depth: usize,
) -> Option<(Vec<Block>, usize)> {
    let name = BOXES.iter().find(|name| {
        let rest = text[at + 1..].strip_prefix(**name);
        rest.is_some_and(|rest| rest.starts_with([' ', '>', '\n']))
    })?;
    let opening = text[at..].find('>').filter(|length| *length < 300)? + at + 1;
    if text[at..opening].contains('\n') {
        return None;
    }
    let closing = format!("</{name}>");
    reading.never.find(&closing, &text[opening..])?;
    let end = opening + matching(&text[opening..], &format!("<{name}"), &closing)?;
    reading.notes.insert(Note::Box);
    let outside = std::mem::take(&mut reading.never);
    let inside = blocks(
        text[opening..end].trim_start_matches(' '),
        reading,
        depth + 1,
    );
    reading.never = outside;
    let next = end + closing.len();
    let next = if text[next..].starts_with('\n') {
        next + 1
    } else {
        next
    };
    let quoted = (!inside.is_empty()).then_some(Block::Quote(inside));
    Some((quoted.into_iter().collect(), next))
}

/// Where the closing sign stands that belongs to an opening one before this text.
fn matching(text: &str, opening: &str, closing: &str) -> Option<usize> {
    let (mut open, mut at) = (1_usize, 0);
    while let Some(next) = text[at..].find('<') {
        at += next;
        if text[at..].starts_with(closing) {
            open -= 1;
            if open == 0 {
                return Some(at);
            }
        } else if text[at..].starts_with(opening) {
            open += 1;
        }
        at += 1;
    }
    None
}

/// `---- struct data ----` and the lines below it, as a list.
fn fields(text: &str, start: usize, reading: &mut Reading) -> Option<(Vec<Block>, usize)> {
    let mut at = start;
    let mut items = Vec::new();
    loop {
        let line = text
            .get(at..)
            .filter(|rest| !rest.is_empty())?
            .lines()
            .next()?;
        at = (at + line.len() + 1).min(text.len());
        if line.trim() == "----" {
            break;
        }
        if items.len() > 200 {
            return None;
        }
        if !line.trim().is_empty() {
            items.push(vec![Block::Paragraph(vec![Inline::Words(
                line.trim().to_owned(),
            )])]);
        }
    }
    reading.notes.insert(Note::Fields);
    let list = (!items.is_empty()).then_some(Block::List(false, items));
    Some((list.into_iter().collect(), at))
}
