//! `fosbury export`: everything, in a folder to read, keep and take elsewhere.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::{Outcome, opening, say};
use crate::interchange::exporting;
use crate::settings::Settings;
use crate::time::Clock;
use crate::wikis::leaving;

/// Where to.
#[derive(Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Export {
    /// The folder to write, empty or not there yet.
    #[arg(value_name = "DIR", required = true)]
    folder: Option<PathBuf>,
    #[command(subcommand)]
    other: Option<Other>,
}

/// In which form, if not in our own.
#[derive(Subcommand)]
enum Other {
    /// As a `DokuWiki`: pages, their history and their files.
    Dokuwiki {
        /// The folder to write, empty or not there yet.
        #[arg(value_name = "DIR")]
        folder: PathBuf,
    },
}

/// Writes the folder.
pub async fn run(settings: Settings, export: &Export) -> Outcome {
    let db = opening::database(&settings).await?;
    if let Some(Other::Dokuwiki { folder }) = &export.other {
        return as_wiki(&db, &settings, folder).await;
    }
    let folder = export
        .folder
        .as_deref()
        .ok_or("Say which folder to write.")?;
    let now = Clock::Machine.now();
    let manifest = exporting::export(&db, &settings, folder, now, &mut |line| say(&line))
        .await
        .map_err(|refused| refused.to_string())?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(&format!(
        "Everything is in {}: {} tables, {rows} rows, {} attachments. Begin with README.txt.",
        folder.display(),
        manifest.tables.len(),
        manifest.attachments.files
    ));
    say("It is the owner's and whole: keep it as safe as the place itself.");
    Ok(())
}

async fn as_wiki(db: &db::Db, settings: &Settings, folder: &std::path::Path) -> Outcome {
    let left = leaving::leave(db, settings, folder)
        .await
        .map_err(|error| error.to_string())?;
    say(&format!(
        "A DokuWiki is in {}: {} pages, {} revisions, {} files, {} older versions of them. Put “data” and “conf” in the place of its own.",
        folder.display(),
        left.pages,
        left.revisions,
        left.files,
        left.older_files
    ));
    if left.erased > 0 {
        say(&format!(
            "{} revisions stay behind: their words were erased.",
            left.erased
        ));
    }
    say("It holds all pages, whoever may see them here: keep it as safe as the place itself.");
    Ok(())
}
