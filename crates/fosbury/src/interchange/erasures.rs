//! What was erased stays erased: a list beside the database that outlives it, ids and times only.
//!
//! Each erasure and each departure leaves its trace in the database, in the same change. From
//! there it is copied into `erasures.jsonl`, in the data folder and beside the scheduled backups,
//! so that an older backup, once restored, forgets again what was forgotten since.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use db::Db;
use serde::{Deserialize, Serialize};

use super::refused::{Told, at, waiting};
use super::store;
use crate::sessions::after::store as after_store;
use crate::sessions::store_captures;
use crate::time::{HOUR, Moment};
use crate::trials::store_versions;

/// The list's name in each folder.
pub const LIST: &str = "erasures.jsonl";
/// Changes are written down in the order of their commits, which is nearly that of their times.
const OVERLAP: i64 = HOUR;

/// Something that must stay forgotten.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(tag = "forgotten", rename_all = "lowercase")]
pub enum Forgotten {
    /// The words of a revision.
    Revision {
        /// Of which record, by its id.
        record: String,
        /// The revision's number.
        revision: i64,
        /// When.
        at: i64,
    },
    /// What a version of a trial said.
    Version {
        /// Of which trial, by its id.
        trial: String,
        /// The version's number.
        version: i64,
        /// When.
        at: i64,
    },
    /// A trial that was taken back.
    Trial {
        /// Its id.
        trial: String,
        /// When.
        at: i64,
    },
    /// A person who left.
    Person {
        /// Their id.
        person: String,
        /// When.
        at: i64,
    },
    /// The words of a comment, and whose they were.
    Comment {
        /// Its id.
        comment: String,
        /// When.
        at: i64,
    },
    /// The words of a line of notes, and whose they were.
    Line {
        /// Of which session, by its id.
        session: String,
        /// The line's id.
        line: String,
        /// When.
        at: i64,
    },
    /// A tip, an outcome or an action of a session, and whose it was.
    Told {
        /// Its id.
        told: String,
        /// When.
        at: i64,
    },
    /// A file on a page.
    File {
        /// The id of its row.
        file: String,
        /// When.
        at: i64,
    },
}

impl Forgotten {
    fn at(&self) -> i64 {
        match self {
            Self::Revision { at, .. }
            | Self::Version { at, .. }
            | Self::Trial { at, .. }
            | Self::Person { at, .. }
            | Self::Comment { at, .. }
            | Self::Line { at, .. }
            | Self::Told { at, .. }
            | Self::File { at, .. } => *at,
        }
    }
}

/// Copies what the audit says was forgotten into the lists in these folders.
pub async fn remember(db: &Db, folders: &[PathBuf]) -> Told<()> {
    for folder in folders {
        let path = folder.join(LIST);
        let mut list = waiting(|| List::open(&path))?;
        let newest = list.known.iter().map(Forgotten::at).max().unwrap_or(0);
        let found = forgotten_since(db, Moment(newest).plus(-OVERLAP)).await?;
        waiting(|| list.add(found, &path))?;
    }
    Ok(())
}

async fn forgotten_since(db: &Db, since: Moment) -> Told<Vec<Forgotten>> {
    let mut found = Vec::new();
    for (record, revision, at) in store::erased_revisions(db, since).await? {
        let at = at.0;
        found.push(Forgotten::Revision {
            record,
            revision,
            at,
        });
    }
    for (trial, version, at) in store_versions::erased_since(db, since).await? {
        let at = at.0;
        found.push(Forgotten::Version { trial, version, at });
    }
    for (trial, at) in store::trials_taken_back(db, since).await? {
        found.push(Forgotten::Trial { trial, at: at.0 });
    }
    for (person, at) in store::departures(db, since).await? {
        found.push(Forgotten::Person { person, at: at.0 });
    }
    for (comment, at) in store::erased_comments(db, since).await? {
        found.push(Forgotten::Comment { comment, at: at.0 });
    }
    for (session, line, at) in store_captures::erased_since(db, since).await? {
        let at = at.0;
        found.push(Forgotten::Line { session, line, at });
    }
    for (told, at) in after_store::erased_since(db, since).await? {
        found.push(Forgotten::Told { told, at: at.0 });
    }
    for (file, at) in store::erased_files(db, since).await? {
        found.push(Forgotten::File { file, at: at.0 });
    }
    Ok(found)
}

/// A list, held so that no other program writes it meanwhile.
struct List {
    file: File,
    known: HashSet<Forgotten>,
}

impl List {
    fn open(path: &Path) -> Told<Self> {
        let folder = super::files::folder_of(path);
        std::fs::create_dir_all(&folder).map_err(at(&folder))?;
        let file = OpenOptions::new()
            .create(true)
            .append(true)
            .read(true)
            .open(path)
            .map_err(at(path))?;
        file.lock().map_err(at(path))?;
        let known = lines(&file).into_iter().collect();
        Ok(Self { file, known })
    }

    fn add(&mut self, found: Vec<Forgotten>, path: &Path) -> Told<()> {
        let mut new = String::new();
        for one in found {
            if !self.known.contains(&one) {
                new.push_str(&serde_json::to_string(&one).map_err(std::io::Error::from)?);
                new.push('\n');
                self.known.insert(one);
            }
        }
        if new.is_empty() {
            return Ok(());
        }
        self.file
            .write_all(new.as_bytes())
            .and_then(|()| self.file.sync_all())
            .map_err(at(path))
    }
}

/// The list at a path, oldest first; a line that was cut off says nothing.
pub fn listed(path: &Path) -> Vec<Forgotten> {
    let mut found = File::open(path)
        .map(|file| lines(&file))
        .unwrap_or_default();
    found.sort_by_key(Forgotten::at);
    found
}

fn lines(file: &File) -> Vec<Forgotten> {
    let lines = BufReader::new(file).lines().map_while(Result::ok);
    lines
        .filter_map(|line| serde_json::from_str(&line).ok())
        .collect()
}
