//! Backups: made while the place is in use, proved by restoring them into a place of their own.

use std::path::{Path, PathBuf};

use db::{Db, Migrations};

use super::archive::{Key, Lock, Packing};
use super::carrying::{Contents, Progress};
use super::erasures::{self, Forgotten};
use super::model::{Heading, Manifest, What};
use super::refused::{MEND, Told, at, said, waiting};
use super::replaying::replay;
use super::soundness::{self, Report};
use super::staging::{Staged, Teller, stage};
use super::{files, reading};
use crate::migrations::MIGRATIONS;
use crate::time::Moment;

/// Makes a backup of what is committed now, at `path`, where nothing may be yet.
pub async fn make(
    db: &Db,
    attachments: &Path,
    path: &Path,
    lock: &Lock,
    now: Moment,
    progress: Progress<'_>,
) -> Told<Manifest> {
    make_of(db, &MIGRATIONS, attachments, path, lock, now, progress).await
}

/// Makes a backup of a database that an older program wrote.
pub async fn make_of(
    db: &Db,
    steps: &Migrations,
    attachments: &Path,
    path: &Path,
    lock: &Lock,
    now: Moment,
    progress: Progress<'_>,
) -> Told<Manifest> {
    let folder = files::folder_of(path);
    waiting(|| std::fs::create_dir_all(&folder)).map_err(at(&folder))?;
    refuse_damaged(db).await?;
    let schema = steps.schema();
    let mut packing = waiting(|| Packing::begin(path, lock))?;
    let contents = Contents::of(db, &schema, attachments).await?;
    let heading = Heading::new(What::Backup, steps.newest(), now);
    let manifest = contents.carry(heading, &mut packing, progress).await?;
    drop(contents);
    waiting(|| packing.finish(path))?;
    Ok(manifest)
}

/// Refuses to carry what a damaged file says: rows may be missing from it unseen.
pub async fn refuse_damaged(db: &Db) -> Told<()> {
    match db.damage().await?.first() {
        Some(damage) => said(format!("The database is damaged: {damage}. {MEND}")),
        None => Ok(()),
    }
}

/// Reads a backup into a place of its own, forgets there what was forgotten since, and looks at
/// all of it; a line for each thing that was forgotten again.
pub async fn proved(
    scratch: &Path,
    path: &Path,
    key: Key,
    forgotten: &[Forgotten],
    now: Moment,
    teller: Teller,
) -> Told<(Staged, Report, Vec<String>)> {
    let from = path.to_owned();
    let staged = stage(scratch, What::Backup, now, teller, move |staging| {
        reading::backup(&from, &key, staging)
    })
    .await?;
    let replayed = replay(&staged.db, &staged.attachments(), forgotten).await?;
    let report = soundness::look(&staged.db, &staged.attachments()).await?;
    Ok((staged, report, replayed))
}

/// What the lists in these folders say was forgotten.
pub fn forgotten_in(folders: &[PathBuf]) -> Vec<Forgotten> {
    let lists = folders.iter().map(|folder| folder.join(erasures::LIST));
    lists.flat_map(|list| erasures::listed(&list)).collect()
}

/// What stands beside a backup once it was proved.
pub const PROOF: &str = ".verified";

/// Notes beside a backup that it was proved, where that folder can be written.
pub fn note_proof(path: &Path, now: Moment) {
    let size = std::fs::metadata(path).map_or(0, |about| about.len());
    let words = format!("{} {size}\n", now.0);
    if let Err(error) = files::write(&files::beside(path, PROOF), &words) {
        tracing::info!(%error, "That a backup was verified could not be noted beside it");
    }
}
