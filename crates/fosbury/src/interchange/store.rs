//! What taking away and bringing back ask of the database beyond whole tables.

use std::iter;

use db::{Db, Reads, Result, Tx};

use crate::attachments::store_versions;
use crate::discussion::places::PlaceId;
use crate::history::model::RecordId;
use crate::people::store_audit::TRIAL_TAKEN_BACK;
use crate::time::Moment;
use crate::trials::store_index;

/// Texts that can be read and trials with words of their own: what the index should hold.
pub async fn live_pages(db: &Db) -> Result<i64> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM record WHERE state = 'live'")
        .one()
        .await?;
    Ok(row.0 + store_index::count(db).await?)
}

/// Revisions whose words were erased since a moment: of which record, which one, when.
pub async fn erased_revisions(db: &Db, since: Moment) -> Result<Vec<(String, i64, Moment)>> {
    db.query(
        "SELECT record_id, seq, erased_at FROM revision
         WHERE erased_at >= $1
         ORDER BY erased_at, record_id, seq",
    )
    .bind(since)
    .all()
    .await
}

/// People who left since a moment, and when.
pub async fn departures(db: &Db, since: Moment) -> Result<Vec<(String, Moment)>> {
    db.query("SELECT id, left_at FROM person WHERE left_at >= $1 ORDER BY left_at, id")
        .bind(since)
        .all()
        .await
}

/// Trials taken back since a moment, by their ids, and when.
pub async fn trials_taken_back(db: &Db, since: Moment) -> Result<Vec<(String, Moment)>> {
    db.query("SELECT subject, at FROM audit WHERE act = $1 AND at >= $2 ORDER BY at, id")
        .bind(TRIAL_TAKEN_BACK)
        .bind(since)
        .all()
        .await
}

/// Comments erased since a moment, and when.
pub async fn erased_comments(db: &Db, since: Moment) -> Result<Vec<(String, Moment)>> {
    db.query(
        "SELECT id, settled_at FROM said
         WHERE state = 'erased' AND settled_at >= $1
         ORDER BY settled_at, id",
    )
    .bind(since)
    .all()
    .await
}

/// Files erased since a moment, and when.
pub async fn erased_files(db: &Db, since: Moment) -> Result<Vec<(String, Moment)>> {
    db.query("SELECT id, erased_at FROM attachment WHERE erased_at >= $1 ORDER BY erased_at, id")
        .bind(since)
        .all()
        .await
}

/// The number of a comment that is not erased, and the page it is on.
pub async fn comment_to_erase(tx: &Tx, id: &str) -> Result<Option<(i64, PlaceId)>> {
    let found: Option<(i64, String, String)> = tx
        .query(
            "SELECT s.number,
                    CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                         WHEN s.organisation_id IS NOT NULL THEN 'organisation'
                         WHEN s.session_id IS NOT NULL THEN 'session'
                         ELSE 'record' END,
                    coalesce(s.record_id, s.trial_id, s.organisation_id, s.session_id)
             FROM said s
             WHERE s.id = $1 AND s.state <> 'erased'",
        )
        .bind(id)
        .one_or_none()
        .await?;
    Ok(found.map(|(number, kind, place)| (number, PlaceId::of(&kind, &place))))
}

/// Erases a file that was erased before; the hashes of its bytes, if it was there.
pub async fn erase_file_again(tx: &Tx, id: &str, at: Moment) -> Result<Vec<String>> {
    let erased: Option<(i64, String, Option<String>)> = tx
        .query(
            "UPDATE attachment
             SET name = '', alt = '', credit = '', erased_at = $2,
                 removed_at = coalesce(removed_at, $2)
             WHERE id = $1 AND erased_at IS NULL
             RETURNING number, sha256, reading_sha256",
        )
        .bind(id)
        .bind(at)
        .one_or_none()
        .await?;
    let Some((number, whole, reading)) = erased else {
        return Ok(Vec::new());
    };
    store_versions::forget_reasons(tx, number).await?;
    Ok(iter::once(whole).chain(reading).collect())
}

/// Erases a revision's words that were erased before; whether there were any. One that was saved
/// later only has the same number.
pub async fn erase_again(tx: &Tx, id: &RecordId, seq: i64, at: Moment) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE revision
             SET parts = NULL, summary = '', erased_at = $3, erased_why = 'erased before'
             WHERE record_id = $1 AND seq = $2 AND parts IS NOT NULL AND at <= $3",
        )
        .bind(id)
        .bind(seq)
        .bind(at)
        .run()
        .await?;
    if erased > 0 {
        tx.query("UPDATE wiki_text SET words = NULL WHERE record_id = $1 AND seq = $2")
            .bind(id)
            .bind(seq)
            .run()
            .await?;
    }
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
