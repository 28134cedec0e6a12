//! Lists of texts by what they link to, are tagged with, or want. `$1` and `$2` are always the
//! viewer's.

use db::{Filter, Reads, Result};

use super::model::Record;
use super::store::Listed;
use crate::subjects::SubjectRef;
use crate::viewer::{OrganisationId, Viewer};

/// Live records that link to this one.
pub async fn linking_here(
    db: &impl Reads,
    viewer: &Viewer,
    to: &SubjectRef,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.state = 'live'
         AND r.id IN (
             SELECT l.from_id FROM record_link l WHERE l.to_kind = $3 AND l.to_number = $4
             UNION
             SELECT l.from_id FROM record h
             JOIN turned t ON t.to_id = h.id
             JOIN record g ON g.id = t.guide_id
             JOIN record_link l ON l.to_kind = g.kind AND l.to_number = g.number
             WHERE h.kind = $3 AND h.number = $4)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.kind, r.number
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(&to.kind)
    .bind(to.number)
    .all()
    .await
}

/// Live records of the same kind that share most tags with this one, among the first sixty that
/// share any and may be read.
pub async fn sharing_tags(
    db: &impl Reads,
    viewer: &Viewer,
    record: &Record,
) -> Result<Vec<Listed>> {
    db.query(
        "WITH sharing AS (
             SELECT t.record_id
             FROM tag t
             CROSS JOIN record r
             WHERE t.name IN (SELECT name FROM tag WHERE record_id = $3) AND t.record_id <> $3
             AND r.id = t.record_id AND r.kind = $4 AND r.state = 'live'
             AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                 OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
             ORDER BY t.name, t.record_id
             LIMIT 60
         ), ranked AS (
             SELECT record_id, count(*) AS shared FROM sharing GROUP BY record_id
         )
         SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM ranked s
         CROSS JOIN record r
         WHERE r.id = s.record_id
         ORDER BY s.shared DESC, r.number
         LIMIT 5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(&record.id)
    .bind(&record.kind)
    .all()
    .await
}

/// All tags with the number of live records this viewer may read under each.
pub async fn tags(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT t.name, count(*)
         FROM tag t
         JOIN record r ON r.id = t.record_id
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY t.name
         ORDER BY t.name",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Live records with this tag, by kind and number.
pub async fn tagged(db: &impl Reads, viewer: &Viewer, tag: &str) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM tag t
         JOIN record r ON r.id = t.record_id
         WHERE t.name = $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.kind, r.number
         LIMIT 500",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(tag)
    .all()
    .await
}

/// Those of these sort keys that are the title of a live page which everybody may read.
pub async fn written(db: &impl Reads, sort_keys: Vec<String>) -> Result<Vec<String>> {
    let filter = Filter::new("SELECT sort_key FROM record")
        .and("state = 'live' AND visibility = 'public'", Vec::new())
        .and_in("sort_key", sort_keys);
    let rows: Vec<(String,)> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Records of one kind, or of all, whose title sorts like this one.
pub async fn titled(db: &impl Reads, sort_key: &str) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT kind, number FROM record
         WHERE sort_key = $1 AND state = 'live' AND visibility = 'public'
         ORDER BY kind, number
         LIMIT 2",
    )
    .bind(sort_key)
    .all()
    .await
}

/// Titles that are linked to and not written yet, with how often.
pub async fn wanted(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT w.title, count(*)
         FROM wanted w
         JOIN record r ON r.id = w.from_id
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY w.title
         ORDER BY count(*) DESC, w.title
         LIMIT 200",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Live records that people of this body began, newest first. A case that tells of a trial whose
/// body is not named would name it here.
pub async fn begun_at(
    db: &impl Reads,
    viewer: &Viewer,
    body: &OrganisationId,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.state = 'live' AND r.author_id IN (
             SELECT person_id FROM membership WHERE organisation_id = $3 AND is_confirmed
         )
         AND NOT (r.kind = 'case' AND EXISTS (
             SELECT 1 FROM case_trial e
             JOIN trial t ON t.number = e.trial
             WHERE e.number = r.number AND NOT t.is_named))
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.made_at DESC, r.id
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(body)
    .all()
    .await
}

/// Live records of this kind that nothing links to which this viewer may read: what they may not
/// read must not show by what is missing here.
pub async fn orphans(db: &impl Reads, viewer: &Viewer, kind: &str) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.kind = $3 AND r.state = 'live'
         AND NOT EXISTS (
             SELECT 1 FROM record_link l
             JOIN record f ON f.id = l.from_id
             WHERE l.to_kind = r.kind AND l.to_number = r.number AND f.state = 'live'
             AND (f.visibility = 'public' OR (f.visibility = 'members' AND $1) OR f.author_id = $2
                 OR (f.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.record_id = f.id AND m.person_id = $2 AND m.is_confirmed)))
         )
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number
         LIMIT 200",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(kind)
    .all()
    .await
}
