//! Plain text, Markdown and DokuWiki: a line is a line, unless it was broken at the page's edge.

use super::Format;
use super::blocks::{Block, tidied};
use super::headings;
use super::markup;
use crate::notes::Marker;

/// A text that is narrower or wider than this was not broken at a page's edge.
const EDGES: std::ops::RangeInclusive<usize> = 55..=100;

/// The blocks of a text.
pub(super) fn blocks(text: &str, format: Format) -> Vec<Block> {
    let mut blocks: Vec<Block> = Vec::new();
    let mut after_gap = true;
    let mut broken_at = None;
    let edge = edge(text);
    for (at, raw) in text.lines().enumerate() {
        let raw = bulleted(raw).replace('\t', "    ");
        let trimmed = raw.trim();
        if trimmed.is_empty() || is_a_rule(trimmed) || markup::is_only_markup(trimmed, format) {
            // What is no word is no content; a line of it parts what stands around it.
            after_gap = true;
            broken_at = None;
            continue;
        }
        let block = block(at + 1, &raw, format, after_gap);
        if let (Some(last), Some(width)) = (blocks.last_mut(), broken_at)
            && edge.is_some_and(|edge| has_no_room(width, edge, &block.text))
            && goes_on(last, &block)
        {
            last.text.push(' ');
            last.text.push_str(&block.text);
        } else {
            blocks.push(block);
        }
        broken_at = Some(raw.trim_end().chars().count());
        after_gap = false;
    }
    blocks.retain(|block| !block.text.is_empty());
    blocks
}

/// A word processor's second bullet comes as the letter o and a tab.
fn bulleted(raw: &str) -> String {
    let inner = raw.trim_start();
    let indent = &raw[..raw.len() - inner.len()];
    inner
        .strip_prefix("o\t")
        .map_or_else(|| raw.to_owned(), |rest| format!("{indent}◦ {rest}"))
}

fn is_a_rule(line: &str) -> bool {
    line.chars().count() >= 3 && line.chars().all(|c| "-=_*~–—".contains(c))
}

/// Where the page ends at which somebody's program broke the lines, if it did.
fn edge(text: &str) -> Option<usize> {
    let width = |line: &str| line.trim_end().chars().count();
    let edge = text.lines().map(width).max()?;
    let near = text.lines().filter(|line| width(line) + 12 > edge).count();
    let all = text.lines().filter(|line| !line.trim().is_empty()).count();
    (EDGES.contains(&edge) && near >= 3 && near * 4 >= all).then_some(edge)
}

fn has_no_room(width: usize, edge: usize, next: &str) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    width + 1 + word.chars().count() > edge
}

/// A sentence that was broken at the edge goes on in small letters, without a bullet.
fn goes_on(last: &Block, next: &Block) -> bool {
    next.marker == Marker::None
        && !next.after_gap
        && last.heading.is_none()
        && next.heading.is_none()
        && next.quoted == last.quoted
        && next.indent >= last.indent
        && !last.text.ends_with(['.', '!', '?', ':', ';', '…'])
        && next.text.starts_with(char::is_lowercase)
}

fn block(number: usize, raw: &str, format: Format, after_gap: bool) -> Block {
    let indent = raw.chars().take_while(|c| c.is_whitespace()).count();
    let trimmed = raw.trim();
    if let Some((level, title)) = markup::heading(trimmed, format) {
        return Block {
            number,
            heading: Some(level),
            text: tidied(&markup::plain(title, format)),
            after_gap: true,
            ..Block::default()
        };
    }
    let (marker, text) = marked(trimmed);
    let (quoted, text) = match (marker, text.strip_prefix('>')) {
        (Marker::None, Some(rest)) if format == Format::Markdown => (true, rest.trim_start()),
        _ => (false, text),
    };
    Block {
        number,
        indent,
        marker,
        heading: None,
        text: tidied(&markup::plain(text, format)),
        after_gap,
        quoted,
    }
}

/// A line that is kept by itself: a heading where it says so.
pub(super) fn kept(number: usize, raw: &str) -> Block {
    let trimmed = raw.trim();
    let format = if markup::heading(trimmed, Format::DokuWiki).is_some() {
        Format::DokuWiki
    } else {
        Format::Markdown
    };
    if markup::heading(trimmed, format).is_some() {
        return block(number, raw, format, true);
    }
    Block {
        heading: headings::is_one_by_itself(trimmed).then_some(1),
        ..block(number, raw, Format::Plain, true)
    }
}

/// The marker before a line, and the line after it.
pub(super) fn marked(line: &str) -> (Marker, &str) {
    let Some((first, rest)) = line.split_once(char::is_whitespace) else {
        return (Marker::None, line);
    };
    let rest = rest.trim_start();
    if rest.is_empty() {
        return (Marker::None, line);
    }
    if matches!(first, "□" | "☐" | "✓" | "☑" | "✔" | "[]" | "[x]" | "[X]") {
        return (Marker::Box, rest);
    }
    if is_a_bullet(first) {
        let boxed = ["[ ] ", "[x] ", "[X] "]
            .iter()
            .find_map(|it| rest.strip_prefix(it));
        return boxed.map_or((Marker::Bullet, rest), |rest| (Marker::Box, rest));
    }
    if is_a_number(first) {
        return (Marker::Number, rest);
    }
    (Marker::None, line)
}

fn is_a_bullet(word: &str) -> bool {
    let mut letters = word.chars();
    matches!(
        (letters.next(), letters.next()),
        (
            Some(
                '•' | '*'
                    | '·'
                    | '‣'
                    | '◦'
                    | '▪'
                    | '●'
                    | '○'
                    | '–'
                    | '—'
                    | '-'
                    | '>'
                    | '+'
                    | '?'
                    | '→'
                    | '∙'
                    | '■'
                    | '⁃'
            ),
            None
        )
    )
}

/// `1.`, `12)`, `a)`: but no year and no time.
fn is_a_number(word: &str) -> bool {
    let Some(before) = word.strip_suffix(['.', ')']) else {
        return false;
    };
    let before = before.strip_prefix('(').unwrap_or(before);
    let digits =
        !before.is_empty() && before.len() <= 2 && before.chars().all(|c| c.is_ascii_digit());
    let letter =
        before.len() == 1 && word.ends_with(')') && before.chars().all(|c| c.is_ascii_lowercase());
    digits || letter
}
