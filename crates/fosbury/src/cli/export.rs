//! `fosbury export`: everything, in a folder to read, keep and take elsewhere.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, opening, say};
use crate::interchange::exporting;
use crate::settings::Settings;
use crate::time::Clock;

/// Where to.
#[derive(Args)]
pub struct Export {
    /// The folder to write, empty or not there yet.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Writes the folder.
pub async fn run(settings: Settings, export: &Export) -> Outcome {
    let db = opening::database(&settings).await?;
    let now = Clock::Machine.now();
    let manifest = exporting::export(&db, &settings, &export.folder, now, &mut |line| say(&line))
        .await
        .map_err(|refused| refused.to_string())?;
    let rows: u64 = manifest.tables.iter().map(|table| table.rows).sum();
    say(&format!(
        "Everything is in {}: {} tables, {rows} rows, {} attachments. Begin with README.txt.",
        export.folder.display(),
        manifest.tables.len(),
        manifest.attachments.files
    ));
    say("It is the owner's and whole: keep it as safe as the place itself.");
    Ok(())
}
