//! Multinomial logistic regression over readable features: each weight has a name.

use std::collections::{BTreeMap, HashMap};
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

/// Not a feature: under this name stands how common the kinds are among the lines that were learned from.
pub(super) const USUAL: &str = "(how common)";

/// The model that is shipped: learned from the notes in `sessions/` and `lessons/`.
static SHIPPED: LazyLock<Model> = LazyLock::new(|| Model::parse(include_str!("../../weights.tsv")));

/// How much each feature speaks for each kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Model {
    pub(crate) weights: HashMap<String, Weights>,
}

impl Model {
    /// The model that is shipped.
    pub fn shipped() -> &'static Self {
        &SHIPPED
    }

    /// Reads weights: a feature and eight numbers in hundredths a line, separated by tabs.
    pub fn parse(text: &str) -> Self {
        let weights = text
            .lines()
            .filter(|line| !line.starts_with('#'))
            .filter_map(|line| {
                let mut cells = line.split('\t');
                let name = cells.next()?.to_owned();
                let mut weights = Weights::default();
                for weight in &mut weights {
                    *weight = cells.next()?.parse::<f64>().ok()? / 100.0;
                }
                Some((name, weights))
            })
            .collect();
        Self { weights }
    }

    /// The weights as they are kept, in hundredths.
    pub fn written(&self) -> String {
        let names: Vec<&str> = Kind::ALL.into_iter().map(Kind::name).collect();
        let mut text = format!("# feature\t{}\n", names.join("\t"));
        let by_name: BTreeMap<_, _> = self.weights.iter().collect();
        for (name, weights) in by_name {
            let _ = write!(text, "{name}");
            for weight in weights {
                let _ = write!(text, "\t{:.0}", (weight * 100.0).round() + 0.0);
            }
            text.push('\n');
        }
        text
    }

    /// The kinds that each line may be, the likeliest first. The shares of a line add up to 1.
    pub fn kinds(&self, lines: &[Line]) -> Vec<Vec<(Kind, f64)>> {
        let shares: Vec<Weights> = lines
            .iter()
            .zip(features(lines))
            .map(|(line, features)| match line.heading {
                Some(_) => HEADING,
                None => self.shares(&features),
            })
            .collect();
        settled(lines, &shares, &self.usual())
            .into_iter()
            .map(|shares| {
                let mut kinds: Vec<(Kind, f64)> = Kind::ALL.into_iter().zip(shares).collect();
                kinds.sort_by(|(_, one), (_, two)| two.total_cmp(one));
                kinds
            })
            .collect()
    }

    /// How common the kinds are among the lines that were learned from.
    fn usual(&self) -> Weights {
        self.weights.get(USUAL).copied().unwrap_or([0.125; 8])
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
