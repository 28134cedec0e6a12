//! Tokens with which somebody's programs read and write in their name.

use db::{Reads, Result, Tx};

use crate::time::Moment;
use crate::viewer::{OrganisationId, Person, PersonId, Role};

/// A token as lists show it.
#[derive(Clone, Debug)]
pub struct Token {
    /// Its id.
    pub id: String,
    /// How its person calls it.
    pub name: String,
    /// What it may do: names with blanks between.
    pub scopes: String,
    /// When it was made.
    pub made_at: Moment,
    /// When it ends by itself.
    pub ends_at: Moment,
    /// The day of its last use.
    pub used_on: Option<Moment>,
}
db::columns!(Token {
    id,
    name,
    scopes,
    made_at,
    ends_at,
    used_on
});

/// The token of this hash, if it lasts, and whose it is.
pub async fn known(
    db: &impl Reads,
    secret_hash: &str,
    now: Moment,
) -> Result<Option<(Token, Person)>> {
    let token: Option<Token> = db
        .query(
            "SELECT id, name, scopes, made_at, ends_at, used_on FROM api_token
             WHERE secret_hash = $1 AND ends_at > $2",
        )
        .bind(secret_hash)
        .bind(now)
        .one_or_none()
        .await?;
    let Some(token) = token else { return Ok(None) };
    let rows: Vec<(PersonId, String, String, Option<OrganisationId>)> = db
        .query(
            "SELECT p.id, p.name, p.role, m.organisation_id
             FROM api_token t
             JOIN person p ON p.id = t.person_id
             LEFT JOIN membership m ON m.person_id = p.id AND m.is_confirmed
             WHERE t.id = $1 AND p.left_at IS NULL",
        )
        .bind(&token.id)
        .all()
        .await?;
    let bodies = rows.iter().filter_map(|row| row.3.clone()).collect();
    Ok(rows.into_iter().next().and_then(|(id, name, role, _)| {
        let person = Person {
            id,
            name,
            role: Role::parse(&role)?,
            sign_in: String::new(),
            bodies,
        };
        Some((token, person))
    }))
}

/// The tokens of a person that last, newest first.
pub async fn of(db: &impl Reads, person: &PersonId, now: Moment) -> Result<Vec<Token>> {
    db.query(
        "SELECT id, name, scopes, made_at, ends_at, used_on FROM api_token
         WHERE person_id = $1 AND ends_at > $2
         ORDER BY made_at DESC, id
         LIMIT 100",
    )
    .bind(person)
    .bind(now)
    .all()
    .await
}

/// Writes a new token down: its secret only as a hash.
pub async fn insert(tx: &Tx, token: &Token, secret_hash: &str, person: &PersonId) -> Result<()> {
    tx.query(
        "INSERT INTO api_token (id, secret_hash, person_id, name, scopes, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(&token.id)
    .bind(secret_hash)
    .bind(person)
    .bind(&token.name)
    .bind(&token.scopes)
    .bind(token.made_at)
    .bind(token.ends_at)
    .run()
    .await?;
    Ok(())
}

/// Notes the day on which a token was used.
pub async fn note_use(tx: &Tx, id: &str, day: Moment) -> Result<()> {
    tx.query("UPDATE api_token SET used_on = $2 WHERE id = $1")
        .bind(id)
        .bind(day)
        .run()
        .await?;
    Ok(())
}

/// Ends a token of this person; false when there was none.
pub async fn end(tx: &Tx, person: &PersonId, id: &str) -> Result<bool> {
    let ended = tx
        .query("DELETE FROM api_token WHERE id = $1 AND person_id = $2")
        .bind(id)
        .bind(person)
        .run()
        .await?;
    Ok(ended == 1)
}

/// Ends all tokens of a person.
pub async fn end_all(tx: &Tx, person: &PersonId) -> Result<()> {
    tx.query("DELETE FROM api_token WHERE person_id = $1")
        .bind(person)
        .run()
        .await?;
    Ok(())
}

/// Forgets tokens that ended before this moment.
pub async fn forget_ended(tx: &Tx, before: Moment) -> Result<()> {
    tx.query("DELETE FROM api_token WHERE ends_at < $1")
        .bind(before)
        .run()
        .await?;
    Ok(())
}
