//! What hurdles keep beside their text. `$1` and `$2` are always the viewer's.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::history::store::Listed;
use crate::viewer::Viewer;

/// Brings a hurdle's heading and dependencies up to date.
pub async fn keep(
    tx: &Tx,
    id: &RecordId,
    number: i64,
    heading: &str,
    depends: Vec<i64>,
) -> Result<()> {
    tx.query(
        "INSERT INTO hurdle (record_id, number, heading) VALUES ($1, $2, $3)
         ON CONFLICT (record_id) DO UPDATE SET heading = excluded.heading",
    )
    .bind(id)
    .bind(number)
    .bind(heading)
    .run()
    .await?;
    tx.query("DELETE FROM hurdle_dependency WHERE number = $1")
        .bind(number)
        .run()
        .await?;
    let rows = depends.into_iter().filter(|on| *on != number);
    let rows = rows.map(|on| vec![number.into(), on.into()]).collect();
    tx.insert_many("hurdle_dependency (number, on_number)", 2, rows)
        .await
}

/// Headings with the number of live hurdles under each.
pub async fn headings(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT h.heading, count(*)
         FROM hurdle h
         JOIN record r ON r.id = h.record_id
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY h.heading",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Live hurdles under a heading after this number, by number.
pub async fn under(
    db: &impl Reads,
    viewer: &Viewer,
    heading: &str,
    after: i64,
    at_most: i64,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM hurdle h
         JOIN record r ON r.id = h.record_id
         WHERE h.heading = $3 AND h.number > $4 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY h.number
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(heading)
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// The live hurdles that this one depends on.
pub async fn depends_on(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM hurdle_dependency d
         CROSS JOIN record r
         WHERE d.number = $3 AND r.kind = 'hurdle' AND r.number = d.on_number
         AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(number)
    .all()
    .await
}

/// The live hurdles that are easier once this one is cleared.
pub async fn frees(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM hurdle_dependency d
         CROSS JOIN record r
         WHERE d.on_number = $3 AND r.kind = 'hurdle' AND r.number = d.number
         AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(number)
    .all()
    .await
}
