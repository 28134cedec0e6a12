//! How often pages are opened, and which are due to be looked at. `$1` and `$2` are always the
//! viewer's.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::history::store::Listed;
use crate::time::{DAY, Moment};
use crate::viewer::Viewer;

/// The months of the whole place after which a page is due, in `desk_rule`.
const REVIEW_MONTHS: &str = "review-months";
/// A twelfth of a year, in milliseconds.
pub const MONTH: i64 = 365 * DAY / 12;

/// Adds to how often a live page was opened in a month.
pub async fn add_readings(
    tx: &Tx,
    (kind, number): (&str, i64),
    month: &str,
    times: i64,
) -> Result<()> {
    tx.query(
        "INSERT INTO reading (record_id, month, times)
         SELECT id, $3, $4 FROM record WHERE kind = $1 AND number = $2 AND state = 'live'
         ON CONFLICT (record_id, month) DO UPDATE SET times = reading.times + excluded.times",
    )
    .bind(kind)
    .bind(number)
    .bind(month)
    .bind(times)
    .run()
    .await?;
    Ok(())
}

/// Forgets the months before this one.
pub async fn forget_readings(tx: &Tx, before: &str) -> Result<()> {
    tx.query("DELETE FROM reading WHERE month < $1")
        .bind(before)
        .run()
        .await?;
    Ok(())
}

/// A page that many opened.
pub struct Opened {
    /// The page.
    pub listed: Listed,
    /// Its parts as stored.
    pub parts: Option<String>,
    /// Whether solutions say that they are for it.
    pub has_solutions: bool,
    /// How often it was opened.
    pub times: i64,
}

impl db::FromRow for Opened {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            listed: Listed::from_row(row)?,
            parts: row.take()?,
            has_solutions: row.take()?,
            times: row.take()?,
        })
    }
}

/// The pages opened at least so often since this month, most often first.
pub async fn most_opened(
    db: &impl Reads,
    viewer: &Viewer,
    since: &str,
    at_least: i64,
) -> Result<Vec<Opened>> {
    db.query(
        "WITH opened AS (
             SELECT record_id, CAST(sum(times) AS BIGINT) AS times FROM reading
             WHERE month >= $3
             GROUP BY record_id
         )
         SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished, v.parts,
                EXISTS (SELECT 1 FROM solution_hurdle h
                        WHERE h.hurdle = r.number AND r.kind = 'hurdle'),
                o.times
         FROM opened o
         JOIN record r ON r.id = o.record_id
         JOIN revision v ON v.record_id = r.id AND v.seq = r.head
         WHERE r.state = 'live' AND o.times >= $4
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY o.times DESC, r.kind, r.number
         LIMIT 100",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(since)
    .bind(at_least)
    .all()
    .await
}

/// The months after which a page is due that has no period of its own; 0 for never.
pub async fn review_months(db: &impl Reads) -> Result<i64> {
    let row: Option<(i64,)> = db
        .query("SELECT value FROM desk_rule WHERE name = $1")
        .bind(REVIEW_MONTHS)
        .one_or_none()
        .await?;
    Ok(row.map_or(0, |row| row.0))
}

/// Decides after how many months pages are due.
pub async fn set_review_months(tx: &Tx, months: i64) -> Result<()> {
    tx.query(
        "INSERT INTO desk_rule (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value",
    )
    .bind(REVIEW_MONTHS)
    .bind(months)
    .run()
    .await?;
    Ok(())
}

/// When a page was looked at, and its own period.
#[derive(Clone, Copy, Debug, Default)]
pub struct Review {
    /// Its own months; none for the place's.
    pub months: Option<i64>,
    /// When a steward found it still true.
    pub looked_at: Option<Moment>,
}
db::columns!(Review { months, looked_at });

/// What is known of the reviews of a page.
pub async fn review(db: &impl Reads, record: &RecordId) -> Result<Review> {
    let found = db
        .query("SELECT months, looked_at FROM review WHERE record_id = $1")
        .bind(record)
        .one_or_none()
        .await?;
    Ok(found.unwrap_or_default())
}

/// Notes that a steward found a page still true.
pub async fn looked_at(tx: &Tx, record: &RecordId, person: &str, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO review (record_id, looked_at, person_id) VALUES ($1, $2, $3)
         ON CONFLICT (record_id) DO UPDATE
         SET looked_at = excluded.looked_at, person_id = excluded.person_id",
    )
    .bind(record)
    .bind(now)
    .bind(person)
    .run()
    .await?;
    Ok(())
}

/// Gives a page a period of its own, or the place's again.
pub async fn set_months(tx: &Tx, record: &RecordId, months: Option<i64>) -> Result<()> {
    tx.query(
        "INSERT INTO review (record_id, months) VALUES ($1, $2)
         ON CONFLICT (record_id) DO UPDATE SET months = excluded.months",
    )
    .bind(record)
    .bind(months)
    .run()
    .await?;
    Ok(())
}

/// A page that is due.
pub struct Stale {
    /// The page.
    pub listed: Listed,
    /// When it was last changed or found still true.
    pub last_at: Moment,
}

impl db::FromRow for Stale {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            listed: Listed::from_row(row)?,
            last_at: row.take()?,
        })
    }
}

/// The pages that nobody changed or looked at for longer than their period, the oldest first.
pub async fn stale(
    db: &impl Reads,
    viewer: &Viewer,
    months: i64,
    now: Moment,
    at_most: i64,
) -> Result<Vec<Stale>> {
    db.query(
        "WITH tended AS (
             SELECT r.id, coalesce(w.months, $3) AS months,
                    CASE WHEN w.looked_at > r.changed_at THEN w.looked_at ELSE r.changed_at END
                    AS last_at
             FROM record r
             LEFT JOIN review w ON w.record_id = r.id
             WHERE r.state = 'live'
         )
         SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished, t.last_at
         FROM tended t
         JOIN record r ON r.id = t.id
         WHERE t.months > 0 AND t.last_at + t.months * $4 < $5
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY t.last_at, r.kind, r.number
         LIMIT $6",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(months)
    .bind(MONTH)
    .bind(now)
    .bind(at_most)
    .all()
    .await
}
