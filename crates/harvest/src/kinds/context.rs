//! What stands around a line: lines below one heading are often of one kind.

use super::model::Weights;
use crate::notes::Line;

// Chosen by leaving sessions out.
/// How much the other lines below the same heading count.
const SIBLINGS: f64 = 0.6;
/// With so many others they count half.
const FEW: f64 = 2.0;
/// How much the line before and the line after count.
const NEIGHBOURS: f64 = 0.3;
/// How much is taken off for what is common in all of these notes.
const COMMON: f64 = 0.8;
/// No kind is ever impossible.
const LEAST: f64 = 0.05;

/// The shares of each line, seen in the light of those of the lines around it.
pub(super) fn settled(lines: &[Line], shares: &[Weights]) -> Vec<Weights> {
    let content: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].heading.is_none())
        .collect();
    let all = mean(&content, shares);
    let mut settled = shares.to_vec();
    for below in content.chunk_by(|one, other| belong(&lines[*one], &lines[*other])) {
        let whole = mean(below, shares);
        let count = float(below.len());
        for (place, at) in below.iter().enumerate() {
            let others = std::array::from_fn(|kind| {
                (whole[kind] * count - shares[*at][kind]) / (count - 1.0).max(1.0)
            });
            let before = place.checked_sub(1).and_then(|place| below.get(place));
            let around =
                [before, below.get(place + 1)].map(|near| near.map_or(all, |near| shares[*near]));
            let trusted = SIBLINGS * (count - 1.0) / (count - 1.0 + FEW);
            settled[*at] = seen(&shares[*at], trusted, &others, &around, &all);
        }
    }
    settled
}

/// Whether two lines stand below the same heading, in the notes of the same person.
fn belong(one: &Line, other: &Line) -> bool {
    one.under == other.under && one.note_taker == other.note_taker
}

fn seen(
    own: &Weights,
    trusted: f64,
    others: &Weights,
    around: &[Weights; 2],
    all: &Weights,
) -> Weights {
    let sums: Weights = std::array::from_fn(|kind| {
        let log = |shares: &Weights| (shares[kind] + LEAST).ln();
        let near: f64 = around.iter().map(log).sum();
        own[kind].max(1e-6).ln() + trusted * log(others) + NEIGHBOURS * near - COMMON * log(all)
    });
    super::model::shared(sums)
}

fn mean(places: &[usize], shares: &[Weights]) -> Weights {
    let sums = places.iter().fold(Weights::default(), |sums, at| {
        std::array::from_fn(|kind| sums[kind] + shares[*at][kind])
    });
    sums.map(|sum| sum / float(places.len().max(1)))
}

fn float(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
