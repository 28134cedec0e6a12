//! What was erased stays erased: a list beside the database that outlives it, ids and times only.
//!
//! Each erasure and each departure is in the audit, in the same change. From there it is copied
//! into `erasures.jsonl`, in the data folder and beside the scheduled backups, so that an older
//! backup, once restored, forgets again what was forgotten since.

use std::collections::HashSet;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use db::Db;
use serde::{Deserialize, Serialize};

use super::refused::{Told, at, waiting};
use super::store;
use crate::history::model::{Parts, RecordId};
use crate::history::store as texts_store;
use crate::people::model::FORMER;
use crate::people::store as people_store;
use crate::subjects::kind_called;
use crate::time::{HOUR, Moment};
use crate::viewer::PersonId;

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
    /// A person who left.
    Person {
        /// Their id.
        person: String,
        /// When.
        at: i64,
    },
}

impl Forgotten {
    fn at(&self) -> i64 {
        match self {
            Self::Revision { at, .. } | Self::Person { at, .. } => *at,
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
    for (at, act, subject) in store::forgettings(db, since).await? {
        if act == "departure" {
            let person = subject;
            found.push(Forgotten::Person { person, at: at.0 });
            continue;
        }
        let words: Vec<&str> = subject.split(' ').collect();
        let [kind, number, "revision", seq] = words.as_slice() else {
            continue;
        };
        let (Ok(number), Ok(revision)) = (number.parse(), seq.parse()) else {
            continue;
        };
        if let Some(record) = store::record_called(db, kind, number).await? {
            let at = at.0;
            found.push(Forgotten::Revision {
                record,
                revision,
                at,
            });
        }
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

/// Forgets again, in one change; a line for each thing that an older copy still had.
pub async fn replay(db: &Db, list: &[Forgotten]) -> Told<Vec<String>> {
    let mut told = Vec::new();
    let tx = db.begin().await?;
    for one in list {
        let line = match one {
            Forgotten::Person { person, at } => leave(&tx, person, Moment(*at)).await?,
            Forgotten::Revision {
                record,
                revision,
                at,
            } => erase(&tx, record, *revision, Moment(*at)).await?,
        };
        told.extend(line);
    }
    tx.commit().await?;
    Ok(told)
}

async fn leave(tx: &db::Tx, person: &str, at: Moment) -> db::Result<Option<String>> {
    let id = PersonId(person.to_owned());
    if people_store::person(tx, &id).await?.is_none() {
        return Ok(None);
    }
    people_store::depart(tx, &id, FORMER, at).await?;
    Ok(Some(format!(
        "somebody who left on {} left again",
        at.day()
    )))
}

async fn erase(tx: &db::Tx, record: &str, seq: i64, erased: Moment) -> db::Result<Option<String>> {
    let id = RecordId(record.to_owned());
    if !store::erase_again(tx, &id, seq, erased).await? {
        return Ok(None);
    }
    let Some(record) = texts_store::record_by_id(tx, &id).await? else {
        return Ok(None);
    };
    let called = format!("{} {}", record.kind, record.number);
    if seq != record.head {
        return Ok(Some(format!("revision {seq} of {called} was erased again")));
    }
    // In the copy it was the newest: the page has nothing left to show.
    store::delete_emptied(tx, &id).await?;
    texts_store::forget_words(tx, &id, &called).await?;
    texts_store::replace_links(tx, &id, &[], &[], &[]).await?;
    if let Some(kind) = kind_called(&record.kind) {
        kind.keep(tx, &id, record.number, &Parts::default()).await?;
    }
    texts_store::index_changed(tx, &id).await?;
    Ok(Some(format!(
        "revision {seq} of {called} was erased again; it was the page's newest in this backup, so the page is deleted"
    )))
}
