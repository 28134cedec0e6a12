//! How common each word is here, so that rare words weigh more.

use std::collections::HashMap;

use tantivy::{Searcher, SegmentReader};

use crate::card::{Mark, mark};
use crate::error::Error;
use crate::fields::Fields;

/// Up to this many documents the table is made anew after each change; beyond, only once their
/// number has changed by [`WORTH_COUNTING`], since single documents no longer move the weights.
const SMALL: f32 = 5_000.0;
const WORTH_COUNTING: f32 = 0.02;

/// In how many documents each word stands.
#[derive(Debug, Default)]
pub(crate) struct Commonness {
    documents: f32,
    holders: HashMap<Mark, f32>,
}

impl Commonness {
    /// Counts the words of all documents.
    pub fn count(searcher: &Searcher, fields: &Fields) -> Result<Self, Error> {
        let mut holders: HashMap<Mark, f32> = HashMap::new();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(fields.all)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                if let Ok(stem) = std::str::from_utf8(terms.key()) {
                    *holders.entry(mark(stem)).or_default() += as_weight(terms.value().doc_freq);
                }
            }
        }
        Ok(Self {
            documents: documents_in(searcher),
            holders,
        })
    }

    /// Whether so much has changed that counting again is worth its time.
    pub fn is_outdated(&self, searcher: &Searcher) -> bool {
        let now = documents_in(searcher);
        now < SMALL || (now - self.documents).abs() > self.documents * WORTH_COUNTING
    }

    /// Whether any document holds the word.
    pub fn knows(&self, word: Mark) -> bool {
        self.holders.contains_key(&word)
    }

    /// The share of documents that hold the word.
    pub fn share(&self, word: Mark) -> f32 {
        self.holders
            .get(&word)
            .map_or(0.0, |holders| (holders / self.documents.max(1.0)).min(1.0))
    }

    /// How much the word tells: the inverse document frequency of BM25 (Robertson and Spärck
    /// Jones), never negative. A word nobody uses tells as much as one used once.
    pub fn telling(&self, word: Mark) -> f32 {
        let holders = self.holders.get(&word).copied().unwrap_or(1.0).max(1.0);
        ((self.documents - holders).max(0.0) / (holders + 0.5)).ln_1p()
    }

    /// How many documents there are.
    pub fn documents(&self) -> f32 {
        self.documents
    }
}

fn documents_in(searcher: &Searcher) -> f32 {
    let documents: u32 = searcher
        .segment_readers()
        .iter()
        .map(SegmentReader::max_doc)
        .sum();
    as_weight(documents)
}

#[expect(clippy::cast_precision_loss, reason = "a count only feeds a logarithm")]
fn as_weight(count: u32) -> f32 {
    count as f32
}
