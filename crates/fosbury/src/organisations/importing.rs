//! Bringing lists of bodies in: whole or not at all, and again without change.

use db::{Db, Reads, Tx};

use super::planning::{Files, Located, Plan, plan};
use super::{store_import, store_members};
use crate::ids::new_id;
use crate::people::audit;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Indexes again what names a body that goes by another name now; its body is the id as JSON.
pub const RENAMED: &str = "body-renamed";

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

/// What an import would do. Comparing takes a while, and nobody else waits for it.
pub async fn look(db: &impl Reads, files: Files, now: Moment) -> Result<Plan, CannotImport> {
    let known = store_import::known(db).await?;
    let compared = tokio::task::spawn_blocking(move || plan(&files, known, now)).await;
    let compared = compared.map_err(|error| db::Error::Unexpected(error.to_string()))?;
    compared.map_err(CannotImport::File)
}

/// Imports within a change that somebody else ends.
pub async fn write(
    tx: &Tx,
    files: Files,
    name: &str,
    by: Option<&PersonId>,
    now: Moment,
) -> Result<Plan, CannotImport> {
    store_import::alone(tx).await?;
    let figures = files.figures.as_ref().map(|(name, _)| name.clone());
    let plan = look(tx, files, now).await?;
    if plan.changes_something() {
        store_import::write(tx, &plan).await?;
        for (figure, source) in plan.sources(name, figures.as_deref()) {
            store_import::note_source(tx, &figure, &source, now, false).await?;
        }
        for body in plan.with_new_domain() {
            let (key, domain) = (body.key(), &body.mail_domain);
            store_members::confirm_by_domain(tx, &key, domain, now).await?;
        }
        for body in plan.renamed() {
            let job = jobs::Job::at_once(
                new_id(now),
                RENAMED,
                serde_json::json!(body.id).to_string(),
                now.0,
            );
            jobs::enqueue(tx, &job).await?;
        }
        let detail = format!("{} new, {} changed", plan.new.len(), plan.changed.len());
        audit::note(tx, now, by, "organisations-imported", name, &detail).await?;
        // Every running program makes its pages anew. It is no record, and the index passes it by.
        store_log::changed(tx, "organisations").await?;
    }
    Ok(plan)
}

/// Imports, in one change.
pub async fn run(db: &Db, files: Files, name: &str, now: Moment) -> Result<Plan, CannotImport> {
    let tx = db.begin().await?;
    let plan = write(&tx, files, name, None, now).await?;
    if plan.changes_something() {
        tx.commit().await?;
    }
    Ok(plan)
}
