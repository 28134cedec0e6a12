//! Answering a question: understand, gather, put in order, show.

use std::collections::BTreeMap;

use tantivy::collector::TopDocs;
use tantivy::query::Query;
use tantivy::schema::Value;
use tantivy::{DocAddress, Order, TantivyDocument};

use crate::answers::Answers;
use crate::card::Entry;
use crate::error::Error;
use crate::facets::{CountFacets, Counted};
use crate::fields::{KIND, NUMBER};
use crate::index::Index;
use crate::order::{Asking, RANKED, Ranked, best};
use crate::question::{Found, Hit, Question};
use crate::reading::{LastWord, Reading};
use crate::retrieve;
use crate::snippet::Marker;

/// A page is no longer, and nobody leafs further.
const LONGEST_PAGE: usize = 200;
const FURTHEST: usize = 10_000;
/// Places among those put in order that are kept for the kinds that stand aside.
const ROOM_FOR_ASIDE: usize = 10;

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
        let limit = limit.min(LONGEST_PAGE);
        let aside = asking.inner.vocabulary.kinds_aside();
        let query = asking.query(&reading, seen_by);
        let query = retrieve::without(query, aside, &asking.inner.fields);
        let candidates = asking
            .searcher
            .search(&*query, &best(limit).order_by_score())?;
        let ranked = asking.in_order(&reading, candidates, 0)?;
        Ok(ranked.iter().take(limit).map(Ranked::hit).collect())
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

impl Asking<'_> {
    fn find(&self, question: &Question, reading: &Reading) -> Result<Found, Error> {
        let (start, end) = page(question);
        let (candidates, counted) = self.candidates(question, reading, end)?;
        let ranked = self.in_order(reading, candidates, start)?;
        let answers = Answers::to(reading);
        let marker = Marker::new(reading, &answers);
        let shown = ranked.iter().skip(start.min(RANKED)).take(end - start);
        let hits = shown.map(|ranked| self.with_passage(ranked, &marker));
        Ok(Found {
            total: counted.total,
            hits: hits.collect::<Result<_, _>>()?,
            corrected: ranked
                .first()
                .and_then(|best| corrected(reading, &best.entry)),
            facet_counts: counted.into_counts(),
        })
    }

    /// The best candidates, and the counts of all.
    fn candidates(
        &self,
        question: &Question,
        reading: &Reading,
        end: usize,
    ) -> Result<(Vec<(f32, DocAddress)>, Counted), Error> {
        let groups = groups(question);
        let query = self.query(reading, &question.seen_by);
        let best = best(end).order_by_score();
        if groups.is_empty() {
            let (kinds, fields) = (self.inner.vocabulary.kinds_aside(), &self.inner.fields);
            let behind = retrieve::with_aside(query.box_clone(), kinds, fields);
            let (candidates, counted) = self
                .searcher
                .search(&*behind, &(best, CountFacets { groups }))?;
            return Ok((self.with_room_for_aside(query, candidates)?, counted));
        }
        let counted = self.searcher.search(
            &*query,
            &CountFacets {
                groups: groups.clone(),
            },
        )?;
        let narrowed = retrieve::with_facets(query, &groups, &self.inner.fields);
        Ok((self.searcher.search(&*narrowed, &best)?, counted))
    }

    /// The candidates with the best of the kinds that stand aside among those that are put in order:
    /// what answers the question whole is found, however many of the others answer a part of it.
    fn with_room_for_aside(
        &self,
        query: Box<dyn Query>,
        mut candidates: Vec<(f32, DocAddress)>,
    ) -> Result<Vec<(f32, DocAddress)>, Error> {
        let mut kinds = self.inner.vocabulary.kinds_aside().peekable();
        if kinds.peek().is_none() || candidates.len() <= RANKED - ROOM_FOR_ASIDE {
            return Ok(candidates);
        }
        let aside = retrieve::only_of(query, kinds, &self.inner.fields);
        let room = TopDocs::with_limit(ROOM_FOR_ASIDE).order_by_score();
        let aside = self.searcher.search(&*aside, &room)?;
        candidates.retain(|(_, one)| aside.iter().all(|(_, other)| one != other));
        let place = (RANKED - ROOM_FOR_ASIDE).min(candidates.len());
        candidates.splice(place..place, aside);
        Ok(candidates)
    }

    /// Everything the asker may see, by number.
    fn browse(&self, question: &Question) -> Result<Found, Error> {
        let fields = &self.inner.fields;
        let all = || retrieve::seen_by(retrieve::everything(), &question.seen_by, fields);
        let groups = groups(question);
        let counted = self.searcher.search(
            &*all(),
            &CountFacets {
                groups: groups.clone(),
            },
        )?;
        let (start, end) = page(question);
        let mut hits = Vec::new();
        if end > start {
            let by_number = TopDocs::with_limit(end - start)
                .and_offset(start)
                .order_by_fast_field::<i64>(NUMBER, Order::Asc);
            let query = retrieve::with_facets(all(), &groups, fields);
            for (_, address) in self.searcher.search(&*query, &by_number)? {
                hits.push(self.with_opening(&self.unranked(address)?)?);
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

    fn with_passage(&self, ranked: &Ranked, marker: &Marker) -> Result<Hit, Error> {
        let snippet = marker.passage(&self.text(ranked.address)?);
        Ok(Hit {
            snippet,
            ..ranked.hit()
        })
    }

    fn with_opening(&self, ranked: &Ranked) -> Result<Hit, Error> {
        let nothing_asked = Reading::default();
        let answers = Answers::default();
        self.with_passage(ranked, &Marker::new(&nothing_asked, &answers))
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
        let holds = |word: &u32| best.card.holds(*word);
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

/// The filters by name, the kind as one of them.
fn groups(question: &Question) -> Vec<(String, Vec<String>)> {
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
