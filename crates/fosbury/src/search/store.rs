//! The log that the index follows, and searches that found nothing.

use db::{Reads, Result, Tx};

use crate::time::Moment;

/// Changes after a position, oldest first: position and record.
pub async fn changes_after(
    db: &impl Reads,
    position: i64,
    at_most: i64,
) -> Result<Vec<(i64, String)>> {
    db.query(
        "SELECT position, record_id FROM index_change
         WHERE position > $1
         ORDER BY position
         LIMIT $2",
    )
    .bind(position)
    .bind(at_most)
    .all()
    .await
}

/// The log's newest position.
pub async fn newest(db: &impl Reads) -> Result<i64> {
    let row: (Option<i64>,) = db
        .query("SELECT max(position) FROM index_change")
        .one()
        .await?;
    Ok(row.0.unwrap_or(0))
}

/// Forgets entries that a newer one of the same record makes superfluous.
pub async fn tidy_log(tx: &Tx) -> Result<u64> {
    tx.query(
        "DELETE FROM index_change
         WHERE EXISTS (
             SELECT 1 FROM index_change newer
             WHERE newer.record_id = index_change.record_id
             AND newer.position > index_change.position
         )",
    )
    .run()
    .await
}

/// Counts a search that found nothing.
pub async fn found_nothing(tx: &Tx, words: &str, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO empty_search (words, times, last_at) VALUES ($1, 1, $2)
         ON CONFLICT (words)
         DO UPDATE SET times = empty_search.times + 1, last_at = excluded.last_at",
    )
    .bind(words)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// A search that found nothing, as stewards see it.
#[derive(Clone, Debug)]
pub struct Missed {
    /// The words.
    pub words: String,
    /// How often.
    pub times: i64,
    /// When last.
    pub last_at: Moment,
}
db::columns!(Missed {
    words,
    times,
    last_at
});

/// Searches that found nothing, the most frequent first.
pub async fn missed(db: &impl Reads) -> Result<Vec<Missed>> {
    db.query(
        "SELECT words, times, last_at FROM empty_search
         ORDER BY times DESC, last_at DESC
         LIMIT 200",
    )
    .all()
    .await
}

/// Takes a search off the stewards' list.
pub async fn dismiss(tx: &Tx, words: &str) -> Result<u64> {
    tx.query("DELETE FROM empty_search WHERE words = $1")
        .bind(words)
        .run()
        .await
}

/// Forgets searches older than this: a year is enough to learn from them.
pub async fn forget_before(tx: &Tx, moment: Moment) -> Result<u64> {
    tx.query("DELETE FROM empty_search WHERE last_at < $1")
        .bind(moment)
        .run()
        .await
}
