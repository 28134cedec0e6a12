//! A made-up language for made-up pages: few words that everybody says, and thousands said seldom.

use std::collections::BTreeSet;

use rand::Rng;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// Words of council life, the most used first.
pub const COMMON: &[&str] = &[
    "council",
    "officer",
    "resident",
    "service",
    "manager",
    "meeting",
    "filter",
    "blocked",
    "website",
    "post",
    "answer",
    "question",
    "evening",
    "policy",
    "strategy",
    "vision",
    "risk",
    "evidence",
    "measure",
    "pilot",
    "library",
    "planning",
    "housing",
    "school",
    "waste",
    "road",
    "election",
    "budget",
    "partner",
    "police",
    "health",
    "youth",
    "carer",
    "language",
    "picture",
    "film",
    "caption",
    "account",
    "password",
    "record",
    "request",
    "comment",
    "rumour",
    "reply",
    "draft",
    "signature",
    "training",
    "buddy",
    "laptop",
    "phone",
    "tablet",
    "network",
];
const SMALL: &[&str] = &[
    "the", "of", "and", "to", "in", "is", "that", "it", "for", "with", "as", "was", "be", "this",
    "by", "at", "from", "before", "after", "when", "until", "because", "they", "which", "we",
];
const SYLLABLES: &[&str] = &[
    "ba", "ce", "di", "fo", "gu", "ha", "je", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu", "va",
    "we", "yi", "zo", "bra", "cle", "dri", "flo", "gru", "pla", "sne", "tri", "sto", "shu", "cha",
];
/// Words that are said seldom: a place of a thousand pages has about as many.
const SELDOM: usize = 9_000;
/// How fast words get rarer: the n-th is said about 1/n^0.92 as often as the first, as in English
/// (Zipf's law).
const FALL: f64 = 0.92;

/// Words, and how often each is said.
pub struct Language {
    words: Vec<String>,
    /// The running sum of how often: the last is the whole.
    until: Vec<f64>,
}

impl Language {
    /// The same for the same seed.
    pub fn new(random: &mut StdRng) -> Self {
        let known = SMALL.iter().chain(COMMON).map(|word| (*word).to_owned());
        let mut words: Vec<String> = known.collect();
        let mut seen: BTreeSet<String> = words.iter().cloned().collect();
        while words.len() < SMALL.len() + COMMON.len() + SELDOM {
            let syllables = random.random_range(2..=5);
            let word: String = (0..syllables)
                .filter_map(|_| SYLLABLES.choose(random).copied())
                .collect();
            if seen.insert(word.clone()) {
                words.push(word);
            }
        }
        let mut sum = 0.0;
        let mut place = 3.0;
        let until = words
            .iter()
            .map(|_| {
                sum += f64::powf(place, -FALL);
                place += 1.0;
                sum
            })
            .collect();
        Self { words, until }
    }

    /// One word, as often as people say it.
    pub fn word(&self, random: &mut StdRng) -> &str {
        let whole = self.until.last().copied().unwrap_or_default();
        let at = random.random_range(0.0..whole);
        let place = self.until.partition_point(|sum| *sum <= at);
        self.words.get(place).map_or("council", String::as_str)
    }
}
