//! What files were before, in the wikis that they came from.

use db::{Reads, Result, Tx};

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

/// The history of a wiki's file, oldest first.
pub async fn of_file(db: &impl Reads, wiki: &str, file: &str) -> Result<Vec<Version>> {
    db.query(
        "SELECT v.wiki_id, v.file, v.second, v.act, coalesce(p.name, v.author), v.summary,
                v.attachment
         FROM file_version v
         LEFT JOIN wiki_author w ON w.wiki_id = v.wiki_id AND w.name = v.author
             AND w.confirmed_at IS NOT NULL
         LEFT JOIN person p ON p.id = w.person_id
         WHERE v.wiki_id = $1 AND v.file = $2
         ORDER BY v.second",
    )
    .bind(wiki)
    .bind(file)
    .all()
    .await
}

/// Forgets why an erased version came, and why its file was deleted where it came from.
pub async fn forget_reasons(tx: &Tx, erased: i64) -> Result<()> {
    tx.query(
        "UPDATE file_version SET summary = ''
         WHERE attachment = $1
         OR (act = 'delete' AND (wiki_id, file) IN (
             SELECT v.wiki_id, v.file FROM file_version v WHERE v.attachment = $1))",
    )
    .bind(erased)
    .run()
    .await?;
    Ok(())
}

/// Which versions of a wiki's files are noted: their ids there, their seconds, and whether their bytes
/// came.
pub async fn known(db: &impl Reads, wiki: &str) -> Result<Vec<(String, i64, bool)>> {
    db.query("SELECT file, second, attachment IS NOT NULL FROM file_version WHERE wiki_id = $1")
        .bind(wiki)
        .all()
        .await
}

/// Notes a version; one that is noted keeps its bytes, and where something of the file was erased, the
/// reason that is left of it.
pub async fn note(tx: &Tx, version: &Version) -> Result<()> {
    tx.query(
        "INSERT INTO file_version (wiki_id, file, second, act, author, summary, attachment)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (wiki_id, file, second) DO UPDATE
         SET act = excluded.act, author = excluded.author,
             summary = CASE WHEN EXISTS (
                 SELECT 1 FROM file_version o
                 JOIN attachment a ON a.number = o.attachment
                 WHERE o.wiki_id = file_version.wiki_id AND o.file = file_version.file
                 AND a.erased_at IS NOT NULL
             ) THEN file_version.summary ELSE excluded.summary END,
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

/// The page that a wiki's file, or what it was before, is on, if the page is there still.
pub async fn page_of(tx: &Tx, wiki: &str, file: &str) -> Result<Option<(RecordId,)>> {
    tx.query(
        "SELECT a.record_id FROM file_version v
         JOIN attachment a ON a.number = v.attachment AND a.erased_at IS NULL
         JOIN record r ON r.id = a.record_id AND r.state IN ('live', 'merged')
         WHERE v.wiki_id = $1 AND v.file = $2
         ORDER BY v.second DESC
         LIMIT 1",
    )
    .bind(wiki)
    .bind(file)
    .one_or_none()
    .await
}

/// The words about a file: what it shows, whose it is, whether it is only decoration; none where there
/// is no such file, or it was erased.
pub async fn words_of(tx: &Tx, number: i64) -> Result<Option<(String, String, bool)>> {
    tx.query(
        "SELECT alt, credit, is_decoration FROM attachment
         WHERE number = $1 AND erased_at IS NULL",
    )
    .bind(number)
    .one_or_none()
    .await
}

/// What a file is goes on under another number, as what it was.
pub async fn make_older(tx: &Tx, number: i64, older: i64) -> Result<()> {
    tx.query("UPDATE attachment SET number = $1, is_older = TRUE WHERE number = $2")
        .bind(older)
        .bind(number)
        .run()
        .await?;
    tx.query("UPDATE file_version SET attachment = $1 WHERE attachment = $2")
        .bind(older)
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// What comes of a file goes along, and comes back, with what of it went along with its page.
pub async fn go_along(tx: &Tx, of: (&str, &str), id: &str) -> Result<()> {
    let (wiki, file) = of;
    let went: Vec<(String, i64)> = tx
        .query(
            "SELECT DISTINCT g.from_id, g.turn FROM went_along g
             JOIN attachment a ON a.id = g.subject
             JOIN wiki_file f ON f.attachment = a.number
             WHERE f.wiki_id = $1 AND f.file = $2 AND g.what = 'file'",
        )
        .bind(wiki)
        .bind(file)
        .all()
        .await?;
    for (from, turn) in went {
        tx.query(
            "INSERT INTO went_along (from_id, what, subject, turn) VALUES ($1, 'file', $2, $3)",
        )
        .bind(&from)
        .bind(id)
        .bind(turn)
        .run()
        .await?;
    }
    Ok(())
}

/// What a file was before, that is not erased: numbers and hashes. Nothing for what is itself older.
pub async fn older_of(db: &impl Reads, number: i64) -> Result<Vec<(i64, String, Option<String>)>> {
    db.query(
        "SELECT DISTINCT b.number, b.sha256, b.reading_sha256 FROM attachment a
         JOIN file_version v ON v.attachment = a.number
         JOIN file_version o ON o.wiki_id = v.wiki_id AND o.file = v.file
         JOIN attachment b ON b.number = o.attachment
         WHERE a.number = $1 AND NOT a.is_older AND b.is_older AND b.erased_at IS NULL
         ORDER BY b.number",
    )
    .bind(number)
    .all()
    .await
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
