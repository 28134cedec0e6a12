//! Drafts in the database.

use db::{Reads, Result, Tx};

use super::drafts::{Draft, Place};
use super::model::Parts;
use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Keeps a draft, in place of an older one of the same text.
pub async fn put(tx: &Tx, place: &Place<'_>, base: i64, parts: &Parts, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO draft (id, person_id, kind, number, base, parts, at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (person_id, kind, number)
         DO UPDATE SET base = excluded.base, parts = excluded.parts, at = excluded.at",
    )
    .bind(new_id(now))
    .bind(place.person)
    .bind(place.kind)
    .bind(place.number)
    .bind(base)
    .bind(parts.to_json())
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// The draft kept for a text.
pub async fn of(db: &impl Reads, place: &Place<'_>) -> Result<Option<Draft>> {
    db.query(
        "SELECT kind, number, base, parts, at FROM draft
         WHERE person_id = $1 AND kind = $2 AND number = $3",
    )
    .bind(place.person)
    .bind(place.kind)
    .bind(place.number)
    .one_or_none()
    .await
}

/// All drafts of a person, newest first.
pub async fn all_of(db: &impl Reads, person: &PersonId) -> Result<Vec<Draft>> {
    db.query(
        "SELECT kind, number, base, parts, at FROM draft
         WHERE person_id = $1
         ORDER BY at DESC
         LIMIT 100",
    )
    .bind(person)
    .all()
    .await
}

/// Throws a draft away.
pub async fn remove(tx: &Tx, place: &Place<'_>) -> Result<()> {
    tx.query("DELETE FROM draft WHERE person_id = $1 AND kind = $2 AND number = $3")
        .bind(place.person)
        .bind(place.kind)
        .bind(place.number)
        .run()
        .await?;
    Ok(())
}
