//! Trials that examples were told as.

use db::{Reads, Result, Tx};

use super::model::Outcome;
use crate::trials::model::Trial;
use crate::trials::store as trials;
use crate::viewer::{OrganisationId, Viewer};

/// The public bodies of today: id and the names that people use.
pub async fn bodies(db: &impl Reads) -> Result<Vec<(OrganisationId, String, String)>> {
    db.query(
        "SELECT id, short_name, name FROM organisation WHERE end_on = '' ORDER BY sort_key, id",
    )
    .all()
    .await
}

/// Keeps the numbers of those trials alone whose story and body this viewer may know: the words of a
/// line may name both.
pub(super) async fn veil(
    db: &impl Reads,
    viewer: &Viewer,
    mut outcomes: Vec<Outcome>,
) -> Result<Vec<Outcome>> {
    let mut numbers: Vec<i64> = outcomes.iter().filter_map(|one| one.trial).collect();
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() {
        return Ok(outcomes);
    }
    let mut known = trials::among(db, viewer, &numbers).await?;
    known.retain(Trial::is_known);
    for outcome in &mut outcomes {
        let is_known = |number: &i64| known.iter().any(|trial| trial.number == *number);
        outcome.trial = outcome.trial.filter(is_known);
    }
    Ok(outcomes)
}

/// Notes as which trial an example was told; `became` says whether the trial was made of it. False
/// where there is no such example, or somebody noted another trial first.
pub async fn tell(tx: &Tx, session: &str, act: &str, (trial, became): (i64, &str)) -> Result<bool> {
    let told = tx
        .query(
            "UPDATE harvest SET trial = $3, became = $4
             WHERE session_id = $1 AND act = $2 AND kind = 'example' AND became = 'kept'
             AND trial IS NULL",
        )
        .bind(session)
        .bind(act)
        .bind(trial)
        .bind(became)
        .run()
        .await?;
    Ok(told > 0)
}

/// The id of a trial that was made of a passage, and whether nobody said any more of it since.
pub async fn made(tx: &Tx, trial: i64) -> Result<Option<(String, bool)>> {
    tx.query(
        "SELECT t.id, t.version = 1
                AND NOT EXISTS (SELECT 1 FROM said s WHERE s.trial_id = t.id)
                AND NOT EXISTS (SELECT 1 FROM case_trial c WHERE c.trial = t.number)
                AND NOT EXISTS (
                    SELECT 1 FROM evidence_tie e WHERE e.kind = 'trial' AND e.number = t.number)
         FROM trial t
         WHERE t.number = $1",
    )
    .bind(trial)
    .one_or_none()
    .await
}

/// What was told as this trial waits to be told again: the trial goes for good.
pub async fn forget(tx: &Tx, trial: i64) -> Result<()> {
    tx.query("UPDATE harvest SET trial = NULL, became = 'kept' WHERE trial = $1")
        .bind(trial)
        .run()
        .await?;
    Ok(())
}
