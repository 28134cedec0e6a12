//! Lines of the same notes that say the same: three note-takers write one thing down three times.

use std::collections::{BTreeMap, HashMap};

use super::letters::Letters;
use super::meant;
use crate::kind::Kind;
use crate::notes::Line;

/// Lines as alike as this are one group.
const ALIKE: f64 = 0.32;
/// Fewer words than these are held by many a long line.
const LEAST_HELD: usize = 4;
/// How much it counts that a long line holds a short one.
const HELD: f64 = 0.85;
/// How much is left of that when two lines cannot be of one kind.
const OTHER_KIND: f64 = 0.55;
/// A stem in more lines than this says nothing about any of them.
const TOO_COMMON: usize = 60;

/// The kinds that a line may be, with their shares.
type Kinds = [(Kind, f64)];

struct Meant<'k> {
    kinds: &'k Kinds,
    stems: BTreeMap<String, f64>,
    letters: Letters,
}

/// For each line the number of its group, from 1, if another line says the same. What a line is
/// counts as well: a hurdle and an action about one thing do not say the same.
pub fn groups(lines: &[Line], kinds: &[Vec<(Kind, f64)>]) -> Vec<Option<usize>> {
    let is_aside = |kinds: &Kinds| kinds.first().is_none_or(|(kind, _)| *kind == Kind::Aside);
    let said: Vec<Vec<String>> = lines
        .iter()
        .zip(kinds)
        .map(|(line, kinds)| match line.heading {
            None if !is_aside(kinds) => meant(line.said()),
            _ => Vec::new(),
        })
        .collect();
    let mut stands_in: HashMap<&str, Vec<usize>> = HashMap::new();
    for (at, stems) in said.iter().enumerate() {
        for stem in stems {
            let places = stands_in.entry(stem).or_default();
            if places.last() != Some(&at) {
                places.push(at);
            }
        }
    }
    let lines: Vec<Meant<'_>> = said
        .iter()
        .zip(kinds)
        .map(|(stems, kinds)| Meant {
            kinds,
            letters: Letters::of(stems),
            stems: weighed(stems, &stands_in, said.len()),
        })
        .collect();
    let mut members: Vec<Vec<usize>> = Vec::new();
    let mut group_of: Vec<Option<usize>> = vec![None; lines.len()];
    for at in 0..lines.len() {
        let near = near(at, &said[at], &stands_in, &group_of);
        let best = near
            .into_iter()
            .map(|group| (group, nearness(&lines, at, &members[group])))
            .filter(|(_, alike)| *alike >= ALIKE)
            .max_by(|(_, one), (_, two)| one.total_cmp(two));
        if let Some((group, _)) = best {
            members[group].push(at);
            group_of[at] = Some(group);
        } else if said[at].len() > 1 {
            group_of[at] = Some(members.len());
            members.push(vec![at]);
        }
    }
    numbered(&group_of, &members)
}

fn weighed(
    stems: &[String],
    stands_in: &HashMap<&str, Vec<usize>>,
    all: usize,
) -> BTreeMap<String, f64> {
    let mut weights: BTreeMap<String, f64> = BTreeMap::new();
    for stem in stems {
        let places = stands_in.get(stem.as_str()).map_or(1, Vec::len);
        let rare = (1.0 + count(all.max(40)) / count(places)).ln();
        weights.insert(stem.clone(), rare);
    }
    let length = weights
        .values()
        .map(|weight| weight * weight)
        .sum::<f64>()
        .sqrt();
    for weight in weights.values_mut() {
        *weight /= length.max(f64::MIN_POSITIVE);
    }
    weights
}

/// The groups with a line that shares a telling word with this one.
fn near(
    at: usize,
    stems: &[String],
    stands_in: &HashMap<&str, Vec<usize>>,
    group_of: &[Option<usize>],
) -> Vec<usize> {
    let mut near: Vec<usize> = stems
        .iter()
        .filter_map(|stem| stands_in.get(stem.as_str()))
        .filter(|places| places.len() <= TOO_COMMON)
        .flatten()
        .filter(|other| **other < at)
        .filter_map(|other| group_of[*other])
        .collect();
    near.sort_unstable();
    near.dedup();
    near
}

/// How near a line is to a group: the mean over its members, so that no chain grows.
fn nearness(lines: &[Meant<'_>], at: usize, members: &[usize]) -> f64 {
    let sum: f64 = members
        .iter()
        .map(|other| alike(&lines[at], &lines[*other]))
        .sum();
    sum / count(members.len().max(1))
}

/// How alike two lines are. A short line that stands whole in a long one says what it says.
fn alike(one: &Meant<'_>, other: &Meant<'_>) -> f64 {
    let common = |weight: fn(f64, f64) -> f64| -> f64 {
        one.stems
            .iter()
            .filter_map(|(stem, mine)| Some(weight(*mine, *other.stems.get(stem)?)))
            .sum()
    };
    let cosine = common(|mine, theirs| mine * theirs);
    let whole = if one.stems.len().min(other.stems.len()) < LEAST_HELD {
        0.0
    } else {
        let held =
            |mine: f64, all: &Meant<'_>| mine / all.stems.values().map(|it| it * it).sum::<f64>();
        held(common(|mine, _| mine * mine), one)
            .max(held(common(|_, theirs| theirs * theirs), other))
    };
    let text = 0.6 * cosine.max(HELD * whole) + 0.4 * one.letters.alike(&other.letters);
    text * (OTHER_KIND + (1.1 - OTHER_KIND) * agreement(one.kinds, other.kinds))
}

/// How far two lines may be of one kind: what their shares have in common.
fn agreement(one: &Kinds, other: &Kinds) -> f64 {
    one.iter()
        .filter_map(|(kind, mine)| {
            let (_, theirs) = other.iter().find(|(it, _)| it == kind)?;
            Some(mine.min(*theirs))
        })
        .sum()
}

/// Groups of more than one line, counted in the order in which they begin.
fn numbered(group_of: &[Option<usize>], members: &[Vec<usize>]) -> Vec<Option<usize>> {
    let mut numbers: HashMap<usize, usize> = HashMap::new();
    group_of
        .iter()
        .map(|group| {
            let group = (*group)?;
            if members[group].len() < 2 {
                return None;
            }
            let next = numbers.len() + 1;
            Some(*numbers.entry(group).or_insert(next))
        })
        .collect()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
