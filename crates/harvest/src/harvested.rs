//! Every line of some notes with what it may become.

use crate::kind::Kind;
use crate::kinds::Model;
use crate::notes::{Line, Notes};
use crate::twins::{Register, groups};

/// How many twins are named for a line.
const TWINS: usize = 3;
/// Of a line that is so surely an aside no twins are looked for.
const SURELY: f64 = 0.8;

/// A line and what it may become.
#[derive(Clone, Debug, PartialEq)]
pub struct Found<'n, K> {
    /// The line.
    pub line: &'n Line,
    /// The kinds that it may be, the likeliest first. The shares add up to 1.
    pub kinds: Vec<(Kind, f64)>,
    /// Lines with the same number say the same.
    pub group: Option<usize>,
    /// The records that it may be, the likeliest first, with scores between 0 and 1.
    pub twins: Vec<(K, f64)>,
}

impl<K> Found<'_, K> {
    /// The likeliest kind.
    pub fn kind(&self) -> Kind {
        self.kinds.first().map_or(Kind::Aside, |(kind, _)| *kind)
    }
}

/// Says what each line of these notes may become, in their order.
pub fn harvest<'n, K: Clone>(notes: &'n Notes, register: &Register<K>) -> Vec<Found<'n, K>> {
    let model = Model::shipped();
    let kinds = model.kinds(&notes.lines);
    let groups = groups(&notes.lines, &kinds);
    notes
        .lines
        .iter()
        .zip(kinds)
        .zip(groups)
        .map(|((line, kinds), group)| {
            let is_aside = kinds
                .first()
                .is_some_and(|(kind, share)| *kind == Kind::Aside && *share >= SURELY);
            let twins = if line.heading.is_none() && !is_aside {
                register.twins(line.said(), TWINS)
            } else {
                Vec::new()
            };
            Found {
                line,
                kinds,
                group,
                twins,
            }
        })
        .collect()
}
