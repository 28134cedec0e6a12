//! What stands around a line: the lines of a page, and more so those below one heading, are often of one kind.

use super::model::Weights;
use crate::notes::Line;

// Chosen by leaving out all that was written in one hand; `USUAL` by a page of others' notes from 2009.
/// How much the other lines below the same heading count at the most.
const SIBLINGS: f64 = 1.5;
/// With so many others they count half.
const FEW: f64 = 2.0;
/// They count nothing if they are as mixed as this, everything if they are as much of one kind as that: the
/// sum of the squares of their mean shares (Herfindahl's index).
const MIXED: f64 = 0.2;
const ALIKE: f64 = 0.5;
/// How much of what is common in all of these notes is taken off what the others say.
const COMMON: f64 = 0.5;
/// How many lines' worth the usual shares of the kinds count beside those of these notes.
const USUAL: f64 = 20.0;
/// How often the shares in these notes are reckoned anew.
const TIMES: usize = 10;
/// No kind is ever impossible.
const LEAST: f64 = 0.05;

/// The shares of each line, seen in the light of those of all lines of these notes, and of those below
/// the same heading as far as these are of one kind. `usual` are the shares of the kinds among the lines
/// that were learned from.
pub(super) fn settled(lines: &[Line], shares: &[Weights], usual: &Weights) -> Vec<Weights> {
    let content: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].heading.is_none())
        .collect();
    let shares = &lopsided(&content, shares, usual);
    let all = mean(&content, shares);
    let mut settled = shares.clone();
    for below in content.chunk_by(|one, other| belong(&lines[*one], &lines[*other])) {
        let whole = mean(below, shares);
        let count = float(below.len());
        let many = (count - 1.0) / (count - 1.0 + FEW);
        for at in below {
            let others: Weights = std::array::from_fn(|kind| {
                (whole[kind] * count - shares[*at][kind]) / (count - 1.0).max(1.0)
            });
            let alike: f64 = others.iter().map(|share| share * share).sum();
            let alike = ((alike - MIXED) / (ALIKE - MIXED)).clamp(0.0, 1.0);
            settled[*at] = seen(&shares[*at], SIBLINGS * many * alike, &others, &all);
        }
    }
    settled
}

/// One page holds little but tips, another little but complaints: the shares as they are where the kinds
/// are as common as they seem to be in these notes (Saerens, Latinne and Decaestecker, *Adjusting the Outputs
/// of a Classifier to New a Priori Probabilities*, Neural Computation 14, 2002).
fn lopsided(content: &[usize], shares: &[Weights], usual: &Weights) -> Vec<Weights> {
    let mut here = *usual;
    let mut seen = shares.to_vec();
    for _ in 0..TIMES {
        for at in content {
            let raised: Weights =
                std::array::from_fn(|kind| shares[*at][kind] * here[kind] / usual[kind].max(1e-3));
            let total: f64 = raised.iter().sum();
            seen[*at] = raised.map(|share| share / total.max(1e-9));
        }
        let count = float(content.len());
        let mean = mean(content, &seen);
        here = std::array::from_fn(|kind| {
            (mean[kind] * count + usual[kind] * USUAL) / (count + USUAL)
        });
    }
    seen
}

/// Whether two lines stand below the same heading, in the notes of the same person.
fn belong(one: &Line, other: &Line) -> bool {
    one.under == other.under && one.note_taker == other.note_taker
}

fn seen(own: &Weights, trusted: f64, others: &Weights, all: &Weights) -> Weights {
    let sums: Weights = std::array::from_fn(|kind| {
        let log = |shares: &Weights| (shares[kind] + LEAST).ln();
        own[kind].max(1e-6).ln() + trusted * (log(others) - COMMON * log(all))
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
