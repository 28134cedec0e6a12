//! What was said of hurdles at bodies, oldest first, as a viewer may read it.

use db::{Filter, Reads, Result, Value};

use super::model::Said;
use crate::viewer::{OrganisationId, Viewer};

/// Rows read at the most.
const ROWS: i64 = 2000;

const SAID: &str = "SELECT s.organisation_id, s.hurdle, h.title, h.slug, s.service, s.stage,
            s.visibility, s.is_confirmed, s.at
     FROM sighting s
     JOIN record h ON h.kind = 'hurdle' AND h.number = s.hurdle AND h.state = 'live'";
/// The condition that a sighting may be read; [`seen_by`] has its values.
const SIGHTING_VISIBLE: &str =
    "s.visibility = 'public' OR (s.visibility = 'members' AND ?) OR s.author_id = ?
     OR (s.visibility = 'own-organisation' AND s.organisation_id IN (
         SELECT m.organisation_id FROM membership m
         WHERE m.person_id = ? AND m.is_confirmed))";
/// The condition that its hurdle may be.
const HURDLE_VISIBLE: &str = "h.visibility = 'public'
     OR (h.visibility = 'members' AND ?) OR h.author_id = ?
     OR (h.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM record_reader y
         JOIN membership n ON n.organisation_id = y.organisation_id
         WHERE y.record_id = h.id AND n.person_id = ? AND n.is_confirmed))";

fn seen_by(viewer: &Viewer) -> Vec<Value> {
    vec![
        viewer.is_member().into(),
        viewer.id().into(),
        viewer.id().into(),
    ]
}

/// What was said at one body.
pub async fn at_body(db: &impl Reads, viewer: &Viewer, body: &OrganisationId) -> Result<Vec<Said>> {
    let filter = Filter::new(SAID).and("s.organisation_id = ?", vec![body.into()]);
    read(db, viewer, filter).await
}

/// What was said of one hurdle at these bodies, and counts.
pub async fn of_hurdle(
    db: &impl Reads,
    viewer: &Viewer,
    hurdle: i64,
    bodies: Vec<String>,
) -> Result<Vec<Said>> {
    let filter = Filter::new(SAID)
        .and("s.hurdle = ? AND s.is_confirmed", vec![hurdle.into()])
        .and_in("s.organisation_id", bodies);
    read(db, viewer, filter).await
}

async fn read(db: &impl Reads, viewer: &Viewer, filter: Filter) -> Result<Vec<Said>> {
    let filter = filter
        .and(SIGHTING_VISIBLE, seen_by(viewer))
        .and(HURDLE_VISIBLE, seen_by(viewer))
        .then("ORDER BY s.at DESC, s.id DESC LIMIT ?", vec![ROWS.into()]);
    let mut said: Vec<Said> = db.filtered(filter).all().await?;
    said.reverse();
    Ok(said)
}
