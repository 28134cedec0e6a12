//! Brings together what two people made of one text, or says where they disagree.

mod doubled;
mod list;
mod sentences;
mod slide;
mod threeway;
mod value;

pub use list::merge_list;
pub use value::{Value, merge_value};

use threeway::Grain;

/// What became of a text that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge {
    /// Both changes fit together, and this is the text with both.
    Clean(String),
    /// Somebody must decide; chunks stand in the order of the text.
    Conflict(Vec<Chunk>),
}

/// A part of a text that is settled, or that somebody must settle.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chunk {
    /// Unchanged, changed by one side, or changed by both in the same way.
    Agreed(String),
    /// Changed by both in different ways; an empty text means that the words were taken out.
    Disagreed {
        /// What both started from.
        base: String,
        /// What the text that was saved first says.
        theirs: String,
        /// What the text being saved now says.
        mine: String,
    },
}

/// Whose words to take where two people disagree.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// What both started from.
    Base,
    /// What was saved first.
    Theirs,
    /// What is being saved now.
    Mine,
}

/// Merges two texts that started from one.
///
/// Different paragraphs always merge; so do lines, and sentences of one paragraph, with an unchanged
/// one between them. Changes that touch are never guessed at, and a sentence is never mixed.
#[must_use]
pub fn merge(base: &str, theirs: &str, mine: &str) -> Merge {
    if theirs == mine || base == theirs {
        return Merge::Clean(mine.to_owned());
    }
    if base == mine {
        return Merge::Clean(theirs.to_owned());
    }
    let ended = [base, theirs, mine].map(|text| format!("{text}\n"));
    let [base, theirs, mine] = [&ended[0], &ended[1], &ended[2]].map(|text| whole_lines(text));
    let chunks = threeway::chunks(&base, &theirs, &mine, Grain::Lines);
    if !agreed(&chunks) {
        return Merge::Conflict(without_last_line_end(chunks));
    }
    let text = choose(&chunks, Side::Mine);
    if doubled::or_lost(&ended, &text) {
        let chunks = doubled::in_one_chunk(&base, &theirs, &mine);
        return Merge::Conflict(without_last_line_end(chunks));
    }
    Merge::Clean(text.strip_suffix('\n').unwrap_or(&text).to_owned())
}

/// The text with every disagreement settled for one side.
#[must_use]
pub fn choose(chunks: &[Chunk], side: Side) -> String {
    chunks.iter().map(|chunk| chunk.of(side)).collect()
}

impl Chunk {
    fn of(&self, side: Side) -> &str {
        match (self, side) {
            (Self::Agreed(text), _) => text,
            (Self::Disagreed { base, .. }, Side::Base) => base,
            (Self::Disagreed { theirs, .. }, Side::Theirs) => theirs,
            (Self::Disagreed { mine, .. }, Side::Mine) => mine,
        }
    }
}

fn whole_lines(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

fn agreed(chunks: &[Chunk]) -> bool {
    chunks.iter().all(|chunk| matches!(chunk, Chunk::Agreed(_)))
}

/// Takes away the line end that every side was given, so that a side's words join to its exact text.
fn without_last_line_end(mut chunks: Vec<Chunk>) -> Vec<Chunk> {
    match chunks.pop() {
        Some(Chunk::Agreed(mut text)) => {
            text.truncate(text.strip_suffix('\n').unwrap_or(&text).len());
            chunks.extend((!text.is_empty()).then_some(Chunk::Agreed(text)));
        }
        Some(Chunk::Disagreed { base, theirs, mine }) => {
            let sides = settle_line_ends(&mut chunks, [base, theirs, mine]);
            let [base, theirs, mine] = sides;
            chunks.push(Chunk::Disagreed { base, theirs, mine });
        }
        None => {}
    }
    chunks
}

/// Where one side took the last lines out, the line end before them becomes part of what the others say.
fn settle_line_ends(before: &mut Vec<Chunk>, sides: [String; 3]) -> [String; 3] {
    let mut lead = "";
    if sides.iter().any(String::is_empty)
        && let Some(Chunk::Agreed(text)) = before.last_mut()
        && text.ends_with('\n')
    {
        text.pop();
        lead = "\n";
        before.retain(|chunk| *chunk != Chunk::Agreed(String::new()));
    }
    sides.map(|side| match side.strip_suffix('\n') {
        Some(lines) => format!("{lead}{lines}"),
        None => side,
    })
}

#[cfg(test)]
mod tests;
