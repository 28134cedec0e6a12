//! How much a body's trials weigh for a reader.

use std::collections::{HashMap, HashSet};

use crate::peers::Compared;

/// The weight of a body of another kind, or one that cannot be compared.
pub const FAR: f64 = 0.2;

/// The weight of every body's trials for one reader.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Weights(Option<Reader>);

#[derive(Clone, Debug, PartialEq)]
struct Reader {
    id: String,
    near: HashMap<String, f64>,
    like: HashSet<String>,
}

impl Weights {
    /// For a reader of whom nothing is known: everybody's trials weigh the same.
    pub fn equal() -> Self {
        Self(None)
    }

    /// w = exp(−d / h) for the same kind, h its typical distance: a body as far away as a usual
    /// peer weighs 1/e. An exponential kernel: Hastie, Tibshirani and Friedman, *The Elements of
    /// Statistical Learning*, 2nd edition, 2009, section 6.2.
    pub(crate) fn of_a_place(
        reader: &str,
        distances: HashMap<String, f64>,
        typical: Option<f64>,
    ) -> Self {
        let weight = |distance: f64| match typical {
            Some(typical) if distance > 0.0 => (-distance / typical).exp(),
            _ => 1.0,
        };
        let distances = distances.into_iter().filter(|_| typical.is_some());
        Self(Some(Reader {
            id: reader.to_owned(),
            near: distances.map(|(id, d)| (id, weight(d))).collect(),
            like: HashSet::new(),
        }))
    }

    pub(crate) fn counting(mut self, like: Option<Compared>) -> Self {
        if let (Some(reader), Some(like)) = (&mut self.0, like) {
            reader.like = like.ids().iter().cloned().collect();
        }
        self
    }

    /// How much this body's trials weigh. A body's own always weigh 1.
    pub fn of(&self, body: &str) -> f64 {
        let Some(reader) = &self.0 else {
            return 1.0;
        };
        if reader.id == body {
            return 1.0;
        }
        reader.near.get(body).copied().unwrap_or(FAR)
    }

    /// Whether this body is counted as like the reader's.
    pub fn is_like(&self, body: &str) -> bool {
        self.0
            .as_ref()
            .is_some_and(|reader| reader.like.contains(body))
    }

    /// The reader's body, if it is known.
    pub fn reader(&self) -> Option<&str> {
        self.0.as_ref().map(|reader| reader.id.as_str())
    }
}
