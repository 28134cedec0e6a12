//! How the weights are found: the likeliest ones for labelled lines, held small.

use std::collections::BTreeMap;

use super::features::{Features, features};
use super::model::{Model, Weights, shared};
use crate::kind::Kind;
use crate::notes::Line;

/// How strongly weights are held near what is expected (the L2 penalty): chosen by leaving sessions out.
const HELD: f64 = 2.0;
/// How often the weights are made a little better.
const ROUNDS: usize = 250;
/// Words and beginnings seen in fewer lines than this teach nothing.
const SEEN_IN: usize = 2;

/// What is expected of a feature before any line is seen: weights are held near these, not near zero.
const EXPECTED: &[(&str, Kind, f64)] = &[
    ("is called hurdles", Kind::Hurdle, 2.5),
    ("is called solutions", Kind::Solution, 2.5),
    ("is called examples", Kind::Example, 2.5),
    ("is called resources", Kind::Resource, 2.5),
    ("is called principles", Kind::Principle, 2.5),
    ("is called questions", Kind::Question, 2.5),
    ("is called actions", Kind::Action, 2.5),
    ("is called asides", Kind::Aside, 2.5),
    ("under hurdles", Kind::Hurdle, 1.0),
    ("under solutions", Kind::Solution, 1.0),
    ("under examples", Kind::Example, 1.0),
    ("under resources", Kind::Resource, 1.0),
    ("under principles", Kind::Principle, 1.0),
    ("under questions", Kind::Question, 1.0),
    ("under actions", Kind::Action, 1.0),
    ("reported complains", Kind::Hurdle, 1.0),
    ("reported suggests", Kind::Solution, 2.0),
    ("reported asks", Kind::Question, 2.5),
    ("reported thinks", Kind::Principle, 2.0),
    ("reported tells", Kind::Example, 1.0),
    ("reported agrees", Kind::Action, 1.0),
    ("begins by asking", Kind::Question, 0.7),
    ("begins by asking and has no sign", Kind::Question, 0.7),
    ("ends as a question", Kind::Question, 1.0),
    ("begins by telling what to do", Kind::Solution, 0.7),
    ("somebody is to do it", Kind::Action, 1.0),
    ("a name, a sign and what to do", Kind::Action, 1.0),
    ("group trouble", Kind::Hurdle, 0.3),
    ("group should", Kind::Solution, 0.3),
    ("group resource", Kind::Resource, 0.3),
    ("group have-it", Kind::Resource, 0.2),
    ("group will", Kind::Action, 0.3),
    ("group chatter", Kind::Aside, 0.3),
    ("group asks", Kind::Question, 0.2),
    ("group we-did", Kind::Example, 0.3),
    ("group result", Kind::Example, 0.3),
    ("group holds", Kind::Principle, 0.2),
];

/// Learns from labelled lines. The same lines in the same order always give the same weights.
///
/// Full-batch gradient descent with momentum on the penalised log-likelihood of multinomial logistic
/// regression: Hastie, Tibshirani and Friedman, *The Elements of Statistical Learning*, 2nd
/// edition, 2009, section 4.4.
pub fn learn(lines: &[(&Line, Kind)]) -> Model {
    let seen: Vec<(Features, usize)> = lines
        .iter()
        .map(|(line, kind)| (features(line), kind.place()))
        .collect();
    let names = worth_knowing(&seen);
    let rows: Vec<(Vec<(usize, f64)>, usize)> = seen
        .iter()
        .map(|(features, kind)| {
            let row = features
                .iter()
                .filter_map(|(name, strength)| Some((*names.get(name)?, *strength)))
                .collect();
            (row, *kind)
        })
        .collect();
    let mut expected = vec![Weights::default(); names.len()];
    for (name, kind, weight) in EXPECTED {
        if let Some(at) = names.get(*name) {
            expected[*at][kind.place()] = *weight;
        }
    }
    let weights = descended(&rows, &expected);
    Model {
        weights: names
            .into_iter()
            .map(|(name, at)| (name, weights[at]))
            .collect(),
    }
}

fn worth_knowing(seen: &[(Features, usize)]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in seen.iter().flat_map(|(features, _)| features.keys()) {
        *counts.entry(name.as_str()).or_default() += 1;
    }
    for (name, _, _) in EXPECTED {
        *counts.entry(name).or_default() += SEEN_IN;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= SEEN_IN)
        .enumerate()
        .map(|(at, (name, _))| (name.to_owned(), at))
        .collect()
}

fn descended(rows: &[(Vec<(usize, f64)>, usize)], expected: &[Weights]) -> Vec<Weights> {
    let mut weights = expected.to_vec();
    let mut speeds = vec![Weights::default(); expected.len()];
    let step = 6.0 / f64::from(u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX));
    for _ in 0..ROUNDS {
        let mut slopes = weights.clone();
        let expected = expected.iter().flatten();
        for (slope, expected) in slopes.iter_mut().flatten().zip(expected) {
            *slope = HELD * (*slope - expected);
        }
        for (row, kind) in rows {
            let mut errors = shares(row, &weights);
            errors[*kind] -= 1.0;
            for (at, strength) in row {
                for (slope, error) in slopes[*at].iter_mut().zip(errors) {
                    *slope += error * strength;
                }
            }
        }
        for ((weight, speed), slope) in weights.iter_mut().zip(&mut speeds).zip(&slopes) {
            for ((weight, speed), slope) in weight.iter_mut().zip(speed).zip(slope) {
                *speed = *speed * 0.9 - step * 0.1 * slope;
                *weight += *speed;
            }
        }
    }
    weights
}

fn shares(row: &[(usize, f64)], weights: &[Weights]) -> Weights {
    let mut sums = Weights::default();
    for (at, strength) in row {
        for (sum, weight) in sums.iter_mut().zip(weights[*at]) {
            *sum += weight * strength;
        }
    }
    shared(sums)
}
