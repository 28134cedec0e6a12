use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use crate::words::{Stem, plain_words, stems};

/// An equal word is nearly the word itself: a document that uses the very word still goes first.
const EQUAL: f32 = 0.72;
/// A wider word ("facebook" for "site") helps to find, yet says less.
const WIDER: f32 = 0.65;
/// A longer entry would never be typed as it stands.
const LONGEST_ENTRY: usize = 6;

/// The words of one field of life: which mean the same, which mean more, which mean little.
///
/// ```text
/// # a line is a group of equals; an arrow goes one way; a wave marks words of chat
/// boss, manager, line manager
/// facebook -> social media, site
/// ~ the, my, you know
/// # two waves mark words that are on everybody's tongue and tell less than they seem to
/// ~~ facebook, council
/// # a bang says what a kind of document is worth next to the others, which are worth 1
/// ! solution 0.9
/// # half as much or less: it stands behind all others while candidates are gathered
/// ! trial 0.5
/// ```
#[derive(Debug, Clone, Default)]
pub struct Vocabulary(Arc<Entries>);

#[derive(Debug, Default)]
struct Entries {
    meanings: HashMap<Vec<Stem>, Vec<Meaning>>,
    chat: HashSet<Vec<Stem>>,
    faint: HashSet<Vec<Stem>>,
    /// Every word of every entry as written, to mend typing mistakes by.
    words: BTreeSet<String>,
    kinds: HashMap<String, f32>,
}

/// What is worth no more than this stands aside.
const ASIDE: f32 = 0.5;

/// Another way to say something, as stems in order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Meaning {
    pub stems: Vec<Stem>,
    /// How much of the word itself it is worth.
    pub factor: f32,
}

/// A line of a vocabulary that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("Line {line} of the vocabulary: {reason}")]
pub struct VocabularyError {
    /// Counted from 1.
    pub line: usize,
    /// What to mend.
    pub reason: String,
}

impl Vocabulary {
    /// Reads a vocabulary: one group, arrow or list of chat words a line.
    pub fn parse(text: &str) -> Result<Self, VocabularyError> {
        let mut entries = Entries::default();
        for (at, line) in text.lines().enumerate() {
            let line_error = |reason: String| VocabularyError {
                line: at + 1,
                reason,
            };
            entries.read_line(line.trim()).map_err(line_error)?;
        }
        Ok(Self(Arc::new(entries)))
    }

    /// Whether these words in a row are mere chat.
    pub(crate) fn is_chat(&self, stems: &[Stem]) -> bool {
        self.0.chat.contains(stems)
    }

    /// Whether these words in a row say little, being named on every other page.
    pub(crate) fn is_faint(&self, stems: &[Stem]) -> bool {
        self.0.faint.contains(stems)
    }

    /// What else these words in a row may be called.
    pub(crate) fn meanings(&self, stems: &[Stem]) -> &[Meaning] {
        self.0.meanings.get(stems).map_or(&[], Vec::as_slice)
    }

    /// Whether the word is one of ours, so that it is not taken for a typing mistake.
    pub(crate) fn knows(&self, stem: &Stem) -> bool {
        let alone = std::slice::from_ref(stem);
        self.0.meanings.contains_key(alone) || self.0.chat.contains(alone)
    }

    /// What a kind of document is worth next to the others.
    pub(crate) fn worth_of_kind(&self, kind: &str) -> f32 {
        self.0.kinds.get(kind).copied().unwrap_or(1.0)
    }

    /// The kinds that stand behind all others while candidates are gathered: there may be so many of
    /// them that they would leave no room.
    pub(crate) fn kinds_aside(&self) -> impl Iterator<Item = &str> {
        let kinds = self.0.kinds.iter();
        kinds
            .filter(|(_, worth)| **worth <= ASIDE)
            .map(|(kind, _)| kind.as_str())
    }

    /// Every word in it.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.0.words.iter().map(String::as_str)
    }

    /// How many words a row of them can hold.
    pub(crate) const fn longest_entry() -> usize {
        LONGEST_ENTRY
    }
}

impl Entries {
    fn read_line(&mut self, line: &str) -> Result<(), String> {
        if line.is_empty() || line.starts_with('#') {
            return Ok(());
        }
        if let Some(kind) = line.strip_prefix('!') {
            let (kind, worth) = read_worth(kind)?;
            self.kinds.insert(kind, worth);
            return Ok(());
        }
        self.words.extend(plain_words(line));
        if let Some(faint) = line.strip_prefix("~~") {
            self.faint.extend(read_entries(faint)?);
            return Ok(());
        }
        if let Some(chat) = line.strip_prefix('~') {
            self.chat.extend(read_entries(chat)?);
            return Ok(());
        }
        if let Some((from, to)) = line.split_once("->") {
            self.add_arrow(&read_entries(from)?, &read_entries(to)?);
            return Ok(());
        }
        let group = read_entries(line)?;
        if group.len() < 2 {
            return Err("a group needs two entries or more".to_owned());
        }
        self.add_group(&group);
        Ok(())
    }

    fn add_group(&mut self, group: &[Vec<Stem>]) {
        for entry in group {
            for other in group.iter().filter(|other| *other != entry) {
                self.add(entry, other, EQUAL);
            }
        }
    }

    fn add_arrow(&mut self, from: &[Vec<Stem>], to: &[Vec<Stem>]) {
        for entry in from {
            for wider in to {
                self.add(entry, wider, WIDER);
            }
        }
    }

    fn add(&mut self, entry: &[Stem], other: &[Stem], factor: f32) {
        let meanings = self.meanings.entry(entry.to_vec()).or_default();
        match meanings.iter_mut().find(|meaning| meaning.stems == other) {
            Some(known) => known.factor = known.factor.max(factor),
            None => meanings.push(Meaning {
                stems: other.to_vec(),
                factor,
            }),
        }
    }
}

fn read_worth(line: &str) -> Result<(String, f32), String> {
    let (kind, worth) = line
        .trim()
        .split_once(' ')
        .ok_or("a kind needs its worth: ! guide 0.9")?;
    let worth: f32 = worth
        .trim()
        .parse()
        .map_err(|_| format!("“{worth}” is not a number"))?;
    if (0.0..=1.0).contains(&worth) {
        Ok((kind.to_owned(), worth))
    } else {
        Err("a worth lies between 0 and 1".to_owned())
    }
}

fn read_entries(list: &str) -> Result<Vec<Vec<Stem>>, String> {
    list.split(',').map(read_entry).collect()
}

fn read_entry(entry: &str) -> Result<Vec<Stem>, String> {
    let stems = stems(&plain_words(entry));
    match stems.len() {
        0 => Err(format!("“{}” holds no word", entry.trim())),
        1..=LONGEST_ENTRY => Ok(stems),
        _ => Err(format!(
            "“{}” is longer than {LONGEST_ENTRY} words",
            entry.trim()
        )),
    }
}

#[cfg(test)]
mod tests;
