//! What waits for somebody's decision, and what was decided.

use db::{Filter, Reads, Result, Tx, Value};

use super::model::Said;
use super::places::PlaceId;
use super::store::{SAID_ANYWHERE, known};
use super::store_places::{LIVE, READABLE, readers};
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

/// The condition that this viewer decides of a row: stewards of all that they may read; of what is
/// kept to some bodies, their people as well, but not of their own words.
const DECIDES: &str = "? OR (
         (r.visibility IN ('bodies', 'own-organisation')
          OR t.visibility IN ('bodies', 'own-organisation')
          OR y.visibility IN ('bodies', 'own-organisation'))
         AND (s.author_id IS NULL OR s.author_id <> ?)
         AND NOT EXISTS (
             SELECT 1 FROM said c
             WHERE c.number = s.thread AND s.what = 'flag' AND c.author_id = ?))";

fn decides(viewer: &Viewer) -> Vec<Value> {
    vec![
        viewer.is_steward().into(),
        viewer.id().into(),
        viewer.id().into(),
    ]
}

/// How much waits that a viewer can decide, by its sort.
#[derive(Clone, Copy, Debug, Default)]
pub struct Waiting {
    /// Comments, ways over and calls for help.
    pub spoken: i64,
    /// Suggested changes.
    pub changes: i64,
    /// Flags.
    pub flags: i64,
}
db::columns!(Waiting {
    spoken,
    changes,
    flags
});

impl Waiting {
    /// All of it.
    pub fn items(&self) -> i64 {
        self.spoken + self.changes + self.flags
    }
}

/// How much waits that this viewer can decide.
pub async fn held_counts(db: &impl Reads, viewer: &Viewer) -> Result<Waiting> {
    if !viewer.is_member() {
        return Ok(Waiting::default());
    }
    let filter = Filter::new(
        "SELECT count(*) FILTER (WHERE s.what IN ('comment', 'way', 'help')),
                count(*) FILTER (WHERE s.what = 'change'),
                count(*) FILTER (WHERE s.what = 'flag')
         FROM said s
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id",
    )
    .and("s.state = 'held'", Vec::new())
    .and(LIVE, Vec::new())
    .and(DECIDES, decides(viewer))
    .and(READABLE, readers(viewer));
    db.filtered(filter).one().await
}

/// What waits for this viewer's decision after this number, the oldest first.
pub async fn held(db: &impl Reads, viewer: &Viewer, after: i64, at_most: i64) -> Result<Vec<Said>> {
    let filter = Filter::with(SAID_ANYWHERE, vec![viewer.id().into()])
        .and("s.state = 'held' AND s.number > ?", vec![after.into()])
        .and(LIVE, Vec::new())
        .and(DECIDES, decides(viewer))
        .and(READABLE, readers(viewer))
        .then("ORDER BY s.number LIMIT ?", vec![at_most.into()]);
    known(db, filter).await
}

/// The item with this number, if it waits for this viewer's decision.
pub async fn to_decide(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Said>> {
    let before = number.saturating_sub(1);
    let next = held(db, viewer, before, 1).await?;
    Ok(next.into_iter().find(|said| said.number == number))
}

/// Everything by visitors that waits: id, the page's kind and id, what.
pub async fn every_held(
    db: &impl Reads,
    viewer: &Viewer,
) -> Result<Vec<(String, String, String, String)>> {
    let filter = Filter::new(
        "SELECT s.id,
                coalesce(r.kind, CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                                  WHEN s.session_id IS NOT NULL THEN 'session'
                                  ELSE 'organisation' END),
                coalesce(s.record_id, s.trial_id, s.session_id, s.organisation_id), s.what
         FROM said s
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id",
    )
    .and("s.state = 'held' AND s.author_id IS NULL", Vec::new())
    .and(READABLE, readers(viewer))
    .then("ORDER BY s.number LIMIT 10000", Vec::new());
    db.filtered(filter).all().await
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
    /// The kind of the page it was about; nothing where it was about many.
    pub kind: String,
    /// That page's number.
    pub record: i64,
    /// That page's title; nothing where it is gone.
    pub title: String,
    /// Its words in addresses, where an address needs them.
    pub slug: String,
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
    title,
    slug,
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
    /// About which page; none where it was about many.
    pub about: Option<&'a PlaceId>,
    /// Why.
    pub reason: &'a str,
    /// Who decided.
    pub by: &'a str,
}

/// Notes an act.
pub async fn note_act(tx: &Tx, act: &NewAct<'_>, now: Moment) -> Result<()> {
    let [record, trial, organisation, session] =
        act.about.map(PlaceId::columns).unwrap_or_default();
    tx.query(
        "INSERT INTO moderation (
             id, at, act, what, number, times, record_id, trial_id, organisation_id,
             session_id, reason, person_id
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new_id(now))
    .bind(now)
    .bind(act.act)
    .bind(act.what)
    .bind(act.number)
    .bind(act.times)
    .bind(record)
    .bind(trial)
    .bind(organisation)
    .bind(session)
    .bind(act.reason)
    .bind(act.by)
    .run()
    .await?;
    Ok(())
}

/// The newest acts before this moment and id, about pages that this viewer can read.
pub async fn acts(
    db: &impl Reads,
    viewer: &Viewer,
    (before, id): (Moment, &str),
    at_most: i64,
) -> Result<Vec<Act>> {
    let filter = Filter::new(
        "SELECT s.id, s.at, s.act, s.what, s.times, s.reason,
                coalesce(r.kind, CASE WHEN s.trial_id IS NOT NULL THEN 'trial'
                                      WHEN s.organisation_id IS NOT NULL THEN 'organisation'
                                      WHEN s.session_id IS NOT NULL THEN 'session'
                                      ELSE '' END),
                coalesce(r.number, t.number, g.number, 0),
                CASE WHEN r.state = 'live' THEN r.title
                     ELSE coalesce(h.title, g.title, o.short_name, '') END,
                coalesce(g.slug, o.slug, '')
         FROM moderation s
         LEFT JOIN record r ON r.id = s.record_id
         LEFT JOIN trial t ON t.id = s.trial_id
         LEFT JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record w ON w.kind = 'solution' AND w.number = t.solution
         LEFT JOIN session g ON g.id = s.session_id
         LEFT JOIN event e ON e.number = g.event
         LEFT JOIN record y ON y.id = e.record_id
         LEFT JOIN organisation o ON o.id = s.organisation_id",
    )
    .and(
        "s.at < ? OR (s.at = ? AND s.id < ?)",
        vec![before.0.into(), before.0.into(), id.into()],
    )
    .and(READABLE, readers(viewer))
    .then(
        "ORDER BY s.at DESC, s.id DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}
