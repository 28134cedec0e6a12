//! Answering a question: understand, gather, put in order, show.

use std::collections::BTreeMap;
use std::sync::Arc;

use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::schema::Value;
use tantivy::{DocAddress, Order, Searcher, TantivyDocument};

use crate::card::Entry;
use crate::commonness::Commonness;
use crate::error::Error;
use crate::facets::{CountFacets, Counted};
use crate::fields::{KIND, NUMBER};
use crate::index::{Index, Inner};
use crate::question::{Found, Hit, Question};
use crate::rank::Ranking;
use crate::reading::{Answers, LastWord, Lexicon, Reading};
use crate::retrieve;
use crate::snippet::Marker;

/// How many candidates are put in order by our own scorer; tantivy's order does beyond.
const RANKED: usize = 50;
/// A page is no longer, and nobody leafs further.
const LONGEST_PAGE: usize = 200;
const FURTHEST: usize = 10_000;

impl Index {
    /// Finds what the asker may see. Never fails for what was typed. Runs at once, without waiting
    /// for anything: call it in place.
    pub fn find(&self, question: &Question) -> Result<Found, Error> {
        let asking = Asking::new(&self.inner);
        if question.words.trim().is_empty() {
            return asking.browse(question);
        }
        let reading = asking.read(&question.words, LastWord::Whole)?;
        if reading.ideas.is_empty() || question.seen_by.is_empty() {
            return Ok(Found::default());
        }
        asking.find(question, &reading)
    }

    /// Finds while somebody is still typing the last word; without counts and passages.
    pub fn suggest(
        &self,
        words: &str,
        seen_by: &[String],
        limit: usize,
    ) -> Result<Vec<Hit>, Error> {
        let asking = Asking::new(&self.inner);
        let reading = asking.read(words, last_word(words))?;
        if reading.ideas.is_empty() {
            return Ok(Vec::new());
        }
        let query = asking.query(&reading, seen_by);
        let mut ranked = asking.ranked(&reading, &*query, RANKED.max(limit.min(LONGEST_PAGE)))?;
        ranked.truncate(limit);
        Ok(ranked.iter().map(Ranked::hit).collect())
    }
}

/// After a space the last word is finished.
fn last_word(words: &str) -> LastWord {
    let open = words.chars().next_back().is_some_and(char::is_alphanumeric);
    if open {
        LastWord::Begun
    } else {
        LastWord::Whole
    }
}

/// One asking, against one state of the index.
struct Asking<'a> {
    inner: &'a Inner,
    searcher: Searcher,
    commonness: Arc<Commonness>,
}

/// A document with its place in the order.
struct Ranked {
    address: DocAddress,
    entry: Arc<Entry>,
    score: f32,
}

impl Ranked {
    fn hit(&self) -> Hit {
        let Entry {
            id,
            kind,
            number,
            title,
            ..
        } = &*self.entry;
        Hit {
            id: id.clone(),
            kind: kind.clone(),
            number: *number,
            title: title.clone(),
            score: self.score,
            snippet: Vec::new(),
        }
    }
}

impl<'a> Asking<'a> {
    fn new(inner: &'a Inner) -> Self {
        Self {
            inner,
            searcher: inner.reader.searcher(),
            commonness: inner.commonness(),
        }
    }

    fn read(&self, words: &str, last: LastWord) -> Result<Reading, Error> {
        let lexicon = Lexicon {
            searcher: &self.searcher,
            fields: &self.inner.fields,
            commonness: &self.commonness,
            vocabulary: &self.inner.vocabulary,
        };
        Reading::of(words, last, &lexicon)
    }

    fn query(&self, reading: &Reading, seen_by: &[String]) -> Box<dyn Query> {
        let query = retrieve::candidates(reading, &self.inner.fields, &self.commonness);
        retrieve::seen_by(query, seen_by, &self.inner.fields)
    }

    fn find(&self, question: &Question, reading: &Reading) -> Result<Found, Error> {
        let groups = groups(question);
        let counted = self.count(&*self.query(reading, &question.seen_by), &groups)?;
        let query = self.query(reading, &question.seen_by);
        let query = retrieve::with_facets(query, &groups, &self.inner.fields);
        let (start, end) = page(question);
        let ranked = self.ranked(reading, &*query, RANKED.max(end))?;
        let corrected = ranked
            .first()
            .and_then(|best| corrected(reading, &best.entry));
        let answers = Answers::to(reading);
        let marker = Marker::new(reading, &answers);
        let shown = ranked
            .get(start.min(ranked.len())..end.min(ranked.len()))
            .unwrap_or(&[]);
        let hits = shown
            .iter()
            .map(|ranked| self.with_passage(ranked, &marker));
        Ok(Found {
            total: counted.total,
            hits: hits.collect::<Result<_, _>>()?,
            facet_counts: counted.into_counts(),
            corrected,
        })
    }

    /// Everything the asker may see, by number.
    fn browse(&self, question: &Question) -> Result<Found, Error> {
        let fields = &self.inner.fields;
        let all = || retrieve::seen_by(retrieve::everything(), &question.seen_by, fields);
        let groups = groups(question);
        let counted = self.count(&*all(), &groups)?;
        let (start, end) = page(question);
        let mut hits = Vec::new();
        if end > start {
            let by_number = TopDocs::with_limit(end - start)
                .and_offset(start)
                .order_by_fast_field::<i64>(NUMBER, Order::Asc);
            let query = retrieve::with_facets(all(), &groups, fields);
            for (_, address) in self.searcher.search(&*query, &by_number)? {
                let ranked = self.ranked_at(address, 0.0)?;
                hits.push(self.with_start(&ranked)?);
            }
        }
        let total = counted.total;
        Ok(Found {
            total,
            hits,
            facet_counts: counted.into_counts(),
            corrected: None,
        })
    }

    fn count(&self, query: &dyn Query, groups: &[Group]) -> Result<Counted, Error> {
        Ok(self.searcher.search(
            query,
            &CountFacets {
                groups: groups.to_vec(),
            },
        )?)
    }

    /// The best documents, the first [`RANKED`] in our own order.
    fn ranked(
        &self,
        reading: &Reading,
        query: &dyn Query,
        limit: usize,
    ) -> Result<Vec<Ranked>, Error> {
        let found = self
            .searcher
            .search(query, &TopDocs::with_limit(limit).order_by_score())?;
        let answers = Answers::to(reading);
        let ranking = Ranking::new(reading, &answers, &self.commonness);
        let mut ranked = Vec::with_capacity(found.len());
        for (_, address) in found {
            let mut document = self.ranked_at(address, 0.0)?;
            document.score = ranking.score(&document.entry.card);
            ranked.push(document);
        }
        let by_score = |a: &Ranked, b: &Ranked| {
            b.score
                .total_cmp(&a.score)
                .then_with(|| a.entry.id.cmp(&b.entry.id))
        };
        if let Some(best) = ranked.get_mut(..RANKED.min(limit)) {
            best.sort_by(by_score);
        } else {
            ranked.sort_by(by_score);
        }
        Ok(ranked)
    }

    fn ranked_at(&self, address: DocAddress, score: f32) -> Result<Ranked, Error> {
        let entry = self
            .inner
            .cards
            .entry(&self.searcher, &self.inner.fields, address)?;
        Ok(Ranked {
            address,
            entry,
            score,
        })
    }

    fn with_passage(&self, ranked: &Ranked, marker: &Marker) -> Result<Hit, Error> {
        let snippet = marker.passage(&self.text(ranked.address)?);
        Ok(Hit {
            snippet,
            ..ranked.hit()
        })
    }

    fn with_start(&self, ranked: &Ranked) -> Result<Hit, Error> {
        let nothing_asked = Reading::default();
        let answers = Answers::default();
        let marker = Marker::new(&nothing_asked, &answers);
        self.with_passage(ranked, &marker)
    }

    /// The summary and the body.
    fn text(&self, address: DocAddress) -> Result<String, Error> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        let fields = &self.inner.fields;
        let text = |field| {
            document
                .get_first(field)
                .and_then(|value| value.as_str())
                .unwrap_or("")
        };
        let (summary, body) = (text(fields.summary), text(fields.body));
        if body.starts_with(summary) {
            Ok(body.to_owned())
        } else {
            Ok(format!("{summary} {body}"))
        }
    }
}

/// The question with the slips mended that led to this document. Words of documents the asker
/// may not see never show, since only this one's count.
fn corrected(reading: &Reading, best: &Entry) -> Option<String> {
    let mut corrected = reading.text.clone();
    let mut changed = false;
    for idea in reading.ideas.iter().rev() {
        let holds = |mark: &u32| best.card.holds(*mark);
        let senses = idea
            .senses
            .iter()
            .filter(|sense| sense.marks().iter().all(holds));
        let best_sense = senses.max_by(|a, b| a.factor.total_cmp(&b.factor));
        if let Some(mended) = best_sense.and_then(|sense| sense.mended.as_deref()) {
            corrected.replace_range(idea.range.clone(), mended);
            changed = true;
        }
    }
    changed.then_some(corrected)
}

type Group = (String, Vec<String>);

/// The filters by name, the kind as one of them.
fn groups(question: &Question) -> Vec<Group> {
    let mut groups: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for kind in &question.kinds {
        groups
            .entry(KIND.to_owned())
            .or_default()
            .push(kind.clone());
    }
    for (name, value) in &question.facets {
        groups.entry(name.clone()).or_default().push(value.clone());
    }
    groups.into_iter().collect()
}

fn page(question: &Question) -> (usize, usize) {
    let start = question.offset.min(FURTHEST);
    (start, start + question.limit.min(LONGEST_PAGE))
}

#[cfg(test)]
mod tests;
