//! Back into a place: first proved elsewhere, then moved in whole.

use std::collections::BTreeSet;
use std::path::Path;

use db::Db;

use super::archive::Lock;
use super::files::{self, beside, folder_of};
use super::in_use::{self, InUse};
use super::refused::{Refused, Told, at, said};
use super::staging::{Staged, Teller};
use super::{backups, erasures};
use crate::migrations::MIGRATIONS;
use crate::settings::Settings;
use crate::time::Moment;

/// What becomes of what is there already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Old {
    /// There must be nothing.
    MustBeNone,
    /// It is put aside.
    PutAside,
}

/// Tables that fill by themselves, without anybody writing or joining.
const FILLED_BY_ITSELF: [&str; 3] = ["job", "schedule", "empty_search"];

/// What the names of a database's files end in.
const FILES: [&str; 3] = ["", "-wal", "-shm"];

/// Refuses early where a place is in use, or where something is that must not be replaced; nobody
/// else uses the place as long as the answer is held.
pub async fn refuse_early(settings: &Settings, old: Old) -> Told<InUse> {
    let alone = in_use::alone(&settings.data)?;
    if old == Old::PutAside || is_nothing_there(settings).await? {
        return Ok(alone);
    }
    said(
        "This place is not empty, and nothing was changed. Choose another --data folder and --database, or restore a backup with --replace to put what is here aside.",
    )
}

async fn is_nothing_there(settings: &Settings) -> Told<bool> {
    if let Some(file) = db::file_of(&settings.database)
        && !file.exists()
    {
        return Ok(true);
    }
    is_empty(&Db::open(&settings.database).await?).await
}

/// Whether nobody ever wrote or joined here.
async fn is_empty(db: &Db) -> Told<bool> {
    let found = db::Migrations::version_of(db).await?;
    let schema = MIGRATIONS.until(found).schema();
    for table in schema.carried() {
        let own = FILLED_BY_ITSELF.contains(&table.name.as_str());
        if found > 0 && !own && db.count(&schema, &table.name).await? > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Moves what was staged to where these settings say, all of it or nothing.
pub async fn move_in(
    staged: Staged,
    settings: &Settings,
    old: Old,
    now: Moment,
    teller: &Teller,
) -> Told<()> {
    let aside = settings
        .data
        .join(format!("before-{}", now.iso().replace(':', "-")));
    match db::file_of(&settings.database) {
        Some(file) => {
            if old == Old::PutAside && file.exists() {
                teller(format!(
                    "What was here is put aside in {}.",
                    aside.display()
                ));
            }
            into_file(staged, settings, file, old, &aside).await?;
        }
        None => into_server(staged, settings, old, &aside, now, teller).await?,
    }
    // It belongs to the old place; a server makes it anew.
    files::remove(&settings.index_folder());
    Ok(())
}

/// What was forgotten in the old place is remembered, if the old place can still be read.
pub async fn keep_forgotten(settings: &Settings) -> Told<()> {
    if db::file_of(&settings.database).is_some_and(|file| !file.exists()) {
        return Ok(());
    }
    if db::log_of(&settings.database)? != db::Log::Whole {
        return said("Its log of changes is damaged.");
    }
    let db = Db::open(&settings.database).await?;
    if db::Migrations::version_of(&db).await? < MIGRATIONS.newest() {
        return Ok(());
    }
    erasures::remember(&db, std::slice::from_ref(&settings.data)).await
}

async fn into_file(
    staged: Staged,
    settings: &Settings,
    file: &Path,
    old: Old,
    aside: &Path,
) -> Told<()> {
    let new = staged.database_file();
    let folder = staged.closed().await?;
    let parent = folder_of(file);
    std::fs::create_dir_all(&parent).map_err(at(&parent))?;
    let near = beside(file, ".incoming");
    files::move_file(&new, &near)?;
    in_use::exchange_begins(&settings.data, aside)?;
    let exchange = || {
        match old {
            Old::PutAside => put_aside(file, aside)?,
            Old::MustBeNone => FILES
                .iter()
                .for_each(|end| files::remove(&beside(file, end))),
        }
        let own = settings.attachments_folder();
        files::move_below(&own, &aside.join("attachments"))?;
        files::move_below(&folder.path().join("attachments"), &own)?;
        std::fs::rename(&near, file).map_err(at(file))?;
        files::flush_folder_of(file)
    };
    if let Err(refused) = exchange() {
        return said(format!(
            "It broke off half-way: {refused} Restore again with --replace; what was here is in {}.",
            aside.display()
        ));
    }
    in_use::exchange_ends(&settings.data);
    Ok(())
}

/// Moves a database's file with what belongs to it.
fn put_aside(file: &Path, aside: &Path) -> Told<()> {
    for ending in FILES {
        let part = beside(file, ending);
        if part.exists() {
            std::fs::create_dir_all(aside).map_err(at(aside))?;
            let name = part.file_name().unwrap_or_default();
            files::move_file(&part, &aside.join(name))?;
        }
    }
    Ok(())
}

async fn into_server(
    staged: Staged,
    settings: &Settings,
    old: Old,
    aside: &Path,
    now: Moment,
    teller: &Teller,
) -> Told<()> {
    let to = Db::open(&settings.database).await?;
    MIGRATIONS.run(&to, now.0).await?;
    if old == Old::PutAside && !is_empty(&to).await? {
        let file = aside.join("place.tar.gz");
        let own = settings.attachments_folder();
        backups::make(&to, &own, &file, &Lock::Open, now, &mut |_| {}).await?;
        teller(format!("What was here is put aside in {}.", file.display()));
    }
    // First the files: they are named by their contents, and more than are needed do no harm.
    let (mut names, own) = (BTreeSet::new(), settings.attachments_folder());
    files::below(&staged.attachments(), &mut |name, _| {
        names.insert(name.to_owned());
        Ok(())
    })?;
    files::move_below(&staged.attachments(), &own)?;
    db::copy_over(&staged.db, &to, &MIGRATIONS.schema())
        .await
        .map_err(|error| {
            Refused::Said(format!(
                "The database is as it was, nothing was written: {error}."
            ))
        })?;
    files::below(&own, &mut |name, path| {
        if !names.contains(name) {
            files::remove(path);
        }
        Ok(())
    })
}
