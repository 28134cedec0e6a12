use std::collections::HashMap;

use unicode_segmentation::UnicodeSegmentation;

use super::threeway::agree;
use super::{Chunk, sentences};

/// A sentence of so many words is not said twice by chance.
const TELLING_WORDS: usize = 4;

/// Whether merging put a sentence there more often than either side has it, or lost one that all have.
///
/// This happens when both sides move the same words to different places, or each takes out another
/// copy of the same words.
pub(super) fn or_lost(sides: &[String; 3], merged: &str) -> bool {
    let [base, theirs, mine] = [counted(&sides[0]), counted(&sides[1]), counted(&sides[2])];
    let merged = counted(merged);
    let times =
        |counts: &HashMap<&str, usize>, sentence: &str| counts.get(sentence).copied().unwrap_or(0);
    let doubled = merged.iter().any(|(sentence, count)| {
        *count > times(&theirs, sentence).max(times(&mine, sentence)).max(1)
    });
    doubled
        || base.iter().any(|(sentence, count)| {
            let everywhere = (*count)
                .min(times(&theirs, sentence))
                .min(times(&mine, sentence));
            times(&merged, sentence) < everywhere
        })
}

/// Everything between what all three share at the start and at the end, as one disagreement.
pub(super) fn in_one_chunk(base: &[&str], theirs: &[&str], mine: &[&str]) -> Vec<Chunk> {
    let sides = [base, theirs, mine];
    let shortest = sides.iter().map(|side| side.len()).min().unwrap_or(0);
    let alike =
        |at: &dyn Fn(&[&str]) -> usize| sides.iter().all(|side| side[at(side)] == base[at(base)]);
    let head = (0..shortest).take_while(|step| alike(&|_| *step)).count();
    let tail = (0..shortest - head)
        .take_while(|step| alike(&|side| side.len() - 1 - step))
        .count();
    let [in_base, in_theirs, in_mine] = sides.map(|side| side[head..side.len() - tail].concat());
    let mut chunks = Vec::new();
    agree(&mut chunks, &base[..head].concat());
    chunks.push(Chunk::Disagreed {
        base: in_base,
        theirs: in_theirs,
        mine: in_mine,
    });
    agree(&mut chunks, &base[base.len() - tail..].concat());
    chunks
}

fn counted(text: &str) -> HashMap<&str, usize> {
    let lines: Vec<&str> = text.split_inclusive('\n').collect();
    let mut counts = HashMap::new();
    for sentence in sentences::of(&lines) {
        let sentence = sentence.trim();
        if sentence.unicode_words().nth(TELLING_WORDS - 1).is_some() {
            *counts.entry(sentence).or_insert(0) += 1;
        }
    }
    counts
}
