//! How common each word is here, so that rare words weigh more.

use tantivy::{Searcher, SegmentReader};

use crate::error::Error;
use crate::fields::Fields;
use crate::mark::{ByMark, Mark, mark};

/// Up to this many documents the table is made anew after each change; beyond, only once their
/// number has changed by [`WORTH_COUNTING`], since single documents no longer move the weights.
const SMALL: f32 = 500.0;
const WORTH_COUNTING: f32 = 0.02;

/// In how many documents each word stands.
#[derive(Debug, Default)]
pub(crate) struct Commonness {
    documents: f32,
    holders: ByMark<f32>,
    telling: ByMark<f32>,
}

impl Commonness {
    /// Counts the words of all documents.
    pub fn count(searcher: &Searcher, fields: &Fields) -> Result<Self, Error> {
        let documents = documents_in(searcher);
        let mut holders: ByMark<f32> = ByMark::default();
        for segment in searcher.segment_readers() {
            let inverted = segment.inverted_index(fields.all)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                if let Ok(stem) = std::str::from_utf8(terms.key()) {
                    *holders.entry(mark(stem)).or_default() += as_weight(terms.value().doc_freq);
                }
            }
        }
        let telling = holders
            .iter()
            .map(|(word, held)| (*word, telling(*held, documents)))
            .collect();
        Ok(Self {
            documents,
            holders,
            telling,
        })
    }

    /// Whether so much has changed that counting again is worth its time.
    pub fn is_outdated(&self, searcher: &Searcher) -> bool {
        let now = documents_in(searcher);
        now < SMALL || (now - self.documents).abs() > self.documents * WORTH_COUNTING
    }

    /// Whether any document holds the word.
    pub fn knows(&self, word: Mark) -> bool {
        self.telling.contains_key(&word)
    }

    /// The share of documents that hold the word.
    pub fn share(&self, word: Mark) -> f32 {
        self.holders
            .get(&word)
            .map_or(0.0, |held| (held / self.documents.max(1.0)).min(1.0))
    }

    /// How much the word tells: the inverse document frequency of BM25 (Robertson and Spärck
    /// Jones), never negative.
    pub fn telling(&self, word: Mark) -> f32 {
        self.telling
            .get(&word)
            .copied()
            .unwrap_or_else(|| self.telling_of_unknown())
    }

    /// A word nobody here writes tells as much as one written once.
    pub fn telling_of_unknown(&self) -> f32 {
        telling(1.0, self.documents)
    }

    /// How many documents there are.
    pub fn documents(&self) -> f32 {
        self.documents
    }
}

fn telling(holders: f32, documents: f32) -> f32 {
    ((documents - holders).max(0.0) / (holders + 0.5)).ln_1p()
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
