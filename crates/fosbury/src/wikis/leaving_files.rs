//! Files on their way out, as a `DokuWiki` keeps them: what each is, what it was, and its log.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::File;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use db::Db;
use dokuwiki::id::{clean, to_path};

use super::leaving::{Left, in_one_line, made, signed};
use super::store_leaving::{self as store, LeavingFile};
use crate::attachments::files::Folder;
use crate::attachments::store_versions;
use crate::attachments::versions::Version;

/// All files of this place, by the ids that they have there.
pub struct LeavingFiles {
    files: Vec<LeavingFile>,
    ids: BTreeMap<i64, String>,
}

impl LeavingFiles {
    /// Finds them all an id: that of the wiki they came from, else their own name.
    pub async fn of(db: &Db) -> db::Result<Self> {
        let files = store::files(db).await?;
        let wikis: BTreeSet<String> = store::dokuwikis(db)
            .await?
            .into_iter()
            .map(|row| row.0)
            .collect();
        let mut ids = BTreeMap::new();
        // What a file was has the id of what it is. Of two wikis that came with a file of one name, the
        // second's leaves under its own.
        let mut found: BTreeMap<(&str, &str), String> = BTreeMap::new();
        let mut taken = BTreeSet::new();
        let mut ordered: Vec<&LeavingFile> = files.iter().collect();
        ordered.sort_by_key(|one| (one.is_older, one.number));
        for one in ordered {
            let own = || own_id(one);
            let id = match (&one.wiki, &one.file) {
                (Some(wiki), Some(file)) => {
                    let known = found.entry((wiki, file));
                    let id = known.or_insert_with(|| {
                        let is_free = wikis.contains(wiki) && taken.insert(file);
                        if is_free { file.clone() } else { own() }
                    });
                    id.clone()
                }
                _ => own(),
            };
            ids.insert(one.number, id);
        }
        Ok(Self { files, ids })
    }

    /// Ids by numbers.
    pub fn ids(&self) -> BTreeMap<i64, String> {
        self.ids.clone()
    }

    /// Who may see the files of each namespace, where that is not everybody: a wiki gives rights to
    /// its files by namespaces alone, so that the file for the fewest decides.
    pub fn closed(&self) -> BTreeMap<String, &'static str> {
        let mut closed = BTreeMap::new();
        for one in &self.files {
            let Some(id) = self.ids.get(&one.number) else {
                continue;
            };
            let namespace = id.rsplit_once(':').map_or("", |(namespace, _)| namespace);
            let to = closed.entry(namespace.to_owned()).or_insert("public");
            *to = match (one.visibility.as_str(), *to) {
                ("public", to) => to,
                ("members", "public" | "members") => "members",
                _ => "few",
            };
        }
        closed
    }

    /// Writes them all.
    pub async fn write(
        &self,
        db: &Db,
        kept: &Folder,
        folder: &Path,
        left: &mut Left,
    ) -> Result<(), super::leaving::CannotLeave> {
        let by_number: BTreeMap<i64, &LeavingFile> =
            self.files.iter().map(|one| (one.number, one)).collect();
        let mut written = BTreeSet::new();
        for one in &self.files {
            let Some(id) = self.ids.get(&one.number) else {
                continue;
            };
            let versions = match (&one.wiki, &one.file) {
                (Some(wiki), Some(file)) => {
                    if !written.insert((wiki.clone(), file.clone())) {
                        continue;
                    }
                    store_versions::of_file(db, wiki, file).await?
                }
                _ => vec![by_hand(one)],
            };
            let mut writer = Writer {
                data: folder.join("data"),
                id,
                kept,
                log: String::new(),
                length: 0,
                seen: BTreeMap::new(),
            };
            for version in &versions {
                let number = version.attachment;
                let file = number.and_then(|number| by_number.get(&number));
                writer.write(version, file.copied(), left)?;
            }
            writer.finish()?;
        }
        Ok(())
    }
}

/// The id of a file that has none of a wiki's: files that are not for everybody have a namespace of their
/// own, so that they close no other.
fn own_id(one: &LeavingFile) -> String {
    let namespace = match one.visibility.as_str() {
        "public" => "files",
        "members" => "files:members",
        _ => "files:few",
    };
    clean(&format!("{namespace}:{}-{}", one.number, one.name))
}

/// What is told of a file that somebody brought here.
fn by_hand(one: &LeavingFile) -> Version {
    Version {
        wiki_id: String::new(),
        file: String::new(),
        second: one.at.0 / 1_000,
        act: "create".to_owned(),
        author: one.by.clone(),
        summary: String::new(),
        attachment: Some(one.number),
    }
}

/// Writes one file, version after version.
struct Writer<'w> {
    data: PathBuf,
    id: &'w str,
    kept: &'w Folder,
    log: String,
    length: u64,
    /// Seconds by hashes: what is brought back is what was there before.
    seen: BTreeMap<String, i64>,
}

impl Writer<'_> {
    fn write(
        &mut self,
        version: &Version,
        file: Option<&LeavingFile>,
        left: &mut Left,
    ) -> io::Result<()> {
        let second = version.second;
        let mut length = 0;
        if let Some(file) = file {
            let path = if file.is_older {
                left.older_files += 1;
                self.data.join("media_attic").join(self.older(second))
            } else {
                left.files += 1;
                self.data.join("media").join(to_path(self.id))
            };
            length = copied(self.kept, &file.sha256, &path, second)?;
        }
        let before = file.and_then(|file| self.seen.get(&file.sha256));
        let (sign, extra) = match version.act.as_str() {
            "delete" => ("D", String::new()),
            "restore" => match before {
                Some(before) => ("R", before.to_string()),
                None => ("E", String::new()),
            },
            "create" | "recover" => ("C", String::new()),
            _ => ("E", String::new()),
        };
        let _ = writeln!(
            self.log,
            "{second}\t0.0.0.0\t{sign}\t{}\t{}\t{}\t{extra}\t{}",
            self.id,
            signed(&version.author),
            in_one_line(&version.summary),
            i128::from(length) - i128::from(self.length)
        );
        self.length = length;
        if let Some(file) = file {
            self.seen.insert(file.sha256.clone(), second);
        }
        Ok(())
    }

    /// `ns/logo.1795320777.png`.
    fn older(&self, second: i64) -> String {
        let path = to_path(self.id);
        match path.rsplit_once('.') {
            Some((stem, ending)) => format!("{stem}.{second}.{ending}"),
            None => format!("{path}.{second}"),
        }
    }

    fn finish(self) -> io::Result<()> {
        let path = format!("media_meta/{}.changes", to_path(self.id));
        made(&self.data.join(path))?.write_all(self.log.as_bytes())
    }
}

fn copied(kept: &Folder, sha256: &str, path: &Path, second: i64) -> io::Result<u64> {
    let mut from = File::open(kept.path(sha256))?;
    let mut to = made(path)?;
    let length = io::copy(&mut from, &mut to)?;
    to.set_modified(UNIX_EPOCH + Duration::from_secs(second.unsigned_abs()))?;
    Ok(length)
}
