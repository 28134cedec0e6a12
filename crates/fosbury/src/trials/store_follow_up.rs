//! "Did it work?": whom to ask when, and the links that answer once.

use db::{Reads, Result, Tx};

use crate::time::Moment;

/// Trials whose time has come and whose teller was not asked by mail yet: id and address.
pub async fn due(db: &impl Reads, now: Moment, at_most: i64) -> Result<Vec<(String, String)>> {
    db.query(
        "SELECT t.id, p.address
         FROM trial t
         JOIN person p ON p.id = t.author_id
         WHERE t.ask_at <= $1 AND t.asked_at IS NULL AND t.outcome = 'too-early'
         AND p.left_at IS NULL AND NOT t.is_demo
         ORDER BY t.ask_at
         LIMIT $2",
    )
    .bind(now)
    .bind(at_most)
    .all()
    .await
}

/// Notes that a letter is on its way.
pub async fn note_asked(tx: &Tx, trial: &str, now: Moment) -> Result<()> {
    tx.query("UPDATE trial SET asked_at = $2 WHERE id = $1")
        .bind(trial)
        .bind(now)
        .run()
        .await?;
    Ok(())
}

/// What a letter says of a trial: its teller's address, the hurdle's title, its number.
pub async fn letter(db: &impl Reads, trial: &str) -> Result<Option<(String, String, i64)>> {
    db.query(
        "SELECT p.address, r.title, t.number
         FROM trial t
         JOIN person p ON p.id = t.author_id
         JOIN record r ON r.kind = 'hurdle' AND r.number = t.hurdle
         WHERE t.id = $1 AND t.outcome = 'too-early' AND p.left_at IS NULL",
    )
    .bind(trial)
    .one_or_none()
    .await
}

/// Makes a link.
pub async fn make(
    tx: &Tx,
    (id, trial): (&str, &str),
    secret_hash: &str,
    (now, ends_at): (Moment, Moment),
) -> Result<()> {
    tx.query(
        "INSERT INTO follow_up (id, trial_id, secret_hash, made_at, ends_at)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(id)
    .bind(trial)
    .bind(secret_hash)
    .bind(now)
    .bind(ends_at)
    .run()
    .await?;
    Ok(())
}

/// What an unused link is about: its id, the trial's id and number, the hurdle's title.
pub async fn link(
    db: &impl Reads,
    secret_hash: &str,
    now: Moment,
) -> Result<Option<(String, String, i64, String)>> {
    db.query(
        "SELECT f.id, t.id, t.number, r.title
         FROM follow_up f
         JOIN trial t ON t.id = f.trial_id
         JOIN record r ON r.kind = 'hurdle' AND r.number = t.hurdle
         WHERE f.secret_hash = $1 AND f.ends_at > $2 AND f.used_at IS NULL",
    )
    .bind(secret_hash)
    .bind(now)
    .one_or_none()
    .await
}

/// Uses a link up; whether it was still unused.
pub async fn use_up(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let used = tx
        .query("UPDATE follow_up SET used_at = $2 WHERE id = $1 AND used_at IS NULL")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(used == 1)
}

/// Forgets links that ended before this moment.
pub async fn forget_ended(tx: &Tx, before: Moment) -> Result<()> {
    tx.query("DELETE FROM follow_up WHERE ends_at < $1")
        .bind(before)
        .run()
        .await?;
    Ok(())
}
