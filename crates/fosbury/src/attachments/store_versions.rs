//! What files were before, in the wikis that they came from.

use db::{Reads, Result, Tx};

use super::model::Attachment;
use super::versions::Version;
use crate::history::model::RecordId;

/// The histories of all files that are, or once were, on a page or on pages that were merged into
/// it, each newest first. Which bytes may be seen was asked before, with the files.
pub async fn of_record(db: &impl Reads, record: &RecordId) -> Result<Vec<Version>> {
    db.query(
        "SELECT v.wiki_id, v.file, v.second, v.act, coalesce(p.name, v.author), v.summary,
                v.attachment
         FROM file_version v
         LEFT JOIN wiki_author w ON w.wiki_id = v.wiki_id AND w.name = v.author
             AND w.confirmed_at IS NOT NULL
         LEFT JOIN person p ON p.id = w.person_id
         WHERE (v.wiki_id, v.file) IN (
             SELECT x.wiki_id, x.file
             FROM record t
             JOIN record r ON r.id = t.id
                  OR (r.state = 'merged' AND r.kind = t.kind AND r.into_number = t.number)
             JOIN attachment a ON a.record_id = r.id
             JOIN file_version x ON x.attachment = a.number
             WHERE t.id = $1)
         ORDER BY v.wiki_id, v.file, v.second DESC
         LIMIT 2000",
    )
    .bind(record)
    .all()
    .await
}

/// Which versions of a wiki's files came: their ids there and their seconds.
pub async fn known(db: &impl Reads, wiki: &str) -> Result<Vec<(String, i64)>> {
    db.query("SELECT file, second FROM file_version WHERE wiki_id = $1")
        .bind(wiki)
        .all()
        .await
}

/// Notes a version; one that is noted keeps its bytes.
pub async fn note(tx: &Tx, version: &Version) -> Result<()> {
    tx.query(
        "INSERT INTO file_version (wiki_id, file, second, act, author, summary, attachment)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (wiki_id, file, second) DO UPDATE
         SET act = excluded.act, author = excluded.author, summary = excluded.summary,
             attachment = coalesce(file_version.attachment, excluded.attachment)",
    )
    .bind(&version.wiki_id)
    .bind(&version.file)
    .bind(version.second)
    .bind(&version.act)
    .bind(&version.author)
    .bind(&version.summary)
    .bind(version.attachment)
    .run()
    .await?;
    Ok(())
}

/// The page that a wiki's file, or what it was before, is on.
pub async fn page_of(tx: &Tx, wiki: &str, file: &str) -> Result<Option<(RecordId,)>> {
    tx.query(
        "SELECT a.record_id FROM file_version v
         JOIN attachment a ON a.number = v.attachment
         WHERE v.wiki_id = $1 AND v.file = $2
         ORDER BY v.second DESC
         LIMIT 1",
    )
    .bind(wiki)
    .bind(file)
    .one_or_none()
    .await
}

/// Gives a file newer bytes under its own number, so that every text that shows it shows those; what
/// it was goes on under the number `older`.
pub async fn replace(tx: &Tx, new: &Attachment, older: (&str, i64)) -> Result<()> {
    let (id, number) = older;
    tx.query(
        "INSERT INTO attachment (id, number, record_id, kind, name, alt, credit, is_decoration,
                sha256, bytes, width, height, reading_sha256, reading_bytes, reading_width,
                reading_height, person_id, at, removed_at, is_older)
         SELECT $1, $2, record_id, kind, name, alt, credit, is_decoration,
                sha256, bytes, width, height, reading_sha256, reading_bytes, reading_width,
                reading_height, person_id, at, removed_at, TRUE
         FROM attachment
         WHERE number = $3",
    )
    .bind(id)
    .bind(number)
    .bind(new.number)
    .run()
    .await?;
    tx.query("UPDATE file_version SET attachment = $1 WHERE attachment = $2")
        .bind(number)
        .bind(new.number)
        .run()
        .await?;
    tx.query(
        "UPDATE attachment
         SET kind = $2, name = $3, sha256 = $4, bytes = $5, width = $6, height = $7,
             reading_sha256 = $8, reading_bytes = $9, reading_width = $10, reading_height = $11,
             person_id = $12, at = $13, is_older = FALSE
         WHERE number = $1",
    )
    .bind(new.number)
    .bind(&new.kind)
    .bind(&new.name)
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
    .run()
    .await?;
    Ok(())
}

/// Notes that a wiki's file was deleted there: all that is here of it is what it was before.
pub async fn is_gone(tx: &Tx, wiki: &str, file: &str) -> Result<()> {
    tx.query(
        "UPDATE attachment SET is_older = TRUE
         WHERE number IN (SELECT attachment FROM file_version WHERE wiki_id = $1 AND file = $2)",
    )
    .bind(wiki)
    .bind(file)
    .run()
    .await?;
    Ok(())
}
