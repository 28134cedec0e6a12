//! Which lines of a text without marks are headings.

use super::blocks::Block;
use crate::notes::Marker;

/// A heading has at most so many letters.
const LONGEST: usize = 64;
/// And at most so many words.
const MOST_WORDS: usize = 10;

/// Marks headings where the format marks none; where it marks some, they stand.
pub(super) fn find(blocks: &mut [Block]) {
    let is_marked = blocks
        .iter()
        .filter(|block| block.heading.is_some())
        .count()
        > 1;
    if is_marked {
        return;
    }
    let outermost = blocks.iter().map(|block| block.indent).min().unwrap_or(0);
    let found: Vec<bool> = (0..blocks.len())
        .map(|at| is_heading(blocks, at, outermost))
        .collect();
    for (block, is) in blocks.iter_mut().zip(found) {
        if is && block.heading.is_none() {
            block.heading = Some(1);
        }
    }
}

fn is_heading(blocks: &[Block], at: usize, outermost: usize) -> bool {
    let block = &blocks[at];
    let Some(next) = blocks.get(at + 1) else {
        return false;
    };
    let stands_alone = (at == 0 || block.after_gap)
        && block.marker == Marker::None
        && block.indent == outermost
        && !block.quoted;
    stands_alone
        && reads_like_one(&block.text)
        && (next.after_gap || next.marker != Marker::None || is_note_takers(&block.text))
}

/// Whether a line is a heading wherever it stands: in capitals, somebody's notes, or a word that
/// stands above lists.
pub(super) fn is_one_by_itself(text: &str) -> bool {
    const ABOVE_LISTS: &[&str] = &[
        "actions",
        "in the way",
        "what gets in the way",
        "what is in the way",
        "what works",
        "what helps",
        "what people did",
        "what people did about it",
        "things to look at",
        "good examples",
        "agreed",
        "barriers",
        "discussion",
        "examples",
        "general discussion",
        "hurdles",
        "ideas",
        "links",
        "next steps",
        "notes",
        "obstacles",
        "parking",
        "principles",
        "problems",
        "questions",
        "resources",
        "solutions",
        "summary",
        "tips",
        "what next",
        "what we agreed",
        "who does what",
    ];
    let bare = text.trim_end_matches([':', ' ']).to_lowercase();
    is_note_takers(text)
        || ABOVE_LISTS.contains(&bare.as_str())
        || reads_like_one(text) && is_loud(text) && text.split_whitespace().count() > 1
        || reads_like_one(text)
            && text.split_whitespace().count() <= 6
            && crate::kinds::stands_above_lists(text)
        || super::places::is_a_heading(text)
}

fn is_note_takers(text: &str) -> bool {
    super::names::of_a_note_taker(text).is_some()
}

fn reads_like_one(text: &str) -> bool {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = text.split(" (").next().unwrap_or(text);
    let is_short = bare.chars().count() <= LONGEST && bare.split_whitespace().count() <= MOST_WORDS;
    let begins = text.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    let ends = !text.ends_with(['.', ',', ';', '!', '”', '"', '’']);
    let asks = text.ends_with('?') && words.len() > 5;
    if !is_short || !begins || !ends || asks {
        return false;
    }
    is_loud(bare) || !(is_spoken(text) || is_a_sentence(&words))
}

/// Capitals throughout, or at its beginning: "FLIP CHART 2 – WAYS ROUND".
fn is_loud(text: &str) -> bool {
    let (high, low) = text.chars().fold((0, 0), |(high, low), c| {
        (
            high + usize::from(c.is_uppercase()),
            low + usize::from(c.is_lowercase()),
        )
    });
    high >= 4 && high > low
}

/// "Name: …", a time, a dash with more after it.
fn is_spoken(text: &str) -> bool {
    let begins_with_time = text.starts_with(|c: char| c.is_ascii_digit())
        && text
            .split_whitespace()
            .next()
            .is_some_and(|word| word.contains(':') || word.contains('.') && word.len() > 3);
    let inner = text.trim_end_matches(':');
    begins_with_time
        || is_after_a_name(inner)
        || inner.contains(" - ") && !inner.to_lowercase().contains("note")
        || inner.contains(" – ") && inner.contains(", ")
        || inner.contains(" → ")
        || inner.contains(" + ")
}

/// "Jo Tip: look under the lid first".
fn is_after_a_name(text: &str) -> bool {
    text.split_once(": ").is_some_and(|(before, _)| {
        before.to_lowercase().ends_with(" tip") || before.starts_with("Tip from ")
    })
}

/// Words that make a sentence of a short line.
const VERBS: &[&str] = &[
    "is", "are", "was", "were", "will", "would", "should", "must", "can", "can't", "cannot",
    "could", "has", "have", "had", "do", "don't", "does", "doesn't", "didn't", "need", "needs",
    "isn't", "aren't", "won't", "says", "said", "makes", "make", "keep", "use", "get", "it's",
    "knows",
];

fn is_a_sentence(words: &[&str]) -> bool {
    let leads = words.first().map(|word| word.to_lowercase());
    // "What gets in the way", "How we did it" and "Where we are" are headings in spite of their verbs.
    let is_a_title = leads.is_some_and(|word| {
        matches!(
            word.as_str(),
            "what"
                | "how"
                | "why"
                | "where"
                | "who"
                | "things"
                | "in"
                | "when"
                | "notes"
                | "reflections"
        )
    });
    !is_a_title
        && words
            .iter()
            .any(|word| VERBS.contains(&word.to_lowercase().trim_matches(',')))
}
