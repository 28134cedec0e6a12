//! Who works where.

use db::{Reads, Result, Tx};

use crate::time::Moment;
use crate::viewer::{OrganisationId, PersonId, Viewer};

/// A body where somebody works, or says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Workplace {
    /// The body.
    pub id: OrganisationId,
    /// Its word in addresses.
    pub slug: String,
    /// What people call it.
    pub short_name: String,
    /// Whether somebody confirmed it.
    pub is_confirmed: bool,
}
db::columns!(Workplace {
    id,
    slug,
    short_name,
    is_confirmed
});

impl Workplace {
    /// The body's address.
    pub fn address(&self) -> String {
        super::model::address(&self.slug)
    }
}

/// The bodies where this person works, or says so, by name.
pub async fn workplaces(db: &impl Reads, person: &PersonId) -> Result<Vec<Workplace>> {
    db.query(
        "SELECT o.id, o.slug, o.short_name, m.is_confirmed
         FROM membership m
         JOIN organisation o ON o.id = m.organisation_id
         WHERE m.person_id = $1
         ORDER BY o.sort_key",
    )
    .bind(person)
    .all()
    .await
}

/// Whether this person's membership of a body is confirmed; none where they never asked.
pub async fn state(
    db: &impl Reads,
    person: &PersonId,
    body: &OrganisationId,
) -> Result<Option<bool>> {
    let row: Option<(bool,)> = db
        .query(
            "SELECT is_confirmed FROM membership
             WHERE person_id = $1 AND organisation_id = $2",
        )
        .bind(person)
        .bind(body)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// How many people work at a body.
pub async fn count(db: &impl Reads, body: &OrganisationId) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*)
             FROM membership m
             JOIN person p ON p.id = m.person_id
             WHERE m.organisation_id = $1 AND m.is_confirmed AND p.left_at IS NULL",
        )
        .bind(body)
        .one()
        .await?;
    Ok(row.0)
}

/// Somebody who works at a body, or says so.
#[derive(Clone, Debug)]
pub struct Colleague {
    /// Who.
    pub person_id: PersonId,
    /// Their name.
    pub name: String,
    /// Their mail address.
    pub address: String,
    /// Whether it is confirmed.
    pub is_confirmed: bool,
    /// When they asked.
    pub asked_at: Moment,
}
db::columns!(Colleague {
    person_id,
    name,
    address,
    is_confirmed,
    asked_at
});

/// Everybody who works at a body or says so; those who wait first. For its people and stewards.
pub async fn colleagues(db: &impl Reads, body: &OrganisationId) -> Result<Vec<Colleague>> {
    db.query(
        "SELECT m.person_id, p.name, p.address, m.is_confirmed, m.asked_at
         FROM membership m
         JOIN person p ON p.id = m.person_id
         WHERE m.organisation_id = $1 AND p.left_at IS NULL
         ORDER BY m.is_confirmed, p.name, p.id
         LIMIT 500",
    )
    .bind(body)
    .all()
    .await
}

/// Somebody who says that they work at a body, and waits to be confirmed.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Their name.
    pub person: String,
    /// What people call the body.
    pub organisation: String,
    /// The body's word in addresses.
    pub slug: String,
    /// When they asked.
    pub asked_at: Moment,
}
db::columns!(Waiting {
    person,
    organisation,
    slug,
    asked_at
});

impl Waiting {
    /// Where they can be confirmed.
    pub fn address(&self) -> String {
        format!("{}#people", super::model::address(&self.slug))
    }
}

/// Those whom this viewer may confirm: stewards all, others the people of their own bodies.
pub async fn waiting(db: &impl Reads, viewer: &Viewer) -> Result<Vec<Waiting>> {
    db.query(
        "SELECT p.name, o.short_name, o.slug, m.asked_at
         FROM membership m
         JOIN person p ON p.id = m.person_id
         JOIN organisation o ON o.id = m.organisation_id
         WHERE NOT m.is_confirmed AND p.left_at IS NULL AND m.person_id <> $2
         AND ($1 OR EXISTS (
             SELECT 1 FROM membership own
             WHERE own.organisation_id = m.organisation_id AND own.person_id = $2
             AND own.is_confirmed
         ))
         ORDER BY m.asked_at, p.id
         LIMIT 200",
    )
    .bind(viewer.is_steward())
    .bind(viewer.id())
    .all()
    .await
}

/// Writes down that somebody says they work at a body; again changes nothing.
pub async fn ask(tx: &Tx, person: &PersonId, body: &OrganisationId, now: Moment) -> Result<u64> {
    tx.query(
        "INSERT INTO membership (person_id, organisation_id, is_confirmed, how, asked_at)
         VALUES ($1, $2, FALSE, '', $3)
         ON CONFLICT (person_id, organisation_id) DO NOTHING",
    )
    .bind(person)
    .bind(body)
    .bind(now)
    .run()
    .await
}

/// Confirms it; `how` says by whom: `mail-domain`, `member`, `steward`.
pub async fn confirm(
    tx: &Tx,
    person: &PersonId,
    body: &OrganisationId,
    how: &str,
    by: Option<&PersonId>,
    now: Moment,
) -> Result<u64> {
    tx.query(
        "UPDATE membership
         SET is_confirmed = TRUE, how = $3, confirmed_by = $4, confirmed_at = $5
         WHERE person_id = $1 AND organisation_id = $2 AND NOT is_confirmed",
    )
    .bind(person)
    .bind(body)
    .bind(how)
    .bind(by)
    .bind(now)
    .run()
    .await
}

/// Confirms everybody who waits and whose proven address ends in the body's mail domain.
pub async fn confirm_by_domain(
    tx: &Tx,
    body: &OrganisationId,
    domain: &str,
    now: Moment,
) -> Result<u64> {
    tx.query(
        "UPDATE membership
         SET is_confirmed = TRUE, how = 'mail-domain', confirmed_at = $3
         WHERE organisation_id = $1 AND NOT is_confirmed AND $2 <> '' AND person_id IN (
             SELECT id FROM person WHERE address LIKE '%@' || $2
         )",
    )
    .bind(body)
    .bind(domain)
    .bind(now)
    .run()
    .await
}

/// Ends somebody's membership of a body, asked for or confirmed.
pub async fn remove(tx: &Tx, person: &PersonId, body: &OrganisationId) -> Result<u64> {
    tx.query("DELETE FROM membership WHERE person_id = $1 AND organisation_id = $2")
        .bind(person)
        .bind(body)
        .run()
        .await
}
