//! What changed between two versions of a text, word by word.

mod excerpt;
mod refine;
mod tokens;

use unicode_segmentation::UnicodeSegmentation;

use crate::edits::{self, Edit};

pub use excerpt::{Excerpt, excerpt};

/// Changed paragraphs beside one another are compared as one block up to so many lines.
const JOINED_LINES: usize = 60;

/// So many bytes of changed lines are compared word by word, the rest line by line.
const COMPARED_BYTES: usize = 200 * 1024;

/// A stretch of text that stayed, went or came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Stands in both versions.
    Same(String),
    /// Stands in the old version only.
    Removed(String),
    /// Stands in the new version only.
    Added(String),
}

impl Piece {
    /// The words of the piece, whatever became of them.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Same(text) | Self::Removed(text) | Self::Added(text) => text,
        }
    }
}

/// Compares two versions: same and added pieces together are `new`, same and removed ones `old`.
///
/// Lines are compared first, then words inside the lines that changed. No piece is empty, no two
/// neighbours are of one kind, and what went stands before what came in its place.
#[must_use]
pub fn words(old: &str, new: &str) -> Vec<Piece> {
    let old_lines: Vec<&str> = old.split_inclusive('\n').collect();
    let new_lines: Vec<&str> = new.split_inclusive('\n').collect();
    let edits = edits::between(&old_lines, &new_lines, edits::blank);
    let mut script = Script::default();
    let (mut reached, mut bytes_left) = (0, COMPARED_BYTES);
    for block in across_blank_lines(edits, &old_lines) {
        script.same(&old_lines[reached..block.old.start].concat());
        reached = block.old.end;
        let removed = old_lines[block.old].concat();
        let added = new_lines[block.new].concat();
        let bytes = differing_bytes(&removed, &added);
        if removed.is_empty() || added.is_empty() || bytes > bytes_left {
            script.changed(&removed, &added);
        } else {
            bytes_left -= bytes;
            refine::block(&removed, &added, &mut script);
        }
    }
    script.same(&old_lines[reached..].concat());
    script.finish()
}

/// Counts the words that came and the words that went, as [`words`] would show them.
#[must_use]
pub fn stat(old: &str, new: &str) -> (usize, usize) {
    let (mut added, mut removed) = (0, 0);
    for piece in words(old, new) {
        match piece {
            Piece::Same(_) => {}
            Piece::Added(text) => added += text.unicode_words().count(),
            Piece::Removed(text) => removed += text.unicode_words().count(),
        }
    }
    (added, removed)
}

/// Collects pieces, so that neighbours of one kind become one piece.
#[derive(Default)]
struct Script {
    pieces: Vec<Piece>,
    removed: String,
    added: String,
}

impl Script {
    fn same(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        self.close_change();
        if let Some(Piece::Same(last)) = self.pieces.last_mut() {
            last.push_str(text);
        } else {
            self.pieces.push(Piece::Same(text.to_owned()));
        }
    }

    fn changed(&mut self, removed: &str, added: &str) {
        self.removed.push_str(removed);
        self.added.push_str(added);
    }

    fn finish(mut self) -> Vec<Piece> {
        self.close_change();
        self.pieces
    }

    fn close_change(&mut self) {
        if !self.removed.is_empty() {
            self.pieces
                .push(Piece::Removed(std::mem::take(&mut self.removed)));
        }
        if !self.added.is_empty() {
            self.pieces
                .push(Piece::Added(std::mem::take(&mut self.added)));
        }
    }
}

/// Joins edits that only blank lines part, because a blank line is no sign of which paragraph became
/// which.
fn across_blank_lines(edits: Vec<Edit>, old_lines: &[&str]) -> Vec<Edit> {
    let mut blocks: Vec<Edit> = Vec::new();
    for edit in edits {
        match blocks.last_mut() {
            Some(last)
                if edit.old.end - last.old.start <= JOINED_LINES
                    && all_blank(&old_lines[last.old.end..edit.old.start]) =>
            {
                last.old.end = edit.old.end;
                last.new.end = edit.new.end;
            }
            _ => blocks.push(edit),
        }
    }
    blocks
}

/// How long two texts are together without what they begin and end with alike.
fn differing_bytes(old: &str, new: &str) -> usize {
    let head = old
        .bytes()
        .zip(new.bytes())
        .take_while(|(old, new)| old == new)
        .count();
    let (old, new) = (&old.as_bytes()[head..], &new.as_bytes()[head..]);
    let tail = old
        .iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(old, new)| old == new)
        .count();
    old.len() + new.len() - 2 * tail
}

fn all_blank(lines: &[&str]) -> bool {
    lines.iter().all(|line| line.trim().is_empty())
}

#[cfg(test)]
mod tests;
