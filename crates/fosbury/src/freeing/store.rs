//! What hangs on what, and where a body stands. `$1` and `$2` are always the viewer's.

use db::{Reads, Result};

use crate::history::store::Listed;
use crate::viewer::{OrganisationId, Viewer};

/// Every dependency of which the viewer may read both ends: a hurdle, and what it depends on.
pub async fn dependencies(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(i64, i64)>> {
    db.query(
        "SELECT d.number, d.on_number
         FROM hurdle_dependency d
         JOIN record r ON r.kind = 'hurdle' AND r.number = d.number
         JOIN record o ON o.kind = 'hurdle' AND o.number = d.on_number
         WHERE r.state = 'live' AND o.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         AND (o.visibility = 'public' OR (o.visibility = 'members' AND $1) OR o.author_id = $2
             OR (o.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = o.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY d.number, d.on_number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// The live hurdles that some other depends on or that depend on another, by number.
pub async fn hurdles(db: &impl Reads, viewer: &Viewer) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.kind = 'hurdle' AND r.state = 'live'
         AND r.number IN (
             SELECT number FROM hurdle_dependency
             UNION
             SELECT on_number FROM hurdle_dependency)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// The stage of a body's newest confirmed sighting of each hurdle, of those the viewer may read.
pub async fn stages(
    db: &impl Reads,
    viewer: &Viewer,
    body: &OrganisationId,
) -> Result<Vec<(i64, String)>> {
    db.query(
        "SELECT hurdle, stage
         FROM (
             SELECT s.hurdle, s.stage,
                    row_number() OVER (
                        PARTITION BY s.hurdle ORDER BY s.at DESC, s.id DESC
                    ) AS place
             FROM sighting s
             WHERE s.organisation_id = $3 AND s.is_confirmed
             AND (s.visibility = 'public' OR (s.visibility = 'members' AND $1)
                 OR s.author_id = $2
                 OR (s.visibility = 'own-organisation' AND s.organisation_id IN (
                     SELECT m.organisation_id FROM membership m
                     WHERE m.person_id = $2 AND m.is_confirmed)))
         ) newest
         WHERE place = 1
         ORDER BY hurdle",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(body)
    .all()
    .await
}
