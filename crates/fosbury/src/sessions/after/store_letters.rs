//! Letters about events: their secrets, who wants none, whom to write to.

use db::{Reads, Result, Tx};

use crate::time::Moment;
use crate::viewer::PersonId;

/// Who was told of something said of a session and may have a letter about it.
pub async fn to_tell(db: &impl Reads, said: &str) -> Result<Vec<(String,)>> {
    db.query(
        "SELECT DISTINCT q.person_id
         FROM waiting q
         JOIN said s ON s.id = q.said_id
         JOIN session g ON g.id = s.session_id
         JOIN person p ON p.id = q.person_id
         WHERE s.id = $1 AND s.state = 'published' AND p.left_at IS NULL AND NOT p.is_demo
         AND q.why IN ('mention', 'answer', 'there', 'watched')
         AND NOT EXISTS (
             SELECT 1 FROM event_quiet x WHERE x.event = g.event AND x.person_id = p.id)
         ORDER BY q.person_id
         LIMIT 500",
    )
    .bind(said)
    .all()
    .await
}

/// The number of something that was said.
pub async fn number_of(db: &impl Reads, said: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .query("SELECT number FROM said WHERE id = $1")
        .bind(said)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// A letter about to be written.
#[derive(Clone, Copy)]
pub struct New<'a> {
    /// About which event.
    pub event: i64,
    /// To whom, by their id.
    pub person: &'a str,
    /// About which of its sessions, by its id, if it can be answered.
    pub session: Option<&'a str>,
    /// The thread that an answer belongs to, or 0.
    pub thread: i64,
}

/// Writes a letter's secret down.
pub async fn insert(
    tx: &Tx,
    secret_hash: &str,
    new: &New<'_>,
    (now, ends_at): (Moment, Moment),
) -> Result<()> {
    tx.query(
        "INSERT INTO event_letter (
             secret_hash, event, person_id, session_id, thread, made_at, ends_at
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(secret_hash)
    .bind(new.event)
    .bind(new.person)
    .bind(new.session)
    .bind(new.thread)
    .bind(now)
    .bind(ends_at)
    .run()
    .await?;
    Ok(())
}

/// A letter, by its secret.
#[derive(Clone, Debug)]
pub struct Letter {
    /// About which event.
    pub event: i64,
    /// To whom.
    pub person: PersonId,
    /// About which session, if it can be answered.
    pub session: Option<String>,
    /// The thread that an answer belongs to, or 0.
    pub thread: i64,
}
db::columns!(Letter {
    event,
    person,
    session,
    thread
});

/// The letter of this secret, while it lasts.
pub async fn letter(db: &impl Reads, secret_hash: &str, now: Moment) -> Result<Option<Letter>> {
    db.query(
        "SELECT l.event, l.person_id, l.session_id, l.thread
         FROM event_letter l
         JOIN person p ON p.id = l.person_id
         WHERE l.secret_hash = $1 AND l.ends_at > $2 AND p.left_at IS NULL",
    )
    .bind(secret_hash)
    .bind(now)
    .one_or_none()
    .await
}

/// Forgets letters that ended before this moment, and links that did.
pub async fn forget_ended(tx: &Tx, before: Moment) -> Result<()> {
    for text in [
        "DELETE FROM event_letter WHERE ends_at < $1",
        "DELETE FROM action_link WHERE ends_at < $1",
    ] {
        tx.query(text).bind(before).run().await?;
    }
    Ok(())
}

/// Whether somebody wants no letters about an event.
pub async fn is_quiet(db: &impl Reads, event: i64, person: &str) -> Result<bool> {
    let row: Option<(i64,)> = db
        .query("SELECT at FROM event_quiet WHERE event = $1 AND person_id = $2")
        .bind(event)
        .bind(person)
        .one_or_none()
        .await?;
    Ok(row.is_some())
}

/// Ends letters about an event to somebody.
pub async fn be_quiet(tx: &Tx, event: i64, person: &PersonId, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO event_quiet (event, person_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (event, person_id) DO NOTHING",
    )
    .bind(event)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// How much somebody said since a moment.
pub async fn said_since(db: &impl Reads, person: &PersonId, since: Moment) -> Result<i64> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM said WHERE author_id = $1 AND made_at > $2")
        .bind(person)
        .bind(since)
        .one()
        .await?;
    Ok(row.0)
}

/// The number of the session with this id.
pub async fn session_number(db: &impl Reads, id: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .query("SELECT number FROM session WHERE id = $1 AND removed_at IS NULL")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// Events that ended between these days and whose people were not told yet what came of them: their
/// numbers.
pub async fn to_look_back(
    db: &impl Reads,
    (from, to): (&str, &str),
    at_most: i64,
) -> Result<Vec<(i64,)>> {
    db.query(
        "SELECT e.number
         FROM event e
         JOIN record r ON r.id = e.record_id
         WHERE r.state = 'live' AND NOT r.is_demo AND e.told_at IS NULL
         AND e.last_day BETWEEN $1 AND $2
         ORDER BY e.number
         LIMIT $3",
    )
    .bind(from)
    .bind(to)
    .bind(at_most)
    .all()
    .await
}

/// Notes that letters about an event are on their way; false where they were before.
pub async fn note_told(tx: &Tx, event: i64, now: Moment) -> Result<bool> {
    let noted = tx
        .query("UPDATE event SET told_at = $2 WHERE number = $1 AND told_at IS NULL")
        .bind(event)
        .bind(now)
        .run()
        .await?;
    Ok(noted == 1)
}

/// Everybody with an account who was at an event: who wrote or said something in one of its sessions,
/// took something on, was let in by its link, or runs it.
pub async fn were_there(db: &impl Reads, event: i64) -> Result<Vec<(String,)>> {
    db.query(
        "SELECT p.id FROM person p
         WHERE p.left_at IS NULL AND NOT p.is_demo AND p.id IN (
             SELECT n.author_id FROM note_line n
             JOIN session s ON s.id = n.session_id WHERE s.event = $1
             UNION SELECT t.author_id FROM session_told t
             JOIN session s ON s.id = t.session_id WHERE s.event = $1
             UNION SELECT a.owner_id FROM session_action a
             JOIN session s ON s.id = a.session_id WHERE s.event = $1
             UNION SELECT d.author_id FROM said d
             JOIN session s ON s.id = d.session_id WHERE s.event = $1 AND d.state = 'published'
             UNION SELECT h.person_id FROM event_there h WHERE h.event = $1
             UNION SELECT r.author_id FROM event e
             JOIN record r ON r.id = e.record_id WHERE e.number = $1)
         AND NOT EXISTS (
             SELECT 1 FROM event_quiet x WHERE x.event = $1 AND x.person_id = p.id)
         ORDER BY p.id
         LIMIT 5000",
    )
    .bind(event)
    .all()
    .await
}
