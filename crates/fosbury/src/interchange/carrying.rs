//! Out of a place: every table and every attachment, as they were at one moment.

use std::fs::File;
use std::io::Read;
use std::path::Path;

use db::{Db, Schema, Snapshot, TableColumns, Value};

use super::files;
use super::model::{Carried, Heading, Manifest, Tally, What, is_carried, is_secret, withheld};
use super::refused::{Refused, Told, at, waiting};

/// Rows between two words about how far it is.
const TELL_EVERY: u64 = 20_000;

/// Where a place's contents go.
pub trait Outlet: Send {
    /// Takes what is said first.
    fn heading(&mut self, heading: &Heading) -> Told<()>;
    /// Takes some lines of a table.
    fn lines(&mut self, table: &str, lines: &str) -> Told<()>;
    /// Takes a file of so many bytes; what was really read of it: bytes and SHA-256.
    fn file(&mut self, name: &str, bytes: u64, from: &mut dyn Read) -> Told<(u64, String)>;
    /// Takes what is said last.
    fn manifest(&mut self, manifest: &Manifest) -> Told<()>;
}

/// Who hears how far it is.
pub type Progress<'p> = &'p mut (dyn FnMut(String) + Send);

/// The contents of a place at one moment.
pub struct Contents<'c> {
    snapshot: Snapshot,
    schema: &'c Schema,
    attachments: &'c Path,
}

impl<'c> Contents<'c> {
    /// What is committed now.
    pub async fn of(db: &Db, schema: &'c Schema, attachments: &'c Path) -> Told<Self> {
        let snapshot = db.snapshot().await?;
        Ok(Self {
            snapshot,
            schema,
            attachments,
        })
    }

    /// Carries everything out.
    pub async fn carry(
        &self,
        heading: Heading,
        outlet: &mut dyn Outlet,
        progress: Progress<'_>,
    ) -> Told<Manifest> {
        waiting(|| outlet.heading(&heading))?;
        let mut tables = Vec::new();
        for table in self
            .schema
            .carried()
            .filter(|table| is_carried(&table.name))
        {
            let is_open = heading.what == What::Backup;
            tables.push(self.carry_table(table, is_open, outlet, progress).await?);
        }
        let attachments = waiting(|| carry_files(self.attachments, outlet, progress))?.of_files();
        let manifest = Manifest {
            heading,
            tables,
            attachments,
        };
        waiting(|| outlet.manifest(&manifest))?;
        Ok(manifest)
    }

    async fn carry_table(
        &self,
        table: &TableColumns,
        is_open: bool,
        outlet: &mut dyn Outlet,
        progress: Progress<'_>,
    ) -> Told<Carried> {
        let (pages, mut arriving) = tokio::sync::mpsc::channel::<Vec<Vec<Value>>>(2);
        let secret: Vec<bool> = table.columns.iter().map(|name| is_secret(name)).collect();
        let mut tally = Tally::default();
        let reading = async { Ok(self.snapshot.read(table, pages).await?) };
        let writing = async {
            let mut rows = 0;
            while let Some(page) = arriving.recv().await {
                let mut lines = String::new();
                for mut row in page {
                    if !is_open {
                        withhold(&mut row, &secret);
                    }
                    let line = table.line(&row)? + "\n";
                    tally.line(&line);
                    lines.push_str(&line);
                    rows += 1;
                    if rows % TELL_EVERY == 0 {
                        progress(format!("{}: {rows} rows so far", table.name));
                    }
                }
                waiting(|| outlet.lines(&table.name, &lines))?;
            }
            progress(format!("{}: {rows} rows", table.name));
            Ok::<(), Refused>(())
        };
        tokio::try_join!(writing, reading)?;
        Ok(tally.of_table(&table.name))
    }

    /// Sends the rows of one table.
    pub async fn rows(&self, table: &str, pages: db::Pages) -> Told<()> {
        if let Some(table) = self.schema.by_name().get(table) {
            self.snapshot.read(table, pages).await?;
        }
        Ok(())
    }
}

fn withhold(row: &mut [Value], secret: &[bool]) {
    for (value, is_secret) in row.iter_mut().zip(secret) {
        if *is_secret {
            *value = withheld(value);
        }
    }
}

fn carry_files(folder: &Path, outlet: &mut dyn Outlet, progress: Progress<'_>) -> Told<Tally> {
    let (mut tally, mut files) = (Tally::default(), 0_u64);
    files::below(folder, &mut |name, path| {
        if !super::model::is_safe_name(name) {
            progress(format!("attachments/{name} is left out: not one of ours"));
            return Ok(());
        }
        let Ok(mut file) = File::open(path) else {
            // Erased since the names were read.
            return Ok(());
        };
        let bytes = file.metadata().map_err(at(path))?.len();
        let (bytes, sha256) = outlet.file(name, bytes, &mut file)?;
        tally.file(name, bytes, &sha256);
        files += 1;
        if files % 1_000 == 0 {
            progress(format!("attachments: {files} files so far"));
        }
        Ok(())
    })?;
    progress(format!("attachments: {files} files"));
    Ok(tally)
}
