//! A body with the figures that compare it.

use std::collections::BTreeMap;

/// The share of people who live in the least deprived areas, 0 to 1.
pub const LOW: &str = "low-deprivation";
/// The share of people who live in the most deprived areas, 0 to 1.
pub const HIGH: &str = "high-deprivation";
/// People per square kilometre.
pub const DENSITY: &str = "density";
/// People.
pub const POPULATION: &str = "population";

/// What every comparison uses; more may be named.
pub(crate) const ALWAYS: [&str; 4] = [LOW, HIGH, DENSITY, POPULATION];

/// A body that may be compared.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Place {
    /// What it is known by.
    pub id: String,
    /// Its type: only bodies of one type are compared.
    pub kind: String,
    /// Its nation: what is left to go by where figures are missing.
    pub nation: String,
    /// Its figures by name.
    pub figures: BTreeMap<String, f64>,
}

impl Place {
    /// A figure as it enters the distance: density and population by their logarithm, because a
    /// town of 20,000 is as far from one of 10,000 as a city of 200,000 from one of 100,000.
    pub(crate) fn compared(&self, measure: &str) -> Option<f64> {
        let figure = *self.figures.get(measure)?;
        let compared = match measure {
            DENSITY | POPULATION => figure.ln(),
            _ => figure,
        };
        compared.is_finite().then_some(compared)
    }
}
