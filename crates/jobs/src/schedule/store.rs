//! The schedules' statements.

use db::{Reads, Result, Tx};

use crate::job::{Scheduled, TRIES};

/// What happens every so often, by name.
pub async fn scheduled(db: &impl Reads) -> Result<Vec<Scheduled>> {
    db.query("SELECT name, next_at, last_ended_at FROM schedule ORDER BY name")
        .all()
        .await
}

/// Notes a schedule that was not known; the first node wins.
pub(crate) async fn begin_schedule(tx: &Tx, name: &str, next_at: i64) -> Result<()> {
    let new = tx.query(
        "INSERT INTO schedule (name, next_at) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING",
    );
    new.bind(name).bind(next_at).run().await?;
    Ok(())
}

/// Moves a schedule on; only one node can move it from where it was.
pub(crate) async fn move_schedule(tx: &Tx, name: &str, was: i64, next_at: i64) -> Result<bool> {
    let moved = tx.query("UPDATE schedule SET next_at = $3 WHERE name = $1 AND next_at = $2");
    Ok(moved.bind(name).bind(was).bind(next_at).run().await? > 0)
}

/// Enqueues a schedule's one job. Still there, it is due at once; given up, it gets one try.
pub(crate) async fn enqueue_scheduled(tx: &Tx, name: &str, now: i64) -> Result<()> {
    tx.query(
        "INSERT INTO job (id, kind, body, due_at, tries, locked_until, made_at)
         VALUES ($1, $2, '{}', $3, 0, 0, $3)
         ON CONFLICT (id) DO UPDATE
         SET due_at = excluded.due_at, failed_at = NULL,
             tries = CASE WHEN job.failed_at IS NULL THEN job.tries ELSE $4 END
         WHERE job.locked_until <= excluded.due_at",
    )
    .bind(super::job_id(name))
    .bind(name)
    .bind(now)
    .bind(TRIES - 1)
    .run()
    .await?;
    Ok(())
}

/// Notes that the job of a schedule is done.
pub(crate) async fn note_ended(tx: &Tx, name: &str, now: i64) -> Result<()> {
    let ended = tx.query("UPDATE schedule SET last_ended_at = $2 WHERE name = $1");
    ended.bind(name).bind(now).run().await?;
    Ok(())
}
