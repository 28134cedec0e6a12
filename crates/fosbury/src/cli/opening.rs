//! Opening what commands work on: the database, brought up to date.

use db::{Db, Migrations};

use super::say;
use crate::interchange::archive::Lock;
use crate::interchange::backups;
use crate::migrations::MIGRATIONS;
use crate::settings::Settings;
use crate::time::{Clock, Moment};

/// Opens the database of these settings and brings it up to date; before tables change, a backup
/// is made.
pub async fn database(settings: &Settings) -> Result<Db, String> {
    let db = at(&settings.database).await?;
    let now = Clock::Machine.now();
    back_up_first(&db, settings, now).await?;
    MIGRATIONS
        .run(&db, now.0)
        .await
        .map_err(|error| format!("The database cannot be brought up to date: {error}."))?;
    Ok(db)
}

/// Keeps what an older program wrote as it is, in case the newer one is not liked.
async fn back_up_first(db: &Db, settings: &Settings, now: Moment) -> Result<(), String> {
    let told = |error: db::Error| format!("The database failed: {error}.");
    let (found, newest) = (
        Migrations::version_of(db).await.map_err(told)?,
        MIGRATIONS.newest(),
    );
    if found == 0 || found >= newest {
        return Ok(());
    }
    let stamp = now.iso().replace(':', "-");
    let name = format!("before-version-{newest}-{stamp}.tar.gz");
    let path = settings.data.join("backups").join(name);
    say(&format!(
        "This place has tables of version {found}; version {newest} comes next. First a backup: {}",
        path.display()
    ));
    let (steps, own) = (MIGRATIONS.until(found), settings.attachments_folder());
    backups::make_of(db, &steps, &own, &path, &Lock::Open, now, &mut |_| {})
        .await
        .map_err(|refused| {
            format!("The backup before the upgrade failed, so nothing was changed. {refused}")
        })?;
    Ok(())
}

/// Opens the database at an address.
pub async fn at(address: &str) -> Result<Db, String> {
    Db::open(address).await.map_err(|error| {
        let shown = address.split('@').next_back().unwrap_or_default();
        format!("The database {shown} cannot be opened: {error}.")
    })
}
