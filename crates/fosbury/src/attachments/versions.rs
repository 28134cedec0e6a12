//! What files were before, as the list of a page's files tells it.

use std::collections::BTreeMap;

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

    /// What it is called: by its newest bytes.
    pub fn name(&self) -> &str {
        let mut files = self.versions.iter().filter_map(|one| one.file.as_ref());
        files.next().map_or("", |file| &file.name)
    }
}

/// The histories that say more than that a file came, of files that are here to be seen.
pub fn histories(versions: Vec<Version>, files: &[Attachment]) -> Vec<History> {
    let here: BTreeMap<i64, &Attachment> = files.iter().map(|one| (one.number, one)).collect();
    let mut all: BTreeMap<(String, String), Vec<Shown>> = BTreeMap::new();
    for version in versions {
        let of = (version.wiki_id.clone(), version.file.clone());
        let file = version.attachment.and_then(|number| here.get(&number));
        let file = file.map(|file| (*file).clone());
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
