//! Solutions in the order of what worked.

use std::cmp::Reverse;

use crate::beta::lower_end;
use crate::outcome::{Tally, Verdict};
use crate::weights::Weights;

/// Lower ends closer than one part in a billion are equal: computing cannot tell them apart.
const STEPS: f64 = 1e9;

/// A solution and what every body told of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Tried<S> {
    /// Which solution.
    pub solution: S,
    /// Bodies with their trials, in any order; a body may come more than once.
    pub told: Vec<(String, Tally)>,
}

/// A solution in its rank, with the very numbers behind it.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranked<S> {
    /// Which solution.
    pub solution: S,
    /// 1 + Σ w·y.
    pub a: f64,
    /// 1 + Σ w·(1 − y).
    pub b: f64,
    /// The 10 % quantile of Beta(a, b): what ranks.
    pub lower: f64,
    /// All places together.
    pub plain: Plain,
    /// Those like the reader's, where that is known.
    pub like_yours: Option<Plain>,
    /// Every body's part, by id.
    pub counted: Vec<Counted>,
    /// When the newest trial was told.
    pub newest: i64,
}

/// Plain counts of places: "worked in 6 of 9". Each place counts once.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Plain {
    /// Where it worked.
    pub worked: usize,
    /// Where it worked partly.
    pub partly: usize,
    /// Where it did not.
    pub did_not: usize,
    /// Where it made things worse at least once, whatever else was told there.
    pub worse: usize,
    /// Where it was tried but nobody can say: stopped, or too early.
    pub undecided: usize,
}

/// One body's part in a rank.
#[derive(Clone, Debug, PartialEq)]
pub struct Counted {
    /// Which body.
    pub body: String,
    /// w: how much it weighs, however many trials it told.
    pub weight: f64,
    /// The mean y of its trials, where any count.
    pub mean: Option<f64>,
    /// Its trials.
    pub tally: Tally,
}

impl Plain {
    /// In how many places somebody can say.
    pub fn of(&self) -> usize {
        self.worked + self.partly + self.did_not
    }

    fn count(&mut self, tally: &Tally) {
        match tally.verdict() {
            Some(Verdict::Worked) => self.worked += 1,
            Some(Verdict::Partly) => self.partly += 1,
            Some(Verdict::DidNot) => self.did_not += 1,
            None => self.undecided += 1,
        }
        if tally.worse > 0 {
            self.worse += 1;
        }
    }
}

impl<S> Ranked<S> {
    /// Whether somebody told that it made things worse.
    pub fn has_harm(&self) -> bool {
        self.plain.worse > 0
    }
}

/// Ranks solutions for a reader.
///
/// All trials of a solution by one body share its weight w: with ȳ their mean,
/// a = 1 + Σ w·ȳ and b = 1 + Σ w·(1 − ȳ). The order is total, and compares in turn
/// 1. the lower end of Beta(a, b), higher first, in steps of 10⁻⁹;
/// 2. harm: without before with, so that a solution with harm never stands above one without whose
///    lower end is equal or better;
/// 3. more places where somebody can say (places, not trials: repetition must not win a tie);
/// 4. newer;
/// 5. the solution itself.
pub fn rank<S: Ord + Clone>(tried: Vec<Tried<S>>, weights: &Weights) -> Vec<Ranked<S>> {
    let ranked = tried.into_iter().map(|one| ranked(one, weights));
    let mut ranked: Vec<Ranked<S>> = ranked.collect();
    ranked.sort_by_cached_key(|one| {
        let places = one.plain.of();
        let order = (Reverse(steps(one.lower)), one.has_harm(), Reverse(places));
        (order, Reverse(one.newest), one.solution.clone())
    });
    ranked
}

fn ranked<S>(tried: Tried<S>, weights: &Weights) -> Ranked<S> {
    let counted = counted(tried.told, weights);
    let (mut a, mut b) = (1.0, 1.0);
    let (mut plain, mut like) = (Plain::default(), Plain::default());
    let mut newest = i64::MIN;
    for one in &counted {
        if let Some(mean) = one.mean {
            a += one.weight * mean;
            b += one.weight * (1.0 - mean);
        }
        plain.count(&one.tally);
        if weights.is_like(&one.body) {
            like.count(&one.tally);
        }
        newest = newest.max(one.tally.newest);
    }
    Ranked {
        solution: tried.solution,
        a,
        b,
        lower: lower_end(a, b),
        plain,
        like_yours: weights.reader().map(|_| like),
        counted,
        newest,
    }
}

/// Each body once, by id: sums come out the same whatever the order was.
fn counted(mut told: Vec<(String, Tally)>, weights: &Weights) -> Vec<Counted> {
    told.sort_by(|one, other| one.0.cmp(&other.0));
    let mut counted: Vec<Counted> = Vec::with_capacity(told.len());
    for (body, tally) in told {
        match counted.last_mut() {
            Some(last) if last.body == body => last.tally.merge(&tally),
            _ => counted.push(Counted {
                weight: weights.of(&body),
                body,
                mean: None,
                tally,
            }),
        }
    }
    for one in &mut counted {
        one.mean = one.tally.mean();
    }
    counted.retain(|one| one.tally.trials() > 0);
    counted
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "a number from 0 to a billion"
)]
fn steps(lower: f64) -> i64 {
    (lower * STEPS).round() as i64
}
