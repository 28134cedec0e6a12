//! `fosbury import site`: a whole site from an export.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, say};
use crate::interchange::model::What;
use crate::interchange::refused::Refused;
use crate::interchange::restoring::{self, Old};
use crate::interchange::{reading, soundness, staging};
use crate::settings::Settings;
use crate::time::Clock;

/// From where.
#[derive(Args)]
pub struct Site {
    /// The folder that `fosbury export` wrote.
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

/// Brings it in.
pub async fn run(settings: Settings, asked: Site) -> Outcome {
    site(settings, asked.folder)
        .await
        .map_err(|refused| format!("Nothing was imported. {refused}"))
}

async fn site(settings: Settings, folder: PathBuf) -> Result<(), Refused> {
    let _alone = restoring::refuse_early(&settings, Old::MustBeNone).await?;
    let now = Clock::Machine.now();
    let scratch = settings.data.clone();
    let read = move |staging: &mut staging::Staging| reading::export(&folder, staging);
    let teller = Box::new(|line: String| say(&line));
    let staged = staging::stage(&scratch, What::Export, now, teller, read).await?;
    let report = soundness::look(&staged.db, &staged.attachments()).await?;
    for line in &report.seen {
        say(line);
    }
    if let Some(fault) = report.faults.first() {
        return Err(Refused::Said(format!("It does not fit together: {fault}.")));
    }
    let rows: u64 = staged.manifest.tables.iter().map(|table| table.rows).sum();
    let files = staged.manifest.attachments.files;
    restoring::move_in(staged, &settings, Old::MustBeNone, now, &mut |line| {
        say(&line);
    })
    .await?;
    say(&format!(
        "The site is here: {rows} rows and {files} attachments, counted and compared by hash."
    ));
    say(
        "People are here without their sign-ins: each signs in again by mail, or with a link from “fosbury people invite”.",
    );
    Ok(())
}
