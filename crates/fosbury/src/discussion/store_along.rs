//! What was said of a page and the files on it go along when its words go elsewhere, and come back.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;

/// Brings along what was said of a page and the files on it; those who watch it watch the other.
/// Suggested wordings and flags stay: they are about the page's own words.
pub async fn bring_along(tx: &Tx, from: &RecordId, to: &RecordId) -> Result<()> {
    tx.query(
        "INSERT INTO went_along (from_id, what, subject, turn)
         SELECT s.record_id, 'said', s.id, (SELECT count(*) FROM went_along o WHERE o.subject = s.id)
         FROM said s
         WHERE s.record_id = $1 AND s.what IN ('comment', 'way', 'help')",
    )
    .bind(from)
    .run()
    .await?;
    tx.query(
        "INSERT INTO went_along (from_id, what, subject, turn)
         SELECT a.record_id, 'file', a.id, (SELECT count(*) FROM went_along o WHERE o.subject = a.id)
         FROM attachment a
         WHERE a.record_id = $1",
    )
    .bind(from)
    .run()
    .await?;
    tx.query(
        "INSERT INTO watch (person_id, what, subject, at)
         SELECT w.person_id, w.what, r.id, w.at FROM watch w
         JOIN record r ON r.id = $2
         WHERE w.what = 'page' AND w.subject = $1
         ON CONFLICT (person_id, what, subject) DO NOTHING",
    )
    .bind(from)
    .bind(to)
    .run()
    .await?;
    follow(tx, from, to).await
}

/// Brings back what went along with a page, wherever it is now.
pub async fn bring_back(tx: &Tx, from: &RecordId) -> Result<()> {
    follow(tx, from, from).await?;
    // Where it went on from there, it does not come back to.
    tx.query(
        "DELETE FROM went_along
         WHERE EXISTS (
             SELECT 1 FROM went_along o
             WHERE o.from_id = $1 AND o.subject = went_along.subject AND o.turn <= went_along.turn)",
    )
    .bind(from)
    .run()
    .await?;
    Ok(())
}

/// Puts what went along with a page on another.
async fn follow(tx: &Tx, from: &RecordId, to: &RecordId) -> Result<()> {
    tx.query(
        "UPDATE said SET record_id = $2
         WHERE id IN (SELECT subject FROM went_along WHERE from_id = $1 AND what = 'said')",
    )
    .bind(from)
    .bind(to)
    .run()
    .await?;
    tx.query(
        "UPDATE attachment SET record_id = $2
         WHERE id IN (SELECT subject FROM went_along WHERE from_id = $1 AND what = 'file')",
    )
    .bind(from)
    .bind(to)
    .run()
    .await?;
    Ok(())
}
