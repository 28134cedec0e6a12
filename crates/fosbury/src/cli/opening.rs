//! Opening what commands work on: the database, brought up to date.

use db::{Db, Log, Migrations};

use super::say;
use crate::interchange::archive::Lock;
use crate::interchange::refused::{MEND, failed};
use crate::interchange::{backups, in_use};
use crate::migrations::MIGRATIONS;
use crate::settings::Settings;
use crate::time::{Clock, Moment};

/// Opens the database of these settings and brings it up to date; before tables change, a backup
/// is made.
pub async fn database(settings: &Settings) -> Result<Db, String> {
    in_use::refuse_broken_off(&settings.data).map_err(|refused| refused.to_string())?;
    if let Some(warning) = log(settings)? {
        say(&warning);
    }
    let db = at(&settings.database).await?;
    let now = Clock::Machine.now();
    back_up_first(&db, settings, now).await?;
    MIGRATIONS
        .run(&db, now.0)
        .await
        .map_err(|error| match error {
            db::Error::Damaged(_) => failed(&error),
            _ => format!("The database cannot be brought up to date: {error}."),
        })?;
    Ok(db)
}

/// Looks at what a crash left, while nobody else has the place open: refused where committed
/// changes are lost, a warning where the last one may be.
pub fn log(settings: &Settings) -> Result<Option<String>, String> {
    let Some(file) = db::file_of(&settings.database) else {
        return Ok(None);
    };
    let Ok(_alone) = in_use::alone(&settings.data) else {
        return Ok(None);
    };
    match db::log_of(&settings.database).map_err(|error| failed(&error))? {
        Log::Whole => Ok(None),
        Log::LastChange => Ok(Some(format!(
            "The last change before the crash is not whole and is left out. If the power did not fail, the disk may be damaged: look at what was saved last. {MEND}"
        ))),
        Log::Damaged => Err(format!(
            "Changes that were saved are damaged in {0}-wal, and would be lost without a word. {MEND} To go on without them, move {0}-wal away.",
            file.display()
        )),
    }
}

/// Keeps what an older program wrote as it is, in case the newer one is not liked.
async fn back_up_first(db: &Db, settings: &Settings, now: Moment) -> Result<(), String> {
    let told = |error: db::Error| failed(&error);
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
        let mend = match error {
            db::Error::Damaged(_) | db::Error::Statement(_) => MEND,
            _ => "",
        };
        let sentence = format!("The database {shown} cannot be opened: {error}. {mend}");
        sentence.trim_end().to_owned()
    })
}
