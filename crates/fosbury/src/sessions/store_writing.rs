//! Writing events, sessions and write-ups: each of these is a step of somebody's change.

use db::{Reads, Result, Tx};

use super::model::Session;
use crate::history::model::{Parts, RecordId};
use crate::ids::new_id;
use crate::naming::slug;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Brings what is kept of an event up to date with its text. That young people are there stays said.
pub async fn keep_event(tx: &Tx, id: &RecordId, number: i64, parts: &Parts) -> Result<()> {
    tx.query(
        "INSERT INTO event (record_id, number, place, first_day, last_day, is_young)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (record_id) DO UPDATE
         SET place = excluded.place, first_day = excluded.first_day,
             last_day = excluded.last_day, is_young = event.is_young OR excluded.is_young",
    )
    .bind(id)
    .bind(number)
    .bind(parts.get("place"))
    .bind(parts.get("first"))
    .bind(parts.get("last"))
    .bind(parts.get("young") == "yes")
    .run()
    .await?;
    Ok(())
}

/// The record of an event, for changes that were allowed already.
pub async fn record_of_event(db: &impl Reads, event: i64) -> Result<Option<RecordId>> {
    let row: Option<(RecordId,)> = db
        .query("SELECT record_id FROM event WHERE number = $1")
        .bind(event)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The record of the write-up that opened when a session's capture locked.
pub async fn record_of_write_up(db: &impl Reads, session: i64) -> Result<Option<RecordId>> {
    let row: Option<(RecordId,)> = db
        .query(
            "SELECT w.record_id FROM write_up w
             JOIN session s ON s.write_up = w.number
             WHERE s.number = $1",
        )
        .bind(session)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// Whether young people are at an event.
pub async fn is_young(db: &impl Reads, event: i64) -> Result<bool> {
    let row: Option<(bool,)> = db
        .query("SELECT is_young FROM event WHERE number = $1")
        .bind(event)
        .one_or_none()
        .await?;
    Ok(row.is_some_and(|row| row.0))
}

/// Brings what is kept of a write-up up to date: of which session it is stays as it began.
pub async fn keep_write_up(tx: &Tx, id: &RecordId, number: i64, session: i64) -> Result<()> {
    tx.query(
        "INSERT INTO write_up (record_id, number, session)
         VALUES ($1, $2, $3)
         ON CONFLICT (record_id) DO NOTHING",
    )
    .bind(id)
    .bind(number)
    .bind(session)
    .run()
    .await?;
    Ok(())
}

/// A session as somebody puts it into the grid.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Planned {
    /// On which day, such as `2026-05-03`.
    pub day: String,
    /// From when, such as `10:00`.
    pub starts: String,
    /// Until when, or nothing.
    pub ends: String,
    /// Where, or nothing.
    pub room: String,
    /// What it is about.
    pub title: String,
    /// Who leads it, or nothing.
    pub lead: String,
}

/// Puts a session into an event's grid; its number is for ever.
pub async fn add(
    tx: &Tx,
    event: i64,
    planned: &Planned,
    is_demo: bool,
    now: Moment,
) -> Result<(String, i64)> {
    let number = store_log::next_number(tx, "session").await?;
    let id = new_id(now);
    tx.query(
        "INSERT INTO session (
             id, number, event, day, starts, ends, room, title, slug, lead, version, made_at,
             changed_at, is_demo
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, 0, $11, $11, $12)",
    )
    .bind(&id)
    .bind(number)
    .bind(event)
    .bind(&planned.day)
    .bind(&planned.starts)
    .bind(&planned.ends)
    .bind(&planned.room)
    .bind(&planned.title)
    .bind(slug(&planned.title))
    .bind(&planned.lead)
    .bind(now)
    .bind(is_demo)
    .run()
    .await?;
    Ok((id, number))
}

/// Changes where and when a session is and what it is called; not once it is locked.
pub async fn change(tx: &Tx, session: &str, planned: &Planned, now: Moment) -> Result<bool> {
    let changed = tx
        .query(
            "UPDATE session
             SET day = $2, starts = $3, ends = $4, room = $5, title = $6, slug = $7, lead = $8,
                 changed_at = $9
             WHERE id = $1 AND locked_at IS NULL AND removed_at IS NULL",
        )
        .bind(session)
        .bind(&planned.day)
        .bind(&planned.starts)
        .bind(&planned.ends)
        .bind(&planned.room)
        .bind(&planned.title)
        .bind(slug(&planned.title))
        .bind(&planned.lead)
        .bind(now)
        .run()
        .await?;
    Ok(changed > 0)
}

/// Takes a session out of the grid that nobody wrote or said anything in.
pub async fn remove(tx: &Tx, session: &str, now: Moment) -> Result<bool> {
    let removed = tx
        .query(
            "UPDATE session SET removed_at = $2
             WHERE id = $1 AND locked_at IS NULL AND removed_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM note_line n WHERE n.session_id = session.id)
             AND NOT EXISTS (SELECT 1 FROM session_told t WHERE t.session_id = session.id)
             AND NOT EXISTS (SELECT 1 FROM session_action a WHERE a.session_id = session.id)
             AND NOT EXISTS (SELECT 1 FROM said s WHERE s.session_id = session.id)",
        )
        .bind(session)
        .bind(now)
        .run()
        .await?;
    Ok(removed > 0)
}

/// Notes which write-up a session has.
pub async fn written_up(tx: &Tx, session: &str, write_up: i64) -> Result<()> {
    tx.query("UPDATE session SET write_up = $2 WHERE id = $1")
        .bind(session)
        .bind(write_up)
        .run()
        .await?;
    Ok(())
}

/// Asks for a session's notes to be published, once.
pub async fn ask_to_publish(tx: &Tx, session: &str, by: &PersonId, now: Moment) -> Result<bool> {
    let asked = tx
        .query(
            "UPDATE session SET asked_by = $2, asked_at = $3
             WHERE id = $1 AND locked_at IS NOT NULL AND asked_by IS NULL",
        )
        .bind(session)
        .bind(by)
        .bind(now)
        .run()
        .await?;
    Ok(asked > 0)
}

/// Publishes a session's notes: somebody else must have asked for it.
pub async fn publish(tx: &Tx, session: &str, by: &PersonId, now: Moment) -> Result<bool> {
    let published = tx
        .query(
            "UPDATE session SET published_by = $2, published_at = $3
             WHERE id = $1 AND asked_by IS NOT NULL AND asked_by <> $2 AND published_at IS NULL",
        )
        .bind(session)
        .bind(by)
        .bind(now)
        .run()
        .await?;
    Ok(published > 0)
}

/// A session by its number, for changes that were allowed already.
pub async fn session(db: &impl Reads, number: i64) -> Result<Option<Session>> {
    db.query(
        "SELECT id, number, event, day, starts, ends, room, title, slug, lead, version, made_at,
                locked_at, content_hash, write_up, asked_by, published_at, is_demo
         FROM session WHERE number = $1",
    )
    .bind(number)
    .one_or_none()
    .await
}

/// Sessions with notes that nobody locked although their event's last day is over.
pub async fn left_open(db: &impl Reads, today: &str) -> Result<Vec<(Session, RecordId)>> {
    let rows: Vec<Open> = db
        .query(
            "SELECT e.record_id, s.id, s.number, s.event, s.day, s.starts, s.ends, s.room, s.title,
                    s.slug, s.lead, s.version, s.made_at, s.locked_at, s.content_hash, s.write_up,
                    s.asked_by, s.published_at, s.is_demo
             FROM session s
             JOIN event e ON e.number = s.event
             WHERE s.locked_at IS NULL AND s.removed_at IS NULL AND e.last_day < $1
             AND EXISTS (SELECT 1 FROM note_line n WHERE n.session_id = s.id)
             ORDER BY s.number
             LIMIT 100",
        )
        .bind(today)
        .all()
        .await?;
    Ok(rows
        .into_iter()
        .map(|row| (row.session, row.event))
        .collect())
}

struct Open {
    event: RecordId,
    session: Session,
}

impl db::FromRow for Open {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            event: row.take()?,
            session: Session::from_row(row)?,
        })
    }
}
