use std::collections::HashMap;
use std::ops::Range;

use crate::lines::{self, Kind};

/// The stretches of a Markdown text that are words: no code, no escaped signs.
pub(super) fn of_prose(text: &str) -> Vec<Range<usize>> {
    let mut spans = Vec::new();
    for block in blocks(text) {
        outside_code(text, block, &mut spans);
    }
    spans
}

/// Runs of prose lines that a code span may cross.
fn blocks(text: &str) -> Vec<Range<usize>> {
    let mut blocks: Vec<Range<usize>> = Vec::new();
    for line in lines::of(text)
        .into_iter()
        .filter(|line| line.kind == Kind::Prose)
    {
        match blocks.last_mut() {
            Some(block) if !line.begins => block.end = line.range.end,
            _ => blocks.push(line.range),
        }
    }
    blocks
}

fn outside_code(text: &str, block: Range<usize>, spans: &mut Vec<Range<usize>>) {
    let signs = text.as_bytes();
    let last_runs = last_runs(signs, &block);
    let (mut from, mut at) = (block.start, block.start);
    while at < block.end {
        let past = match signs[at] {
            b'\\' if at + 1 < block.end && b"[]`\\".contains(&signs[at + 1]) => at + 2,
            b'`' => {
                let length = run(signs, at, block.end);
                let closed = last_runs.get(&length).is_some_and(|last| *last > at);
                if !closed {
                    at += length;
                    continue;
                }
                past_closing(signs, at + length, block.end, length)
            }
            _ => {
                at += 1;
                continue;
            }
        };
        spans.push(from..at);
        (from, at) = (past, past);
    }
    spans.push(from..block.end);
    spans.retain(|span| !span.is_empty());
}

/// Where the last run of so many backticks begins, so that no search for one is in vain.
fn last_runs(signs: &[u8], block: &Range<usize>) -> HashMap<usize, usize> {
    let mut last = HashMap::new();
    let mut at = block.start;
    while at < block.end {
        let length = run(signs, at, block.end);
        if length > 0 {
            last.insert(length, at);
        }
        at += length.max(1);
    }
    last
}

fn run(signs: &[u8], at: usize, end: usize) -> usize {
    signs[at..end]
        .iter()
        .take_while(|sign| **sign == b'`')
        .count()
}

fn past_closing(signs: &[u8], mut at: usize, end: usize, length: usize) -> usize {
    while at < end {
        let found = run(signs, at, end);
        at += found.max(1);
        if found == length {
            return at;
        }
    }
    end
}
