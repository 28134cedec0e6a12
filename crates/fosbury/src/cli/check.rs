//! `fosbury check`: does everything fit together? And `fosbury demo remove`.

use clap::{Args, Subcommand};
use index::{Index, Vocabulary};

use super::{Outcome, opening, say};
use crate::interchange::refused::{MEND, failed};
use crate::interchange::soundness::{self, Report};
use crate::interchange::store;
use crate::search::documents::ChangeLog;
use crate::search::{VOCABULARY, store as search_store};
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

/// Checks everything that must fit together, and the index.
pub async fn run(settings: Settings, check: &Check) -> Outcome {
    // Before anything opens the file, which leaves out what is not whole.
    if let Some(warning) = opening::log(&settings)? {
        return Err(warning);
    }
    let db = opening::database(&settings).await?;
    let mut report = soundness::look(&db, &settings.attachments_folder())
        .await
        .map_err(|refused| refused.to_string())?;
    if check.rebuild_index || check.erase {
        mend_index(&settings, &db, check).await?;
    }
    look_at_index(&settings, &db, &mut report).await?;
    for line in report.seen.iter().chain(&report.faults) {
        say(line);
    }
    if report.faults.is_empty() {
        return Ok(());
    }
    Err(format!(
        "Not everything fits together. {MEND} Or ask for help with this list."
    ))
}

/// Compares the index with what can be read; one that does not follow yet is no fault.
async fn look_at_index(settings: &Settings, db: &db::Db, report: &mut Report) -> Outcome {
    if !settings.index_folder().exists() {
        report
            .seen
            .push("The index is not here yet: a server makes it.".to_owned());
        return Ok(());
    }
    let told = |error: db::Error| failed(&error);
    let index = open_index(settings)?;
    let newest = search_store::newest(db).await.map_err(told)?;
    let (pages, documents) = (
        store::live_pages(db).await.map_err(told)?,
        index.documents(),
    );
    if index.position() < newest {
        report.seen.push(format!(
            "The index is behind: it has read {} of {newest} changes. A server catches up.",
            index.position()
        ));
    } else if documents == pages.unsigned_abs() {
        report
            .seen
            .push(format!("The index holds all {documents} pages."));
    } else {
        report.faults.push(format!(
            "the index holds {documents} pages, and {pages} can be read: make it anew with fosbury check --rebuild-index"
        ));
    }
    Ok(())
}

fn open_index(settings: &Settings) -> Result<Index, String> {
    let vocabulary = Vocabulary::parse(VOCABULARY).map_err(|error| error.to_string())?;
    Index::open(&settings.index_folder(), vocabulary).map_err(|error| {
        format!(
            "The index cannot be opened: {error}. Stop the server first: one program writes it."
        )
    })
}

async fn mend_index(settings: &Settings, db: &db::Db, check: &Check) -> Outcome {
    let index = open_index(settings)?;
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
