use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

/// A place where two sequences differ: what stood in the old one, what stands in the new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Edit {
    pub(crate) old: Range<usize>,
    pub(crate) new: Range<usize>,
}

/// More units than this are not searched for what they share.
const SEARCHED: usize = 40_000;

/// The places where two sequences differ, in order, with something shared between any two of them.
///
/// Filler, such as spaces and blank lines, is no sign of what became of what: it is compared only
/// where the units around it match. The search gives up on the shortest answer long before it becomes
/// slow, by counting and never by a clock: the same texts always give the same edits.
pub(crate) fn between(old: &[&str], new: &[&str], filler: fn(&str) -> bool) -> Vec<Edit> {
    let telling = |units: &[&str]| -> Vec<usize> {
        (0..units.len()).filter(|at| !filler(units[*at])).collect()
    };
    let (old_places, new_places) = (telling(old), telling(new));
    let old_units: Vec<&str> = old_places.iter().map(|at| old[*at]).collect();
    let new_units: Vec<&str> = new_places.iter().map(|at| new[*at]).collect();
    let mut edits = Vec::new();
    let (mut old_from, mut new_from) = (0, 0);
    for (old_at, new_at) in shared(&old_units, &new_units) {
        let (old_to, new_to) = (old_places[old_at], new_places[new_at]);
        edits.extend(gaps(old, new, old_from..old_to, new_from..new_to, filler));
        (old_from, new_from) = (old_to + 1, new_to + 1);
    }
    edits.extend(gaps(
        old,
        new,
        old_from..old.len(),
        new_from..new.len(),
        filler,
    ));
    edits
}

/// What differs between two matches; as many units on both sides are taken for pairs.
fn gaps(
    old: &[&str],
    new: &[&str],
    mut went: Range<usize>,
    mut came: Range<usize>,
    filler: fn(&str) -> bool,
) -> Vec<Edit> {
    let old_places: Vec<usize> = went.clone().filter(|at| !filler(old[*at])).collect();
    let new_places: Vec<usize> = came.clone().filter(|at| !filler(new[*at])).collect();
    let mut edits = Vec::new();
    if old_places.len() == new_places.len() {
        for (olds, news) in old_places.windows(2).zip(new_places.windows(2)) {
            let between = &old[olds[0] + 1..olds[1]];
            if !between.is_empty() && between == &new[news[0] + 1..news[1]] {
                edits.extend(gap(
                    old,
                    new,
                    went.start..olds[0] + 1,
                    came.start..news[0] + 1,
                ));
                (went.start, came.start) = (olds[1], news[1]);
            }
        }
    }
    edits.extend(gap(old, new, went, came));
    edits
}

/// What differs between two places, without what is alike at its start and at its end.
fn gap(old: &[&str], new: &[&str], mut went: Range<usize>, mut came: Range<usize>) -> Option<Edit> {
    let head = head(&old[went.clone()], &new[came.clone()]);
    (went.start, came.start) = (went.start + head, came.start + head);
    let tail = tail(&old[went.clone()], &new[came.clone()]);
    (went.end, came.end) = (went.end - tail, came.end - tail);
    (!went.is_empty() || !came.is_empty()).then_some(Edit {
        old: went,
        new: came,
    })
}

/// Pairs of places that hold the same unit, in order.
fn shared(old: &[&str], new: &[&str]) -> Vec<(usize, usize)> {
    let head = head(old, new);
    let tail = tail(&old[head..], &new[head..]);
    let (old_end, new_end) = (old.len() - tail, new.len() - tail);
    let mut pairs: Vec<(usize, usize)> = (0..head).map(|at| (at, at)).collect();
    if old_end + new_end - 2 * head <= SEARCHED {
        let mut numbers = HashMap::new();
        let went = numbered(&old[head..old_end], &mut numbers);
        let came = numbered(&new[head..new_end], &mut numbers);
        for op in capture_diff_slices(Algorithm::Myers, &went, &came) {
            if let DiffOp::Equal {
                old_index,
                new_index,
                len,
            } = op
            {
                pairs.extend((head..head + len).map(|at| (old_index + at, new_index + at)));
            }
        }
    }
    pairs.extend((0..tail).map(|at| (old_end + at, new_end + at)));
    pairs
}

fn head(old: &[&str], new: &[&str]) -> usize {
    old.iter()
        .zip(new)
        .take_while(|(old, new)| old == new)
        .count()
}

fn tail(old: &[&str], new: &[&str]) -> usize {
    old.iter()
        .rev()
        .zip(new.iter().rev())
        .take_while(|(old, new)| old == new)
        .count()
}

/// Comparing numbers is quicker than comparing words.
fn numbered<'a>(units: &[&'a str], numbers: &mut HashMap<&'a str, usize>) -> Vec<usize> {
    units
        .iter()
        .map(|unit| {
            let next = numbers.len();
            *numbers.entry(*unit).or_insert(next)
        })
        .collect()
}

/// Whether nothing but spaces and line ends stand here.
pub(crate) fn blank(unit: &str) -> bool {
    unit.trim().is_empty()
}
