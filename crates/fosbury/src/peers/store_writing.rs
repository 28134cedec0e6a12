//! Changing groups of bodies: each change writes the group down as it stood after it.

use std::collections::{BTreeMap, BTreeSet};

use db::{Reads, Result, Tx, Value};

use super::model::{Act, key};
use crate::store_log;
use crate::time::Moment;
use crate::viewer::OrganisationId;

/// A new group.
#[derive(Clone, Copy, Debug)]
pub struct New<'a> {
    /// The body whose people keep it.
    pub keeper: &'a OrganisationId,
    /// What it is called.
    pub name: &'a str,
    /// Why there is such a group.
    pub why: &'a str,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}

/// Who changes a group, when, and how.
#[derive(Clone, Copy, Debug)]
pub struct Change<'a> {
    /// Which group.
    pub number: i64,
    /// Which revision it makes.
    pub seq: i64,
    /// Who, if they have an account.
    pub person: Option<&'a str>,
    /// When.
    pub now: Moment,
    /// What is done.
    pub act: Act,
    /// To what.
    pub detail: &'a str,
}

/// Begins a group and returns its number; a name that another has is a duplicate. Its first revision
/// is written by [`note`], once it has its bodies.
pub async fn begin(tx: &Tx, new: &New<'_>) -> Result<i64> {
    let number = store_log::next_number(tx, "group").await?;
    tx.query(
        "INSERT INTO body_group (
             number, organisation_id, name, name_key, why, head, removed_at, is_demo
         )
         VALUES ($1, $2, $3, $4, $5, 1, NULL, $6)",
    )
    .bind(number)
    .bind(new.keeper)
    .bind(new.name)
    .bind(key(new.name))
    .bind(new.why)
    .bind(new.is_demo)
    .run()
    .await?;
    Ok(number)
}

/// The number of the revision that this change of a group makes; others who change it wait until it
/// is over. None where it was removed.
pub async fn next(tx: &Tx, number: i64) -> Result<Option<i64>> {
    let row: Option<(i64,)> = tx
        .query(
            "UPDATE body_group SET head = head + 1
             WHERE number = $1 AND removed_at IS NULL
             RETURNING head",
        )
        .bind(number)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The same for one that may have been removed.
pub async fn next_of_any(tx: &Tx, number: i64) -> Result<i64> {
    let row: (i64,) = tx
        .query("UPDATE body_group SET head = head + 1 WHERE number = $1 RETURNING head")
        .bind(number)
        .one()
        .await?;
    Ok(row.0)
}

/// Gives a group another name and reason, and brings it back if it was removed; a name that another
/// has is a duplicate.
pub async fn rename(tx: &Tx, number: i64, name: &str, why: &str) -> Result<()> {
    tx.query(
        "UPDATE body_group
         SET name = $2, name_key = $3, why = $4, removed_at = NULL
         WHERE number = $1",
    )
    .bind(number)
    .bind(name)
    .bind(key(name))
    .bind(why)
    .run()
    .await?;
    Ok(())
}

/// Takes a body in; one that is in already is a duplicate.
pub async fn add(tx: &Tx, number: i64, body: &OrganisationId) -> Result<()> {
    tx.query("INSERT INTO body_group_member (group_number, organisation_id) VALUES ($1, $2)")
        .bind(number)
        .bind(body)
        .run()
        .await?;
    Ok(())
}

/// Takes a body out, if it is in.
pub async fn take_out(tx: &Tx, number: i64, body: &OrganisationId) -> Result<u64> {
    tx.query("DELETE FROM body_group_member WHERE group_number = $1 AND organisation_id = $2")
        .bind(number)
        .bind(body)
        .run()
        .await
}

/// Takes a group away: its name is free, and it has no bodies. What it was stands in its revisions.
pub async fn remove(tx: &Tx, number: i64, now: Moment) -> Result<()> {
    tx.query("UPDATE body_group SET name_key = NULL, removed_at = $2 WHERE number = $1")
        .bind(number)
        .bind(now)
        .run()
        .await?;
    empty(tx, number).await
}

/// Puts these bodies, as far as they are still known here, in place of those of a group.
pub async fn set_members(tx: &Tx, number: i64, ids: &str) -> Result<()> {
    empty(tx, number).await?;
    let ids: Vec<String> = ids.split_whitespace().map(str::to_owned).collect();
    let known = super::store::bodies(tx, ids).await?.into_iter();
    let rows = known.map(|body| vec![Value::from(number), body.id.0.into()]);
    let columns = "body_group_member (group_number, organisation_id)";
    tx.insert_many(columns, 2, rows.collect()).await
}

async fn empty(tx: &Tx, number: i64) -> Result<()> {
    tx.query("DELETE FROM body_group_member WHERE group_number = $1")
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Writes a change down with the group as it stands now.
pub async fn note(tx: &Tx, change: &Change<'_>) -> Result<()> {
    let members: Vec<(String,)> = tx
        .query(
            "SELECT organisation_id FROM body_group_member
             WHERE group_number = $1
             ORDER BY organisation_id",
        )
        .bind(change.number)
        .all()
        .await?;
    let members: Vec<String> = members.into_iter().map(|(id,)| id).collect();
    tx.query(
        "INSERT INTO body_group_revision (
             group_number, seq, at, person_id, act, detail, name, why, members
         )
         SELECT number, $2, $3, $4, $5, $6, name, why, $7
         FROM body_group
         WHERE number = $1",
    )
    .bind(change.number)
    .bind(change.seq)
    .bind(change.now)
    .bind(change.person)
    .bind(change.act.name())
    .bind(change.detail)
    .bind(members.join(" "))
    .run()
    .await?;
    Ok(())
}

/// Groups whose revisions have a gap, or whose bodies are not those of the newest one.
pub async fn faults(db: &impl Reads) -> Result<Vec<i64>> {
    let groups: Vec<(i64, i64, i64, String)> = db
        .query(
            "SELECT g.number, g.head,
                    (SELECT count(*) FROM body_group_revision c WHERE c.group_number = g.number),
                    coalesce(r.members, '-')
             FROM body_group g
             LEFT JOIN body_group_revision r ON r.group_number = g.number AND r.seq = g.head
             ORDER BY g.number",
        )
        .all()
        .await?;
    let members: Vec<(i64, String)> = db
        .query("SELECT group_number, organisation_id FROM body_group_member")
        .all()
        .await?;
    let known: Vec<(String,)> = db.query("SELECT id FROM organisation").all().await?;
    let known: BTreeSet<String> = known.into_iter().map(|(id,)| id).collect();
    let mut bodies: BTreeMap<i64, BTreeSet<&str>> = BTreeMap::new();
    for (number, id) in &members {
        bodies.entry(*number).or_default().insert(id);
    }
    let is_wrong = |(number, head, count, written): &&(i64, i64, i64, String)| {
        let written: BTreeSet<&str> = written.split_whitespace().collect();
        let is_told = !written.contains("-");
        let written: BTreeSet<&str> = written
            .into_iter()
            .filter(|id| known.contains(*id))
            .collect();
        let own = bodies.get(number).cloned().unwrap_or_default();
        head != count || !is_told || own != written
    };
    let wrong = groups.iter().filter(is_wrong);
    Ok(wrong.map(|(number, ..)| *number).collect())
}

/// How many groups there are, removed ones as well.
pub async fn count(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db.query("SELECT count(*) FROM body_group").one().await?;
    Ok(row.0)
}
