//! The first stage: everything that may answer, gathered by tantivy, roughly in order.

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, Occur,
    Query, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use crate::commonness::Commonness;
use crate::fields::{Fields, KIND, facet_term};
use crate::mark::mark;
use crate::reading::{Idea, Reading, Sense};

/// A word in the title, a phrase, a tag or the summary counts this much more than in the body.
const ABOUT: f32 = 2.0;
/// Of many words, a document must answer this share, or long questions would find everything.
const SHARE_TO_ANSWER: f32 = 0.34;
/// In large registers a word that more than this share of documents hold does not select any: it
/// would cost much and tell little.
const TOO_COMMON: f32 = 0.2;
const LARGE: f32 = 2_000.0;
/// What a document is worth more for not being of a kind that stands aside: about as much as two rare
/// words, so that many of that kind do not take the places of the others.
const IN_FRONT: f32 = 16.0;

/// The documents that may answer the question.
pub(crate) fn candidates(
    reading: &Reading,
    fields: &Fields,
    commonness: &Commonness,
) -> Box<dyn Query> {
    let asked: Vec<&Idea> = reading.ideas.iter().filter(|idea| !idea.chat).collect();
    let selective: Vec<&Idea> = asked
        .iter()
        .copied()
        .filter(|idea| selects(idea, commonness))
        .collect();
    let ideas = if selective.is_empty() {
        asked
    } else {
        selective
    };
    let needed = how_many_to_answer(ideas.len());
    let clauses = ideas
        .into_iter()
        .map(|idea| any_sense(idea, fields, commonness))
        .collect();
    Box::new(BooleanQuery::union_with_minimum_required_clauses(
        clauses, needed,
    ))
}

/// Everything, in no order.
pub(crate) fn everything() -> Box<dyn Query> {
    Box::new(AllQuery)
}

/// Keeps to what any of these readers may see. Without readers, nothing.
pub(crate) fn seen_by(
    query: Box<dyn Query>,
    readers: &[String],
    fields: &Fields,
) -> Box<dyn Query> {
    only_with(query, fields.seen_by, readers.iter().map(String::as_str))
}

/// Keeps to documents with any of these values of each name.
pub(crate) fn with_facets(
    mut query: Box<dyn Query>,
    groups: &[(String, Vec<String>)],
    fields: &Fields,
) -> Box<dyn Query> {
    for (name, values) in groups {
        let terms: Vec<String> = values.iter().map(|value| facet_term(name, value)).collect();
        query = only_with(query, fields.facets, terms.iter().map(String::as_str));
    }
    query
}

/// Puts documents of these kinds behind the others: they are worth less by so much as a word or two.
pub(crate) fn with_aside<'a>(
    query: Box<dyn Query>,
    kinds: impl Iterator<Item = &'a str>,
    fields: &Fields,
) -> Box<dyn Query> {
    let aside = kinds.map(|kind| (Occur::MustNot, of_kind(kind, fields)));
    let mut others: Vec<(Occur, Box<dyn Query>)> = aside.collect();
    if others.is_empty() {
        return query;
    }
    others.push((Occur::Must, everything()));
    let others = ConstScoreQuery::new(Box::new(BooleanQuery::new(others)), IN_FRONT);
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, query),
        (Occur::Should, Box::new(others)),
    ]))
}

/// Keeps to documents of these kinds.
pub(crate) fn only_of<'a>(
    query: Box<dyn Query>,
    kinds: impl Iterator<Item = &'a str>,
    fields: &Fields,
) -> Box<dyn Query> {
    let any = kinds.map(|kind| of_kind(kind, fields)).collect();
    let filter = ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 0.0);
    Box::new(BooleanQuery::intersection(vec![query, Box::new(filter)]))
}

/// Leaves out documents of these kinds.
pub(crate) fn without<'a>(
    query: Box<dyn Query>,
    kinds: impl Iterator<Item = &'a str>,
    fields: &Fields,
) -> Box<dyn Query> {
    let mut clauses = vec![(Occur::Must, query)];
    clauses.extend(kinds.map(|kind| (Occur::MustNot, of_kind(kind, fields))));
    Box::new(BooleanQuery::new(clauses))
}

fn of_kind(kind: &str, fields: &Fields) -> Box<dyn Query> {
    has(fields.facets, &facet_term(KIND, kind))
}

fn only_with<'a>(
    query: Box<dyn Query>,
    field: Field,
    values: impl Iterator<Item = &'a str>,
) -> Box<dyn Query> {
    let any: Vec<Box<dyn Query>> = values.map(|value| has(field, value)).collect();
    if any.is_empty() {
        return Box::new(EmptyQuery);
    }
    let filter = ConstScoreQuery::new(Box::new(BooleanQuery::union(any)), 0.0);
    Box::new(BooleanQuery::intersection(vec![query, Box::new(filter)]))
}

fn has(field: Field, value: &str) -> Box<dyn Query> {
    Box::new(TermQuery::new(
        Term::from_field_text(field, value),
        IndexRecordOption::Basic,
    ))
}

fn selects(idea: &Idea, commonness: &Commonness) -> bool {
    let common = |sense: &Sense| {
        sense
            .marks()
            .iter()
            .all(|word| commonness.share(*word) > TOO_COMMON)
    };
    commonness.documents() < LARGE || !idea.senses.iter().any(common)
}

#[expect(
    clippy::cast_precision_loss,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a share of at most a few dozen words"
)]
fn how_many_to_answer(ideas: usize) -> usize {
    ((ideas as f32 * SHARE_TO_ANSWER) as usize).max(1)
}

fn any_sense(idea: &Idea, fields: &Fields, commonness: &Commonness) -> Box<dyn Query> {
    let mut senses: Vec<Box<dyn Query>> = Vec::new();
    for sense in &idea.senses {
        let boost = sense.factor * tempered(idea, sense, commonness);
        senses.push(boosted(all_of(fields.all, sense), boost));
        senses.push(boosted(all_of(fields.about, sense), boost * ABOUT));
    }
    Box::new(DisjunctionMaxQuery::new(senses))
}

/// A rare word that only stands in for a common one must not count as rare.
fn tempered(idea: &Idea, sense: &Sense, commonness: &Commonness) -> f32 {
    let telling = sense
        .stems
        .iter()
        .map(|stem| commonness.telling(mark(stem)))
        .fold(0.0, f32::max);
    (idea.weight / f32::max(telling, f32::EPSILON)).min(1.0)
}

fn boosted(query: Box<dyn Query>, boost: f32) -> Box<dyn Query> {
    Box::new(BoostQuery::new(query, boost))
}

fn all_of(field: Field, sense: &Sense) -> Box<dyn Query> {
    let mut words: Vec<Box<dyn Query>> = sense
        .stems
        .iter()
        .map(|stem| {
            let term = Term::from_field_text(field, stem);
            Box::new(TermQuery::new(term, IndexRecordOption::WithFreqs)) as Box<dyn Query>
        })
        .collect();
    match (words.len(), words.pop()) {
        (1, Some(word)) => word,
        (_, Some(word)) => {
            words.push(word);
            Box::new(BooleanQuery::intersection(words))
        }
        (_, None) => Box::new(EmptyQuery),
    }
}
