//! Into a place of its own first: everything that comes in is read, counted and checked there
//! before anything that is in use is touched.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use db::{Db, Schema, TableColumns, Tx};
use tokio::runtime::Handle;

use super::files::{self, Fleeting, folder_of};
use super::model::{Attached, Carried, Heading, Manifest, Tally, What, is_carried};
use super::refused::{Refused, Told, at, said};
use crate::migrations::MIGRATIONS;
use crate::time::{DAY, Moment};

/// Rows written at once.
const ROWS_AT_ONCE: usize = 500;
/// Rows between two words about how far it is.
const TELL_EVERY: u64 = 20_000;

/// What the names of such places begin with; their ids follow, and those with a time.
const INCOMING: &str = "incoming-";

/// Who hears how far it is.
pub type Teller = Arc<dyn Fn(String) + Send + Sync>;

/// What was read, in a place of its own that goes away unless it is moved to where it belongs.
pub struct Staged {
    /// Its database.
    pub db: Db,
    /// What it should hold, and does.
    pub manifest: Manifest,
    folder: Fleeting,
}

impl Staged {
    /// The file of its database.
    pub fn database_file(&self) -> PathBuf {
        self.folder.path().join("place.db")
    }

    /// Where its attachments are.
    pub fn attachments(&self) -> PathBuf {
        self.folder.path().join("attachments")
    }

    /// Its folder, once the database is closed and whole on the disk.
    pub async fn closed(self) -> Told<Fleeting> {
        self.db.settle().await?;
        Ok(self.folder)
    }
}

/// Reads something into a place of its own below `scratch`, on a thread that may wait.
pub async fn stage(
    scratch: &Path,
    expected: What,
    now: Moment,
    teller: Teller,
    read: impl FnOnce(&mut Staging) -> Told<Manifest> + Send + 'static,
) -> Told<Staged> {
    sweep(scratch, now);
    let name = format!("{INCOMING}{}", crate::ids::new_id(now));
    let folder = Fleeting::folder(scratch.join(name))?;
    let mut staging = Staging {
        folder,
        expected,
        now,
        handle: Handle::current(),
        teller,
        open: None,
    };
    let work = move || {
        let manifest = read(&mut staging)?;
        staging.finish(manifest)
    };
    match tokio::task::spawn_blocking(work).await {
        Ok(staged) => staged,
        Err(error) => said(format!("Reading broke off: {error}.")),
    }
}

/// Takes away what a program that was killed left a day ago or longer.
fn sweep(scratch: &Path, now: Moment) {
    for entry in fs::read_dir(scratch).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let id = name.to_str().and_then(|name| name.strip_prefix(INCOMING));
        let began = id.and_then(|id| i64::from_str_radix(id.get(..12)?, 16).ok());
        if began.is_some_and(|began| Moment(began).plus(DAY) < now) {
            files::remove(&entry.path());
        }
    }
}

/// A place being filled.
pub struct Staging {
    folder: Fleeting,
    expected: What,
    now: Moment,
    handle: Handle,
    teller: Teller,
    open: Option<Open>,
}

struct Open {
    heading: Heading,
    db: Db,
    tx: Tx,
    schema: Schema,
    tables: BTreeMap<String, Tally>,
    files: Tally,
}

impl Staging {
    /// Hears what is said first, and makes tables as they were then.
    pub fn heading(&mut self, heading: Heading) -> Told<()> {
        if let Some(refusal) = heading.refusal(self.expected, MIGRATIONS.newest()) {
            return said(refusal);
        }
        if self.open.is_some() {
            return said("It begins twice: this is not one of ours.");
        }
        let steps = MIGRATIONS.until(heading.schema);
        let address = format!("sqlite:{}", self.folder.path().join("place.db").display());
        let now = self.now.0;
        let (db, tx) = self.handle.block_on(async {
            let db = Db::open(&address).await?;
            steps.run(&db, now).await?;
            let tx = db.begin().await?;
            tx.references_wait().await?;
            Ok::<_, db::Error>((db, tx))
        })?;
        let schema = steps.schema();
        let tables = schema.carried().filter(|table| is_carried(&table.name));
        let tables = tables.map(|table| (table.name.clone(), Tally::default()));
        let tables = tables.collect();
        self.open = Some(Open {
            heading,
            db,
            tx,
            tables,
            schema,
            files: Tally::default(),
        });
        Ok(())
    }

    /// Takes some lines of a table.
    pub fn lines(&mut self, name: &str, lines: &str) -> Told<()> {
        let handle = self.handle.clone();
        let open = opened(&mut self.open)?;
        let by_name = open.schema.by_name();
        let (Some(table), Some(tally)) = (by_name.get(name), open.tables.get_mut(name)) else {
            return said(format!(
                "It holds a table {name}, which is not one of ours."
            ));
        };
        let mut rows = Vec::new();
        for line in lines.split_inclusive('\n') {
            if !line.ends_with('\n') {
                return said(format!("A line of {name} is cut off."));
            }
            tally.line(line);
            if tally.count() % TELL_EVERY == 0 {
                (self.teller)(format!("{name}: {} rows read so far", tally.count()));
            }
            rows.push(table.row(line.trim_end_matches('\n')).map_err(unreadable)?);
            if rows.len() == ROWS_AT_ONCE {
                write(&handle, &open.tx, table, std::mem::take(&mut rows))?;
            }
        }
        write(&handle, &open.tx, table, rows)
    }

    /// Takes a file of the attachments; the name is known to be safe.
    pub fn file(&mut self, name: &str, from: &mut dyn Read) -> Told<()> {
        let path = self.folder.path().join("attachments").join(name);
        let folder = folder_of(&path);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        let mut file = File::create_new(&path).map_err(at(&path))?;
        let (bytes, sha256) = files::pass_on(from, &mut file).map_err(broken)?;
        file.sync_all().map_err(at(&path))?;
        let files = &mut opened(&mut self.open)?.files;
        files.file(name, bytes, &sha256);
        if files.count() % 1_000 == 0 {
            (self.teller)(format!("attachments: {} files read so far", files.count()));
        }
        Ok(())
    }

    /// Compares what came with what was said, and brings the tables up to date.
    fn finish(self, manifest: Manifest) -> Told<Staged> {
        let Some(open) = self.open else {
            return said("There is nothing in it.");
        };
        let (schema, mut tables) = (open.schema, open.tables);
        let carried: Vec<Carried> = schema
            .carried()
            .filter_map(|table| Some(tables.remove(&table.name)?.of_table(&table.name)))
            .collect();
        compare(&open.heading, &carried, &open.files.of_files(), &manifest)?;
        let now = self.now.0;
        let db = self.handle.block_on(async {
            open.tx.references_hold().await?;
            open.tx.commit().await?;
            MIGRATIONS.run(&open.db, now).await?;
            Ok::<_, db::Error>(open.db)
        })?;
        Ok(Staged {
            db,
            manifest,
            folder: self.folder,
        })
    }
}

fn opened(open: &mut Option<Open>) -> Told<&mut Open> {
    match open {
        Some(open) => Ok(open),
        None => said("It does not begin as ours do."),
    }
}

fn write(handle: &Handle, tx: &Tx, table: &TableColumns, rows: Vec<Vec<db::Value>>) -> Told<()> {
    Ok(handle.block_on(tx.insert_into(table, rows))?)
}

fn compare(heading: &Heading, tables: &[Carried], files: &Attached, said_: &Manifest) -> Told<()> {
    if *heading != said_.heading {
        return said("Its beginning and its end do not belong together.");
    }
    for table in tables {
        let Some(expected) = said_.tables.iter().find(|known| known.name == table.name) else {
            return said(format!("The table {} is missing.", table.name));
        };
        if expected.rows != table.rows {
            return said(format!(
                "The table {} should have {} rows and has {}.",
                table.name, expected.rows, table.rows
            ));
        }
        if expected.sha256 != table.sha256 {
            return said(format!(
                "The table {} is not as it was written.",
                table.name
            ));
        }
    }
    if said_.tables.len() != tables.len() {
        return said("It says that it holds a table which is not there.");
    }
    if *files != said_.attachments {
        return said(format!(
            "The attachments are not as they were: {} files were written, {} are here, or one of them differs.",
            said_.attachments.files, files.files
        ));
    }
    Ok(())
}

fn unreadable(error: db::Error) -> Refused {
    match error {
        db::Error::Unexpected(what) => Refused::Said(format!("It is damaged: {what}.")),
        other => other.into(),
    }
}

/// Why reading broke off: a full disk, or damage.
#[expect(clippy::needless_pass_by_value, reason = "`map_err` gives it away")]
pub fn broken(error: std::io::Error) -> Refused {
    Refused::Said(match error.kind() {
        std::io::ErrorKind::StorageFull | std::io::ErrorKind::QuotaExceeded => {
            "There is no room left on the disk.".to_owned()
        }
        _ => format!("It is damaged or cut off: {error}."),
    })
}
