//! What a word nobody here writes may have been meant for.

use tantivy::query::FuzzyTermQuery;
use tantivy::{Searcher, Term};

use crate::error::Error;
use crate::fields::Fields;
use crate::vocabulary::Vocabulary;

/// Shorter words have too many neighbours one letter away.
const ONE_SLIP_FROM: usize = 4;
const TWO_SLIPS_FROM: usize = 8;
/// People get the first letter right; where it differs it is likely another word.
const OTHER_FIRST_LETTER: f32 = 0.8;
/// A beginning of at least this many letters stands for the whole word ("admin").
const PREFIX_FROM: usize = 4;
/// More guesses add noise, not finds.
const MOST_GUESSES: usize = 6;
/// Terms looked at for each beginning, since a short one has thousands.
const MOST_TERMS: usize = 64;

/// A word that may have been meant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Guess {
    pub word: String,
    /// How likely, from 0 to 1.
    pub factor: f32,
    /// Whether it is a mended mistake, not the rest of a word begun.
    pub mended: bool,
}

/// The words of the documents and of the vocabulary that `word` may be a slip or a beginning of.
pub(crate) fn guesses(
    word: &str,
    searcher: &Searcher,
    fields: &Fields,
    vocabulary: &Vocabulary,
) -> Result<Vec<Guess>, Error> {
    let slips = slips_allowed(word);
    let mut candidates = if slips == 0 {
        Vec::new()
    } else {
        neighbours(word, slips, searcher, fields)?
    };
    candidates.extend(
        vocabulary
            .words()
            .filter(|known| may_be(word, known, slips))
            .map(str::to_owned),
    );
    candidates.sort_unstable();
    candidates.dedup();
    // Written just now and not yet counted, the word may be right as it stands.
    candidates.retain(|known| known != word);
    let mut guesses: Vec<Guess> = candidates
        .into_iter()
        .filter_map(|known| slip_guess(word, known, slips))
        .collect();
    if length(word) >= PREFIX_FROM {
        guesses.extend(completions(word, searcher, fields)?);
    }
    keep_best(&mut guesses);
    Ok(guesses)
}

/// The words that begin so, the shortest first.
pub(crate) fn completions(
    beginning: &str,
    searcher: &Searcher,
    fields: &Fields,
) -> Result<Vec<Guess>, Error> {
    let mut words = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.written)?;
        let mut terms = inverted.terms().range().ge(beginning).into_stream()?;
        let mut seen = 0;
        while seen < MOST_TERMS && terms.advance() {
            let Ok(term) = std::str::from_utf8(terms.key()) else {
                continue;
            };
            if !term.starts_with(beginning) {
                break;
            }
            words.push((terms.value().doc_freq, term.to_owned()));
            seen += 1;
        }
    }
    words.sort_unstable_by(|a, b| b.cmp(a));
    words.dedup_by(|a, b| a.1 == b.1);
    let mut guesses: Vec<Guess> = words
        .into_iter()
        .map(|(_, word)| completion_guess(beginning, word))
        .collect();
    keep_best(&mut guesses);
    Ok(guesses)
}

fn completion_guess(beginning: &str, word: String) -> Guess {
    let factor = 0.4 + 0.6 * ratio(length(beginning), length(&word));
    Guess {
        word,
        factor,
        mended: false,
    }
}

fn slips_allowed(word: &str) -> usize {
    if word.bytes().all(|byte| byte.is_ascii_digit()) {
        return 0;
    }
    match length(word) {
        0..ONE_SLIP_FROM => 0,
        ONE_SLIP_FROM..TWO_SLIPS_FROM => 1,
        _ => 2,
    }
}

fn neighbours(
    word: &str,
    slips: usize,
    searcher: &Searcher,
    fields: &Fields,
) -> Result<Vec<String>, Error> {
    let term = Term::from_field_text(fields.written, word);
    let distance = u8::try_from(slips).unwrap_or(2);
    let query = FuzzyTermQuery::new(term, distance, true);
    let mut found = Vec::new();
    for segment in searcher.segment_readers() {
        let inverted = segment.inverted_index(fields.written)?;
        let mut terms = inverted.terms().search(query.automaton()?).into_stream()?;
        while terms.advance() {
            found.extend(std::str::from_utf8(terms.key()).ok().map(str::to_owned));
        }
    }
    Ok(found)
}

/// A quick look before the distance is worked out; three-letter words may only have two letters
/// swapped.
fn may_be(word: &str, known: &str, slips: usize) -> bool {
    let (a, b) = (length(word), length(known));
    if a == 3 && b == 3 {
        return distance(word, known) == 1 && same_letters(word, known);
    }
    slips > 0 && a.abs_diff(b) <= slips
}

fn same_letters(a: &str, b: &str) -> bool {
    let sorted = |word: &str| {
        let mut letters: Vec<char> = word.chars().collect();
        letters.sort_unstable();
        letters
    };
    sorted(a) == sorted(b)
}

fn slip_guess(word: &str, known: String, slips: usize) -> Option<Guess> {
    let distance = distance(word, &known);
    if distance > slips.max(1) {
        return None;
    }
    let closeness = 1.0 - 0.9 * ratio(distance, length(word));
    let same_start = word.chars().next() == known.chars().next();
    let factor = if same_start {
        closeness
    } else {
        closeness * OTHER_FIRST_LETTER
    };
    Some(Guess {
        word: known,
        factor,
        mended: true,
    })
}

fn keep_best(guesses: &mut Vec<Guess>) {
    guesses.sort_by(|a, b| b.factor.total_cmp(&a.factor));
    guesses.truncate(MOST_GUESSES);
}

fn length(word: &str) -> usize {
    word.chars().count()
}

#[expect(clippy::cast_precision_loss, reason = "both are lengths of words")]
fn ratio(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// How many letters must be changed, added, dropped or swapped with their neighbour (the optimal
/// string alignment distance).
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let mut before: Vec<usize> = Vec::new();
    let mut last: Vec<usize> = (0..=b.len()).collect();
    for (i, &x) in a.iter().enumerate() {
        let mut row = vec![i + 1];
        for (j, &y) in b.iter().enumerate() {
            let changed = last[j] + usize::from(x != y);
            let mut best = changed.min(last[j + 1] + 1).min(row[j] + 1);
            if i > 0 && j > 0 && x == b[j - 1] && a[i - 1] == y {
                best = best.min(before[j - 1] + 1);
            }
            row.push(best);
        }
        before = std::mem::replace(&mut last, row);
    }
    last.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests;
