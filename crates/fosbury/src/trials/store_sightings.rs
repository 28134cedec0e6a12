//! Sightings in the database: who faces a hurdle, who cleared it, who says so.

use db::{Reads, Result, Tx};

use super::model::Sighting;
use crate::time::Moment;
use crate::viewer::{OrganisationId, Viewer};

/// A sighting to write down.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// Its id.
    pub id: &'a str,
    /// The number of the hurdle.
    pub hurdle: i64,
    /// Which body, if it was said.
    pub organisation: Option<&'a str>,
    /// In which part of it.
    pub service: &'a str,
    /// `facing`, `trying`, `cleared` or `stuck`.
    pub stage: &'a str,
    /// Working days lost to it in a month.
    pub days_lost: Option<i64>,
    /// `public`, `members`, `own-organisation` or `only-me`.
    pub visibility: &'a str,
    /// Whether it counts.
    pub is_confirmed: bool,
    /// Who says so, if they have an account.
    pub author: Option<&'a str>,
    /// What lets a visitor say more of it, hashed.
    pub secret_hash: Option<&'a str>,
    /// When.
    pub at: Moment,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}

/// Writes a sighting down.
pub async fn record(tx: &Tx, new: &New<'_>) -> Result<()> {
    tx.query(
        "INSERT INTO sighting (
             id, hurdle, organisation_id, service, stage, days_lost, visibility, is_confirmed,
             author_id, secret_hash, at, is_demo
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
    )
    .bind(new.id)
    .bind(new.hurdle)
    .bind(new.organisation)
    .bind(new.service)
    .bind(new.stage)
    .bind(new.days_lost)
    .bind(new.visibility)
    .bind(new.is_confirmed)
    .bind(new.author)
    .bind(new.secret_hash)
    .bind(new.at)
    .bind(new.is_demo)
    .run()
    .await?;
    Ok(())
}

/// Says more of a sighting.
pub async fn complete(tx: &Tx, new: &New<'_>) -> Result<()> {
    tx.query(
        "UPDATE sighting
         SET organisation_id = $2, service = $3, stage = $4, days_lost = $5, visibility = $6,
             is_confirmed = $7
         WHERE id = $1",
    )
    .bind(new.id)
    .bind(new.organisation)
    .bind(new.service)
    .bind(new.stage)
    .bind(new.days_lost)
    .bind(new.visibility)
    .bind(new.is_confirmed)
    .run()
    .await?;
    Ok(())
}

/// A visitor's or the viewer's own sighting that more may be said of, made since this moment.
pub async fn own(
    db: &impl Reads,
    viewer: &Viewer,
    secret_hash: &str,
    since: Moment,
) -> Result<Option<Sighting>> {
    db.query(
        "SELECT s.id, s.hurdle, s.organisation_id, coalesce(o.short_name, ''),
                coalesce(o.slug, ''), s.service, s.stage, s.days_lost, s.visibility,
                s.is_confirmed, s.author_id, s.at
         FROM sighting s
         LEFT JOIN organisation o ON o.id = s.organisation_id
         WHERE s.secret_hash = $1 AND s.at >= $2
         AND (s.author_id IS NULL OR s.author_id = $3)",
    )
    .bind(secret_hash)
    .bind(since)
    .bind(viewer.id())
    .one_or_none()
    .await
}

/// The sighting with this id, if the viewer may read it.
pub async fn with_id(db: &impl Reads, viewer: &Viewer, id: &str) -> Result<Option<Sighting>> {
    db.query(
        "SELECT s.id, s.hurdle, s.organisation_id, coalesce(o.short_name, ''),
                coalesce(o.slug, ''), s.service, s.stage, s.days_lost, s.visibility,
                s.is_confirmed, s.author_id, s.at
         FROM sighting s
         LEFT JOIN organisation o ON o.id = s.organisation_id
         WHERE s.id = $3
         AND (s.visibility = 'public' OR (s.visibility = 'members' AND $1) OR s.author_id = $2
             OR (s.visibility = 'own-organisation' AND s.organisation_id IN (
                 SELECT m.organisation_id FROM membership m
                 WHERE m.person_id = $2 AND m.is_confirmed)))",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(id)
    .one_or_none()
    .await
}

/// Sightings of a hurdle with a body, newest first.
pub async fn of_hurdle(
    db: &impl Reads,
    viewer: &Viewer,
    hurdle: i64,
    at_most: i64,
) -> Result<Vec<Sighting>> {
    db.query(
        "SELECT s.id, s.hurdle, s.organisation_id, o.short_name, o.slug, s.service, s.stage,
                s.days_lost, s.visibility, s.is_confirmed, s.author_id, s.at
         FROM sighting s
         JOIN organisation o ON o.id = s.organisation_id
         WHERE s.hurdle = $3
         AND (s.visibility = 'public' OR (s.visibility = 'members' AND $1) OR s.author_id = $2
             OR (s.visibility = 'own-organisation' AND s.organisation_id IN (
                 SELECT m.organisation_id FROM membership m
                 WHERE m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.at DESC, s.id DESC
         LIMIT $4",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(hurdle)
    .bind(at_most)
    .all()
    .await
}

/// Bodies with the stage of their newest confirmed sighting of a hurdle, each body once.
pub async fn stages(
    db: &impl Reads,
    viewer: &Viewer,
    hurdle: i64,
) -> Result<Vec<(OrganisationId, String, Moment)>> {
    db.query(
        "SELECT organisation_id, stage, at
         FROM (
             SELECT s.organisation_id, s.stage, s.at,
                    row_number() OVER (
                        PARTITION BY s.organisation_id ORDER BY s.at DESC, s.id DESC
                    ) AS place
             FROM sighting s
             WHERE s.hurdle = $3 AND s.is_confirmed AND s.organisation_id IS NOT NULL
             AND (s.visibility = 'public' OR (s.visibility = 'members' AND $1)
                 OR s.author_id = $2
                 OR (s.visibility = 'own-organisation' AND s.organisation_id IN (
                     SELECT m.organisation_id FROM membership m
                     WHERE m.person_id = $2 AND m.is_confirmed)))
         ) newest
         WHERE place = 1
         ORDER BY organisation_id",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(hurdle)
    .all()
    .await
}

/// How many reports of a hurdle nobody has confirmed, with a body or without.
pub async fn unconfirmed(db: &impl Reads, hurdle: i64) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM sighting
             WHERE hurdle = $1 AND NOT is_confirmed AND visibility = 'public'",
        )
        .bind(hurdle)
        .one()
        .await?;
    Ok(row.0)
}

/// Confirms a sighting.
pub async fn confirm(tx: &Tx, id: &str, by: &str) -> Result<u64> {
    tx.query(
        "UPDATE sighting SET is_confirmed = TRUE, confirmed_by = $2
         WHERE id = $1 AND organisation_id IS NOT NULL AND NOT is_confirmed",
    )
    .bind(id)
    .bind(by)
    .run()
    .await
}

/// Takes a sighting away.
pub async fn remove(tx: &Tx, id: &str) -> Result<u64> {
    tx.query("DELETE FROM sighting WHERE id = $1")
        .bind(id)
        .run()
        .await
}
