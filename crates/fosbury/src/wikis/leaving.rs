//! Everything as a `DokuWiki`: a folder that it serves with the same pages and the same history.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use db::Db;
use dokuwiki::id::{clean, to_path};
use flate2::Compression;
use flate2::write::GzEncoder;

use super::leaving_files::LeavingFiles;
use super::leaving_words::There;
use super::model::licence_there;
use super::store_leaving::{self as store, Leaving, Step};
use crate::attachments::files::Folder;
use crate::history::model::Parts;
use crate::look::store as look;
use crate::settings::{Settings, Site};
use crate::subjects::{kind_called, plural_of};
use crate::words::Words;

/// Revisions read at once.
const AT_ONCE: i64 = 20;

/// What left.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// Pages, deleted ones among them.
    pub pages: usize,
    /// Revisions of them all.
    pub revisions: usize,
    /// Files.
    pub files: usize,
    /// What they were before.
    pub older_files: usize,
    /// Revisions whose words were erased: they stay behind.
    pub erased: usize,
}

/// Why nothing left, or not all.
#[derive(Debug, thiserror::Error)]
pub enum CannotLeave {
    /// Something is there already.
    #[error("{0} is not empty: choose another folder, nothing was written.")]
    Filled(String),
    /// The database failed.
    #[error("The database failed: {0}.")]
    Database(#[from] db::Error),
    /// The disk failed.
    #[error("The folder cannot be written: {0}.")]
    Disk(#[from] io::Error),
}

/// Writes the folder: `data` and `conf`.
pub async fn leave(db: &Db, settings: &Settings, folder: &Path) -> Result<Left, CannotLeave> {
    if fs::read_dir(folder).is_ok_and(|mut found| found.next().is_some()) {
        return Err(CannotLeave::Filled(folder.display().to_string()));
    }
    let (mut records, files) = (store::records(db).await?, LeavingFiles::of(db).await?);
    // Of two wikis that came with a page of one name, the second's leaves under its words here.
    let mut taken = BTreeSet::new();
    for record in &mut records {
        record.page = record.page.take().filter(|page| taken.insert(page.clone()));
    }
    let mut there = There::default();
    for record in &records {
        let key = (record.kind.clone(), record.number);
        there.pages.insert(key, page_of(record));
    }
    there.files = files.ids();
    let mut left = Left::default();
    for record in &records {
        let page = page_of(record);
        let mut writer = Writer::new(folder, &page, &there, &record.kind);
        let mut after = 0;
        loop {
            let steps = store::steps(db, &record.id, after, AT_ONCE).await?;
            let Some(last) = steps.last() else { break };
            after = last.seq;
            for step in &steps {
                writer.write(step, &mut left)?;
            }
        }
        left.pages += usize::from(writer.finish()?);
    }
    files
        .write(db, &Folder::of(settings), folder, &mut left)
        .await?;
    let site = look::site(db, &settings.site).await?;
    configure(folder, &site, &records, &files)?;
    Ok(left)
}

/// The id of a record's page: that of the wiki it came from, else its own words.
fn page_of(record: &Leaving) -> String {
    let own = || {
        format!(
            "{}:{}-{}",
            plural_of(&record.kind),
            record.number,
            record.slug
        )
    };
    record.page.clone().unwrap_or_else(|| clean(&own()))
}

/// Writes one page, revision after revision.
struct Writer<'w> {
    data: PathBuf,
    page: &'w str,
    there: &'w There,
    kind: &'w str,
    words: Words,
    log: String,
    seconds: BTreeMap<i64, i64>,
    text: String,
    is_there: bool,
}

impl<'w> Writer<'w> {
    fn new(folder: &Path, page: &'w str, there: &'w There, kind: &'w str) -> Self {
        Self {
            data: folder.join("data"),
            page,
            there,
            kind,
            words: Words::english(),
            log: String::new(),
            seconds: BTreeMap::new(),
            text: String::new(),
            is_there: false,
        }
    }

    fn write(&mut self, step: &Step, left: &mut Left) -> io::Result<()> {
        let Some(parts) = &step.parts else {
            left.erased += 1;
            return Ok(());
        };
        let is_gone = matches!(step.act.as_str(), "delete" | "merge" | "turn");
        let text = match (&step.words, kind_called(self.kind)) {
            (Some(words), _) => words.clone(),
            // What a deletion leaves in the attic is what was there before.
            (None, _) if is_gone => self.text.clone(),
            (None, Some(kind)) => self.there.page(&self.words, kind, &Parts::from_json(parts)),
            (None, None) => return Ok(()),
        };
        // Two revisions of one second would be one file.
        let last = self
            .seconds
            .last_key_value()
            .map_or(0, |(_, second)| *second);
        let second = step.second.unwrap_or(step.at.0 / 1_000).max(last + 1);
        let attic = format!("attic/{}.{second}.txt.gz", to_path(self.page));
        let mut packed = GzEncoder::new(made(&self.data.join(attic))?, Compression::default());
        packed.write_all(text.as_bytes())?;
        packed.finish()?;
        self.note(step, second, &text, is_gone);
        self.seconds.insert(step.seq, second);
        self.text = text;
        self.is_there = !is_gone;
        left.revisions += 1;
        Ok(())
    }

    /// A line of the page's log. Who it was is their name; from where, nobody knows.
    fn note(&mut self, step: &Step, second: i64, text: &str, is_gone: bool) {
        let other = step.other_seq.and_then(|seq| self.seconds.get(&seq));
        let (sign, extra) = match (step.act.as_str(), other) {
            _ if is_gone => ("D", String::new()),
            ("restore", Some(other)) => ("R", other.to_string()),
            _ if !self.is_there => ("C", String::new()),
            _ if step.is_minor => ("e", String::new()),
            _ => ("E", String::new()),
        };
        let length = |text: &str| i64::try_from(text.len()).unwrap_or(0);
        let after = if is_gone { 0 } else { length(text) };
        let before = if self.is_there { length(&self.text) } else { 0 };
        let _ = writeln!(
            self.log,
            "{second}\t0.0.0.0\t{sign}\t{}\t{}\t{}\t{extra}\t{}",
            self.page,
            signed(&step.author),
            in_one_line(&step.summary),
            after - before
        );
    }

    /// Writes the log and, where the page is there still, its text; whether there was anything.
    fn finish(self) -> io::Result<bool> {
        let Some((_, second)) = self.seconds.last_key_value() else {
            return Ok(false);
        };
        let path = to_path(self.page);
        made(&self.data.join(format!("meta/{path}.changes")))?.write_all(self.log.as_bytes())?;
        if self.is_there {
            let mut file = made(&self.data.join(format!("pages/{path}.txt")))?;
            file.write_all(self.text.as_bytes())?;
            // A file that is younger than its log would be a change made outside the wiki.
            file.set_modified(
                UNIX_EPOCH + Duration::from_secs(u64::try_from(*second).unwrap_or(0)),
            )?;
        }
        Ok(true)
    }
}

/// Words for a column of a log.
pub(super) fn in_one_line(words: &str) -> String {
    words.replace(['\t', '\n', '\r'], " ")
}

/// Who it was, for a log; nothing for somebody without a name.
pub(super) fn signed(author: &str) -> String {
    if author == super::conversion::ANONYMOUS {
        String::new()
    } else {
        in_one_line(author)
    }
}

/// A new file, with the folders that lead to it.
pub(super) fn made(path: &Path) -> io::Result<File> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    File::create(path)
}

/// The wiki's own settings: its title, and what is not for everybody.
fn configure(
    folder: &Path,
    site: &Site,
    records: &[Leaving],
    files: &LeavingFiles,
) -> io::Result<()> {
    for empty in [
        "cache",
        "index",
        "locks",
        "log",
        "media",
        "media_attic",
        "media_meta",
        "tmp",
    ] {
        fs::create_dir_all(folder.join("data").join(empty))?;
    }
    let title = site.name.replace('\\', "\\\\").replace('\'', "\\'");
    // A wiki has one licence for all: where ours differ, it names none.
    let licences: BTreeSet<&str> = records.iter().map(|one| one.licence.as_str()).collect();
    let licence = match licences.into_iter().collect::<Vec<_>>().as_slice() {
        [only] => licence_there(only),
        _ => "",
    };
    let local = format!(
        "<?php\n$conf['title'] = '{title}';\n$conf['license'] = '{licence}';\n$conf['useacl'] = 1;\n"
    );
    made(&folder.join("conf/local.php"))?.write_all(local.as_bytes())?;
    made(&folder.join("conf/acl.auth.php"))?.write_all(rules(records, files).as_bytes())?;
    made(&folder.join("conf/users.auth.php"))?.write_all(b"# users.auth.php\n# <?php exit()?>\n")
}

/// Who may do what: pages one by one, files by their namespaces. A page for everybody says so where
/// files close the namespace around it.
fn rules(records: &[Leaving], files: &LeavingFiles) -> String {
    let closed = files.closed();
    let around = |of: &str| closed.get(of).copied().unwrap_or("public");
    let mut rules = "# acl.auth.php\n# <?php exit()?>\n".to_owned();
    let mut rule = |of: &str, to: &str, most: u8| {
        let (all, members) = match to {
            "public" => (1, most),
            "members" => (0, most),
            _ => (0, 0),
        };
        let _ = write!(rules, "{of}\t@ALL\t{all}\n{of}\t@user\t{members}\n");
    };
    rule("*", around(""), 8);
    let is_all_open = closed.values().all(|to| *to == "public");
    for (namespace, to) in closed.iter().filter(|(namespace, _)| !namespace.is_empty()) {
        if !is_all_open {
            rule(&format!("{namespace}:*"), to, 8);
        }
    }
    for record in records {
        if record.visibility != "public" || !is_all_open {
            rule(&page_of(record), &record.visibility, 2);
        }
    }
    rules
}
