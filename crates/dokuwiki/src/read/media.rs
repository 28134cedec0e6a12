//! A file of the wiki with what it was before.

use std::collections::BTreeSet;
use std::io;

use super::page::outside;
use super::trouble::Trouble;
use super::wiki::Wiki;
use super::{Change, Revision, Words};

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
    /// The wiki's files, those that are deleted and left something behind as well.
    #[must_use]
    pub fn media(&self) -> Vec<Media> {
        let ids: BTreeSet<&String> = self.media.keys().chain(self.media_attic.keys()).collect();
        ids.into_iter().map(|id| self.media_of(id)).collect()
    }

    /// Unlike the attic of pages, that of files holds what a file was before and never what it is.
    fn media_of(&self, id: &str) -> Media {
        let mut troubles = Vec::new();
        let rows = self.rows(id, self.media_logs.get(id), &mut troubles);
        let (old, now) = (self.media_attic.get(id), self.media.get(id));
        let at_end = rows.last().map(|row| row.at);
        let mut versions: Vec<Revision> = Vec::new();
        for row in rows {
            let is_last = at_end == Some(row.at);
            let words = match (row.change, now, old.and_then(|old| old.get(&row.at))) {
                (Change::Deleted, _, _) => Words::None,
                (_, Some((path, _)), _) if is_last => Words::At(path.clone()),
                (_, _, Some(path)) => Words::At(path.clone()),
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

    /// The bytes of a version of a file, up to a length; an error beyond it, and where there are none.
    pub fn bytes(&self, version: &Revision, longest: u64) -> io::Result<Vec<u8>> {
        match &version.words {
            Words::At(path) => self.bounded(path, longest),
            _ => Err(io::ErrorKind::NotFound.into()),
        }
    }
}
