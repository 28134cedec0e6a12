//! The order of the hits: a scorer small enough to explain.
//!
//! Each unit of a document (its title, each phrase, its summary, each tag) is laid beside the
//! question. Every unit that answers an idea of it supports the document in that idea, less and
//! less as support grows; the title counts for several phrases, the body for less than one. Added
//! to this is how well the one best unit fits: which share of the question it answers, and how
//! little else it says. What rarer ideas tell weighs more ([`Reading`] weighs them).

use crate::answers::Answers;
use crate::card::Card;
use crate::commonness::Commonness;
use crate::mark::Mark;
use crate::reading::Reading;

// Tuned together by random search, on the starter register's own phrases (each asked for after
// taking it out) and on phrasings written for the purpose; none of them is sharp.

/// The document as a whole against its best unit: people's words rarely fall into one phrase.
const BEST_UNIT: f32 = 0.18;
const WHOLE: f32 = 1.0 - BEST_UNIT;
/// A unit that answers everything and says a lot besides keeps half.
const ANSWERED: f32 = 0.5;
const NOTHING_ELSE: f32 = 1.0 - ANSWERED;
/// What a unit is worth as the best one: a title and a summary are written in the register's
/// words rather than the reader's, and a tag is a label shared by many.
const PHRASE: f32 = 1.0;
const TITLE: f32 = 0.8;
const SUMMARY: f32 = 0.8;
const TAG: f32 = 0.25;
/// What a unit adds to the whole.
const TITLE_SUPPORT: f32 = 3.35;
const PHRASE_SUPPORT: f32 = 0.7;
const SUMMARY_SUPPORT: f32 = 0.75;
const TAG_SUPPORT: f32 = 1.0;
const BODY_SUPPORT: f32 = 0.66;
/// So much support makes half of all there can be.
const HALF_SUPPORT: f32 = 4.0;

/// Scores documents against one question.
pub(crate) struct Ranking<'a> {
    answers: &'a Answers,
    commonness: &'a Commonness,
    weights: Vec<f32>,
    total: f32,
}

/// A document's place.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Score {
    /// What hits are ordered by.
    pub fit: f32,
    /// The share of the question that the document answers at all, from 0 to 1.
    pub answered: f32,
}

impl<'a> Ranking<'a> {
    /// Prepares to score.
    pub fn new(reading: &Reading, answers: &'a Answers, commonness: &'a Commonness) -> Self {
        let weights: Vec<f32> = reading.ideas.iter().map(|idea| idea.weight).collect();
        let total = weights.iter().sum::<f32>().max(f32::EPSILON);
        Self {
            answers,
            commonness,
            weights,
            total,
        }
    }

    /// How well a document answers.
    pub fn score(&self, card: &Card) -> Score {
        let mut tally = Tally::new(self.weights.len());
        self.tally_unit(&card.title, TITLE, TITLE_SUPPORT, &mut tally);
        for phrase in &card.phrases {
            self.tally_unit(phrase, PHRASE, PHRASE_SUPPORT, &mut tally);
        }
        self.tally_unit(&card.summary, SUMMARY, SUMMARY_SUPPORT, &mut tally);
        for tag in &card.tags {
            self.tally_unit(tag, TAG, TAG_SUPPORT, &mut tally);
        }
        self.tally_body(&card.body, &mut tally);
        let waned = tally.support.iter().map(|sum| sum / (sum + HALF_SUPPORT));
        let fit = BEST_UNIT * tally.best + WHOLE * self.share(waned);
        Score {
            fit,
            answered: self.share(tally.answered.iter().copied()),
        }
    }

    fn tally_unit(&self, unit: &[Mark], worth: f32, supports: f32, tally: &mut Tally) {
        if unit
            .iter()
            .all(|word| self.answers.beginning_with(*word).is_empty())
        {
            return;
        }
        let beside = self.lay_beside(unit);
        tally.best = tally.best.max(worth * self.fit(&beside, unit));
        for (idea, factor) in beside.answered.iter().enumerate() {
            tally.note(idea, *factor, supports);
        }
    }

    fn lay_beside(&self, unit: &[Mark]) -> Beside {
        let mut beside = Beside {
            answered: vec![0.0; self.weights.len()],
            used: vec![0.0; unit.len()],
        };
        for (at, word) in unit.iter().enumerate() {
            let after = unit.get(at + 1..).unwrap_or(&[]);
            for answer in self.answers.beginning_with(*word) {
                if after.starts_with(&answer.rest) {
                    beside.note(answer.idea, answer.factor, at..=at + answer.rest.len());
                }
            }
        }
        beside
    }

    /// The share of the question answered, times how little else is said.
    fn fit(&self, beside: &Beside, unit: &[Mark]) -> f32 {
        let (mut said, mut used) = (0.0, 0.0);
        for (word, factor) in unit.iter().zip(&beside.used) {
            let telling = self.commonness.telling(*word);
            said += telling;
            used += telling * factor;
        }
        let nothing_else = used / f32::max(said, f32::EPSILON);
        self.share(beside.answered.iter().copied()) * (ANSWERED + NOTHING_ELSE * nothing_else)
    }

    fn tally_body(&self, body: &[Mark], tally: &mut Tally) {
        let holds = |word: &Mark| body.binary_search(word).is_ok();
        for (first, answers) in self.answers.beginnings() {
            if holds(&first) {
                for answer in answers
                    .iter()
                    .filter(|answer| answer.rest.iter().all(holds))
                {
                    tally.note(answer.idea, answer.factor, BODY_SUPPORT);
                }
            }
        }
    }

    /// The share of all that the question tells.
    fn share(&self, parts: impl Iterator<Item = f32>) -> f32 {
        parts
            .zip(&self.weights)
            .map(|(part, weight)| part * weight)
            .sum::<f32>()
            / self.total
    }
}

/// What a document has to say to each idea.
struct Tally {
    support: Vec<f32>,
    answered: Vec<f32>,
    best: f32,
}

impl Tally {
    fn new(ideas: usize) -> Self {
        Self {
            support: vec![0.0; ideas],
            answered: vec![0.0; ideas],
            best: 0.0,
        }
    }

    fn note(&mut self, idea: usize, factor: f32, supports: f32) {
        if let (Some(sum), Some(best)) = (self.support.get_mut(idea), self.answered.get_mut(idea)) {
            *sum += factor * supports;
            *best = best.max(factor);
        }
    }
}

/// A unit laid beside the question.
struct Beside {
    /// How well each idea is answered.
    answered: Vec<f32>,
    /// How well each of the unit's words is used.
    used: Vec<f32>,
}

impl Beside {
    fn note(&mut self, idea: usize, factor: f32, words: std::ops::RangeInclusive<usize>) {
        if let Some(best) = self.answered.get_mut(idea) {
            *best = best.max(factor);
        }
        if let Some(words) = self.used.get_mut(words) {
            for best in words {
                *best = best.max(factor);
            }
        }
    }
}

#[cfg(test)]
mod tests;
