//! Tables.

use super::block::logical_end;
use super::inline::{inlines, protected_end};
use super::tree::{Align, Block, Cell, Never, Reading};

/// Columns of a table at the most.
const MOST_COLUMNS: usize = 100;

/// The table that begins here, and where the next line after it begins.
pub fn rows(text: &str, start: usize, reading: &mut Reading) -> (Vec<Block>, usize) {
    let mut at = start;
    let mut rows = Vec::new();
    while text[at..].starts_with(['^', '|']) {
        let end = logical_end(text, at, &mut reading.never);
        rows.push(row(text[at..end].trim_end(), reading));
        at = (end + 1).min(text.len());
    }
    (vec![Block::Table(rows)], at)
}

fn row(line: &str, reading: &mut Reading) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    let mut never = Never::default();
    let mut at = 0;
    while at < line.len() && cells.len() < MOST_COLUMNS {
        let is_head = line.as_bytes().get(at) == Some(&b'^');
        let begin = at + 1;
        let end = cell_end(line, begin, &mut never);
        let words = &line[begin..end];
        if begin >= line.len() {
            break;
        }
        match cells.last_mut() {
            // Nothing at all between two signs widens the cell before.
            Some(before) if words.is_empty() => before.columns += 1,
            _ => cells.push(cell(words, is_head, reading)),
        }
        at = end;
    }
    cells
}

fn cell(words: &str, is_head: bool, reading: &mut Reading) -> Cell {
    let align = match (words.starts_with("  "), words.ends_with("  ")) {
        (true, true) => Align::Centre,
        (true, false) => Align::Right,
        (false, true) => Align::Left,
        (false, false) => Align::None,
    };
    Cell {
        is_head,
        align,
        goes_on: words.trim() == ":::",
        words: inlines(words.trim(), reading),
        columns: 1,
    }
}

/// Where a cell ends: signs inside links and files are none.
fn cell_end(line: &str, begin: usize, never: &mut Never) -> usize {
    let mut at = begin;
    while let Some(next) = line[at..].find(['|', '^', '[', '{', '<', '%', '(']) {
        at += next;
        if matches!(line.as_bytes().get(at), Some(b'|' | b'^')) {
            return at;
        }
        at = protected_end(line, at, never).unwrap_or(at + 1);
    }
    line.len()
}
