//! The queue's statements.

use db::{Reads, Result, Tx};

use crate::clock::{Ahead, DOUBT};
use crate::job::{Claimed, Failed, Job, LONGEST_DELAY, tidy};
use crate::performance::Kept;

/// Puts a job into the queue, inside the change that causes it.
pub async fn enqueue(tx: &Tx, job: &Job) -> Result<()> {
    tx.query(
        "INSERT INTO job (id, kind, body, due_at, tries, locked_until, made_at)
         VALUES ($1, $2, $3, $4, 0, 0, $5)",
    )
    .bind(&job.id)
    .bind(&job.kind)
    .bind(&job.body)
    .bind(job.due_at)
    .bind(job.made_at)
    .run()
    .await?;
    Ok(())
}

/// The newest 500 jobs that were given up, newest first; [`failed_count`] counts them all.
pub async fn failed(db: &impl Reads) -> Result<Vec<Failed>> {
    db.query(
        "SELECT id, kind, body, tries, coalesce(last_error, ''), failed_at, made_at
         FROM job
         WHERE failed_at IS NOT NULL
         ORDER BY failed_at DESC, id
         LIMIT 500",
    )
    .all()
    .await
}

/// How many jobs were given up.
pub async fn failed_count(db: &impl Reads) -> Result<i64> {
    let count = db.query("SELECT count(*) FROM job WHERE failed_at IS NOT NULL");
    Ok(count.one::<(i64,)>().await?.0)
}

/// How many jobs are waiting or being done.
pub async fn waiting(db: &impl Reads) -> Result<i64> {
    let count = db.query("SELECT count(*) FROM job WHERE failed_at IS NULL");
    Ok(count.one::<(i64,)>().await?.0)
}

/// Puts a failed job back into the queue with all its tries; whether there was such a job.
///
/// Wake a worker after the commit.
pub async fn retry(tx: &Tx, id: &str) -> Result<bool> {
    let again = tx.query(
        "UPDATE job
         SET failed_at = NULL, tries = 0, locked_until = 0, due_at = made_at
         WHERE id = $1 AND failed_at IS NOT NULL",
    );
    Ok(again.bind(id).run().await? > 0)
}

/// Forgets a failed job; whether there was such a job.
pub async fn discard(tx: &Tx, id: &str) -> Result<bool> {
    let gone = tx.query("DELETE FROM job WHERE id = $1 AND failed_at IS NOT NULL");
    Ok(gone.bind(id).run().await? > 0)
}

/// Whether a job could be claimed now.
pub(crate) async fn is_any_due(db: &impl Reads, now: i64) -> Result<bool> {
    let due = db.query(
        "SELECT id FROM job
         WHERE failed_at IS NULL AND due_at <= $1 AND locked_until <= $1
         LIMIT 1",
    );
    Ok(due.bind(now).one_or_none::<(String,)>().await?.is_some())
}

/// Takes the job that is due longest, for this worker alone until the lock ends.
pub(crate) async fn claim(tx: &Tx, now: i64, locked_until: i64) -> Result<Option<Claimed>> {
    // The outer WHERE repeats the inner one: of two workers that chose the same row, the second
    // finds it locked when the first has committed.
    tx.query(
        "UPDATE job
         SET locked_until = $2, tries = tries + 1
         WHERE id = (
             SELECT id FROM job
             WHERE failed_at IS NULL AND due_at <= $1 AND locked_until <= $1
             ORDER BY due_at, id
             LIMIT 1)
         AND failed_at IS NULL AND due_at <= $1 AND locked_until <= $1
         RETURNING id, kind, body, tries",
    )
    .bind(now)
    .bind(locked_until)
    .one_or_none()
    .await
}

/// Looks at what is waiting.
pub(crate) async fn ahead(db: &impl Reads) -> Result<Ahead> {
    let ahead = db.query(
        "SELECT min(CASE WHEN due_at > locked_until THEN due_at ELSE locked_until END),
                max(made_at), max(CASE WHEN tries > 0 THEN due_at END), max(locked_until)
         FROM job
         WHERE failed_at IS NULL",
    );
    ahead.one().await
}

/// Takes a finished job out of the queue, unless another worker has taken it over.
pub(crate) async fn finish(tx: &Tx, job: &Claimed) -> Result<bool> {
    let done = tx.query("DELETE FROM job WHERE id = $1 AND tries = $2 AND failed_at IS NULL");
    Ok(done.bind(&job.id).bind(job.tries).run().await? > 0)
}

/// Lets go of a claimed job, unless another worker has taken it over.
pub(crate) async fn keep(tx: &Tx, job: &Claimed, kept: &Kept<'_>) -> Result<bool> {
    let free = tx.query(
        "UPDATE job
         SET locked_until = 0, tries = $3, due_at = coalesce($4, due_at), failed_at = $5,
             last_error = coalesce($6, last_error)
         WHERE id = $1 AND tries = $2 AND failed_at IS NULL",
    );
    let free = free
        .bind(&job.id)
        .bind(job.tries)
        .bind(kept.tries)
        .bind(kept.due_at);
    Ok(free
        .bind(kept.failed_at)
        .bind(kept.why.map(tidy))
        .run()
        .await?
        > 0)
}

/// Keeps the locks that were good before the clock leapt from `was` to `now`.
pub(crate) async fn keep_locks(tx: &Tx, was: i64, now: i64, lock_ms: i64) -> Result<()> {
    let keep = tx.query(
        "UPDATE job SET locked_until = $3
         WHERE failed_at IS NULL AND locked_until > $1 AND locked_until <= $2",
    );
    keep.bind(was)
        .bind(now)
        .bind(now.saturating_add(lock_ms))
        .run()
        .await?;
    Ok(())
}

/// Brings near what a clock that has since been put back wrote into the far future.
pub(crate) async fn bring_near(tx: &Tx, now: i64, lock_ms: i64) -> Result<()> {
    let doubt = now.saturating_add(DOUBT);
    tx.query("UPDATE job SET due_at = due_at - (made_at - $1), made_at = $1 WHERE made_at > $2")
        .bind(now)
        .bind(doubt)
        .run()
        .await?;
    tx.query("UPDATE job SET due_at = $1 WHERE tries > 0 AND failed_at IS NULL AND due_at > $2")
        .bind(now)
        .bind(doubt.saturating_add(LONGEST_DELAY))
        .run()
        .await?;
    // Whoever holds such a lock may still be at work, but not for longer than a lock.
    tx.query("UPDATE job SET locked_until = $1 WHERE locked_until > $2")
        .bind(now.saturating_add(lock_ms))
        .bind(doubt.saturating_add(lock_ms))
        .run()
        .await?;
    Ok(())
}
