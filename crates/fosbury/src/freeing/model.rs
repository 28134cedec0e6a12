//! How many hurdles hang on one, directly and in turn.
//!
//! A dependency is a pair: the number of a hurdle, and the number of one that must be cleared first.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

#[cfg(test)]
mod tests;

/// Hurdles looked at together: as many as a word has bits.
const AT_ONCE: usize = u64::BITS as usize;

/// Where a body stands: the hurdles it has cleared, and those it faces.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Standing {
    /// What is cleared is freed already: it is left out, and nothing hangs on it any more.
    pub cleared: BTreeSet<i64>,
    /// What it faces, tries to get over or is stuck at.
    pub faced: BTreeSet<i64>,
}

/// A hurdle that frees others once it is cleared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Freeing {
    /// Its number.
    pub number: i64,
    /// The hurdles that name it themselves, by number.
    pub directly: Vec<i64>,
    /// All that hang on it, directly and in turn.
    pub all: usize,
    /// Those of them that the reader's body faces.
    pub faced: usize,
}

impl Freeing {
    /// How many hang on it in turn alone.
    pub fn in_turn(&self) -> usize {
        self.all.saturating_sub(self.directly.len())
    }
}

/// Every hurdle that others hang on, and those that hang on each other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Order {
    /// The one that frees most first.
    pub ranked: Vec<Freeing>,
    /// Hurdles each of which hangs on the others, in turn: one circle after another.
    pub circles: Vec<Vec<i64>>,
}

/// Ranks hurdles by what they free: first by how many that the body faces, then by how many in all,
/// then by how many directly; the lower number where all that is equal.
///
/// Circles count once: each of a circle frees the others and all that hangs on any of them. Takes
/// hurdles × dependencies / 64 steps: words of 64 hurdles are passed along the dependencies, from
/// what hangs last to what hangs on nothing.
pub fn order(dependencies: &[(i64, i64)], standing: &Standing) -> Order {
    let graph = Graph::of(dependencies, &standing.cleared);
    let circles = Circles::of(&graph);
    let faced: Vec<bool> = graph
        .numbers
        .iter()
        .map(|number| standing.faced.contains(number))
        .collect();
    let (all, met) = counted(&graph, &circles, &faced);
    let mut ranked: Vec<Freeing> = (0..graph.numbers.len())
        .filter(|at| !graph.dependents[*at].is_empty())
        .map(|at| Freeing {
            number: graph.numbers[at],
            directly: graph.dependents[at]
                .iter()
                .map(|dependent| graph.numbers[*dependent])
                .collect(),
            // A hurdle stands in its own circle, and does not free itself.
            all: all[circles.of[at]].saturating_sub(1),
            faced: met[circles.of[at]].saturating_sub(usize::from(faced[at])),
        })
        .collect();
    ranked.sort_by(|a, b| {
        let weight = |one: &Freeing| (one.faced, one.all, one.directly.len());
        weight(b).cmp(&weight(a)).then(a.number.cmp(&b.number))
    });
    let several = circles.members.iter().filter(|members| members.len() > 1);
    let mut circles: Vec<Vec<i64>> = several
        .map(|members| members.iter().map(|at| graph.numbers[*at]).collect())
        .collect();
    for circle in &mut circles {
        circle.sort_unstable();
    }
    circles.sort();
    Order { ranked, circles }
}

/// All that hangs on one hurdle: each with the one through which it does, the nearest first.
pub fn hanging_on(
    dependencies: &[(i64, i64)],
    standing: &Standing,
    number: i64,
) -> Vec<(i64, i64)> {
    let graph = Graph::of(dependencies, &standing.cleared);
    let Ok(start) = graph.numbers.binary_search(&number) else {
        return Vec::new();
    };
    let mut seen = vec![false; graph.numbers.len()];
    seen[start] = true;
    let mut waiting = VecDeque::from([start]);
    let mut found = Vec::new();
    while let Some(at) = waiting.pop_front() {
        for dependent in &graph.dependents[at] {
            if !std::mem::replace(&mut seen[*dependent], true) {
                found.push((graph.numbers[*dependent], graph.numbers[at]));
                waiting.push_back(*dependent);
            }
        }
    }
    found
}

/// The hurdles that play a part, and who depends on whom; no hurdle on itself.
struct Graph {
    numbers: Vec<i64>,
    dependents: Vec<Vec<usize>>,
    needs: Vec<Vec<usize>>,
}

impl Graph {
    fn of(dependencies: &[(i64, i64)], cleared: &BTreeSet<i64>) -> Self {
        let mut pairs: Vec<(i64, i64)> = dependencies
            .iter()
            .copied()
            .filter(|(number, on)| {
                number != on && !cleared.contains(number) && !cleared.contains(on)
            })
            .collect();
        pairs.sort_unstable();
        pairs.dedup();
        let mut numbers: Vec<i64> = pairs
            .iter()
            .flat_map(|(number, on)| [*number, *on])
            .collect();
        numbers.sort_unstable();
        numbers.dedup();
        let place: BTreeMap<i64, usize> = numbers
            .iter()
            .enumerate()
            .map(|(at, number)| (*number, at))
            .collect();
        let mut graph = Self {
            dependents: vec![Vec::new(); numbers.len()],
            needs: vec![Vec::new(); numbers.len()],
            numbers,
        };
        for (number, on) in pairs {
            if let (Some(number), Some(on)) = (place.get(&number), place.get(&on)) {
                graph.dependents[*on].push(*number);
                graph.needs[*number].push(*on);
            }
        }
        graph
    }
}

/// Hurdles that hang on each other belong together; most stand alone. A circle comes before all
/// that hangs on it.
struct Circles {
    members: Vec<Vec<usize>>,
    of: Vec<usize>,
}

impl Circles {
    /// S. R. Kosaraju's two walks (as told by M. Sharir, 1981), without recursion.
    fn of(graph: &Graph) -> Self {
        let mut circles = Self {
            members: Vec::new(),
            of: vec![usize::MAX; graph.numbers.len()],
        };
        for start in finished(graph).into_iter().rev() {
            if circles.of[start] != usize::MAX {
                continue;
            }
            let circle = circles.members.len();
            let mut members = Vec::new();
            let mut waiting = vec![start];
            circles.of[start] = circle;
            while let Some(at) = waiting.pop() {
                members.push(at);
                for need in &graph.needs[at] {
                    if circles.of[*need] == usize::MAX {
                        circles.of[*need] = circle;
                        waiting.push(*need);
                    }
                }
            }
            circles.members.push(members);
        }
        circles
    }
}

/// The hurdles in the order in which a walk along the dependencies leaves them.
fn finished(graph: &Graph) -> Vec<usize> {
    let mut seen = vec![false; graph.numbers.len()];
    let mut left = Vec::with_capacity(graph.numbers.len());
    for start in 0..graph.numbers.len() {
        if std::mem::replace(&mut seen[start], true) {
            continue;
        }
        let mut path = vec![(start, 0)];
        while let Some((at, next)) = path.last_mut() {
            let at = *at;
            if let Some(dependent) = graph.dependents[at].get(*next) {
                *next += 1;
                if !std::mem::replace(&mut seen[*dependent], true) {
                    path.push((*dependent, 0));
                }
            } else {
                left.push(at);
                path.pop();
            }
        }
    }
    left
}

/// For each circle: how many hang on it, itself among them, and how many of those are faced.
fn counted(graph: &Graph, circles: &Circles, faced: &[bool]) -> (Vec<usize>, Vec<usize>) {
    let size = circles.members.len();
    let after: Vec<Vec<usize>> = circles
        .members
        .iter()
        .map(|members| {
            let dependents = members.iter().flat_map(|at| &graph.dependents[*at]);
            let mut after: Vec<usize> = dependents.map(|at| circles.of[*at]).collect();
            after.sort_unstable();
            after.dedup();
            after
        })
        .collect();
    let (mut all, mut met) = (vec![0; size], vec![0; size]);
    let mut words = vec![0_u64; size];
    for first in (0..graph.numbers.len()).step_by(AT_ONCE) {
        let last = (first + AT_ONCE).min(graph.numbers.len());
        words.fill(0);
        let mut wanted = 0_u64;
        for at in first..last {
            let bit = 1 << (at - first);
            words[circles.of[at]] |= bit;
            wanted |= if faced[at] { bit } else { 0 };
        }
        for circle in (0..size).rev() {
            let word = after[circle]
                .iter()
                .fold(words[circle], |word, later| word | words[*later]);
            words[circle] = word;
            all[circle] += word.count_ones() as usize;
            met[circle] += (word & wanted).count_ones() as usize;
        }
    }
    (all, met)
}
