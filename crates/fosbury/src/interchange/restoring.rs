//! Back into a place: first proved elsewhere, then moved in whole.

use std::path::Path;

use db::Db;

use super::archive::Lock;
use super::carrying::Progress;
use super::files::{self, beside, folder_of};
use super::in_use;
use super::refused::{Refused, Told, at, said};
use super::staging::Staged;
use super::{backups, erasures, store};
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

/// Refuses early where a place is in use, or where something is that must not be replaced.
pub async fn refuse_early(settings: &Settings, old: Old) -> Told<()> {
    drop(in_use::alone(&settings.data)?);
    if old == Old::PutAside || is_nothing_there(settings).await? {
        return Ok(());
    }
    said(
        "This place is not empty, and nothing was changed. Choose another --data folder and --database, or say --replace to put what is here aside.",
    )
}

async fn is_nothing_there(settings: &Settings) -> Told<bool> {
    if let Some(file) = db::file_of(&settings.database)
        && !file.exists()
    {
        return Ok(true);
    }
    let db = opened(settings).await?;
    Ok(match db::Migrations::version_of(&db).await? {
        0 => true,
        _ => store::is_empty(&db).await?,
    })
}

async fn opened(settings: &Settings) -> Told<Db> {
    Ok(Db::open(&settings.database).await?)
}

/// Moves what was staged to where these settings say, all of it or nothing.
pub async fn move_in(
    staged: Staged,
    settings: &Settings,
    old: Old,
    now: Moment,
    progress: Progress<'_>,
) -> Told<()> {
    let _alone = in_use::alone(&settings.data)?;
    refuse_filled(settings, old).await?;
    let aside = settings
        .data
        .join(format!("before-{}", now.iso().replace(':', "-")));
    match db::file_of(&settings.database) {
        Some(file) => {
            if old == Old::PutAside && file.exists() {
                keep_forgotten(settings).await;
                progress(format!(
                    "What was here is put aside in {}.",
                    aside.display()
                ));
            }
            into_file(staged, settings, file, old, &aside).await?;
        }
        None => into_server(staged, settings, old, &aside, now, progress).await?,
    }
    // It belongs to the old place; a server makes it anew.
    files::remove(&settings.index_folder());
    Ok(())
}

async fn refuse_filled(settings: &Settings, old: Old) -> Told<()> {
    if old == Old::MustBeNone && !is_nothing_there(settings).await? {
        return said("This place was filled meanwhile; nothing was changed.");
    }
    Ok(())
}

/// What was forgotten in the old place is remembered, if the old place can still be read.
pub async fn keep_forgotten(settings: &Settings) {
    if db::file_of(&settings.database).is_some_and(|file| !file.exists()) {
        return;
    }
    if let Ok(db) = opened(settings).await
        && let Err(error) = erasures::remember(&db, std::slice::from_ref(&settings.data)).await
    {
        tracing::warn!(%error, "The old place could not be asked what was erased in it");
    }
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
    match old {
        Old::PutAside => put_aside(file, aside)?,
        Old::MustBeNone => {
            for ending in ["", "-wal", "-shm"] {
                files::remove(&beside(file, ending));
            }
        }
    }
    put_attachments(&folder.path().join("attachments"), settings, aside)?;
    if let Err(error) = std::fs::rename(&near, file) {
        return said(format!(
            "{} could not be put in place ({error}); what was here is in {}.",
            near.display(),
            aside.display()
        ));
    }
    files::flush_folder_of(file)
}

/// Moves a database's file with what belongs to it.
fn put_aside(file: &Path, aside: &Path) -> Told<()> {
    for ending in ["", "-wal", "-shm"] {
        let part = beside(file, ending);
        if part.exists() {
            std::fs::create_dir_all(aside).map_err(at(aside))?;
            let name = part.file_name().unwrap_or_default();
            files::move_file(&part, &aside.join(name))?;
        }
    }
    Ok(())
}

fn put_attachments(new: &Path, settings: &Settings, aside: &Path) -> Told<()> {
    let own = settings.attachments_folder();
    if own.exists() {
        files::move_below(&own, &aside.join("attachments"))?;
        files::remove(&own);
    }
    files::move_below(new, &own)
}

async fn into_server(
    staged: Staged,
    settings: &Settings,
    old: Old,
    aside: &Path,
    now: Moment,
    progress: Progress<'_>,
) -> Told<()> {
    let to = opened(settings).await?;
    MIGRATIONS.run(&to, now.0).await?;
    if old == Old::PutAside && !store::is_empty(&to).await? {
        keep_forgotten(settings).await;
        let file = aside.join("place.tar.gz");
        let own = settings.attachments_folder();
        backups::make(&to, &own, &file, &Lock::Open, now, &mut |_| {}).await?;
        progress(format!("What was here is put aside in {}.", file.display()));
    }
    put_attachments(&staged.attachments(), settings, aside)?;
    db::copy_over(&staged.db, &to, &MIGRATIONS.schema())
        .await
        .map_err(|error| Refused::Said(format!("Nothing was written: {error}.")))?;
    Ok(())
}
