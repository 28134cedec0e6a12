//! What is known of a wiki's files before any of them is put on a page: what came, what can come, who
//! brought it there.

use std::collections::{BTreeMap, BTreeSet};

use db::Db;
use dokuwiki::read::{Media, Revision, Words};
use dokuwiki::{Change, MediaTarget};

use super::files::{Keeping, row_of};
use super::model::Line;
use super::store;
use super::there::There;
use crate::attachments::{store as attachments_store, store_versions};
use crate::time::Moment;

/// What of a wiki's files came before.
pub(super) struct Here {
    /// Numbers and places of what files are.
    pub files: BTreeMap<String, (i64, MediaTarget)>,
    /// Files that were taken off their pages or erased here.
    pub off: BTreeSet<String>,
    /// Which versions are noted, and whether their bytes came.
    versions: BTreeMap<(String, i64), bool>,
}

impl Here {
    /// What came of this wiki.
    pub async fn of(db: &Db, wiki: &str) -> db::Result<Self> {
        let (mut files, mut off) = (BTreeMap::new(), BTreeSet::new());
        for (file, number, address, is_picture, is_on) in store::files(db, wiki).await? {
            let target = MediaTarget {
                address,
                is_picture,
            };
            if is_on {
                files.insert(file, (number, target));
            } else {
                off.insert(file);
            }
        }
        let versions = store_versions::known(db, wiki).await?.into_iter();
        let versions = versions.map(|(file, second, has_bytes)| ((file, second), has_bytes));
        Ok(Self {
            files,
            off,
            versions: versions.collect(),
        })
    }

    /// Whether a version came, with its bytes if the wiki has them.
    pub fn has(&self, file: &str, one: &Revision) -> bool {
        let noted = self.versions.get(&(file.to_owned(), one.at));
        noted.is_some_and(|came| *came || !has_bytes(one))
    }

    /// Whether all of a file came. Where nobody says when it was changed, as in a fresh copy, the same
    /// bytes are no change.
    pub async fn has_all(
        &self,
        wiki: &dyn There,
        media: &Media,
        keeping: &Keeping<'_>,
    ) -> db::Result<bool> {
        let mut new = media
            .versions
            .iter()
            .filter(|one| !self.has(&media.id, one));
        let Some(first) = new.next() else {
            return Ok(true);
        };
        let is_guessed = first.change == Change::Outside && media.now() == Some(first);
        let Some((number, _)) = self.files.get(&media.id).filter(|_| is_guessed) else {
            return Ok(false);
        };
        let Ok(ready) = keeping.read(wiki, &media.id, first) else {
            return Ok(false);
        };
        let row = row_of(&ready, &media.id, false, keeping);
        attachments_store::is_of(keeping.db, *number, &row.sha256).await
    }
}

/// What a look tells of a file's history.
pub fn lines_of(media: &Media) -> Vec<Line> {
    let id = &media.id;
    let troubles = media.troubles.iter();
    let mut lines: Vec<Line> = troubles
        .map(|one| Line::of_trouble(id, &one.what))
        .collect();
    let has_bytes = media.versions.iter().any(has_bytes);
    let lost = media.versions.iter();
    let lost = lost.filter(|one| has_bytes && one.words == Words::Lost);
    lines.extend(lost.map(|one| {
        let at = Moment(one.at * 1_000).day_and_time();
        Line::new(id, "lost-file", &at)
    }));
    if media.now().is_none() {
        lines.push(Line::new(id, "deleted-file", &""));
    }
    lines
}

/// Whether the wiki has the bytes of a version.
pub fn has_bytes(version: &Revision) -> bool {
    matches!(version.words, Words::At(_))
}

/// Versions of a file that are no more what it is, and whose bytes are there.
pub fn older_of(media: &Media) -> usize {
    let whole = media.versions.iter().filter(|one| has_bytes(one)).count();
    whole - usize::from(media.now().is_some())
}

/// Full names by login: the wiki's own, and what pages remember of logins that are gone.
pub fn names_of(wiki: &dyn There, all: &[Media]) -> BTreeMap<String, String> {
    let mut names = wiki.names("", &mut Vec::new());
    let logins = all.iter().flat_map(|media| &media.versions);
    let mut logins = logins.map(|one| &one.login);
    if logins.any(|login| !login.is_empty() && !names.contains_key(login)) {
        for page in wiki.page_ids() {
            for (login, name) in wiki.names(&page, &mut Vec::new()) {
                names.entry(login).or_insert(name);
            }
        }
    }
    names
}
