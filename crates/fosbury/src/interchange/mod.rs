//! Taking everything away and bringing it back: exports, backups, and what stays forgotten.
//!
//! What comes back is **equal** when every table that is carried ([`model::is_carried`]) has as many
//! rows and the same SHA-256 of its lines, and the attachments have the same files. Lines are made
//! the same way from either database ([`db::TableColumns::line`], in the order of the primary key).
//! Only who is signed in, links that let somebody in, and letters that wait are not carried; an
//! export withholds the hashes of secrets, in the same words each time, so that it stays equal to
//! the export of what was imported from it.

pub mod archive;
pub mod backups;
pub mod bringing;
pub mod carrying;
pub mod erasures;
pub mod exporting;
pub mod files;
pub mod in_use;
pub mod markdown;
pub mod model;
pub mod pages;
pub mod reading;
pub mod refused;
pub mod replaying;
pub mod restoring;
pub mod scheduled;
pub mod soundness;
pub mod staging;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

use refused::Told;

/// The owner's pages.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Owner, "/place/backups", pages::page)
        .post(Access::Owner, "/place/backups", pages::make)
}

/// Writes down beside the database what was erased in it and who left.
pub async fn remember_forgotten(app: &App) -> Told<()> {
    let mut folders = vec![app.settings.data.clone()];
    folders.extend(
        app.settings
            .backup
            .as_ref()
            .map(|backup| backup.folder.clone()),
    );
    erasures::remember(&app.db, &folders).await
}

/// The same right after an erasure; what fails now is made up for within the hour.
pub async fn keep_forgotten(app: &App) {
    if let Err(error) = remember_forgotten(app).await {
        tracing::error!(%error, "An erasure could not be written down beside the database");
    }
}
