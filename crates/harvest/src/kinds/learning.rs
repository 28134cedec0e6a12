//! How the weights are found: the likeliest ones for labelled lines, held small.

use std::collections::HashMap;

use super::features::features;
use super::model::{Model, USUAL, Weights, shared};
use crate::notes::Notes;
use crate::sessions::{Is, Session};

// All chosen by leaving out all that was written in one hand.
/// How strongly weights are held near nothing (the L2 penalty).
const HELD: f64 = 3.0;
/// How often all lines are gone through.
const ROUNDS: u32 = 16;
/// Of how many rounds, the last ones, the mean is taken.
const KEPT: u32 = 8;
/// How far a weight goes at its first step.
const STEP: f64 = 0.1;
/// What is seen in fewer lines than this teaches nothing.
const SEEN_IN: u32 = 5;
/// What weighs less than this for every kind is not kept.
const LEAST_KEPT: f64 = 0.15;

/// Labelled lines of many notes: looked at once, learned from as often as is asked.
pub(crate) struct Lessons {
    names: Vec<String>,
    notes: Vec<Vec<Lesson>>,
}

/// What is seen in a line, and which kind it is.
struct Lesson {
    seen: Vec<(usize, f64)>,
    kind: usize,
}

/// Learns from labelled notes. The same notes in the same order always give the same weights.
pub fn learn(notes: &[(&Session, &Notes)]) -> Model {
    Lessons::of(notes).learn(|_| true)
}

impl Lessons {
    /// Looks at the lines of these notes.
    pub(crate) fn of(notes: &[(&Session, &Notes)]) -> Self {
        let mut places: HashMap<String, usize> = HashMap::new();
        let lessons = notes.iter().map(|(session, notes)| {
            let all = notes.lines.iter().zip(features(&notes.lines));
            let said = all.filter(|(line, _)| line.heading.is_none());
            let labelled = said.filter_map(|(line, features)| {
                let Some(Is::Line(kind)) = session.label(line.number) else {
                    return None;
                };
                let seen = features.into_iter().map(|(name, strength)| {
                    let next = places.len();
                    (*places.entry(name).or_insert(next), strength)
                });
                Some(Lesson {
                    seen: seen.collect(),
                    kind: kind.place(),
                })
            });
            labelled.collect()
        });
        let notes = lessons.collect();
        let mut names = vec![String::new(); places.len()];
        for (name, place) in places {
            names[place] = name;
        }
        Self { names, notes }
    }

    /// Learns from those of the notes, by their place.
    ///
    /// The penalised likelihood of multinomial logistic regression (Hastie, Tibshirani and Friedman, *The
    /// Elements of Statistical Learning*, 2nd edition, 2009, section 4.4), gone up line by line with steps
    /// of each weight's own size (Duchi, Hazan and Singer, *Adaptive Subgradient Methods*, JMLR 12, 2011);
    /// what is kept is the mean of the last rounds (Polyak and Juditsky, 1992).
    pub(crate) fn learn(&self, is_from: impl Fn(usize) -> bool) -> Model {
        let taught = self.notes.iter().enumerate();
        let mut lessons: Vec<&Lesson> = taught
            .filter(|(at, _)| is_from(*at))
            .flat_map(|(_, lessons)| lessons)
            .collect();
        let mut counts = vec![0_u32; self.names.len()];
        for (at, _) in lessons.iter().flat_map(|lesson| &lesson.seen) {
            counts[*at] += 1;
        }
        let counts: Vec<Option<f64>> = counts
            .into_iter()
            .map(|count| (count >= SEEN_IN).then(|| f64::from(count)))
            .collect();
        let mut weights = vec![Weights::default(); counts.len()];
        let mut slopes = vec![Weights::default(); counts.len()];
        let mut means = vec![Weights::default(); counts.len()];
        let mut chance = 1;
        for round in 0..ROUNDS {
            mix(&mut lessons, &mut chance);
            for lesson in &lessons {
                step(lesson, &counts, &mut weights, &mut slopes);
            }
            if round >= ROUNDS - KEPT {
                for (mean, weight) in means.iter_mut().flatten().zip(weights.iter().flatten()) {
                    *mean += weight / f64::from(KEPT);
                }
            }
        }
        let named = self.names.iter().zip(means);
        let kept = named.filter(|(_, mean)| mean.iter().any(|weight| weight.abs() >= LEAST_KEPT));
        let mut usual = Weights::default();
        for lesson in &lessons {
            usual[lesson.kind] += 1.0;
        }
        let all: f64 = usual.iter().sum();
        let usual = (USUAL.to_owned(), usual.map(|count| count / all.max(1.0)));
        let kept = kept.map(|(name, mean)| (name.clone(), mean));
        Model {
            weights: kept.chain([usual]).collect(),
        }
    }
}

/// Goes one step towards what is likelier for this line.
fn step(lesson: &Lesson, counts: &[Option<f64>], weights: &mut [Weights], slopes: &mut [Weights]) {
    let known = || {
        let seen = lesson.seen.iter();
        seen.filter_map(|(at, strength)| Some((*at, *strength, counts[*at]?)))
    };
    let mut sums = Weights::default();
    for (at, strength, _) in known() {
        for (sum, weight) in sums.iter_mut().zip(weights[at]) {
            *sum += weight * strength;
        }
    }
    let mut errors = shared(sums);
    errors[lesson.kind] -= 1.0;
    for (at, strength, count) in known() {
        let all = weights[at].iter_mut().zip(&mut slopes[at]).zip(errors);
        for ((weight, slopes), error) in all {
            let slope = error * strength + HELD * *weight / count;
            *slopes += slope * slope;
            *weight -= STEP * slope / (*slopes + 1e-8).sqrt();
        }
    }
}

/// Mixes the lines, each time in the same way (Fisher and Yates; chance by Knuth's multiplier).
fn mix(lessons: &mut [&Lesson], chance: &mut u64) {
    for last in (1..lessons.len()).rev() {
        *chance = chance
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        let place = usize::try_from(*chance >> 33).unwrap_or(0) % (last + 1);
        lessons.swap(last, place);
    }
}
