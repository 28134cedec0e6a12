//! Numbers that are given once, and the log of changes that every running program follows.

use db::{Reads, Result, Tx};

/// The next number of a kind: given once, never again.
pub async fn next_number(tx: &Tx, kind: &str) -> Result<i64> {
    let row: (i64,) = tx
        .query(
            "INSERT INTO counter (name, value) VALUES ($1, 1)
             ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
             RETURNING value",
        )
        .bind(kind)
        .one()
        .await?;
    Ok(row.0)
}

/// Notes that something changed which pages show: a record by its id, or a list by its name.
/// Returns its place in the log; places are in the order of the commits.
pub async fn changed(tx: &Tx, what: &str) -> Result<i64> {
    let position = next_number(tx, "index-position").await?;
    tx.query("INSERT INTO index_change (position, record_id) VALUES ($1, $2)")
        .bind(position)
        .bind(what)
        .run()
        .await?;
    Ok(position)
}

/// Notes that the trials of a hurdle or a solution may be found by others than before. Those without
/// words of their own are not found at all.
pub async fn trials_changed(tx: &Tx, kind: &str, number: i64) -> Result<()> {
    let ids: Vec<(String,)> = tx
        .query(
            "SELECT id FROM trial
             WHERE ((hurdle = $2 AND $1 = 'hurdle') OR (solution = $2 AND $1 = 'solution'))
             AND (learned <> '' OR differently <> '')
             ORDER BY id",
        )
        .bind(kind)
        .bind(number)
        .all()
        .await?;
    for (id,) in ids {
        changed(tx, &id).await?;
    }
    Ok(())
}

/// Commits a change that shows on pages, and tells every running program of it. What is indexed
/// tells of itself; this is for the rest: who works where, trials, people's names.
pub async fn commit_shown(tx: Tx, what: &str) -> Result<()> {
    changed(&tx, what).await?;
    tx.commit().await
}
