//! Which pages only stewards change, and until when.

use db::{Reads, Result, Tx};

use super::model::RecordId;
use crate::time::Moment;

/// That only stewards change a page for a time.
#[derive(Clone, Debug)]
pub struct Protection {
    /// When it ends by itself.
    pub ends_at: Moment,
    /// Why.
    pub reason: String,
}
db::columns!(Protection { ends_at, reason });

/// What protects this page at this moment, if anything does.
pub async fn of(db: &impl Reads, record: &RecordId, now: Moment) -> Result<Option<Protection>> {
    db.query("SELECT ends_at, reason FROM protection WHERE record_id = $1 AND ends_at > $2")
        .bind(record)
        .bind(now)
        .one_or_none()
        .await
}

/// Protects a page until a moment, whatever was said before.
pub async fn protect(
    tx: &Tx,
    record: &RecordId,
    protection: &Protection,
    person: &str,
) -> Result<()> {
    tx.query(
        "INSERT INTO protection (record_id, ends_at, reason, person_id) VALUES ($1, $2, $3, $4)
         ON CONFLICT (record_id) DO UPDATE
         SET ends_at = excluded.ends_at, reason = excluded.reason, person_id = excluded.person_id",
    )
    .bind(record)
    .bind(protection.ends_at)
    .bind(&protection.reason)
    .bind(person)
    .run()
    .await?;
    Ok(())
}

/// Ends a protection before its time; false where there was none.
pub async fn release(tx: &Tx, record: &RecordId) -> Result<bool> {
    let ended = tx.query("DELETE FROM protection WHERE record_id = $1");
    Ok(ended.bind(record).run().await? > 0)
}

/// Forgets what has ended by itself; how many did.
pub async fn forget_ended(tx: &Tx, now: Moment) -> Result<u64> {
    let ended = tx.query("DELETE FROM protection WHERE ends_at <= $1");
    ended.bind(now).run().await
}
