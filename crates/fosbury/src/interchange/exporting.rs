//! An export: a folder to read, keep and take elsewhere.

use std::fs::{self, File};
use std::io::{BufRead, BufReader, BufWriter, Lines, Read, Write};
use std::path::{Path, PathBuf};

use db::Db;
use serde::Deserialize;

use super::backups;
use super::carrying::{Contents, Outlet, Progress};
use super::files::{self, Fleeting, beside, folder_of};
use super::markdown::{self, About};
use super::model::{Heading, Manifest, What, is_safe_name};
use super::refused::{Told, at, said, waiting};
use crate::history::model::Parts;
use crate::look::store as look;
use crate::migrations::MIGRATIONS;
use crate::settings::{Settings, Site};
use crate::subjects::{SubjectRef, kind_called};
use crate::time::Moment;
use crate::words::Words;

/// Pages between two words about how far it is.
const TELL_EVERY: u64 = 5_000;

/// Writes an export into a folder that is not there yet, or empty.
pub async fn export(
    db: &Db,
    settings: &Settings,
    folder: &Path,
    now: Moment,
    progress: Progress<'_>,
) -> Told<Manifest> {
    refuse_filled(folder)?;
    backups::refuse_damaged(db).await?;
    let half = Fleeting::folder(beside(folder, ".partial"))?;
    let mut outlet = Folder {
        path: half.path().to_owned(),
        open: None,
    };
    let (schema, attachments) = (MIGRATIONS.schema(), settings.attachments_folder());
    let contents = Contents::of(db, &schema, &attachments).await?;
    let heading = Heading::new(What::Export, MIGRATIONS.newest(), now);
    let manifest = contents.carry(heading, &mut outlet, progress).await?;
    drop(contents);
    let site = look::site(db, &settings.site).await?;
    waiting(|| {
        let pages = pages(half.path(), progress)?;
        let words = readme(&site, now, pages, &manifest);
        files::write(&half.path().join("README.txt"), &words)?;
        if folder.exists() {
            fs::remove_dir(folder).map_err(at(folder))?;
        }
        half.keep_as(folder)
    })?;
    Ok(manifest)
}

fn refuse_filled(folder: &Path) -> Told<()> {
    let Ok(mut found) = fs::read_dir(folder) else {
        return files::refuse_existing(folder);
    };
    if found.next().is_some() {
        return said(format!(
            "{} is not empty: choose another folder, nothing was written.",
            folder.display()
        ));
    }
    Ok(())
}

/// A folder being filled.
struct Folder {
    path: PathBuf,
    open: Option<(String, BufWriter<File>)>,
}

impl Folder {
    fn table(&mut self, name: &str) -> Told<&mut BufWriter<File>> {
        let is_open = self.open.as_ref().is_some_and(|(open, _)| open == name);
        if !is_open {
            self.close()?;
            let path = self.path.join("tables").join(format!("{name}.jsonl"));
            self.open = Some((name.to_owned(), made(&path)?));
        }
        match &mut self.open {
            Some((_, file)) => Ok(file),
            None => said("No file is open."),
        }
    }

    fn close(&mut self) -> Told<()> {
        match self.open.take() {
            Some((_, file)) => Ok(file
                .into_inner()
                .map_err(std::io::IntoInnerError::into_error)?
                .sync_all()?),
            None => Ok(()),
        }
    }
}

fn made(path: &Path) -> Told<BufWriter<File>> {
    let folder = folder_of(path);
    fs::create_dir_all(&folder).map_err(at(&folder))?;
    Ok(BufWriter::new(File::create(path).map_err(at(path))?))
}

impl Outlet for Folder {
    fn heading(&mut self, _: &Heading) -> Told<()> {
        Ok(())
    }

    fn lines(&mut self, table: &str, lines: &str) -> Told<()> {
        Ok(self.table(table)?.write_all(lines.as_bytes())?)
    }

    fn file(&mut self, name: &str, _: u64, from: &mut dyn Read) -> Told<(u64, String)> {
        let path = self.path.join("attachments").join(name);
        let mut file = made(&path)?;
        let read = files::pass_on(from, &mut file)?;
        file.flush()?;
        Ok(read)
    }

    fn manifest(&mut self, manifest: &Manifest) -> Told<()> {
        self.close()?;
        let text = serde_json::to_string_pretty(manifest).map_err(std::io::Error::from)?;
        files::write(&self.path.join("manifest.json"), &(text + "\n"))
    }
}

/// A row of the table of records, as far as a file of a page needs it.
#[derive(Deserialize)]
struct RecordRow {
    id: String,
    kind: String,
    number: i64,
    slug: String,
    visibility: String,
    state: String,
    into_number: Option<i64>,
    head: i64,
    made_at: i64,
    changed_at: i64,
    is_unfinished: bool,
    licence: String,
    credit: String,
}

/// A row of the table of revisions, as far as a file of a page needs it.
#[derive(Deserialize)]
struct RevisionRow {
    record_id: String,
    seq: i64,
    parts: Option<String>,
    author_name: String,
}

/// Writes a file and a history for each page, from the tables just written; how many pages.
///
/// Both tables are in the order of the record's id, so each is read once, line by line.
fn pages(folder: &Path, progress: Progress<'_>) -> Told<u64> {
    let words = Words::english();
    let records = read_lines(&folder.join("tables/record.jsonl"))?;
    let mut revisions = Revisions {
        lines: read_lines(&folder.join("tables/revision.jsonl"))?,
        ahead: None,
    };
    let mut count = 0;
    for line in records {
        let record: RecordRow = row(&line?)?;
        let kind = kind_called(&record.kind);
        let place = match kind {
            Some(kind) => kind.plural(),
            None => &record.kind,
        };
        if !is_safe_name(place) {
            return said(format!("A page is of the kind {place:?}."));
        }
        let history = folder.join("history").join(place);
        let history = history.join(format!("{}.jsonl", record.number));
        let head = revisions.pass_on(&record, &history)?;
        if let (Some(kind), Some(head)) = (kind, head) {
            let path = folder.join(place).join(file_name(&record));
            let parts = head
                .parts
                .as_deref()
                .map(Parts::from_json)
                .unwrap_or_default();
            let about = about(&record, &head.author_name);
            let text = markdown::file(&words, kind, &about, &parts);
            let mut file = made(&path)?;
            file.write_all(text.as_bytes())
                .and_then(|()| file.flush())?;
        }
        count += 1;
        if count % TELL_EVERY == 0 {
            progress(format!("pages: {count} files so far"));
        }
    }
    progress(format!("pages: {count} files"));
    Ok(count)
}

fn file_name(record: &RecordRow) -> String {
    let with_words = format!("{}-{}.md", record.number, record.slug);
    if record.slug.is_empty() || !is_safe_name(&with_words) || with_words.contains('/') {
        format!("{}.md", record.number)
    } else {
        with_words
    }
}

fn about(record: &RecordRow, author: &str) -> About<'static> {
    let address = SubjectRef::new(&record.kind, record.number).address(&record.slug);
    let mut facts = vec![
        ("address", address),
        ("licence", record.licence.clone()),
        ("credit", record.credit.clone()),
        ("visibility", record.visibility.clone()),
        ("state", record.state.clone()),
        ("revision", record.head.to_string()),
        ("saved_by", author.to_owned()),
        ("written", Moment(record.made_at).iso()),
        ("changed", Moment(record.changed_at).iso()),
    ];
    if let Some(into) = record.into_number {
        facts.push(("merged_into", into.to_string()));
    }
    if record.is_unfinished {
        facts.push(("unfinished", "yes".to_owned()));
    }
    About {
        number: record.number,
        facts,
    }
}

fn read_lines(path: &Path) -> Told<Lines<BufReader<File>>> {
    if !path.exists() {
        made(path)?;
    }
    Ok(BufReader::new(File::open(path).map_err(at(path))?).lines())
}

fn row<T: serde::de::DeserializeOwned>(line: &str) -> Told<T> {
    Ok(serde_json::from_str(line).map_err(std::io::Error::from)?)
}

/// The table of revisions, read along with that of records.
struct Revisions {
    lines: Lines<BufReader<File>>,
    /// The first line of a record that comes later.
    ahead: Option<(RevisionRow, String)>,
}

impl Revisions {
    /// Copies a record's revisions into a file of their own; the one that is its head.
    fn pass_on(&mut self, record: &RecordRow, path: &Path) -> Told<Option<RevisionRow>> {
        let (mut head, mut file) = (None, None);
        while let Some((revision, line)) = self.next()? {
            if revision.record_id != record.id {
                self.ahead = Some((revision, line));
                break;
            }
            if file.is_none() {
                file = Some(made(path)?);
            }
            if let Some(file) = &mut file {
                writeln!(file, "{line}")?;
            }
            if revision.seq == record.head {
                head = Some(revision);
            }
        }
        if let Some(mut file) = file {
            file.flush()?;
        }
        Ok(head)
    }

    fn next(&mut self) -> Told<Option<(RevisionRow, String)>> {
        if let Some(ahead) = self.ahead.take() {
            return Ok(Some(ahead));
        }
        match self.lines.next() {
            Some(line) => {
                let line = line?;
                Ok(Some((row(&line)?, line)))
            }
            None => Ok(None),
        }
    }
}

fn readme(site: &Site, now: Moment, pages: u64, manifest: &Manifest) -> String {
    let people = manifest.tables.iter().find(|table| table.name == "person");
    let people = people.map_or(0, |table| table.rows);
    include_str!("readme.txt")
        .replace("{site}", &site.name)
        .replace("{day}", &now.day())
        .replace("{pages}", &pages.to_string())
        .replace("{people}", &people.to_string())
        .replace("{files}", &manifest.attachments.files.to_string())
        .replace("{licence}", &site.licence)
        .replace("{licence_url}", &site.licence_url)
        .replace("{credit}", &site.credit)
}
