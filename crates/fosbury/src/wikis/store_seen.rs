//! What of wikis is shown, and to whom. `$1` and `$2` are the viewer's where a page is looked for.

use db::{Reads, Result};

use super::model::{Line, Wiki};
use crate::viewer::Viewer;

/// The page that had this id in a wiki, if the viewer may know of it, a live one before others:
/// kind, number, words of its address, record.
pub async fn page_called(
    db: &impl Reads,
    viewer: &Viewer,
    page: &str,
) -> Result<Option<(String, i64, String, String)>> {
    db.query(
        "SELECT r.kind, r.number, r.slug, r.id
         FROM wiki_page p
         JOIN wiki w ON w.id = p.wiki_id
         JOIN record r ON r.id = p.record_id
         WHERE p.page = $3
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY CASE r.state WHEN 'live' THEN 0 ELSE 1 END, w.number
         LIMIT 1",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(page)
    .one_or_none()
    .await
}

/// The page that has this other name in a wiki; whether it may be known of is asked afterwards.
pub async fn page_of_alias(db: &impl Reads, alias: &str) -> Result<Option<(String,)>> {
    db.query(
        "SELECT a.page FROM wiki_alias a
         JOIN wiki w ON w.id = a.wiki_id
         WHERE a.alias = $1
         ORDER BY w.number
         LIMIT 1",
    )
    .bind(alias)
    .one_or_none()
    .await
}

/// The page that had the revision of this number in a `MediaWiki`, and which of its revisions that
/// is; whether it may be known of is asked afterwards.
pub async fn numbered_there(db: &impl Reads, number: i64) -> Result<Option<(String, i64)>> {
    db.query(
        "SELECT p.page, t.seq FROM wiki_text t
         JOIN wiki_page p ON p.record_id = t.record_id
         JOIN wiki w ON w.id = p.wiki_id
         WHERE t.old_number = $1
         ORDER BY w.number
         LIMIT 1",
    )
    .bind(number)
    .one_or_none()
    .await
}

/// The revision of a page that came from this second, and its text as it stood in the wiki. Whether
/// the page may be seen was asked before.
pub async fn revision_of(
    db: &impl Reads,
    record: &str,
    second: i64,
) -> Result<Option<(i64, Option<String>)>> {
    db.query("SELECT seq, words FROM wiki_text WHERE record_id = $1 AND second = $2 LIMIT 1")
        .bind(record)
        .bind(second)
        .one_or_none()
        .await
}

/// The newest text of a page as it stood in the wiki.
pub async fn newest_text(db: &impl Reads, record: &str) -> Result<Option<(i64, Option<String>)>> {
    db.query("SELECT seq, words FROM wiki_text WHERE record_id = $1 ORDER BY seq DESC LIMIT 1")
        .bind(record)
        .one_or_none()
        .await
}

/// The number of the file that had this id in a wiki; who may see it is for its page to say.
pub async fn file_called(db: &impl Reads, file: &str) -> Result<Option<(i64,)>> {
    db.query(
        "SELECT f.attachment FROM wiki_file f
         JOIN wiki w ON w.id = f.wiki_id
         WHERE f.file = $1
         ORDER BY w.number
         LIMIT 1",
    )
    .bind(file)
    .one_or_none()
    .await
}

/// The number of the file that has what a wiki's file was at this second; who may see it is for its
/// page to say.
pub async fn file_at(db: &impl Reads, file: &str, second: i64) -> Result<Option<(i64,)>> {
    db.query(
        "SELECT v.attachment FROM file_version v
         JOIN wiki w ON w.id = v.wiki_id
         WHERE v.file = $1 AND v.second = $2 AND v.attachment IS NOT NULL
         ORDER BY w.number
         LIMIT 1",
    )
    .bind(file)
    .bind(second)
    .one_or_none()
    .await
}

/// How many older versions of files came with a wiki and are kept.
pub async fn older_files(db: &impl Reads, wiki: &str) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM file_version v
             JOIN attachment a ON a.number = v.attachment
             WHERE v.wiki_id = $1 AND a.is_older AND a.erased_at IS NULL",
        )
        .bind(wiki)
        .one()
        .await?;
    Ok(row.0)
}

/// All wikis that came, newest first.
pub async fn all(db: &impl Reads) -> Result<Vec<Wiki>> {
    db.query(
        "SELECT id, number, key, kind, title, licence, state, begun_at, ended_at, files
         FROM wiki
         ORDER BY number DESC",
    )
    .all()
    .await
}

/// The wiki of this number.
pub async fn numbered(db: &impl Reads, number: i64) -> Result<Option<Wiki>> {
    db.query(
        "SELECT id, number, key, kind, title, licence, state, begun_at, ended_at, files
         FROM wiki
         WHERE number = $1",
    )
    .bind(number)
    .one_or_none()
    .await
}

/// Pages that have a number, that are written, and that are live; then revisions that came.
pub async fn counts(db: &impl Reads, wiki: &str) -> Result<(i64, i64, i64, i64)> {
    db.query(
        "SELECT count(*), count(p.record_id), count(*) FILTER (WHERE r.state = 'live'),
                CAST(coalesce(sum(p.last_seq), 0) AS BIGINT)
         FROM wiki_page p
         LEFT JOIN record r ON r.id = p.record_id
         WHERE p.wiki_id = $1",
    )
    .bind(wiki)
    .one()
    .await
}

/// The report, from the top.
pub async fn lines(db: &impl Reads, wiki: &str, at_most: i64) -> Result<Vec<Line>> {
    db.query("SELECT page, what, value FROM wiki_line WHERE wiki_id = $1 ORDER BY place LIMIT $2")
        .bind(wiki)
        .bind(at_most)
        .all()
        .await
}

/// What pages of a wiki link to and nobody wrote, with how often.
pub async fn wanted(db: &impl Reads, viewer: &Viewer, wiki: &str) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT w.title, count(*) FROM wanted w
         JOIN wiki_page p ON p.record_id = w.from_id
         JOIN record r ON r.id = p.record_id
         WHERE p.wiki_id = $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY w.title
         ORDER BY count(*) DESC, w.title
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(wiki)
    .all()
    .await
}

/// Live pages of a wiki by their titles: kind, number, words of the address, title.
pub async fn live(
    db: &impl Reads,
    viewer: &Viewer,
    wiki: &str,
) -> Result<Vec<(String, i64, String, String)>> {
    db.query(
        "SELECT r.kind, r.number, r.slug, r.title FROM wiki_page p
         JOIN record r ON r.id = p.record_id
         WHERE p.wiki_id = $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.sort_key, r.number
         LIMIT 1000",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(wiki)
    .all()
    .await
}
