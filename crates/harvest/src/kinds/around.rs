//! Where a line stands in its notes, and what stands in the lines beside it.

use super::features::Features;
use crate::notes::Line;

/// What is looked at in the lines beside a line.
const TELLING: [&str; 4] = ["group ", "begins ", "ends ", "reported "];
/// How strongly that is there.
const BESIDE: f64 = 0.4;
/// How many lines are near the beginning, and near the end.
const NEAR: usize = 2;
/// Fewer lines than these have neither.
const WHOLE: usize = 8;

/// Adds to each line's own features those of its place: notes begin and end with asides, and a way over
/// something follows what is in the way.
pub(super) fn add(lines: &[Line], seen: &mut [Features]) {
    let telling: Vec<Vec<String>> = seen.iter().map(telling).collect();
    let content: Vec<usize> = (0..lines.len())
        .filter(|at| lines[*at].heading.is_none())
        .collect();
    for (place, at) in content.iter().enumerate() {
        let line = &mut seen[*at];
        if content.len() >= WHOLE {
            if place < NEAR {
                line.insert("near the beginning".to_owned(), 1.0);
            }
            if place + NEAR >= content.len() {
                line.insert("near the end".to_owned(), 1.0);
            }
            let fifth = place * 5 / content.len() + 1;
            line.insert(format!("fifth of the notes {fifth}"), 0.5);
        }
        for (beside, name) in [
            (at.checked_sub(1), "line before"),
            (Some(at + 1), "line after"),
        ] {
            let beside = beside.and_then(|beside| telling.get(beside));
            for feature in beside.into_iter().flatten() {
                line.insert(format!("{name}: {feature}"), BESIDE);
            }
        }
    }
}

/// What of a line tells of the lines beside it.
fn telling(features: &Features) -> Vec<String> {
    let telling = features
        .keys()
        .filter(|feature| TELLING.iter().any(|telling| feature.starts_with(telling)));
    telling.cloned().collect()
}
