//! What waits for a steward, and what stewards decided. `$1` and `$2` are always the viewer's.

use db::{Reads, Result, Tx};

use super::model::Said;
use crate::history::model::RecordId;
use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::Viewer;

/// Bytes that may wait for a steward at the most: what is held fills no disk.
const MOST_BYTES: i64 = 16 * 1024 * 1024;

/// How much waits for a steward.
#[derive(Clone, Copy, Debug, Default)]
pub struct Held {
    /// Items.
    pub items: i64,
    /// Bytes.
    pub bytes: i64,
}
db::columns!(Held { items, bytes });

/// Whether nothing more may be put before a steward.
pub async fn is_full(db: &impl Reads, most: usize) -> Result<bool> {
    let held: Held = db
        .query(
            "SELECT count(*), CAST(coalesce(sum(size), 0) AS BIGINT)
             FROM said WHERE state = 'held'",
        )
        .one()
        .await?;
    let most = i64::try_from(most).unwrap_or(i64::MAX);
    Ok(held.items >= most || held.bytes >= MOST_BYTES)
}

/// How many items wait that this viewer can look at.
pub async fn held_count(db: &impl Reads, viewer: &Viewer) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*)
             FROM said s
             JOIN record r ON r.id = s.record_id
             WHERE s.state = 'held' AND r.state = 'live'
             AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
                 OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                     SELECT 1 FROM record_reader x
                     JOIN membership m ON m.organisation_id = x.organisation_id
                     WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .one()
        .await?;
    Ok(row.0)
}

/// How many items of each sort wait that this viewer can look at.
pub async fn held_counts(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT s.what, count(*)
         FROM said s
         JOIN record r ON r.id = s.record_id
         WHERE s.state = 'held' AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         GROUP BY s.what",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// What waits for a steward after this number, the oldest first.
pub async fn held(db: &impl Reads, viewer: &Viewer, after: i64, at_most: i64) -> Result<Vec<Said>> {
    db.query(
        "SELECT s.id, s.number, s.what, s.state, s.thread, s.base, s.became, s.made_at,
                s.settled_at, s.edited_at, s.author_id, coalesce(p.name, s.author_name), s.note,
                s.why, s.words, r.kind, r.number, r.title, r.slug, CAST(0 AS BIGINT), FALSE
         FROM said s
         JOIN record r ON r.id = s.record_id
         LEFT JOIN person p ON p.id = s.author_id
         WHERE s.state = 'held' AND s.number > $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number
         LIMIT $4",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// Everything by visitors that waits: id, record, what.
pub async fn every_held(
    db: &impl Reads,
    viewer: &Viewer,
) -> Result<Vec<(String, RecordId, String)>> {
    db.query(
        "SELECT s.id, s.record_id, s.what
         FROM said s
         JOIN record r ON r.id = s.record_id
         WHERE s.state = 'held' AND s.author_id IS NULL
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number
         LIMIT 10000",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Takes a published comment away from a discussion; false where it is not there any more.
pub async fn take(tx: &Tx, number: i64, why: &str, now: Moment) -> Result<bool> {
    let taken = tx
        .query(
            "UPDATE said SET state = 'taken', why = $2, settled_at = $3
             WHERE number = $1 AND state = 'published' AND what IN ('comment', 'way', 'help')",
        )
        .bind(number)
        .bind(why)
        .bind(now)
        .run()
        .await?;
    Ok(taken == 1)
}

/// Something that a steward decided.
#[derive(Clone, Debug)]
pub struct Act {
    /// Its id.
    pub id: String,
    /// When.
    pub at: Moment,
    /// `accept`, `refuse`, `take`, `erase`, `delete`, `split`, `undo-author`, ….
    pub act: String,
    /// `comment`, `way`, `help`, `change`, `flag`, `page`, `edit`, `account`.
    pub what: String,
    /// How many at once.
    pub times: i64,
    /// Why.
    pub reason: String,
    /// The kind of the record it was about; nothing where it was about many.
    pub kind: String,
    /// That record's number.
    pub record: i64,
    /// That record's title; nothing where it is gone.
    pub title: String,
}
db::columns!(Act {
    id,
    at,
    act,
    what,
    times,
    reason,
    kind,
    record,
    title
});

/// An act about to be noted: never about whom.
pub struct NewAct<'a> {
    /// What was done.
    pub act: &'a str,
    /// To what.
    pub what: &'a str,
    /// Its number.
    pub number: i64,
    /// How many at once.
    pub times: i64,
    /// About which record; none where it was about many.
    pub record: Option<&'a RecordId>,
    /// Why.
    pub reason: &'a str,
    /// Who decided.
    pub by: &'a str,
}

/// Notes an act.
pub async fn note_act(tx: &Tx, act: &NewAct<'_>, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO moderation (
             id, at, act, what, number, times, record_id, reason, person_id
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
    )
    .bind(new_id(now))
    .bind(now)
    .bind(act.act)
    .bind(act.what)
    .bind(act.number)
    .bind(act.times)
    .bind(act.record.map(|record| record.0.as_str()))
    .bind(act.reason)
    .bind(act.by)
    .run()
    .await?;
    Ok(())
}

/// The newest acts before this moment and id, about records that this viewer can read.
pub async fn acts(
    db: &impl Reads,
    viewer: &Viewer,
    (before, id): (Moment, &str),
    at_most: i64,
) -> Result<Vec<Act>> {
    db.query(
        "SELECT m.id, m.at, m.act, m.what, m.times, m.reason, coalesce(r.kind, ''),
                coalesce(r.number, 0), CASE WHEN r.state = 'live' THEN r.title ELSE '' END
         FROM moderation m
         LEFT JOIN record r ON r.id = m.record_id
         WHERE (m.at < $3 OR (m.at = $3 AND m.id < $4))
         AND (r.id IS NULL OR r.visibility = 'public' OR (r.visibility = 'members' AND $1)
              OR r.author_id = $2
              OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                  SELECT 1 FROM record_reader x
                  JOIN membership p ON p.organisation_id = x.organisation_id
                  WHERE x.record_id = r.id AND p.person_id = $2 AND p.is_confirmed)))
         ORDER BY m.at DESC, m.id DESC
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(before)
    .bind(id)
    .bind(at_most)
    .all()
    .await
}
