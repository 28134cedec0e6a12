//! Files on pages in the database. `$1` and `$2` are always the viewer's.

use db::{Reads, Result, Tx};

use super::model::Attachment;
use super::store_versions;
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::Viewer;

/// The file of this number, if the viewer may see the page it is on: a live one, or one that was
/// merged into a live one.
pub async fn attachment(
    db: &impl Reads,
    viewer: &Viewer,
    number: i64,
) -> Result<Option<Attachment>> {
    db.query(
        "SELECT a.number, a.record_id, a.kind, a.name, a.alt, a.credit, a.is_decoration,
                a.sha256, a.bytes, a.width, a.height, a.reading_sha256, a.reading_bytes,
                a.reading_width, a.reading_height, a.person_id, p.name, a.at, a.removed_at, a.is_older,
                r.visibility = 'public' AND coalesce(t.visibility, 'public') = 'public'
         FROM attachment a
         JOIN record r ON r.id = a.record_id
         JOIN person p ON p.id = a.person_id
         LEFT JOIN record t ON r.state = 'merged' AND t.kind = r.kind AND t.number = r.into_number
         WHERE a.number = $3 AND a.erased_at IS NULL
         AND (r.state = 'live' OR (r.state = 'merged' AND t.state = 'live'))
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         AND (t.id IS NULL OR t.visibility = 'public' OR (t.visibility = 'members' AND $1)
              OR t.author_id = $2 OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                  SELECT 1 FROM record_reader x
                  JOIN membership m ON m.organisation_id = x.organisation_id
                  WHERE x.record_id = t.id AND m.person_id = $2 AND m.is_confirmed)))",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(number)
    .one_or_none()
    .await
}

/// The files of a page and of pages that were merged into it, in the order in which they came;
/// removed ones as well, and after them all, if wanted, what they were before.
pub async fn of_record(
    db: &impl Reads,
    viewer: &Viewer,
    record: &RecordId,
    with_older: bool,
) -> Result<Vec<Attachment>> {
    db.query(
        "SELECT a.number, a.record_id, a.kind, a.name, a.alt, a.credit, a.is_decoration,
                a.sha256, a.bytes, a.width, a.height, a.reading_sha256, a.reading_bytes,
                a.reading_width, a.reading_height, a.person_id, p.name, a.at, a.removed_at, a.is_older,
                r.visibility = 'public'
         FROM record t
         JOIN record r ON r.id = t.id
              OR (r.state = 'merged' AND r.kind = t.kind AND r.into_number = t.number)
         JOIN attachment a ON a.record_id = r.id
         JOIN person p ON p.id = a.person_id
         WHERE t.id = $3 AND a.erased_at IS NULL AND (NOT a.is_older OR $4)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         AND (t.visibility = 'public' OR (t.visibility = 'members' AND $1) OR t.author_id = $2
             OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = t.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY a.is_older, a.number
         LIMIT 2000",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .bind(with_older)
    .all()
    .await
}

/// Writes a file down before its bytes are kept; until [`shown`] it counts as removed.
pub async fn insert(tx: &Tx, id: &str, new: &Attachment) -> Result<()> {
    tx.query(
        "INSERT INTO attachment (id, number, record_id, kind, name, alt, credit, is_decoration,
                sha256, bytes, width, height, reading_sha256, reading_bytes, reading_width,
                reading_height, person_id, at, removed_at, is_older)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                $18, $19)",
    )
    .bind(id)
    .bind(new.number)
    .bind(&new.record_id)
    .bind(&new.kind)
    .bind(&new.name)
    .bind(&new.alt)
    .bind(&new.credit)
    .bind(new.is_decoration)
    .bind(&new.sha256)
    .bind(new.bytes)
    .bind(new.width)
    .bind(new.height)
    .bind(new.reading_sha256.as_deref())
    .bind(new.reading_bytes)
    .bind(new.reading_width)
    .bind(new.reading_height)
    .bind(&new.person_id)
    .bind(new.at)
    .bind(new.is_older)
    .run()
    .await?;
    Ok(())
}

/// Shows a file on its page.
pub async fn shown(tx: &Tx, number: i64) -> Result<()> {
    tx.query("UPDATE attachment SET removed_at = NULL WHERE number = $1 AND erased_at IS NULL")
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Puts a file back on its page, and with it what it was before, as far as that went with it.
pub async fn recovered(tx: &Tx, number: i64) -> Result<()> {
    tx.query(
        "UPDATE attachment SET removed_at = NULL
         WHERE is_older AND erased_at IS NULL
         AND removed_at = (SELECT n.removed_at FROM attachment n WHERE n.number = $1)
         AND number IN (
             SELECT o.attachment FROM attachment a
             JOIN file_version v ON v.attachment = a.number
             JOIN file_version o ON o.wiki_id = v.wiki_id AND o.file = v.file
             WHERE a.number = $1 AND NOT a.is_older)",
    )
    .bind(number)
    .run()
    .await?;
    shown(tx, number).await
}

/// Takes a file off its page, and with it what it was before.
pub async fn removed(tx: &Tx, number: i64, now: Moment) -> Result<()> {
    tx.query(
        "UPDATE attachment SET removed_at = $1
         WHERE removed_at IS NULL AND is_older AND number IN (
             SELECT o.attachment FROM attachment a
             JOIN file_version v ON v.attachment = a.number
             JOIN file_version o ON o.wiki_id = v.wiki_id AND o.file = v.file
             WHERE a.number = $2 AND NOT a.is_older)",
    )
    .bind(now)
    .bind(number)
    .run()
    .await?;
    tx.query("UPDATE attachment SET removed_at = $1 WHERE number = $2 AND removed_at IS NULL")
        .bind(now)
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Forgets a row whose bytes never came.
pub async fn forget(tx: &Tx, number: i64) -> Result<()> {
    tx.query("DELETE FROM attachment WHERE number = $1")
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Forgets what was taken off its page before this moment.
pub async fn forget_removed(tx: &Tx, before: Moment) -> Result<u64> {
    tx.query("DELETE FROM attachment WHERE removed_at < $1 AND erased_at IS NULL")
        .bind(before)
        .run()
        .await
}

/// Erases a file wherever it is: the numbers and the hash stay, so that it is not brought back by
/// a backup; its name and all words about it go. Returns the ids of the pages it was on.
pub async fn erase(tx: &Tx, sha256: &str, now: Moment) -> Result<Vec<(RecordId,)>> {
    let pages = tx
        .query("SELECT DISTINCT record_id FROM attachment WHERE sha256 = $1 AND erased_at IS NULL")
        .bind(sha256)
        .all()
        .await?;
    let erased: Vec<(i64,)> = tx
        .query(
            "UPDATE attachment
             SET name = '', alt = '', credit = '', erased_at = $1,
                 removed_at = coalesce(removed_at, $1)
             WHERE sha256 = $2 AND erased_at IS NULL
             RETURNING number",
        )
        .bind(now)
        .bind(sha256)
        .all()
        .await?;
    for (number,) in erased {
        store_versions::forget_reasons(tx, number).await?;
    }
    Ok(pages)
}

/// Erases the files of one page, for the day when nothing of the page can come back.
pub async fn erase_of(tx: &Tx, record: &RecordId, now: Moment) -> Result<()> {
    let erased: Vec<(i64,)> = tx
        .query(
            "UPDATE attachment
             SET name = '', alt = '', credit = '', erased_at = $1,
                 removed_at = coalesce(removed_at, $1)
             WHERE record_id = $2 AND erased_at IS NULL
             RETURNING number",
        )
        .bind(now)
        .bind(record)
        .all()
        .await?;
    for (number,) in erased {
        store_versions::forget_reasons(tx, number).await?;
    }
    Ok(())
}

/// What somebody brought since a moment, in bytes.
pub async fn brought_since(db: &impl Reads, person: &str, since: Moment) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT CAST(coalesce(sum(bytes + reading_bytes), 0) AS BIGINT) FROM attachment
             WHERE person_id = $1 AND at > $2",
        )
        .bind(person)
        .bind(since)
        .one()
        .await?;
    Ok(row.0)
}

/// What all files take up, each counted once.
pub async fn kept_in_all(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT CAST(coalesce(sum(f.kept), 0) AS BIGINT)
             FROM (SELECT max(bytes + reading_bytes) AS kept FROM attachment
                   WHERE erased_at IS NULL GROUP BY sha256) f",
        )
        .one()
        .await?;
    Ok(row.0)
}

/// Whether a wiki began to come since a moment, and is not here yet.
pub async fn is_a_wiki_coming(db: &impl Reads, since: Moment) -> Result<bool> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM wiki WHERE state = 'coming' AND begun_at > $1")
        .bind(since)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Waits until nobody else brings or collects files, on either engine, until this change is over.
pub async fn alone(tx: &Tx) -> Result<()> {
    tx.query("UPDATE counter SET value = value WHERE name = 'attachment'")
        .run()
        .await?;
    Ok(())
}

/// Whether there is a file of this number.
pub async fn is_there(db: &impl Reads, number: i64) -> Result<bool> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM attachment WHERE number = $1")
        .bind(number)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Whether the file of this number has the bytes of this hash.
pub async fn is_of(db: &impl Reads, number: i64, sha256: &str) -> Result<bool> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM attachment WHERE number = $1 AND sha256 = $2")
        .bind(number)
        .bind(sha256)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Whether a file of these bytes was erased for good.
pub async fn is_erased(db: &impl Reads, sha256: &str) -> Result<bool> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM attachment WHERE sha256 = $1 AND erased_at IS NOT NULL")
        .bind(sha256)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Whether any file on a page still needs the bytes of this hash.
pub async fn is_needed(db: &impl Reads, sha256: &str) -> Result<bool> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM attachment
             WHERE (sha256 = $1 OR reading_sha256 = $1) AND erased_at IS NULL",
        )
        .bind(sha256)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Everything that must lie in the folder: number, hash, and the hash of what pages show.
pub async fn expected(db: &impl Reads) -> Result<Vec<(i64, String, Option<String>)>> {
    db.query(
        "SELECT number, sha256, reading_sha256 FROM attachment
         WHERE erased_at IS NULL AND removed_at IS NULL
         ORDER BY number",
    )
    .all()
    .await
}

/// The hashes of all that lies in the folder for one page.
pub async fn hashes_of(db: &impl Reads, record: &RecordId) -> Result<Vec<String>> {
    let rows: Vec<(String, Option<String>)> = db
        .query("SELECT sha256, reading_sha256 FROM attachment WHERE record_id = $1")
        .bind(record)
        .all()
        .await?;
    let hashes = rows
        .into_iter()
        .flat_map(|(whole, reading)| std::iter::once(whole).chain(reading));
    Ok(hashes.collect())
}
