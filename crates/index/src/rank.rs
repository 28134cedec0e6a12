//! The order of the hits: a scorer small enough to explain.
//!
//! Each unit of a document (its title, each phrase, its summary, each tag) is compared with the
//! question: which share of what the question tells does the unit answer, and how little else does
//! it say? The best unit decides; how often the document as a whole comes back to what was asked
//! supports it. All shares lie between 0 and 1, and so does the score.

use crate::card::{Card, Mark};
use crate::commonness::Commonness;
use crate::reading::{Answers, Reading};

/// The best unit against the document as a whole.
const BEST_UNIT: f32 = 0.6;
const WHOLE: f32 = 1.0 - BEST_UNIT;
/// A unit that answers everything and says a lot besides keeps this much.
const ANSWERED: f32 = 0.6;
const NOTHING_ELSE: f32 = 1.0 - ANSWERED;
/// What a unit is worth as the best one: a summary is written in the register's words, not the
/// reader's, and a tag is a label shared by many.
const TITLE: f32 = 1.0;
const PHRASE: f32 = 1.0;
const SUMMARY: f32 = 0.8;
const TAG: f32 = 0.6;
/// What a unit adds to the whole, counted in phrases.
const TITLE_SUPPORT: f32 = 2.0;
const PHRASE_SUPPORT: f32 = 1.0;
const SUMMARY_SUPPORT: f32 = 1.0;
const TAG_SUPPORT: f32 = 1.0;
const BODY_SUPPORT: f32 = 0.6;
/// Support wanes: this many phrases that answer an idea make half of all they could.
const HALF_SUPPORT: f32 = 1.5;

/// Scores documents against one question.
pub(crate) struct Ranking<'a> {
    answers: &'a Answers,
    commonness: &'a Commonness,
    weights: Vec<f32>,
    total: f32,
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

    /// How well a document answers, from 0 to 1.
    pub fn score(&self, card: &Card) -> f32 {
        let mut support = vec![0.0; self.weights.len()];
        let mut best = 0.0_f32;
        let mut unit = |words: &[Mark], worth: f32, supports: f32| {
            let compared = self.compare(words);
            best = best.max(worth * self.fit(&compared, words));
            for (sum, factor) in support.iter_mut().zip(&compared.answered) {
                *sum += factor * supports;
            }
        };
        unit(&card.title, TITLE, TITLE_SUPPORT);
        card.phrases
            .iter()
            .for_each(|phrase| unit(phrase, PHRASE, PHRASE_SUPPORT));
        unit(&card.summary, SUMMARY, SUMMARY_SUPPORT);
        card.tags.iter().for_each(|tag| unit(tag, TAG, TAG_SUPPORT));
        self.add_body(&card.body, &mut support);
        BEST_UNIT * best + WHOLE * self.whole(&support)
    }

    fn compare(&self, words: &[Mark]) -> Compared {
        let mut compared = Compared {
            answered: vec![0.0; self.weights.len()],
            used: vec![0.0; words.len()],
        };
        for (at, word) in words.iter().enumerate() {
            let after = words.get(at + 1..).unwrap_or(&[]);
            for answer in self.answers.beginning_with(*word) {
                if after.starts_with(&answer.rest) {
                    compared.note(answer.idea, answer.factor, at..=at + answer.rest.len());
                }
            }
        }
        compared
    }

    /// The share of the question answered, times how little else is said.
    fn fit(&self, compared: &Compared, words: &[Mark]) -> f32 {
        let answered = self.share(&compared.answered);
        if answered <= 0.0 {
            return 0.0;
        }
        let mut said = 0.0;
        let mut used = 0.0;
        for (word, factor) in words.iter().zip(&compared.used) {
            let telling = self.commonness.telling(*word);
            said += telling;
            used += telling * factor;
        }
        answered * (ANSWERED + NOTHING_ELSE * used / f32::max(said, f32::EPSILON))
    }

    fn share(&self, answered: &[f32]) -> f32 {
        let sum: f32 = answered
            .iter()
            .zip(&self.weights)
            .map(|(part, weight)| part * weight)
            .sum();
        sum / self.total
    }

    fn add_body(&self, body: &[Mark], support: &mut [f32]) {
        for (first, answers) in self.answers.beginnings() {
            if body.binary_search(&first).is_err() {
                continue;
            }
            for answer in answers {
                let all = answer
                    .rest
                    .iter()
                    .all(|word| body.binary_search(word).is_ok());
                if let (true, Some(sum)) = (all, support.get_mut(answer.idea)) {
                    *sum += answer.factor * BODY_SUPPORT;
                }
            }
        }
    }

    fn whole(&self, support: &[f32]) -> f32 {
        let waned: Vec<f32> = support
            .iter()
            .map(|sum| sum / (sum + HALF_SUPPORT))
            .collect();
        self.share(&waned)
    }
}

/// A unit laid beside the question.
struct Compared {
    /// How well each idea is answered.
    answered: Vec<f32>,
    /// How well each of the unit's words is used.
    used: Vec<f32>,
}

impl Compared {
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
