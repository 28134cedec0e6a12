//! Gathering candidates and putting them in order.

use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::{DocAddress, Searcher};

use crate::answers::Answers;
use crate::card::Entry;
use crate::commonness::Commonness;
use crate::error::Error;
use crate::index::Inner;
use crate::question::Hit;
use crate::rank::{Ranking, Score};
use crate::reading::{LastWord, Lexicon, Reading};
use crate::retrieve;

/// How many candidates are put in order by our own scorer; tantivy's order does beyond.
pub(crate) const RANKED: usize = 50;

/// One asking, against one state of the index.
pub(crate) struct Asking<'a> {
    pub inner: &'a Inner,
    pub searcher: Searcher,
    commonness: Arc<Commonness>,
}

/// A document with its place in the order.
pub(crate) struct Ranked {
    pub address: DocAddress,
    pub entry: Arc<Entry>,
    pub score: Score,
}

impl Ranked {
    /// The document as a hit, without a passage.
    pub fn hit(&self) -> Hit {
        Hit {
            id: self.entry.id.clone(),
            kind: self.entry.kind.clone(),
            number: self.entry.number,
            title: self.entry.title.clone(),
            score: self.score.answered,
            snippet: Vec::new(),
        }
    }
}

impl<'a> Asking<'a> {
    /// Asks the index as it is now.
    pub fn new(inner: &'a Inner) -> Self {
        Self {
            inner,
            searcher: inner.reader.searcher(),
            commonness: inner.commonness(),
        }
    }

    /// Understands the words typed.
    pub fn read(&self, words: &str, last: LastWord) -> Result<Reading, Error> {
        let lexicon = Lexicon {
            searcher: &self.searcher,
            fields: &self.inner.fields,
            commonness: &self.commonness,
            vocabulary: &self.inner.vocabulary,
        };
        Reading::of(words, last, &lexicon)
    }

    /// The documents that may answer and may be seen.
    pub fn query(&self, reading: &Reading, seen_by: &[String]) -> Box<dyn Query> {
        let query = retrieve::candidates(reading, &self.inner.fields, &self.commonness);
        retrieve::seen_by(query, seen_by, &self.inner.fields)
    }

    /// The candidates in order; only the first [`RANKED`] in our own. Those between them and
    /// `start` are left out: nobody looks at them.
    pub fn in_order(
        &self,
        reading: &Reading,
        candidates: Vec<(f32, DocAddress)>,
        start: usize,
    ) -> Result<Vec<Ranked>, Error> {
        let answers = Answers::to(reading);
        let ranking = Ranking::new(reading, &answers, &self.commonness);
        let looked_at = |at: usize| at < RANKED || at >= start;
        let mut ranked = Vec::new();
        for (_, (_, address)) in candidates
            .into_iter()
            .enumerate()
            .filter(|(at, _)| looked_at(*at))
        {
            let entry = self.entry(address)?;
            let mut score = ranking.score(&entry.card);
            score.fit *= self.inner.vocabulary.worth_of_kind(&entry.kind);
            ranked.push(Ranked {
                address,
                entry,
                score,
            });
        }
        let ours = RANKED.min(ranked.len());
        if let Some(best) = ranked.get_mut(..ours) {
            best.sort_by(|a, b| {
                b.score
                    .fit
                    .total_cmp(&a.score.fit)
                    .then_with(|| a.entry.id.cmp(&b.entry.id))
            });
        }
        Ok(ranked)
    }

    /// A document without a place.
    pub fn unranked(&self, address: DocAddress) -> Result<Ranked, Error> {
        Ok(Ranked {
            address,
            entry: self.entry(address)?,
            score: Score::default(),
        })
    }

    fn entry(&self, address: DocAddress) -> Result<Arc<Entry>, Error> {
        self.inner
            .cards
            .entry(&self.searcher, &self.inner.fields, address)
    }
}

/// As many of the best candidates as a page up to `end` needs.
pub(crate) fn best(end: usize) -> TopDocs {
    TopDocs::with_limit(end.max(RANKED))
}
