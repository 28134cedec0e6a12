//! Acts that change who may do what, or that no history shows.

use db::{Reads, Result, Tx};

use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::PersonId;

/// The act of taking a trial back, by the trial's id: no history is left that shows it.
pub const TRIAL_TAKEN_BACK: &str = "take-back-trial";

/// Writes an act down.
pub async fn note(
    tx: &Tx,
    now: Moment,
    person: Option<&PersonId>,
    act: &str,
    subject: &str,
    detail: &str,
) -> Result<()> {
    tx.query(
        "INSERT INTO audit (id, at, person_id, act, subject, detail)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(new_id(now))
    .bind(now)
    .bind(person)
    .bind(act)
    .bind(subject)
    .bind(detail)
    .run()
    .await?;
    Ok(())
}
