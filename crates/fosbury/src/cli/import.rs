//! `fosbury import`: bringing something in.

use clap::Subcommand;

use super::{Outcome, import_organisations, import_site, import_wiki};
use crate::settings::Settings;
use crate::wikis::there::Kind;

/// What can be brought in.
#[derive(Subcommand)]
pub enum Import {
    /// Public bodies, from a list such as the open data set of the United Kingdom's authorities.
    Organisations(import_organisations::Organisations),
    /// A whole site from an export's folder, into a place where nothing was ever written.
    Site(import_site::Site),
    /// A DokuWiki: its folder, or an archive of it.
    Dokuwiki(import_wiki::Wiki),
    /// A MediaWiki: its dump in XML, also in gzip or bzip2.
    Mediawiki(import_wiki::Wiki),
    /// A folder of Markdown (Obsidian, mdBook, a wiki on GitHub), or an archive of it.
    Markdown(import_wiki::Wiki),
}

/// Brings it in.
pub async fn run(settings: Settings, import: Import) -> Outcome {
    match import {
        Import::Organisations(asked) => import_organisations::run(settings, &asked).await,
        Import::Site(asked) => import_site::run(settings, asked).await,
        Import::Dokuwiki(asked) => import_wiki::run(settings, &asked, Kind::Dokuwiki).await,
        Import::Mediawiki(asked) => import_wiki::run(settings, &asked, Kind::Mediawiki).await,
        Import::Markdown(asked) => import_wiki::run(settings, &asked, Kind::Markdown).await,
    }
}
