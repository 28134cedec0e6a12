//! What all formats have in common: blocks of text become lines with what stands around them.

use std::collections::VecDeque;

use super::{furniture, headings, names, places};
use crate::notes::{Line, Marker, Notes};

/// A paragraph, an item of a list or a heading, as its format gave it.
#[derive(Clone, Debug, Default)]
pub(super) struct Block {
    pub number: usize,
    pub indent: usize,
    pub marker: Marker,
    pub heading: Option<usize>,
    pub text: String,
    /// Whether an empty line stood before it.
    pub after_gap: bool,
    pub quoted: bool,
}

/// One line of text: no breaks, no doubled blanks, nothing invisible.
pub(super) fn tidied(text: &str) -> String {
    let seen: String = text
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .filter(|c| !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}'))
        .collect();
    seen.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The notes that these blocks hold.
pub(super) fn notes(blocks: Vec<Block>) -> Notes {
    let (mut blocks, left_out) = without_furniture(blocks);
    headings::find(&mut blocks);
    let mut lines = lines(blocks);
    names::find(&mut lines);
    places::find(&mut lines);
    Notes { lines, left_out }
}

/// The notes that lines kept by themselves are: each stays what it is.
pub(super) fn of_kept(blocks: Vec<Block>) -> Notes {
    let mut lines = lines(blocks);
    names::find(&mut lines);
    places::find(&mut lines);
    Notes {
        lines,
        left_out: Vec::new(),
    }
}

/// Menus stand at the edges of a page; the rest of its furniture is known anywhere.
fn without_furniture(blocks: Vec<Block>) -> (Vec<Block>, Vec<String>) {
    let is_edge = |block: &Block| {
        furniture::is_of_a_menu(&block.text) || furniture::is_furniture(&block.text)
    };
    let mut blocks: VecDeque<Block> = blocks.into();
    let (mut before, mut after) = (Vec::new(), VecDeque::new());
    while blocks.front().is_some_and(is_edge) {
        before.extend(blocks.pop_front().map(|block| block.text));
    }
    while blocks.back().is_some_and(is_edge) {
        if let Some(block) = blocks.pop_back() {
            after.push_front(block.text);
        }
    }
    let mut kept = Vec::with_capacity(blocks.len());
    for block in blocks {
        if furniture::is_furniture(&block.text) {
            before.push(block.text);
        } else {
            kept.push(block);
        }
    }
    before.extend(after);
    (kept, before)
}

fn lines(blocks: Vec<Block>) -> Vec<Line> {
    let mut above: Vec<(usize, String)> = Vec::new();
    let mut indents: Vec<usize> = Vec::new();
    let mut lines = Vec::with_capacity(blocks.len());
    for block in blocks {
        if let Some(level) = block.heading {
            above.retain(|(other, _)| *other < level);
            indents.clear();
        } else {
            while indents.last().is_some_and(|last| *last > block.indent) {
                indents.pop();
            }
            if indents.last() != Some(&block.indent) {
                indents.push(block.indent);
            }
        }
        lines.push(Line {
            number: block.number,
            depth: indents.len().saturating_sub(1),
            heading: block.heading,
            marker: block.marker,
            under: above.iter().map(|(_, title)| title.clone()).collect(),
            ends: block.text.len(),
            text: block.text.clone(),
            ..Line::default()
        });
        if let Some(level) = block.heading {
            above.push((level, block.text));
        }
    }
    lines
}
