//! Links that let somebody in once: asked for by mail, sent as an invitation, or the owner's first.

use db::{Reads, Result, Tx};

use super::model::Purpose;
use crate::time::Moment;
use crate::viewer::{PersonId, Role};

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
