//! Groups of bodies as everybody may read them, and bodies by their ids.

use db::{Filter, Reads, Result};

use super::model::{Group, Revision};
use crate::organisations::store::Listed;
use crate::time::Moment;
use crate::viewer::OrganisationId;

/// Groups offered for choosing at the most.
const OFFERED: i64 = 200;

/// A group, removed or not.
pub async fn numbered(db: &impl Reads, number: i64) -> Result<Option<Group>> {
    db.query(
        "SELECT g.number, g.organisation_id, o.short_name, o.slug, g.name, g.why, g.head,
                (SELECT count(*) FROM body_group_member m WHERE m.group_number = g.number),
                g.removed_at, r.at, coalesce(p.name, ''), g.is_demo
         FROM body_group g
         JOIN organisation o ON o.id = g.organisation_id
         JOIN body_group_revision r ON r.group_number = g.number AND r.seq = g.head
         LEFT JOIN person p ON p.id = r.person_id
         WHERE g.number = $1",
    )
    .bind(number)
    .one_or_none()
    .await
}

/// The groups there are, by name, from the one after this key.
pub async fn listed(db: &impl Reads, after: &str, at_most: i64) -> Result<Vec<Group>> {
    db.query(
        "SELECT g.number, g.organisation_id, o.short_name, o.slug, g.name, g.why, g.head,
                (SELECT count(*) FROM body_group_member m WHERE m.group_number = g.number),
                g.removed_at, r.at, coalesce(p.name, ''), g.is_demo
         FROM body_group g
         JOIN organisation o ON o.id = g.organisation_id
         JOIN body_group_revision r ON r.group_number = g.number AND r.seq = g.head
         LEFT JOIN person p ON p.id = r.person_id
         WHERE g.name_key > $1
         ORDER BY g.name_key
         LIMIT $2",
    )
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// The groups that a body is in, and those that its people keep.
pub async fn of_body(db: &impl Reads, body: &OrganisationId) -> Result<Vec<Group>> {
    db.query(
        "SELECT g.number, g.organisation_id, o.short_name, o.slug, g.name, g.why, g.head,
                (SELECT count(*) FROM body_group_member m WHERE m.group_number = g.number),
                g.removed_at, r.at, coalesce(p.name, ''), g.is_demo
         FROM body_group g
         JOIN organisation o ON o.id = g.organisation_id
         JOIN body_group_revision r ON r.group_number = g.number AND r.seq = g.head
         LEFT JOIN person p ON p.id = r.person_id
         WHERE g.removed_at IS NULL
         AND (g.organisation_id = $1 OR g.number IN (
             SELECT group_number FROM body_group_member WHERE organisation_id = $1))
         ORDER BY g.name_key
         LIMIT 100",
    )
    .bind(body)
    .all()
    .await
}

/// How many groups a body's people keep.
pub async fn kept_by(db: &impl Reads, body: &OrganisationId) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*) FROM body_group
             WHERE organisation_id = $1 AND removed_at IS NULL",
        )
        .bind(body)
        .one()
        .await?;
    Ok(row.0)
}

/// Groups to choose from: number and name.
pub async fn offered(db: &impl Reads) -> Result<Vec<(i64, String)>> {
    db.query(
        "SELECT number, name FROM body_group
         WHERE removed_at IS NULL
         ORDER BY name_key
         LIMIT $1",
    )
    .bind(OFFERED)
    .all()
    .await
}

/// The bodies of a group by name.
pub async fn members(db: &impl Reads, number: i64) -> Result<Vec<Listed>> {
    db.query(
        "SELECT o.id, o.slug, o.short_name, o.name, o.kind_name, o.nation, o.end_on, o.sort_key
         FROM body_group_member m
         JOIN organisation o ON o.id = m.organisation_id
         WHERE m.group_number = $1
         ORDER BY o.sort_key",
    )
    .bind(number)
    .all()
    .await
}

/// What was done to a group, the newest first.
pub async fn revisions(db: &impl Reads, number: i64, at_most: i64) -> Result<Vec<Revision>> {
    db.query(
        "SELECT r.seq, r.at, coalesce(p.name, ''), r.act, r.detail, r.name, r.why, r.members
         FROM body_group_revision r
         LEFT JOIN person p ON p.id = r.person_id
         WHERE r.group_number = $1
         ORDER BY r.seq DESC
         LIMIT $2",
    )
    .bind(number)
    .bind(at_most)
    .all()
    .await
}

/// One revision of a group.
pub async fn revision(db: &impl Reads, number: i64, seq: i64) -> Result<Option<Revision>> {
    db.query(
        "SELECT r.seq, r.at, coalesce(p.name, ''), r.act, r.detail, r.name, r.why, r.members
         FROM body_group_revision r
         LEFT JOIN person p ON p.id = r.person_id
         WHERE r.group_number = $1 AND r.seq = $2",
    )
    .bind(number)
    .bind(seq)
    .one_or_none()
    .await
}

/// Bodies by their ids, by name.
pub async fn bodies(db: &impl Reads, ids: Vec<String>) -> Result<Vec<Listed>> {
    let filter = Filter::new(
        "SELECT id, slug, short_name, name, kind_name, nation, end_on, sort_key
         FROM organisation",
    )
    .and_in("id", ids)
    .then("ORDER BY sort_key", Vec::new());
    db.filtered(filter).all().await
}

/// From which files the figures of these bodies were read, and when last, where that is known.
pub async fn sources(
    db: &impl Reads,
    ids: Vec<String>,
) -> Result<Vec<(String, String, Option<Moment>)>> {
    let filter = Filter::new(
        "SELECT DISTINCT f.name, f.source, s.read_at
         FROM organisation_figure f
         LEFT JOIN figure_source s ON s.name = f.name AND s.source = f.source",
    )
    .and_in("f.organisation_id", ids)
    .then("ORDER BY f.name, f.source", Vec::new());
    db.filtered(filter).all().await
}

/// From which list the numbers of people were read last, and when.
pub async fn population_source(
    db: &impl Reads,
    is_demo: bool,
) -> Result<Option<(String, Option<Moment>)>> {
    db.query(
        "SELECT source, read_at FROM figure_source
         WHERE name = 'population' AND is_demo = $1
         ORDER BY read_at DESC, source
         LIMIT 1",
    )
    .bind(is_demo)
    .one_or_none()
    .await
}
