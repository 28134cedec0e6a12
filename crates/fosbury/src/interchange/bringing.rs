//! Back again: a site from an export, a place from a backup, a backup proved.

use std::path::Path;
use std::sync::Arc;

use super::archive::Key;
use super::erasures::{self, Forgotten};
use super::model::What;
use super::refused::{Told, said};
use super::restoring::{self, Old};
use super::staging::{self, Staged, Teller};
use super::{backups, files, reading, soundness};
use crate::settings::Settings;
use crate::time::Moment;

/// Brings a whole site in from the folder that an export wrote; the place must be empty.
pub async fn site(settings: &Settings, folder: &Path, now: Moment, teller: &Teller) -> Told<()> {
    let _alone = restoring::refuse_early(settings, Old::MustBeNone).await?;
    let from = folder.to_owned();
    let read = move |staging: &mut staging::Staging| reading::export(&from, staging);
    let told = Arc::clone(teller);
    let staged = staging::stage(&settings.data, What::Export, now, told, read).await?;
    let report = soundness::look(&staged.db, &staged.attachments()).await?;
    for line in report.seen {
        teller(line);
    }
    if let Some(fault) = report.faults.first() {
        return said(format!("It does not fit together: {fault}."));
    }
    let rows: u64 = staged.manifest.tables.iter().map(|table| table.rows).sum();
    let files = staged.manifest.attachments.files;
    restoring::move_in(staged, settings, Old::MustBeNone, now, teller).await?;
    teller(format!(
        "The site is here: {rows} rows and {files} attachments, counted and compared by hash."
    ));
    Ok(())
}

/// Restores a backup into a temporary place and checks everything there.
pub async fn verify(
    settings: &Settings,
    file: &Path,
    key: Key,
    now: Moment,
    teller: &Teller,
) -> Told<()> {
    let lists = [settings.data.clone(), files::folder_of(file)];
    let forgotten = backups::forgotten_in(&lists);
    drop(proved(settings, file, key, &forgotten, now, teller).await?);
    backups::note_proof(file, now);
    Ok(())
}

/// Which backup, and what becomes of what is there.
pub struct Restore<'r> {
    /// The backup.
    pub file: &'r Path,
    /// What opens it.
    pub key: Key,
    /// What becomes of what is there already.
    pub old: Old,
    /// A list of erasures kept elsewhere; those in the data folder and beside the backup are
    /// read in any case.
    pub erasures: Option<&'r Path>,
}

/// Brings a backup back, without what was forgotten since.
pub async fn restore(
    settings: &Settings,
    asked: Restore<'_>,
    now: Moment,
    teller: &Teller,
) -> Told<()> {
    let _alone = restoring::refuse_early(settings, asked.old).await?;
    if let Err(refused) = restoring::keep_forgotten(settings).await {
        teller(format!(
            "What is here could not be asked what was erased in it; what was written down before counts. {refused}"
        ));
    }
    let lists = [settings.data.clone(), files::folder_of(asked.file)];
    let mut forgotten = backups::forgotten_in(&lists);
    if let Some(list) = asked.erasures {
        if !list.is_file() {
            return said(format!("There is no list at {}.", list.display()));
        }
        forgotten.extend(erasures::listed(list));
    }
    let staged = proved(settings, asked.file, asked.key, &forgotten, now, teller).await?;
    restoring::move_in(staged, settings, asked.old, now, teller).await
}

/// Reads a backup and refuses it where anything does not fit together.
async fn proved(
    settings: &Settings,
    file: &Path,
    key: Key,
    forgotten: &[Forgotten],
    now: Moment,
    teller: &Teller,
) -> Told<Staged> {
    let told = Arc::clone(teller);
    let (staged, report, replayed) =
        backups::proved(&settings.data, file, key, forgotten, now, told).await?;
    let heading = &staged.manifest.heading;
    teller(format!(
        "Made on {} by Fosbury {}, tables of version {}.",
        heading.made, heading.program, heading.schema
    ));
    for table in staged.manifest.tables.iter().filter(|table| table.rows > 0) {
        teller(format!("{}: {} rows", table.name, table.rows));
    }
    for line in replayed {
        teller(format!("Erased since the backup: {line}."));
    }
    let first = report.faults.first().cloned();
    for line in report.seen.into_iter().chain(report.faults) {
        teller(line);
    }
    match first {
        None => Ok(staged),
        Some(fault) => said(format!(
            "It does not fit together: {fault}. Use another backup."
        )),
    }
}
