//! People and their sign-ins; the links that let them in stand in `store_links`.

use db::{Reads, Result, Tx};

pub use super::store_links::{
    EntryLink, Maker, NewLink, arm_link, count_try, forget_links, insert_link, invitations, link,
    link_by_id, link_of_browser, maker, use_link, withdraw,
};
use crate::time::Moment;
use crate::viewer::{OrganisationId, Person, PersonId, Role};

/// The person whose sign-in has this hash, if it lasts.
pub async fn signed_in(db: &impl Reads, secret_hash: &str, now: Moment) -> Result<Option<Person>> {
    let rows: Vec<SignedIn> = db
        .query(
            "SELECT p.id, p.name, p.role, s.id, m.organisation_id
             FROM sign_in s
             JOIN person p ON p.id = s.person_id
             LEFT JOIN membership m ON m.person_id = p.id AND m.is_confirmed
             WHERE s.secret_hash = $1 AND s.ends_at > $2 AND p.left_at IS NULL",
        )
        .bind(secret_hash)
        .bind(now)
        .all()
        .await?;
    let bodies = rows.iter().filter_map(|row| row.4.clone()).collect();
    Ok(rows.into_iter().next().and_then(|first| {
        let (id, name, role, sign_in, _) = first;
        Some(Person {
            id,
            name,
            role: Role::parse(&role)?,
            sign_in,
            bodies,
        })
    }))
}

/// Somebody with one of their bodies: as many rows as they have bodies, one where they have none.
type SignedIn = (PersonId, String, String, String, Option<OrganisationId>);

/// Somebody as lists of people show them.
#[derive(Clone, Debug)]
pub struct Listed {
    /// Their id.
    pub id: PersonId,
    /// Their mail address.
    pub address: String,
    /// Their name.
    pub name: String,
    /// Their role as stored.
    pub role: String,
    /// When they joined.
    pub joined_at: Moment,
}
db::columns!(Listed {
    id,
    address,
    name,
    role,
    joined_at
});

/// Everybody who has not left, by name.
pub async fn everybody(db: &impl Reads) -> Result<Vec<Listed>> {
    db.query(
        "SELECT id, address, name, role, joined_at FROM person
         WHERE left_at IS NULL
         ORDER BY name, id
         LIMIT 1000",
    )
    .all()
    .await
}

/// One person who has not left.
pub async fn person(db: &impl Reads, id: &PersonId) -> Result<Option<Listed>> {
    db.query(
        "SELECT id, address, name, role, joined_at FROM person WHERE id = $1 AND left_at IS NULL",
    )
    .bind(id)
    .one_or_none()
    .await
}

/// The person with this address.
pub async fn by_address(db: &impl Reads, address: &str) -> Result<Option<Listed>> {
    db.query(
        "SELECT id, address, name, role, joined_at FROM person
         WHERE address = $1 AND left_at IS NULL",
    )
    .bind(address)
    .one_or_none()
    .await
}

/// How many owners there are.
pub async fn owners(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db
        .query("SELECT count(*) FROM person WHERE role = 'owner' AND left_at IS NULL")
        .one()
        .await?;
    Ok(row.0)
}

/// Writes down somebody new.
pub async fn insert(tx: &Tx, person: &Listed, is_demo: bool) -> Result<()> {
    tx.query(
        "INSERT INTO person (id, address, name, role, joined_at, is_demo)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&person.id)
    .bind(&person.address)
    .bind(&person.name)
    .bind(&person.role)
    .bind(person.joined_at)
    .bind(is_demo)
    .run()
    .await?;
    Ok(())
}

/// Gives somebody another name.
pub async fn rename(tx: &Tx, id: &PersonId, name: &str) -> Result<()> {
    tx.query("UPDATE person SET name = $2 WHERE id = $1")
        .bind(id)
        .bind(name)
        .run()
        .await?;
    Ok(())
}

/// Gives somebody another role.
pub async fn change_role(tx: &Tx, id: &PersonId, role: Role) -> Result<()> {
    tx.query("UPDATE person SET role = $2 WHERE id = $1")
        .bind(id)
        .bind(role.name())
        .run()
        .await?;
    Ok(())
}

/// Lets somebody go: their edits stay under a name that says nothing, their address is forgotten.
pub async fn depart(tx: &Tx, id: &PersonId, name: &str, now: Moment) -> Result<()> {
    tx.query("DELETE FROM entry_link WHERE address IN (SELECT address FROM person WHERE id = $1)")
        .bind(id)
        .run()
        .await?;
    tx.query("UPDATE person SET name = $2, address = $3, left_at = $4 WHERE id = $1")
        .bind(id)
        .bind(name)
        .bind(format!("left:{}", id.0))
        .bind(now)
        .run()
        .await?;
    tx.query("UPDATE revision SET author_name = $2 WHERE author_id = $1")
        .bind(id)
        .bind(name)
        .run()
        .await?;
    tx.query("DELETE FROM draft WHERE person_id = $1")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM sign_in WHERE person_id = $1")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM membership WHERE person_id = $1")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM organisation_upload WHERE person_id = $1")
        .bind(id)
        .run()
        .await?;
    // A letter may still lie in their box, and the box may have another owner by now.
    tx.query("DELETE FROM follow_up WHERE trial_id IN (SELECT id FROM trial WHERE author_id = $1)")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM chosen_body WHERE person_id = $1")
        .bind(id)
        .run()
        .await?;
    // What they wrote in a wiki that came is nobody's account's again.
    tx.query(
        "UPDATE wiki_author
         SET person_id = NULL, claimed_at = NULL, confirmed_at = NULL, confirmed_by = NULL,
             address_hash = NULL
         WHERE person_id = $1",
    )
    .bind(id)
    .run()
    .await?;
    Ok(())
}

/// A sign-in as its owner sees it.
#[derive(Clone, Debug)]
pub struct SignIn {
    /// Its id.
    pub id: String,
    /// "Firefox on Windows".
    pub device: String,
    /// When it began.
    pub began_at: Moment,
    /// When it ends by itself.
    pub ends_at: Moment,
}
db::columns!(SignIn {
    id,
    device,
    began_at,
    ends_at
});

/// The sign-ins of a person that last, newest first.
pub async fn sign_ins(db: &impl Reads, person: &PersonId, now: Moment) -> Result<Vec<SignIn>> {
    db.query(
        "SELECT id, device, began_at, ends_at FROM sign_in
         WHERE person_id = $1 AND ends_at > $2
         ORDER BY began_at DESC
         LIMIT 100",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

/// Begins a sign-in.
pub async fn insert_sign_in(
    tx: &Tx,
    sign_in: &SignIn,
    secret_hash: &str,
    person: &PersonId,
) -> Result<()> {
    tx.query(
        "INSERT INTO sign_in (id, secret_hash, person_id, device, began_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(&sign_in.id)
    .bind(secret_hash)
    .bind(person)
    .bind(&sign_in.device)
    .bind(sign_in.began_at)
    .bind(sign_in.ends_at)
    .run()
    .await?;
    Ok(())
}

/// Ends a sign-in of this person.
pub async fn end_sign_in(tx: &Tx, person: &PersonId, id: &str) -> Result<u64> {
    tx.query("DELETE FROM sign_in WHERE id = $1 AND person_id = $2")
        .bind(id)
        .bind(person)
        .run()
        .await
}

/// Forgets links and sign-ins that ended before this moment.
pub async fn forget_ended(tx: &Tx, before: Moment) -> Result<()> {
    tx.query("DELETE FROM entry_link WHERE ends_at < $1")
        .bind(before)
        .run()
        .await?;
    tx.query("DELETE FROM sign_in WHERE ends_at < $1")
        .bind(before)
        .run()
        .await?;
    Ok(())
}
