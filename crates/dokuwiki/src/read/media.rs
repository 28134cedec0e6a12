//! A file of the wiki with what it was before.

use std::collections::BTreeSet;
use std::io;

use super::page::outside;
use super::trouble::Trouble;
use super::wiki::Wiki;
use super::{Change, Revision, Words};

/// Bytes of files that are compared at the most.
const LARGEST: u64 = 64 << 20;

/// A file with all that is known of its history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Media {
    /// Its id.
    pub id: String,
    /// Oldest first.
    pub versions: Vec<Revision>,
    /// What could not be read of its history.
    pub troubles: Vec<Trouble>,
}

impl Media {
    /// The file as it is now, unless it was deleted.
    #[must_use]
    pub fn now(&self) -> Option<&Revision> {
        self.versions
            .last()
            .filter(|last| matches!(last.words, Words::At(_)))
    }
}

impl Wiki<'_> {
    /// The wiki's files, those that are deleted as well.
    #[must_use]
    pub fn media(&self) -> Vec<Media> {
        let ids = self.media.keys().chain(self.media_attic.keys());
        let ids: BTreeSet<&String> = ids.chain(self.media_logs.keys()).collect();
        ids.into_iter().map(|id| self.media_of(id)).collect()
    }

    /// Unlike the attic of pages, that of files holds what a file was before: where the log ends with what
    /// the attic holds, the file was changed outside the wiki since, unless both are the same.
    fn media_of(&self, id: &str) -> Media {
        let mut troubles = Vec::new();
        let rows = self.rows(id, self.media_logs.get(id), &mut troubles);
        let (old, now) = (self.media_attic.get(id), self.media.get(id));
        let at_end = rows.last().map(|row| row.at);
        let mut versions: Vec<Revision> = Vec::new();
        let newest_old = old.and_then(|old| old.last_key_value());
        let is_newest = |at: i64| newest_old.is_none_or(|(newest, _)| *newest <= at);
        for row in rows {
            let now = now.filter(|_| at_end == Some(row.at) && is_newest(row.at));
            let now = now.map(|(path, _)| path);
            let words = match (row.change, old.and_then(|old| old.get(&row.at)), now) {
                (Change::Deleted, _, _) => Words::None,
                (_, Some(old), Some(now)) if self.is_same(old, now) => Words::At(now.clone()),
                (_, Some(path), _) | (_, None, Some(path)) => Words::At(path.clone()),
                _ => Words::Lost,
            };
            versions.push(row.with(words));
        }
        for (at, path) in old.into_iter().flatten() {
            if versions.iter().all(|known| known.at != *at) {
                versions.push(outside(*at, Words::At(path.clone())));
            }
        }
        versions.sort_by_key(|version| version.at);
        let last = versions.last().map(|last| (last.at, last.words.clone()));
        match (now, last) {
            (Some((path, _)), Some((_, Words::At(own)))) if own == *path => {}
            (Some((path, changed)), last) => {
                let at = last.map_or(*changed, |(last, _)| (*changed).max(last + 1));
                versions.push(outside(at, Words::At(path.clone())));
            }
            (None, Some((last, words))) if words != Words::None => versions.push(Revision {
                change: Change::Deleted,
                ..outside(last + 1, Words::None)
            }),
            _ => {}
        }
        Media {
            id: id.to_owned(),
            versions,
            troubles,
        }
    }

    fn is_same(&self, one: &str, other: &str) -> bool {
        let read = |path| self.bounded(path, LARGEST);
        match (read(one), read(other)) {
            (Ok(one), Ok(other)) => one == other,
            _ => false,
        }
    }

    /// The bytes of a version of a file, up to a length; an error beyond it, and where there are none.
    pub fn bytes(&self, version: &Revision, longest: u64) -> io::Result<Vec<u8>> {
        match &version.words {
            Words::At(path) => self.bounded(path, longest),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
