//! Multinomial logistic regression over readable features: each weight has a name.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::LazyLock;

use super::context::settled;
use super::features::{Features, features};
use crate::kind::Kind;
use crate::notes::Line;

/// A weight for every kind, in the order of [`Kind::ALL`].
pub(crate) type Weights = [f64; 8];

/// A heading says what stands below it; of itself it becomes nothing.
const HEADING: Weights = [0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01, 0.93];

/// The model that is shipped: learned from the sessions in `sessions/`.
static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("../../weights.tsv")));

/// How much each feature speaks for each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub(crate) weights: BTreeMap<String, Weights>,
}

impl Model {
    /// The model that is shipped.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads weights: a feature and eight numbers a line, separated by tabs.
    pub fn parse(text: &str) -> Self {
        let weights = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let name = cells.next()?.to_owned();
                let mut weights = Weights::default();
                for weight in &mut weights {
                    *weight = cells.next()?.parse().ok()?;
                }
                Some((name, weights))
            })
            .collect();
        Self { weights }
    }

    /// The weights as they are kept: what hardly weighs is left out.
    pub fn written(&self) -> String {
        let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        let mut text = format!("# feature\t{}\n", names.join("\t"));
        for (name, weights) in &self.weights {
            if weights.iter().all(|weight| weight.abs() < 0.02) {
                continue;
            }
            let _ = write!(text, "{name}");
            for weight in weights {
                // No "-0.00": the same weights are always written the same way.
                let rounded = (weight * 100.0).round() / 100.0 + 0.0;
                let _ = write!(text, "\t{rounded:.2}");
            }
            text.push('\n');
        }
        text
    }

    /// The kinds that each line may be, the likeliest first. The shares of a line add up to 1.
    pub fn kinds(&self, lines: &[Line]) -> Vec<Vec<(Kind, f64)>> {
        let shares: Vec<Weights> = lines
            .iter()
            .map(|line| match line.heading {
                Some(_) => HEADING,
                None => self.shares(&features(line)),
            })
            .collect();
        settled(lines, &shares)
            .into_iter()
            .map(|shares| {
                let mut kinds: Vec<(Kind, f64)> = Kind::ALL.into_iter().zip(shares).collect();
                kinds.sort_by(|(_, one), (_, two)| two.total_cmp(one));
                kinds
            })
            .collect()
    }

    /// The shares of the kinds for these features.
    pub(crate) fn shares(&self, features: &Features) -> Weights {
        let mut sums = Weights::default();
        for (name, strength) in features {
            if let Some(weights) = self.weights.get(name) {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += weight * strength;
                }
            }
        }
        shared(sums)
    }
}

/// Sums as shares of 1: the softmax.
pub(super) fn shared(sums: Weights) -> Weights {
    let most = sums.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let raised = sums.map(|sum| (sum - most).exp());
    let total: f64 = raised.iter().sum();
    raised.map(|share| share / total)
}
