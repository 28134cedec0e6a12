//! Writing down what was said: each of these is a step of somebody's change.

use db::{Reads, Result, Tx};

use super::model::What;
use super::places::PlaceId;
use crate::store_log;
use crate::time::Moment;

/// Something about to be said.
pub struct NewSaid<'a> {
    /// Its id.
    pub id: &'a str,
    /// About which page.
    pub place: &'a PlaceId,
    /// What it is.
    pub what: What,
    /// Whether a steward looks first.
    pub is_held: bool,
    /// The thread it answers in, or the comment that a flag is about.
    pub thread: Option<i64>,
    /// The revision that a suggested change began from.
    pub base: i64,
    /// When.
    pub now: Moment,
    /// Who, if they have an account.
    pub author_id: Option<&'a str>,
    /// Who, in words.
    pub author_name: &'a str,
    /// The hash of the private link's secret.
    pub secret_hash: Option<&'a str>,
    /// Of a suggested change, why; of a flag, its reason.
    pub note: &'a str,
    /// The words.
    pub words: &'a str,
}

/// Writes something down and says under which number.
pub async fn insert(tx: &Tx, new: &NewSaid<'_>) -> Result<i64> {
    let number = store_log::next_number(tx, "said").await?;
    let is_spoken = What::SPOKEN.contains(&new.what);
    let thread = new.thread.unwrap_or(if is_spoken { number } else { 0 });
    let [record, trial, organisation, session] = new.place.columns();
    tx.query(
        "INSERT INTO said (
             id, number, record_id, trial_id, organisation_id, session_id, what, state, thread,
             base, size, made_at, settled_at, author_id, author_name, secret_hash, note, why, words
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, '', $18)",
    )
    .bind(new.id)
    .bind(number)
    .bind(record)
    .bind(trial)
    .bind(organisation)
    .bind(session)
    .bind(new.what.name())
    .bind(if new.is_held { "held" } else { "published" })
    .bind(thread)
    .bind(new.base)
    .bind(new.words.len() + new.note.len() + 200)
    .bind(new.now)
    .bind((!new.is_held).then_some(new.now.0))
    .bind(new.author_id)
    .bind(new.author_name)
    .bind(new.secret_hash)
    .bind(new.note)
    .bind(new.words)
    .run()
    .await?;
    Ok(number)
}

/// Moves something from one state on to another; false when somebody else was first.
pub async fn settle(
    tx: &Tx,
    id: &str,
    from: &str,
    to: &str,
    why: &str,
    now: Moment,
) -> Result<bool> {
    let settled = tx
        .query("UPDATE said SET state = $3, why = $4, settled_at = $5 WHERE id = $1 AND state = $2")
        .bind(id)
        .bind(from)
        .bind(to)
        .bind(why)
        .bind(now)
        .run()
        .await?;
    Ok(settled == 1)
}

/// Notes the revision that a suggested change became.
pub async fn publish_revision(tx: &Tx, id: &str, seq: i64) -> Result<()> {
    tx.query("UPDATE said SET became = $2 WHERE id = $1")
        .bind(id)
        .bind(seq)
        .run()
        .await?;
    Ok(())
}

/// Changes the words of a comment; with links of a newcomer it waits again.
pub async fn edit(tx: &Tx, id: &str, words: &str, is_held: bool, now: Moment) -> Result<bool> {
    let edited = tx
        .query(
            "UPDATE said SET words = $2, size = $3, edited_at = $4, state = $5
             WHERE id = $1 AND state IN ('published', 'held')",
        )
        .bind(id)
        .bind(words)
        .bind(words.len() + 200)
        .bind(now)
        .bind(if is_held { "held" } else { "published" })
        .run()
        .await?;
    Ok(edited == 1)
}

/// Takes the words of a comment away for its author; where it stood is still said.
pub async fn remove(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let removed = tx
        .query(
            "UPDATE said SET state = 'removed', words = '', note = '', settled_at = $2
             WHERE id = $1 AND state IN ('published', 'held')",
        )
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(removed == 1)
}

/// Erases the words of something for good, and who is said to have said it.
pub async fn erase(tx: &Tx, id: &str, now: Moment) -> Result<()> {
    tx.query(
        "UPDATE said
         SET state = 'erased', words = '', note = '', author_id = NULL, author_name = '',
             settled_at = $2
         WHERE id = $1",
    )
    .bind(id)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Thanks for a comment, once.
pub async fn thank(tx: &Tx, id: &str, person: &str, now: Moment) -> Result<()> {
    tx.query(
        "INSERT INTO thanks (said_id, person_id, at) VALUES ($1, $2, $3)
         ON CONFLICT (said_id, person_id) DO NOTHING",
    )
    .bind(id)
    .bind(person)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Takes thanks back.
pub async fn forget_thanks(tx: &Tx, id: &str, person: &str) -> Result<u64> {
    tx.query("DELETE FROM thanks WHERE said_id = $1 AND person_id = $2")
        .bind(id)
        .bind(person)
        .run()
        .await
}

/// Lets somebody go: what they said stays under a name that says nothing.
pub async fn let_go(tx: &Tx, person: &str, name: &str) -> Result<()> {
    for text in [
        "DELETE FROM watch WHERE person_id = $1",
        "DELETE FROM waiting WHERE person_id = $1",
        "DELETE FROM seen_until WHERE person_id = $1",
    ] {
        tx.query(text).bind(person).run().await?;
    }
    tx.query("UPDATE said SET author_name = $2 WHERE author_id = $1")
        .bind(person)
        .bind(name)
        .run()
        .await?;
    Ok(())
}

/// Forgets what was refused or taken back before this moment, and flags settled before it.
pub async fn forget_settled(tx: &Tx, before: Moment) -> Result<()> {
    tx.query(
        "DELETE FROM waiting WHERE said_id IN (
             SELECT id FROM said
             WHERE settled_at < $1
             AND (state IN ('refused', 'withdrawn') OR (what = 'flag' AND state <> 'held'))
         )",
    )
    .bind(before)
    .run()
    .await?;
    tx.query(
        "DELETE FROM said
         WHERE settled_at < $1
         AND (state IN ('refused', 'withdrawn') OR (what = 'flag' AND state <> 'held'))",
    )
    .bind(before)
    .run()
    .await?;
    Ok(())
}

/// Forgets all that was said about a trial which goes for good, and what stewards decided of it.
pub async fn forget_trial(tx: &Tx, trial: &str) -> Result<()> {
    for text in [
        "DELETE FROM thanks WHERE said_id IN (SELECT id FROM said WHERE trial_id = $1)",
        "DELETE FROM waiting WHERE said_id IN (SELECT id FROM said WHERE trial_id = $1)",
        "DELETE FROM watch WHERE what = 'trial' AND subject = $1",
        "DELETE FROM moderation WHERE trial_id = $1",
        "DELETE FROM said WHERE trial_id = $1",
    ] {
        tx.query(text).bind(trial).run().await?;
    }
    Ok(())
}
