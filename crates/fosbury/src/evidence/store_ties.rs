//! What an item of evidence is about. Hurdles and solutions are said by its text; trials are tied beside
//! it, so that no revision holds the number of one that its reader may not see.

use db::{Reads, Result, Tx, Value};

use super::model::{ties, weight};
use crate::history::model::Parts;
use crate::trials::model::Trial;
use crate::trials::store as trials;
use crate::viewer::Viewer;

/// Brings ties up to date with a text, and ties it to the trials that its beginning names.
pub async fn keep(tx: &Tx, evidence: i64, parts: &Parts) -> Result<()> {
    if parts.0.is_empty() {
        // Its words were erased: nothing is left that could be about a trial.
        return untie_all(tx, evidence).await;
    }
    tx.query("DELETE FROM evidence_tie WHERE evidence = $1 AND kind <> 'trial'")
        .bind(evidence)
        .run()
        .await?;
    let (weight, told_on) = (weight(parts.get("strength")), parts.get("date"));
    tx.query("UPDATE evidence_tie SET weight = $2, told_on = $3 WHERE evidence = $1")
        .bind(evidence)
        .bind(weight)
        .bind(told_on)
        .run()
        .await?;
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for (kind, about) in ties(parts) {
        if kind == "trial" {
            tie(tx, evidence, about).await?;
        } else {
            let (evidence, about) = (evidence.into(), about.into());
            rows.push(vec![
                evidence,
                kind.into(),
                about,
                weight.into(),
                told_on.into(),
            ]);
        }
    }
    let columns = "evidence_tie (evidence, kind, number, weight, told_on)";
    tx.insert_many(columns, 5, rows).await
}

/// Makes an item be about a trial; false where it was before.
pub async fn tie(tx: &Tx, evidence: i64, trial: i64) -> Result<bool> {
    let tied = tx
        .query(
            "INSERT INTO evidence_tie (evidence, kind, number, weight, told_on)
             SELECT number, 'trial', CAST($2 AS BIGINT), weight, told_on FROM evidence
             WHERE number = $1
             ON CONFLICT (evidence, kind, number) DO NOTHING",
        )
        .bind(evidence)
        .bind(trial)
        .run()
        .await?;
    Ok(tied > 0)
}

/// Makes an item be about a trial no longer; false where it was not.
pub async fn untie(tx: &Tx, evidence: i64, trial: i64) -> Result<bool> {
    let untied = tx
        .query(
            "DELETE FROM evidence_tie
             WHERE evidence = $1 AND kind = 'trial' AND number = $2",
        )
        .bind(evidence)
        .bind(trial)
        .run()
        .await?;
    Ok(untied > 0)
}

async fn untie_all(tx: &Tx, evidence: i64) -> Result<()> {
    tx.query("DELETE FROM evidence_tie WHERE evidence = $1")
        .bind(evidence)
        .run()
        .await?;
    Ok(())
}

/// Forgets a trial that was taken back for good.
pub async fn forget_trial(tx: &Tx, trial: i64) -> Result<()> {
    tx.query("DELETE FROM evidence_tie WHERE kind = 'trial' AND number = $1")
        .bind(trial)
        .run()
        .await?;
    Ok(())
}

/// Brings the trials of an item along that is merged into another.
pub async fn follow(tx: &Tx, from: i64, into: i64) -> Result<()> {
    tx.query(
        "INSERT INTO evidence_tie (evidence, kind, number, weight, told_on)
         SELECT e.number, 'trial', t.number, e.weight, e.told_on
         FROM evidence_tie t
         JOIN evidence e ON e.number = $2
         WHERE t.evidence = $1 AND t.kind = 'trial'
         ON CONFLICT (evidence, kind, number) DO NOTHING",
    )
    .bind(from)
    .bind(into)
    .run()
    .await?;
    tx.query("DELETE FROM evidence_tie WHERE evidence = $1 AND kind = 'trial'")
        .bind(from)
        .run()
        .await?;
    Ok(())
}

/// The trials that an item is about and that the viewer may read, the newest first.
pub async fn trials_of(db: &impl Reads, viewer: &Viewer, evidence: i64) -> Result<Vec<Trial>> {
    let tied: Vec<(i64,)> = db
        .query("SELECT number FROM evidence_tie WHERE evidence = $1 AND kind = 'trial'")
        .bind(evidence)
        .all()
        .await?;
    let tied: Vec<i64> = tied.into_iter().map(|row| row.0).collect();
    trials::among(db, viewer, &tied).await
}
