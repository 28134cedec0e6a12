//! One try at one job.

use std::any::Any;
use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::time::Duration;

use db::{Db, Result, Tx};
use futures_util::FutureExt;
use tokio::time::{Instant, timeout};
use tracing::warn;

use crate::job::{Claimed, Ended, TRIES, Work, delay_after};
use crate::schedule::{self, job_id};
use crate::store;
use crate::worker::back_off;

/// How long a job may go on after the worker was told to stop, and so may writing down its end.
const GRACE: Duration = Duration::from_secs(10);

/// A claimed job with what it may use.
pub(crate) struct Performance<'p> {
    db: &'p Db,
    job: &'p Claimed,
    /// How long it is ours.
    lock: Duration,
}

/// What becomes of a claimed job that is not done.
pub(crate) struct Kept<'w> {
    pub(crate) tries: i64,
    pub(crate) due_at: Option<i64>,
    pub(crate) failed_at: Option<i64>,
    pub(crate) why: Option<&'w str>,
}

impl Kept<'_> {
    fn with(tries: i64) -> Self {
        Self {
            tries,
            due_at: None,
            failed_at: None,
            why: None,
        }
    }
}

/// Tries the job and writes down how that ended.
pub(crate) async fn perform<W: Work>(
    performance: &Performance<'_>,
    work: &W,
    now: &(impl Fn() -> i64 + Sync),
    stop: impl Future<Output = ()> + Send + Clone,
) {
    let began = Instant::now();
    let job = performance.job;
    let ended = if job.tries > TRIES {
        Some(Ended::Never(
            "every try was cut off: the program ended in the middle".to_owned(),
        ))
    } else {
        attempt(work, job, performance.lock / 10 * 9, stop.clone()).await
    };
    let told = performance.tell(ended.as_ref(), now, began);
    let stopping = async {
        stop.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        biased;
        () = told => {}
        () = stopping => warn!(job.id, "The end of a job could not be written down in time"),
    }
}

/// How the try ended; nothing if it was let go because the worker stops.
async fn attempt<W: Work>(
    work: &W,
    job: &Claimed,
    limit: Duration,
    stop: impl Future<Output = ()> + Send,
) -> Option<Ended> {
    let work = AssertUnwindSafe(async { work.perform(job).await }).catch_unwind();
    let mut work = std::pin::pin!(timeout(limit, work));
    let outcome = tokio::select! {
        biased;
        outcome = &mut work => outcome,
        () = stop => timeout(GRACE, &mut work).await.ok()?,
    };
    Some(match outcome {
        Ok(Ok(ended)) => ended,
        Ok(Err(panic)) => Ended::Again(format!("it broke off: {}", words_of(panic.as_ref()))),
        Err(_) => Ended::Again(format!("it took longer than {} seconds", limit.as_secs())),
    })
}

fn words_of(panic: &(dyn Any + Send)) -> &str {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied())
        .unwrap_or("without a word")
}

impl<'p> Performance<'p> {
    pub(crate) fn new(db: &'p Db, job: &'p Claimed, lock_ms: i64) -> Self {
        let lock = Duration::from_millis(lock_ms.unsigned_abs());
        Self { db, job, lock }
    }

    /// Writes the end down; while the database is away, tries as long as the job is ours.
    async fn tell(&self, ended: Option<&Ended>, now: &(impl Fn() -> i64 + Sync), began: Instant) {
        let mut troubles = 0;
        loop {
            match self.write_down(ended, now()).await {
                Ok(true) => return,
                Ok(false) => {
                    warn!(
                        self.job.id,
                        "A job was taken over by another worker meanwhile"
                    );
                    return;
                }
                Err(error) if began.elapsed() < self.lock => {
                    warn!(%error, self.job.id, "The end of a job cannot be written down yet");
                    tokio::time::sleep(back_off(&mut troubles)).await;
                }
                Err(error) => {
                    warn!(%error, self.job.id, "The end of a job could not be written down");
                    return;
                }
            }
        }
    }

    async fn write_down(&self, ended: Option<&Ended>, now: i64) -> Result<bool> {
        let tx = self.db.begin().await?;
        let was_ours = match ended {
            Some(Ended::Done) => self.note_done(&tx, now).await?,
            _ => store::keep(&tx, self.job, &self.kept(ended, now)).await?,
        };
        tx.commit_quietly().await?;
        Ok(was_ours)
    }

    async fn note_done(&self, tx: &Tx, now: i64) -> Result<bool> {
        let was_ours = store::finish(tx, self.job).await?;
        if was_ours && self.job.id == job_id(&self.job.kind) {
            schedule::store::note_ended(tx, &self.job.kind, now).await?;
        }
        Ok(was_ours)
    }

    fn kept<'w>(&self, ended: Option<&'w Ended>, now: i64) -> Kept<'w> {
        let tries = self.job.tries;
        let later = delay_after(tries).map(|delay| now.saturating_add(delay));
        match ended {
            // Let go: as if it had not been claimed.
            None | Some(Ended::Done) => Kept::with(tries - 1),
            Some(Ended::Again(why)) if later.is_some() => Kept {
                due_at: later,
                why: Some(why),
                ..Kept::with(tries)
            },
            Some(Ended::Again(why) | Ended::Never(why)) => {
                let Claimed { id, kind, .. } = self.job;
                warn!(id, kind, why, "Gave up a job: it waits among the failed");
                Kept {
                    failed_at: Some(now),
                    why: Some(why),
                    ..Kept::with(tries)
                }
            }
        }
    }
}
