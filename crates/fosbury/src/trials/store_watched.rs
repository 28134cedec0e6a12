//! Changes of trials that somebody watches.

use db::{Filter, Reads, Result};

use super::store::{HURDLE_VISIBLE, SOLUTION_VISIBLE, TRIAL_VISIBLE, seen_by};
use crate::time::Moment;
use crate::viewer::Viewer;

/// Changes by others of trials that the viewer watches and may read, since they last looked, newest
/// first: the trial's number, the version, when it was made.
pub async fn changed(
    db: &impl Reads,
    viewer: &Viewer,
    at_most: i64,
) -> Result<Vec<(i64, i64, Moment)>> {
    let filter = Filter::new(
        "SELECT t.number, v.seq, v.at
         FROM watch q
         CROSS JOIN trial t
         CROSS JOIN trial_revision v
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution",
    );
    let filter = since(filter, viewer).then(
        "ORDER BY v.at DESC, t.number, v.seq DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}

/// How many they are.
pub async fn count(db: &impl Reads, viewer: &Viewer) -> Result<i64> {
    let filter = Filter::new(
        "SELECT count(*)
         FROM watch q
         CROSS JOIN trial t
         CROSS JOIN trial_revision v
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution",
    );
    let row: (i64,) = db.filtered(since(filter, viewer)).one().await?;
    Ok(row.0)
}

fn since(filter: Filter, viewer: &Viewer) -> Filter {
    let id = || viewer.id().into();
    filter
        .and(
            "q.person_id = ? AND q.what = 'trial' AND t.id = q.subject AND v.trial_id = t.id",
            vec![id()],
        )
        .and(
            "v.seq > 1 AND v.at > q.at AND (v.author_id IS NULL OR v.author_id <> ?)
             AND v.at > coalesce((SELECT u.at FROM seen_until u WHERE u.person_id = ?), 0)",
            vec![id(), id()],
        )
        .and(TRIAL_VISIBLE, seen_by(viewer))
        .and(HURDLE_VISIBLE, seen_by(viewer))
        .and(SOLUTION_VISIBLE, seen_by(viewer))
}
