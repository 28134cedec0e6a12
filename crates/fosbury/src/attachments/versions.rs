//! What files were before, as the list of a page's files tells it.

use std::collections::{BTreeMap, BTreeSet};

use super::model::Attachment;
use crate::time::Moment;

/// What was done with a file in the wiki that it came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// The wiki.
    pub wiki_id: String,
    /// The file's id there.
    pub file: String,
    /// When, in seconds since 1970.
    pub second: i64,
    /// What was done, as histories say it.
    pub act: String,
    /// Who did it.
    pub author: String,
    /// Why.
    pub summary: String,
    /// The number of the file here that has the bytes.
    pub attachment: Option<i64>,
}

db::columns!(Version {
    wiki_id,
    file,
    second,
    act,
    author,
    summary,
    attachment,
});

impl Version {
    /// When.
    pub fn at(&self) -> Moment {
        Moment(self.second * 1_000)
    }
}

/// A version with its bytes, as far as they are here.
pub struct Shown {
    /// What was done.
    pub version: Version,
    /// What came of it.
    pub file: Option<Attachment>,
}

/// A file with all that it was.
pub struct History {
    /// Newest first.
    pub versions: Vec<Shown>,
}

impl History {
    /// The file as it is now, unless it is gone from its page or was deleted.
    pub fn now(&self) -> Option<&Attachment> {
        let mut files = self.versions.iter().filter_map(|one| one.file.as_ref());
        files.find(|file| !file.is_older)
    }

    /// Whether it was deleted where it came from.
    pub fn is_deleted(&self) -> bool {
        let newest = self.versions.first();
        newest.is_some_and(|one| one.version.act == "delete")
    }

    /// What it is called: by its newest bytes.
    pub fn name(&self) -> &str {
        let mut files = self.versions.iter().filter_map(|one| one.file.as_ref());
        files.next().map_or("", |file| &file.name)
    }
}

/// The histories that say more than that a file came, of files that are here to be seen. A reason is
/// told where what it is about is here, or was deleted.
pub fn histories(versions: Vec<Version>, files: &[Attachment]) -> Vec<History> {
    let here: BTreeMap<i64, &Attachment> = files.iter().map(|one| (one.number, one)).collect();
    let mut all: BTreeMap<(String, String), Vec<Shown>> = BTreeMap::new();
    for mut version in versions {
        let of = (version.wiki_id.clone(), version.file.clone());
        let file = version.attachment.and_then(|number| here.get(&number));
        let file = file.map(|file| (*file).clone());
        if file.is_none() && version.act != "delete" {
            version.summary.clear();
        }
        all.entry(of).or_default().push(Shown { version, file });
    }
    let mut histories: Vec<History> = all
        .into_values()
        .filter(|versions| versions.len() > 1)
        .filter(|versions| versions.iter().any(|one| one.file.is_some()))
        .map(|versions| History { versions })
        .collect();
    histories.sort_by_key(|one| one.now().map(|file| file.number));
    histories
}

/// Of files that were taken off their page those that come back by themselves, not with what they
/// became.
pub fn by_themselves(removed: Vec<Attachment>, versions: &[Version]) -> Vec<Attachment> {
    let of: BTreeMap<i64, (&str, &str)> = versions
        .iter()
        .filter_map(|one| Some((one.attachment?, (one.wiki_id.as_str(), one.file.as_str()))))
        .collect();
    let gone = |one: &Attachment| Some((*of.get(&one.number)?, one.removed_at?.0));
    let now = removed.iter().filter(|one| !one.is_older);
    let now: BTreeSet<_> = now.filter_map(gone).collect();
    let is_taken_along =
        |one: &Attachment| one.is_older && gone(one).is_some_and(|it| now.contains(&it));
    let by_themselves: Vec<bool> = removed.iter().map(|one| !is_taken_along(one)).collect();
    let all = removed.into_iter().zip(by_themselves);
    all.filter_map(|(one, is_offered)| is_offered.then_some(one))
        .collect()
}
