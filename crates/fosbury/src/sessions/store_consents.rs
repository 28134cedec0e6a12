//! Who agreed that pictures and sound of an event with young people are kept.

use db::{Reads, Result, Tx};

use crate::history::model::RecordId;
use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::PersonId;

/// One consent, for those who run the event.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// Inside the database.
    pub id: String,
    /// Who gave it, as they are called there.
    pub who: String,
    /// To what.
    pub what: String,
    /// On which day.
    pub given_on: String,
    /// Who noted it.
    pub noted_by: String,
}
db::columns!(Consent {
    id,
    who,
    what,
    given_on,
    noted_by,
});

/// The consents of an event that the asker runs, the oldest first.
pub async fn of_event(db: &impl Reads, event: i64) -> Result<Vec<Consent>> {
    db.query(
        "SELECT c.id, c.who, c.what, c.given_on, coalesce(p.name, '')
         FROM event_consent c
         LEFT JOIN person p ON p.id = c.noted_by
         WHERE c.event = $1
         ORDER BY c.noted_at, c.id",
    )
    .bind(event)
    .all()
    .await
}

/// Notes a consent.
pub async fn note(
    tx: &Tx,
    event: i64,
    (who, what, given_on): (&str, &str, &str),
    by: &PersonId,
    now: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO event_consent (id, event, who, what, given_on, noted_by, noted_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(new_id(now))
    .bind(event)
    .bind(who)
    .bind(what)
    .bind(given_on)
    .bind(by)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Forgets a consent that was taken back.
pub async fn withdraw(tx: &Tx, event: i64, id: &str) -> Result<()> {
    tx.query("DELETE FROM event_consent WHERE event = $1 AND id = $2")
        .bind(event)
        .bind(id)
        .run()
        .await?;
    Ok(())
}

/// Whether files must wait: the record is of an event with young people, or of its write-up, and
/// nobody has noted a consent.
pub async fn is_missing(db: &impl Reads, record: &RecordId) -> Result<bool> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM event e
             WHERE e.is_young
             AND (e.record_id = $1 OR e.number IN (
                 SELECT s.event FROM write_up w
                 JOIN session s ON s.number = w.session
                 WHERE w.record_id = $1))
             AND NOT EXISTS (SELECT 1 FROM event_consent c WHERE c.event = e.number)",
        )
        .bind(record)
        .one()
        .await?;
    Ok(row.0 > 0)
}

/// Whether a write-up must not be opened to visitors yet: young people were there, and no second
/// person has published its session's notes.
pub async fn is_held(db: &impl Reads, record: &RecordId) -> Result<bool> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM write_up w
             JOIN session s ON s.number = w.session
             JOIN event e ON e.number = s.event
             WHERE w.record_id = $1 AND e.is_young AND s.published_at IS NULL",
        )
        .bind(record)
        .one()
        .await?;
    Ok(row.0 > 0)
}
