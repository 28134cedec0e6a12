//! Bringing lists of bodies in: whole or not at all, and again without change.

use std::collections::BTreeMap;

use db::{Db, Reads};

use super::model::Body;
use super::planning::{Files, Located, Plan, plan};
use super::store_import;
use crate::time::Moment;

/// Why nothing was imported.
#[derive(Debug)]
pub enum CannotImport {
    /// A file is no list at all.
    File(Located),
    /// The database said no.
    Database(db::Error),
}

impl From<db::Error> for CannotImport {
    fn from(error: db::Error) -> Self {
        Self::Database(error)
    }
}

/// What an import would do.
pub async fn look(db: &impl Reads, files: &Files, now: Moment) -> Result<Plan, CannotImport> {
    let known: BTreeMap<String, Body> = store_import::known(db).await?;
    plan(files, known, now).map_err(CannotImport::File)
}

/// Imports, in one change.
pub async fn run(db: &Db, files: &Files, now: Moment) -> Result<Plan, CannotImport> {
    let tx = db.begin().await?;
    let plan = look(&tx, files, now).await?;
    if plan.changes_something() {
        store_import::write(&tx, &plan).await?;
        tx.commit().await?;
    }
    Ok(plan)
}
