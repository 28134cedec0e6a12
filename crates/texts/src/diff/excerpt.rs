use unicode_segmentation::UnicodeSegmentation;

use super::Piece;

/// A piece of a comparison, or the sign that unchanged words were left out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Excerpt {
    /// A changed piece whole, or the words beside one.
    Piece(Piece),
    /// Unchanged words were left out here.
    Gap,
}

/// Keeps the changed places and at most so many unchanged words on either side of each.
///
/// Where nothing changed, nothing is shown.
#[must_use]
pub fn excerpt(pieces: &[Piece], context_words: usize) -> Vec<Excerpt> {
    if pieces.iter().all(|piece| matches!(piece, Piece::Same(_))) {
        return Vec::new();
    }
    let mut shown = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let Piece::Same(text) = piece else {
            shown.push(Excerpt::Piece(piece.clone()));
            continue;
        };
        let head = if at == 0 {
            0
        } else {
            head(text, context_words)
        };
        let tail = if at + 1 == pieces.len() {
            text.len()
        } else {
            tail(text, context_words)
        };
        if head >= tail || text[head..tail].unicode_words().next().is_none() {
            shown.push(Excerpt::Piece(piece.clone()));
            continue;
        }
        shown.extend(same(&text[..head]));
        shown.push(Excerpt::Gap);
        shown.extend(same(&text[tail..]));
    }
    shown
}

fn same(text: &str) -> Option<Excerpt> {
    (!text.is_empty()).then(|| Excerpt::Piece(Piece::Same(text.to_owned())))
}

/// Where the first so many words end.
fn head(text: &str, words: usize) -> usize {
    match words.checked_sub(1) {
        None => 0,
        Some(last) => text
            .unicode_word_indices()
            .nth(last)
            .map_or(text.len(), |(at, word)| at + word.len()),
    }
}

/// Where the last so many words begin.
fn tail(text: &str, words: usize) -> usize {
    match words.checked_sub(1) {
        None => text.len(),
        Some(last) => text
            .unicode_word_indices()
            .rev()
            .nth(last)
            .map_or(0, |(at, _)| at),
    }
}
