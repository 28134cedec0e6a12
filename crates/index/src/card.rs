//! What re-ranking reads of a document, ready made: each unit's stems as small numbers.

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use tantivy::schema::Value;
use tantivy::{DocAddress, DocId, Searcher, TantivyDocument};

use crate::error::Error;
use crate::fields::Fields;
use crate::mark::{Mark, mark};
use crate::words::Stem;

/// Documents remembered in each of the two halves of [`Cards`]; at about 4 kB each, 12 MB at most.
const REMEMBERED: usize = 1_500;

/// The stems of a document, by unit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Card {
    pub title: Vec<Mark>,
    pub phrases: Vec<Vec<Mark>>,
    pub summary: Vec<Mark>,
    pub tags: Vec<Vec<Mark>>,
    /// In order and without repetition: only asked whether a stem is there.
    pub body: Vec<Mark>,
}

fn marks(stems: &[Stem]) -> Vec<Mark> {
    stems.iter().map(|stem| mark(stem)).collect()
}

impl Card {
    pub fn new(
        title: &[Stem],
        phrases: &[Vec<Stem>],
        summary: &[Stem],
        tags: &[Vec<Stem>],
        body: &[Stem],
    ) -> Self {
        let each = |units: &[Vec<Stem>]| units.iter().map(|unit| marks(unit)).collect();
        let mut body = marks(body);
        body.sort_unstable();
        body.dedup();
        Self {
            title: marks(title),
            phrases: each(phrases),
            summary: marks(summary),
            tags: each(tags),
            body,
        }
    }

    /// Whether the document has the word anywhere.
    pub fn holds(&self, word: Mark) -> bool {
        let units = [&self.title, &self.summary]
            .into_iter()
            .chain(&self.phrases)
            .chain(&self.tags);
        units.flatten().any(|stem| *stem == word) || self.body.binary_search(&word).is_ok()
    }

    /// Lists of numbers, each after its length; lists of lists after theirs.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut numbers = Vec::new();
        write_list(&mut numbers, &self.title);
        write_lists(&mut numbers, &self.phrases);
        write_list(&mut numbers, &self.summary);
        write_lists(&mut numbers, &self.tags);
        write_list(&mut numbers, &self.body);
        numbers.into_iter().flat_map(u32::to_le_bytes).collect()
    }

    /// Reads what [`Card::to_bytes`] wrote; what is missing is empty.
    pub fn from_bytes(bytes: &[u8]) -> Self {
        let mut numbers = bytes
            .chunks_exact(4)
            .filter_map(|chunk| chunk.try_into().ok().map(u32::from_le_bytes));
        Self {
            title: read_list(&mut numbers).unwrap_or_default(),
            phrases: read_lists(&mut numbers),
            summary: read_list(&mut numbers).unwrap_or_default(),
            tags: read_lists(&mut numbers),
            body: read_list(&mut numbers).unwrap_or_default(),
        }
    }
}

fn write_list(numbers: &mut Vec<u32>, list: &[Mark]) {
    numbers.push(u32::try_from(list.len()).unwrap_or(u32::MAX));
    numbers.extend(list);
}

fn write_lists(numbers: &mut Vec<u32>, lists: &[Vec<Mark>]) {
    numbers.push(u32::try_from(lists.len()).unwrap_or(u32::MAX));
    for list in lists {
        write_list(numbers, list);
    }
}

fn read_list(numbers: &mut impl Iterator<Item = u32>) -> Option<Vec<Mark>> {
    let length = numbers.next()?;
    Some(numbers.take(length as usize).collect())
}

fn read_lists(numbers: &mut impl Iterator<Item = u32>) -> Vec<Vec<Mark>> {
    let length = numbers.next().unwrap_or(0);
    (0..length).map_while(|_| read_list(numbers)).collect()
}

/// A document as the ranking and the list of hits need it.
#[derive(Debug, Clone, Default)]
pub(crate) struct Entry {
    pub id: String,
    pub kind: String,
    pub number: i64,
    pub title: String,
    pub card: Card,
}

type Place = (tantivy::index::SegmentId, DocId);

/// Entries read lately. A segment's documents never change, so no entry can be stale; when the
/// young half is full it becomes the old one, and what nobody asked for since is forgotten.
#[derive(Debug, Default)]
pub(crate) struct Cards {
    halves: RwLock<Halves>,
}

#[derive(Debug, Default)]
struct Halves {
    young: HashMap<Place, Arc<Entry>>,
    old: HashMap<Place, Arc<Entry>>,
}

impl Cards {
    /// The entry of a document, from memory or from disk.
    pub fn entry(
        &self,
        searcher: &Searcher,
        fields: &Fields,
        address: DocAddress,
    ) -> Result<Arc<Entry>, Error> {
        let place = (
            searcher.segment_reader(address.segment_ord).segment_id(),
            address.doc_id,
        );
        if let Some(entry) = self.remembered(&place) {
            return Ok(entry);
        }
        let entry = Arc::new(read_entry(&searcher.doc(address)?, fields));
        self.remember(place, Arc::clone(&entry));
        Ok(entry)
    }

    /// Forgets everything, so that nothing deleted stays in memory.
    pub fn forget(&self) {
        if let Ok(mut halves) = self.halves.write() {
            *halves = Halves::default();
        }
    }

    fn remembered(&self, place: &Place) -> Option<Arc<Entry>> {
        let found_old = {
            let halves = self.halves.read().ok()?;
            if let Some(entry) = halves.young.get(place) {
                return Some(Arc::clone(entry));
            }
            Arc::clone(halves.old.get(place)?)
        };
        self.remember(*place, Arc::clone(&found_old));
        Some(found_old)
    }

    fn remember(&self, place: Place, entry: Arc<Entry>) {
        let Ok(mut halves) = self.halves.write() else {
            return;
        };
        if halves.young.len() >= REMEMBERED {
            halves.old = std::mem::take(&mut halves.young);
        }
        halves.young.insert(place, entry);
    }
}

fn read_entry(document: &TantivyDocument, fields: &Fields) -> Entry {
    let text = |field| {
        let value = document.get_first(field);
        value
            .and_then(|value| value.as_str())
            .unwrap_or_default()
            .to_owned()
    };
    let card = document
        .get_first(fields.card)
        .and_then(|value| value.as_bytes());
    Entry {
        id: text(fields.id),
        kind: text(fields.kind),
        number: document
            .get_first(fields.number)
            .and_then(|value| value.as_i64())
            .unwrap_or(0),
        title: text(fields.title),
        card: card.map(Card::from_bytes).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests;
