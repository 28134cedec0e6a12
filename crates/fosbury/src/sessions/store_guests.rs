//! The link that lets people into an event, and who came in by it.

use db::{Reads, Result, Tx};

use super::guests::Guest;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Makes the event's link, instead of the one before: whoever came in by that is out.
pub async fn make_link(
    tx: &Tx,
    id: &str,
    event: i64,
    secret_hash: &str,
    by: Option<&PersonId>,
    (now, ends_at): (Moment, Moment),
) -> Result<()> {
    withdraw_link(tx, event).await?;
    tx.query(
        "INSERT INTO event_link (id, event, secret_hash, made_by, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(event)
    .bind(secret_hash)
    .bind(by.map(|person| person.0.clone()))
    .bind(now)
    .bind(ends_at)
    .run()
    .await?;
    Ok(())
}

/// Takes the event's link back: nobody comes in by it any more, and who did is out.
pub async fn withdraw_link(tx: &Tx, event: i64) -> Result<()> {
    tx.query(
        "DELETE FROM event_guest
         WHERE link_id IN (SELECT l.id FROM event_link l WHERE l.event = $1)",
    )
    .bind(event)
    .run()
    .await?;
    tx.query("DELETE FROM event_link WHERE event = $1")
        .bind(event)
        .run()
        .await?;
    Ok(())
}

/// Until when the event's link lets people in, if it has one.
pub async fn link_ends(db: &impl Reads, event: i64, now: Moment) -> Result<Option<Moment>> {
    let row: Option<(Moment,)> = db
        .query("SELECT ends_at FROM event_link WHERE event = $1 AND ends_at > $2")
        .bind(event)
        .bind(now)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The link with this secret: its id, its event, its end.
pub async fn link(
    db: &impl Reads,
    secret_hash: &str,
    now: Moment,
) -> Result<Option<(String, i64, Moment)>> {
    db.query("SELECT id, event, ends_at FROM event_link WHERE secret_hash = $1 AND ends_at > $2")
        .bind(secret_hash)
        .bind(now)
        .one_or_none()
        .await
}

/// Lets somebody in by a link.
pub async fn let_in(
    tx: &Tx,
    id: &str,
    link: &str,
    secret_hash: &str,
    name: &str,
    now: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO event_guest (id, link_id, secret_hash, name, at) VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(link)
    .bind(secret_hash)
    .bind(name)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Whom this secret let in, while the link lasts.
pub async fn guest(db: &impl Reads, secret_hash: &str, now: Moment) -> Result<Option<Guest>> {
    db.query(
        "SELECT g.id, l.event, g.name
         FROM event_guest g
         JOIN event_link l ON l.id = g.link_id
         WHERE g.secret_hash = $1 AND l.ends_at > $2",
    )
    .bind(secret_hash)
    .bind(now)
    .one_or_none()
    .await
}

/// Forgets links that have ended, and who came in by them.
pub async fn forget_ended(tx: &Tx, before: Moment) -> Result<()> {
    tx.query(
        "DELETE FROM event_guest
         WHERE link_id IN (SELECT l.id FROM event_link l WHERE l.ends_at < $1)",
    )
    .bind(before)
    .run()
    .await?;
    tx.query("DELETE FROM event_link WHERE ends_at < $1")
        .bind(before)
        .run()
        .await?;
    Ok(())
}

/// Notes that somebody with an account came into an event by its link.
pub async fn note_there(tx: &Tx, event: i64, person: &PersonId, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO event_there (event, person_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (event, person_id) DO NOTHING",
    )
    .bind(event)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}
