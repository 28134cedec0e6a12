//! How the weights are found: the likeliest ones for labelled lines, held small.

use std::collections::BTreeMap;

use super::features::{Features, features};
use super::model::{Model, Weights};
use crate::kind::Kind;
use crate::notes::Line;

/// How strongly weights are held near zero (the L2 penalty).
const HELD: f64 = 0.6;
/// How often the weights are made a little better.
const ROUNDS: usize = 250;
/// Words and beginnings seen in fewer lines than this teach nothing.
const SEEN_IN: usize = 2;

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
    let weights = descended(&rows, names.len());
    Model {
        weights: names
            .into_iter()
            .map(|(name, at)| (name, weights[at]))
            .collect(),
    }
}

fn worth_knowing(seen: &[(Features, usize)]) -> BTreeMap<String, usize> {
    let mut counts: BTreeMap<&String, usize> = BTreeMap::new();
    for name in seen.iter().flat_map(|(features, _)| features.keys()) {
        *counts.entry(name).or_default() += 1;
    }
    counts
        .into_iter()
        .filter(|(_, count)| *count >= SEEN_IN)
        .enumerate()
        .map(|(at, (name, _))| (name.clone(), at))
        .collect()
}

fn descended(rows: &[(Vec<(usize, f64)>, usize)], features: usize) -> Vec<Weights> {
    let mut weights = vec![Weights::default(); features];
    let mut speeds = vec![Weights::default(); features];
    let step = 6.0 / f64::from(u32::try_from(rows.len().max(1)).unwrap_or(u32::MAX));
    for _ in 0..ROUNDS {
        let mut slopes = weights.clone();
        for slope in slopes.iter_mut().flatten() {
            *slope *= HELD;
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
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raised = sums.map(|sum| (sum - most).exp());
    let total: f64 = raised.iter().sum();
    raised.map(|share| share / total)
}
