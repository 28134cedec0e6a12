//! Opening what commands work on: the database, brought up to date.

use db::Db;

use crate::migrations::MIGRATIONS;
use crate::settings::Settings;
use crate::time::Clock;

/// Opens the database of these settings and brings it up to date.
pub async fn database(settings: &Settings) -> Result<Db, String> {
    let db = at(&settings.database).await?;
    let now = Clock::Machine.now();
    MIGRATIONS
        .run(&db, now.0)
        .await
        .map_err(|error| format!("The database cannot be brought up to date: {error}."))?;
    Ok(db)
}

/// Opens the database at an address.
pub async fn at(address: &str) -> Result<Db, String> {
    Db::open(address).await.map_err(|error| {
        let shown = address.split('@').next_back().unwrap_or_default();
        format!("The database {shown} cannot be opened: {error}.")
    })
}
