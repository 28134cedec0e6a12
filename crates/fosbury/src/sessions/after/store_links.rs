//! The links of letters that ask how an action went: each answers once.

use db::{Reads, Result, Tx};

use super::model::Action;
use crate::time::Moment;

/// Makes a link for somebody about an action.
pub async fn make(
    tx: &Tx,
    id: &str,
    (action, person): (&str, &str),
    secret_hash: &str,
    (now, ends_at): (Moment, Moment),
) -> Result<()> {
    tx.query(
        "INSERT INTO action_link (id, action_id, person_id, secret_hash, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5, $6)",
    )
    .bind(id)
    .bind(action)
    .bind(person)
    .bind(secret_hash)
    .bind(now)
    .bind(ends_at)
    .run()
    .await?;
    Ok(())
}

/// The link of this secret while it is unused, and its action while that is open and still of the
/// person whom the letter asked.
pub async fn link(
    db: &impl Reads,
    secret_hash: &str,
    now: Moment,
) -> Result<Option<(String, Action)>> {
    let link: Option<(String,)> = db
        .query(
            "SELECT id FROM action_link
             WHERE secret_hash = $1 AND ends_at > $2 AND used_at IS NULL",
        )
        .bind(secret_hash)
        .bind(now)
        .one_or_none()
        .await?;
    let Some((link,)) = link else {
        return Ok(None);
    };
    let action: Option<Action> = db
        .query(
            "SELECT a.id, a.number, s.number, s.slug, s.title, s.event, e.is_young, a.what, a.line,
                    CAST(NULL AS BIGINT), a.owner_id, p.name, a.due_on, a.state, a.why, a.steps,
                    a.made_at
             FROM action_link l
             JOIN session_action a ON a.id = l.action_id
             JOIN session s ON s.id = a.session_id
             JOIN event e ON e.number = s.event
             JOIN record r ON r.id = e.record_id
             JOIN person p ON p.id = a.owner_id
             WHERE l.id = $1 AND a.owner_id = l.person_id AND a.state = 'open'
             AND a.erased_at IS NULL AND s.removed_at IS NULL AND r.state <> 'deleted'
             AND p.left_at IS NULL",
        )
        .bind(&link)
        .one_or_none()
        .await?;
    Ok(action.map(|action| (link, action)))
}

/// Uses a link up; whether it was still unused.
pub async fn use_up(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let used = tx
        .query("UPDATE action_link SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(used == 1)
}
