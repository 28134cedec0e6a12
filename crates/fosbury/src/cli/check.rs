//! `fosbury check`: does everything fit together? And `fosbury demo remove`.

use clap::{Args, Subcommand};
use index::{Index, Vocabulary};

use super::{Outcome, opening, say};
use crate::attachments::files::Folder;
use crate::attachments::tidying as attachments;
use crate::history::chain::fault;
use crate::history::model::RecordId;
use crate::history::store_check;
use crate::search::VOCABULARY;
use crate::search::documents::ChangeLog;
use crate::settings::Settings;
use crate::starting::demo as invented;

/// What to check, and what to mend.
#[derive(Args)]
pub struct Check {
    /// Makes the index anew from the database.
    #[arg(long)]
    rebuild_index: bool,
    /// Rewrites the index's files now, so that what was deleted is gone from them.
    #[arg(long)]
    erase: bool,
}

/// What can be done with the invented county.
#[derive(Subcommand)]
pub enum Demo {
    /// Takes the invented county away for good.
    Remove,
}

/// Takes the invented county away.
pub async fn demo(settings: Settings, demo: &Demo) -> Outcome {
    let Demo::Remove = demo;
    let db = opening::database(&settings).await?;
    let removed = invented::remove(&db)
        .await
        .map_err(|error| error.to_string())?;
    say(&format!(
        "The invented county is gone: {removed} pages and its people."
    ));
    Ok(())
}

/// Checks every chain of revisions, every head, and the index.
pub async fn run(settings: Settings, check: &Check) -> Outcome {
    let db = opening::database(&settings).await?;
    let told = |error: db::Error| format!("The database failed: {error}.");
    let mut wrong = 0_u64;
    let records = store_check::records(&db).await.map_err(told)?;
    for (id, name, head) in &records {
        let links = store_check::chain(&db, &RecordId(id.clone()))
            .await
            .map_err(told)?;
        if let Some(fault) = fault(&links, *head) {
            say(&format!("{name}: {fault}"));
            wrong += 1;
        }
    }
    say(&format!(
        "{} pages checked, {wrong} with faults.",
        records.len()
    ));
    wrong += files(&settings, &db).await?;
    if check.rebuild_index || check.erase {
        mend_index(&settings, &db, check).await?;
    }
    if wrong > 0 {
        return Err(
            "Restore a backup from before the fault, or ask for help with this list.".to_owned(),
        );
    }
    Ok(())
}

/// Whether every file on a page is there, byte for byte.
async fn files(settings: &Settings, db: &db::Db) -> Result<u64, String> {
    let folder = Folder::of(settings);
    let (checked, faults) = attachments::faults(db, &folder)
        .await
        .map_err(|error| format!("The files could not be checked: {error}."))?;
    for fault in &faults {
        say(fault);
    }
    let wrong = faults.len();
    say(&format!(
        "{checked} files on pages checked, {wrong} with faults."
    ));
    Ok(u64::try_from(wrong).unwrap_or(u64::MAX))
}

async fn mend_index(settings: &Settings, db: &db::Db, check: &Check) -> Outcome {
    let vocabulary = Vocabulary::parse(VOCABULARY).map_err(|error| error.to_string())?;
    let index = Index::open(&settings.index_folder(), vocabulary).map_err(|error| {
        format!(
            "The index cannot be opened: {error}. Stop the server first: one program writes it."
        )
    })?;
    if check.rebuild_index {
        let log = ChangeLog(db.clone());
        index
            .rebuild(&log)
            .await
            .map_err(|error| error.to_string())?;
        say(&format!(
            "The index was made anew: {} pages.",
            index.documents()
        ));
    }
    if check.erase {
        let purged = index.purge_deleted().map_err(|error| error.to_string())?;
        say(&format!(
            "{} deleted pages are gone from the index's files.",
            purged.documents
        ));
    }
    Ok(())
}
