//! Words that tell what a line is, from `lexicon.txt`.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

/// Groups of words and phrases, found by the word with which they begin.
pub(super) struct Groups(HashMap<String, Vec<Phrase>>);

struct Phrase {
    rest: Vec<String>,
    group: &'static str,
}

impl Groups {
    /// The groups of a sort, as `lexicon.txt` has them.
    fn of(sort: &str) -> Self {
        let mut groups: HashMap<String, Vec<Phrase>> = HashMap::new();
        for (group, phrase) in told(sort) {
            let mut words = crate::words::words(phrase).into_iter();
            if let Some(first) = words.next() {
                let rest = words.collect();
                groups
                    .entry(first)
                    .or_default()
                    .push(Phrase { rest, group });
            }
        }
        Self(groups)
    }

    /// The groups that these words hold, with the number of different words or phrases of each.
    pub(super) fn within(&self, words: &[String]) -> BTreeMap<&'static str, usize> {
        let mut seen = HashSet::new();
        let mut found: BTreeMap<&'static str, usize> = BTreeMap::new();
        for (at, word) in words.iter().enumerate() {
            for phrase in self.0.get(word).into_iter().flatten() {
                if words[at + 1..].starts_with(&phrase.rest)
                    && seen.insert((word, &phrase.rest, phrase.group))
                {
                    *found.entry(phrase.group).or_default() += 1;
                }
            }
        }
        found
    }
}

/// The words and phrases of a sort with the names of their groups, in the order of the file.
fn told(sort: &str) -> Vec<(&'static str, &'static str)> {
    let mut told = Vec::new();
    let mut group = None;
    let lines = include_str!("../../lexicon.txt").lines();
    for line in lines.filter(|line| !line.is_empty() && !line.starts_with('#')) {
        if let Some(words) = line.strip_prefix("  ") {
            let words = words.split(',').map(str::trim);
            let words = words.filter(|word| !word.is_empty());
            told.extend(group.into_iter().flat_map(|group| {
                let group: &'static str = group;
                words.clone().map(move |word| (group, word))
            }));
        } else {
            group = line
                .split_once(' ')
                .filter(|(of, _)| *of == sort)
                .map(|(_, name)| name);
        }
    }
    told
}

/// Looked for anywhere in a line, as whole words or phrases.
pub(super) static ANYWHERE: LazyLock<Groups> = LazyLock::new(|| Groups::of("anywhere"));

/// Headings by what stands below them.
pub(super) static HEADINGS: LazyLock<Groups> = LazyLock::new(|| Groups::of("heading"));

/// What a line is called by the word before its colon.
pub(super) static LABELS: LazyLock<Groups> = LazyLock::new(|| Groups::of("label"));

/// The verbs by which minutes tell what was said.
pub(super) static REPORTS: LazyLock<Groups> = LazyLock::new(|| Groups::of("report"));

/// What makes a short line of its own a heading.
pub(super) static ABOVE: LazyLock<Groups> = LazyLock::new(|| Groups::of("above"));

/// What somebody is told to do, at the beginning of a line.
pub(super) static TELLING: LazyLock<HashSet<&'static str>> =
    LazyLock::new(|| told("telling").into_iter().map(|(_, word)| word).collect());
