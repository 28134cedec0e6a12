//! `fosbury import site`: a whole site from an export.

use std::path::PathBuf;

use clap::Args;

use super::{Outcome, say, teller};
use crate::interchange::bringing;
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
    bringing::site(&settings, &asked.folder, Clock::Machine.now(), &teller())
        .await
        .map_err(|refused| format!("Nothing was imported. {refused}"))?;
    say(
        "People are here without their sign-ins: each signs in again by mail, or with a link from “fosbury people invite”.",
    );
    Ok(())
}
