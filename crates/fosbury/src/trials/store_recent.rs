//! Trials among the recent changes: told, told otherwise, answered, confirmed.

use db::{Filter, Reads, Result};

use super::store::{HURDLE_VISIBLE, SOLUTION_VISIBLE, TRIAL_VISIBLE, seen_by};
use super::versions::Version;
use crate::viewer::Viewer;

/// A version as lists of changes show it: of which trial, and the version.
#[derive(Clone, Debug)]
pub struct Recent {
    /// The trial's id.
    pub trial: String,
    /// The version.
    pub version: Version,
}

impl db::FromRow for Recent {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            trial: row.take()?,
            version: Version::from_row(row)?,
        })
    }
}

/// Trials that were told, the newest first, below a place in the list of changes. A first version that
/// was never written down is the trial itself and says nothing here.
pub async fn told(
    db: &impl Reads,
    viewer: &Viewer,
    below: Option<(i64, &str, i64)>,
    at_most: i64,
) -> Result<Vec<Recent>> {
    let mut filter = Filter::new(
        "SELECT t.id, CAST(1 AS BIGINT), 'tell', v.facts, t.author_id, coalesce(p.name, ''),
                t.told_at, v.erased_at, v.erased_why
         FROM trial t
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
         LEFT JOIN person p ON p.id = t.author_id
         LEFT JOIN trial_revision v ON v.trial_id = t.id AND v.seq = 1",
    );
    if let Some((at, id, seq)) = below {
        filter = filter.and(
            "t.told_at < ? OR (t.told_at = ? AND (t.id < ? OR (t.id = ? AND CAST(1 AS BIGINT) < ?)))",
            vec![at.into(), at.into(), id.into(), id.into(), seq.into()],
        );
    }
    let filter = visible(filter, viewer).then(
        "ORDER BY t.told_at DESC, t.id DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}

/// Trials that were told otherwise, answered or confirmed, the newest first, in the same way.
pub async fn changes(
    db: &impl Reads,
    viewer: &Viewer,
    below: Option<(i64, &str, i64)>,
    at_most: i64,
) -> Result<Vec<Recent>> {
    let mut filter = Filter::new(
        "SELECT v.trial_id, v.seq, v.act, v.facts, v.author_id, coalesce(p.name, ''), v.at,
                v.erased_at, v.erased_why
         FROM trial_revision v
         JOIN trial t ON t.id = v.trial_id
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
         LEFT JOIN person p ON p.id = v.author_id",
    )
    .and("v.seq > 1", Vec::new());
    if let Some((at, id, seq)) = below {
        filter = filter.and(
            "v.at < ? OR (v.at = ? AND (v.trial_id < ? OR (v.trial_id = ? AND v.seq < ?)))",
            vec![at.into(), at.into(), id.into(), id.into(), seq.into()],
        );
    }
    let filter = visible(filter, viewer).then(
        "ORDER BY v.at DESC, v.trial_id DESC, v.seq DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}

fn visible(filter: Filter, viewer: &Viewer) -> Filter {
    filter
        .and(TRIAL_VISIBLE, seen_by(viewer))
        .and(HURDLE_VISIBLE, seen_by(viewer))
        .and(SOLUTION_VISIBLE, seen_by(viewer))
}
