//! `fosbury import`: bringing something in.

use clap::Subcommand;

use super::{Outcome, import_organisations, import_site, import_wiki};
use crate::settings::Settings;

/// What can be brought in.
#[derive(Subcommand)]
pub enum Import {
    /// Public bodies, from a list such as the open data set of the United Kingdom's authorities.
    Organisations(import_organisations::Organisations),
    /// A whole site from an export's folder, into a place where nothing was ever written.
    Site(import_site::Site),
    /// A DokuWiki: its folder, or an archive of it.
    Dokuwiki(import_wiki::Dokuwiki),
}

/// Brings it in.
pub async fn run(settings: Settings, import: Import) -> Outcome {
    match import {
        Import::Organisations(asked) => import_organisations::run(settings, &asked).await,
        Import::Site(asked) => import_site::run(settings, asked).await,
        Import::Dokuwiki(asked) => import_wiki::run(settings, &asked).await,
    }
}
