//! What was said of hurdles at bodies, oldest first, as a viewer may read it.

use db::{Filter, Reads, Result, Value};

use super::model::{Said, Tried};
use crate::organisations::model::day_of;
use crate::time::Moment;
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

/// What was tried at a body on one hurdle, as the database counts it; days that were not told are
/// those of the telling.
struct Counted {
    hurdle: i64,
    title: String,
    slug: String,
    begun: String,
    last: String,
    told: Option<Moment>,
    first_worked: String,
    last_worked: String,
    first_worked_told: Option<Moment>,
    last_worked_told: Option<Moment>,
    going_on: i64,
}
db::columns!(Counted {
    hurdle,
    title,
    slug,
    begun,
    last,
    told,
    first_worked,
    last_worked,
    first_worked_told,
    last_worked_told,
    going_on,
});

impl Counted {
    fn tried(self) -> Tried {
        let of_telling = |told: Option<Moment>| told.map(day_of).unwrap_or_default();
        let worked = [
            self.first_worked,
            self.last_worked,
            of_telling(self.first_worked_told),
            of_telling(self.last_worked_told),
        ];
        Tried {
            hurdle: self.hurdle,
            title: self.title,
            slug: self.slug,
            begun: self.begun,
            last: self.last.max(of_telling(self.told)),
            worked: worked.into_iter().filter(|day| !day.is_empty()).collect(),
            is_going_on: self.going_on > 0,
        }
    }
}

/// What was tried at a body, by hurdle, counted where it lies: confirmed trials alone. Of the
/// days on which something had worked it says the first and the last.
pub async fn tried(db: &impl Reads, viewer: &Viewer, body: &OrganisationId) -> Result<Vec<Tried>> {
    let counted: Vec<Counted> = db
        .query(
            "SELECT t.hurdle, h.title, h.slug,
                    coalesce(min(nullif(t.begun_on, '')), ''),
                    coalesce(max(coalesce(nullif(t.ended_on, ''), t.begun_on)), ''),
                    max(t.told_at) FILTER (WHERE t.ended_on = '' AND t.begun_on = ''),
                    coalesce(min(coalesce(nullif(t.ended_on, ''), nullif(t.begun_on, '')))
                        FILTER (WHERE t.outcome = 'worked'), ''),
                    coalesce(max(coalesce(nullif(t.ended_on, ''), nullif(t.begun_on, '')))
                        FILTER (WHERE t.outcome = 'worked'), ''),
                    min(t.told_at) FILTER (
                        WHERE t.outcome = 'worked' AND t.ended_on = '' AND t.begun_on = ''),
                    max(t.told_at) FILTER (
                        WHERE t.outcome = 'worked' AND t.ended_on = '' AND t.begun_on = ''),
                    count(*) FILTER (WHERE t.outcome = 'too-early')
             FROM trial t
             JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
             LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
             WHERE t.organisation_id = $3 AND t.is_confirmed
             AND (t.is_named OR t.author_id = $2 OR EXISTS (
                 SELECT 1 FROM membership w
                 WHERE w.organisation_id = $3 AND w.person_id = $2 AND w.is_confirmed))
             AND (t.visibility = 'public' OR (t.visibility = 'members' AND $1)
                 OR t.author_id = $2
                 OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM trial_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.trial_id = t.id AND m.person_id = $2 AND m.is_confirmed)))
             AND h.state = 'live'
             AND (h.visibility = 'public' OR (h.visibility = 'members' AND $1)
                 OR h.author_id = $2
                 OR (h.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader y
                     JOIN membership n ON n.organisation_id = y.organisation_id
                     WHERE y.record_id = h.id AND n.person_id = $2 AND n.is_confirmed)))
             AND (t.solution = 0 OR (s.state = 'live' AND (s.visibility = 'public'
                 OR (s.visibility = 'members' AND $1) OR s.author_id = $2
                 OR (s.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader z
                     JOIN membership k ON k.organisation_id = z.organisation_id
                     WHERE z.record_id = s.id AND k.person_id = $2 AND k.is_confirmed)))))
             GROUP BY t.hurdle, h.title, h.slug
             ORDER BY t.hurdle",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .bind(body)
        .all()
        .await?;
    Ok(counted.into_iter().map(Counted::tried).collect())
}
