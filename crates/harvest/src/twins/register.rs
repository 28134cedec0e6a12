//! The records that are there already, ready to be asked for twins.

use std::collections::{BTreeMap, HashMap};

use super::letters::Letters;
use super::meant;

/// BM25's constants: Robertson and Zaragoza, *The Probabilistic Relevance Framework*, 2009.
const K1: f64 = 1.2;
const B: f64 = 0.6;
/// So many of the best by words are compared letter by letter.
const COMPARED: usize = 25;
/// Below this two texts have too little in common to be shown as twins.
const LEAST: f64 = 0.3;

/// A record as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Entry<K> {
    /// By what the caller knows it.
    pub key: K,
    /// Its title and the ways in which people say the same.
    pub sayings: Vec<String>,
    /// What else is told of it.
    pub told: String,
}

/// Records that lines are compared with.
pub struct Register<K> {
    entries: Vec<Known<K>>,
    /// In which records a stem stands, and how often.
    stands_in: HashMap<String, Vec<(usize, f64)>>,
    usual: f64,
}

struct Known<K> {
    key: K,
    sayings: Vec<Vec<String>>,
    length: f64,
}

impl<K: Clone> Register<K> {
    /// A register of these records.
    pub fn new(entries: Vec<Entry<K>>) -> Self {
        let mut known = Vec::with_capacity(entries.len());
        let mut stands_in: HashMap<String, Vec<(usize, f64)>> = HashMap::new();
        for (at, entry) in entries.into_iter().enumerate() {
            let sayings: Vec<Vec<String>> = entry.sayings.iter().map(|it| meant(it)).collect();
            let mut counts: BTreeMap<String, f64> = BTreeMap::new();
            for stem in sayings.iter().flatten() {
                *counts.entry(stem.clone()).or_default() += 2.0;
            }
            for stem in meant(&entry.told) {
                *counts.entry(stem).or_default() += 1.0;
            }
            let length = counts.values().sum();
            for (stem, count) in counts {
                stands_in.entry(stem).or_default().push((at, count));
            }
            known.push(Known {
                key: entry.key,
                sayings,
                length,
            });
        }
        let all: f64 = known.iter().map(|entry| entry.length).sum();
        let usual = all / count(known.len().max(1));
        Self {
            entries: known,
            stands_in,
            usual: usual.max(1.0),
        }
    }

    /// The records that this text may be, the likeliest first, with a score between 0 and 1.
    pub fn twins(&self, text: &str, most: usize) -> Vec<(K, f64)> {
        let mut stems = meant(text);
        stems.sort_unstable();
        stems.dedup();
        let mut covered = self.covered(&stems);
        covered.truncate(COMPARED);
        let letters = Letters::of(&stems);
        let mut twins: Vec<(K, f64)> = covered
            .into_iter()
            .map(|(at, share)| {
                let entry = &self.entries[at];
                let alike = entry
                    .sayings
                    .iter()
                    .map(|saying| letters.alike(&Letters::of(saying)))
                    .fold(0.0, f64::max);
                (entry.key.clone(), 0.5 * share + 0.5 * alike)
            })
            .filter(|(_, score)| *score >= LEAST)
            .collect();
        twins.sort_by(|(_, one), (_, two)| two.total_cmp(one));
        twins.truncate(most);
        twins
    }

    /// The share of a text's weight that each record covers, the largest first.
    fn covered(&self, stems: &[String]) -> Vec<(usize, f64)> {
        let mut sums: BTreeMap<usize, f64> = BTreeMap::new();
        let mut whole = 0.0;
        for stem in stems {
            let places = self.stands_in.get(stem).map_or(&[][..], Vec::as_slice);
            let rare = rarity(places.len(), self.entries.len());
            whole += rare * (K1 + 1.0);
            for (at, count) in places {
                let length = self.entries[*at].length / self.usual;
                let weighed = count * (K1 + 1.0) / (count + K1 * (1.0 - B + B * length));
                *sums.entry(*at).or_default() += rare * weighed;
            }
        }
        let mut covered: Vec<(usize, f64)> = sums
            .into_iter()
            .map(|(at, sum)| (at, sum / whole))
            .collect();
        covered.sort_by(|(one, left), (two, right)| right.total_cmp(left).then(one.cmp(two)));
        covered
    }
}

/// BM25's inverse document frequency, never below 0.
fn rarity(places: usize, all: usize) -> f64 {
    let (places, all) = (count(places), count(all));
    (1.0 + (all - places + 0.5) / (places + 0.5)).ln()
}

fn count(number: usize) -> f64 {
    f64::from(u32::try_from(number).unwrap_or(u32::MAX))
}
