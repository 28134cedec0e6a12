//! People, their sign-ins and the links that let them in.

use db::{Reads, Result, Tx};

use super::model::Purpose;
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
    tx.query("DELETE FROM chosen_body WHERE person_id = $1")
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

/// A link that lets somebody in.
#[derive(Clone, Debug)]
pub struct EntryLink {
    /// Its id.
    pub id: String,
    /// `sign-in`, `invitation` or `owner`.
    pub purpose: String,
    /// Whom it lets in; nobody yet for the owner's first.
    pub address: String,
    /// As what.
    pub role: String,
    /// The hash of the code beside it.
    pub code_hash: Option<String>,
    /// Wrong codes so far.
    pub tries: i64,
    /// Where to go on to.
    pub next: String,
    /// When it ends.
    pub ends_at: Moment,
}
db::columns!(EntryLink {
    id,
    purpose,
    address,
    role,
    code_hash,
    tries,
    next,
    ends_at
});

/// A link about to be made.
pub struct NewLink<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it is for.
    pub purpose: Purpose,
    /// The hash of its secret.
    pub secret_hash: &'a str,
    /// Whom it lets in.
    pub address: &'a str,
    /// As what.
    pub role: Role,
    /// The hash of the asking browser's cookie.
    pub browser_hash: Option<&'a str>,
    /// Where to go on to.
    pub next: &'a str,
    /// Who made it.
    pub made_by: Option<&'a PersonId>,
    /// When.
    pub now: Moment,
}

/// Makes a link.
pub async fn insert_link(tx: &Tx, link: &NewLink<'_>) -> Result<()> {
    tx.query(
        "INSERT INTO entry_link (
             id, purpose, secret_hash, address, role, browser_hash, tries, next, made_by, made_at,
             ends_at
         )
         VALUES ($1, $2, $3, $4, $5, $6, 0, $7, $8, $9, $10)",
    )
    .bind(link.id)
    .bind(link.purpose.name())
    .bind(link.secret_hash)
    .bind(link.address)
    .bind(link.role.name())
    .bind(link.browser_hash)
    .bind(link.next)
    .bind(link.made_by)
    .bind(link.now)
    .bind(link.now.plus(link.purpose.lasts()))
    .run()
    .await?;
    Ok(())
}

/// Gives a link its secret and code, when the letter that carries them is written.
pub async fn arm_link(tx: &Tx, id: &str, secret_hash: &str, code_hash: &str) -> Result<()> {
    tx.query("UPDATE entry_link SET secret_hash = $2, code_hash = $3 WHERE id = $1")
        .bind(id)
        .bind(secret_hash)
        .bind(code_hash)
        .run()
        .await?;
    Ok(())
}

/// The link with this secret that can still be used.
pub async fn link(db: &impl Reads, secret_hash: &str, now: Moment) -> Result<Option<EntryLink>> {
    db.query(
        "SELECT id, purpose, address, role, code_hash, tries, next, ends_at FROM entry_link
         WHERE secret_hash = $1 AND used_at IS NULL AND ends_at > $2",
    )
    .bind(secret_hash)
    .bind(now)
    .one_or_none()
    .await
}

/// The link with this id that can still be used.
pub async fn link_by_id(db: &impl Reads, id: &str, now: Moment) -> Result<Option<EntryLink>> {
    db.query(
        "SELECT id, purpose, address, role, code_hash, tries, next, ends_at FROM entry_link
         WHERE id = $1 AND used_at IS NULL AND ends_at > $2",
    )
    .bind(id)
    .bind(now)
    .one_or_none()
    .await
}

/// The newest link that this browser asked for and that can still be used.
pub async fn link_of_browser(
    db: &impl Reads,
    browser_hash: &str,
    now: Moment,
) -> Result<Option<EntryLink>> {
    db.query(
        "SELECT id, purpose, address, role, code_hash, tries, next, ends_at FROM entry_link
         WHERE browser_hash = $1 AND used_at IS NULL AND ends_at > $2
         ORDER BY made_at DESC
         LIMIT 1",
    )
    .bind(browser_hash)
    .bind(now)
    .one_or_none()
    .await
}

/// Uses a link up; false when somebody else was first.
pub async fn use_link(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let used = tx
        .query("UPDATE entry_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(used == 1)
}

/// Counts a try with a code; false when there were `most` before.
pub async fn count_try(tx: &Tx, id: &str, most: i64) -> Result<bool> {
    let counted = tx
        .query("UPDATE entry_link SET tries = tries + 1 WHERE id = $1 AND tries < $2")
        .bind(id)
        .bind(most)
        .run()
        .await?;
    Ok(counted == 1)
}

/// Who made a link, as they are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Maker {
    /// The program, or somebody at its command line.
    Program,
    /// Somebody who is still here, in this role.
    Person(Role),
    /// Somebody who has left.
    Former,
}

/// Who made this link.
pub async fn maker(db: &impl Reads, link: &str) -> Result<Maker> {
    let row: Option<(Option<String>, Option<String>)> = db
        .query(
            "SELECT l.made_by, p.role
             FROM entry_link l
             LEFT JOIN person p ON p.id = l.made_by AND p.left_at IS NULL
             WHERE l.id = $1",
        )
        .bind(link)
        .one_or_none()
        .await?;
    Ok(match row {
        Some((None, _)) => Maker::Program,
        Some((Some(_), role)) => role
            .and_then(|role| Role::parse(&role))
            .map_or(Maker::Former, Maker::Person),
        None => Maker::Former,
    })
}

/// Invitations that wait, newest first.
pub async fn invitations(db: &impl Reads, now: Moment) -> Result<Vec<EntryLink>> {
    db.query(
        "SELECT id, purpose, address, role, code_hash, tries, next, ends_at FROM entry_link
         WHERE purpose = 'invitation' AND used_at IS NULL AND ends_at > $1
         ORDER BY made_at DESC
         LIMIT 200",
    )
    .bind(now)
    .all()
    .await
}

/// Takes an invitation back.
pub async fn withdraw(tx: &Tx, id: &str) -> Result<u64> {
    tx.query("DELETE FROM entry_link WHERE id = $1 AND purpose = 'invitation' AND used_at IS NULL")
        .bind(id)
        .run()
        .await
}

/// Takes back unused links of this purpose: only the newest owner's link works.
pub async fn forget_links(tx: &Tx, purpose: Purpose) -> Result<()> {
    tx.query("DELETE FROM entry_link WHERE purpose = $1 AND used_at IS NULL")
        .bind(purpose.name())
        .run()
        .await?;
    Ok(())
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
