//! What taking away and bringing back ask of the database beyond whole tables.

use db::{Db, Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::time::Moment;

/// Whether nobody ever wrote or joined here.
pub async fn is_empty(db: &Db) -> Result<bool> {
    let row: (i64,) = db
        .query(
            "SELECT (SELECT count(*) FROM counter) + (SELECT count(*) FROM person)
                  + (SELECT count(*) FROM record)",
        )
        .one()
        .await?;
    Ok(row.0 == 0)
}

/// Pages that can be read: what the index should hold.
pub async fn live_pages(db: &Db) -> Result<i64> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM record WHERE state = 'live'")
        .one()
        .await?;
    Ok(row.0)
}

/// Erasures and departures since a moment: when, which of both, of what.
pub async fn forgettings(db: &Db, since: Moment) -> Result<Vec<(Moment, String, String)>> {
    db.query(
        "SELECT at, act, subject FROM audit
         WHERE at >= $1 AND act IN ('erase', 'departure')
         ORDER BY at, id",
    )
    .bind(since)
    .all()
    .await
}

/// The id of the record with this number.
pub async fn record_called(db: &Db, kind: &str, number: i64) -> Result<Option<String>> {
    let row: Option<(String,)> = db
        .query("SELECT id FROM record WHERE kind = $1 AND number = $2")
        .bind(kind)
        .bind(number)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// Erases a revision's words that were erased before; whether there were any.
pub async fn erase_again(tx: &Tx, id: &RecordId, seq: i64, at: Moment) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE revision
             SET parts = NULL, summary = '', erased_at = $3, erased_why = 'erased before'
             WHERE record_id = $1 AND seq = $2 AND parts IS NOT NULL",
        )
        .bind(id)
        .bind(seq)
        .bind(at)
        .run()
        .await?;
    Ok(erased > 0)
}

/// Deletes a page whose newest words were erased.
pub async fn delete_emptied(tx: &Tx, id: &RecordId) -> Result<()> {
    tx.query("UPDATE record SET state = 'deleted', into_number = NULL WHERE id = $1")
        .bind(id)
        .run()
        .await?;
    Ok(())
}
