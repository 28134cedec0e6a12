//! The loop that does the jobs.

use std::future::Future;
use std::time::Duration;

use db::{Db, Result};
use futures_util::FutureExt;
use tokio::sync::Notify;
use tracing::warn;

use crate::clock::Pace;
use crate::job::{Claimed, Work};
use crate::performance::{Performance, perform};
use crate::schedule::Schedules;
use crate::store;

/// How long a claimed job belongs to its worker alone; nine tenths of it are for the work.
const LOCK: i64 = 600_000;
/// A worker looks at the queue at least this often.
const LONGEST_SLEEP: Duration = Duration::from_secs(30);
/// After another worker was quicker.
const SHORTEST_SLEEP: Duration = Duration::from_millis(20);

/// Does jobs one after another; run several for several at a time, on one node or many.
#[derive(Clone, Debug)]
pub struct Worker {
    schedules: Schedules,
    lock_ms: i64,
}

impl Worker {
    /// A worker that also sees to these schedules; every worker of the product has the same list.
    pub fn new(schedules: Schedules) -> Self {
        Self {
            schedules,
            lock_ms: LOCK,
        }
    }

    /// Sets how long a job may belong to a worker, ten minutes otherwise: the same on all nodes.
    ///
    /// A try that takes longer than nine tenths of it is broken off.
    #[must_use]
    pub fn with_lock(mut self, milliseconds: i64) -> Self {
        self.lock_ms = milliseconds.max(10);
        self
    }

    /// Works until `stop` is ready, whatever happens to the database meanwhile.
    ///
    /// Whoever enqueues says `wake.notify_one()` after the commit. A job that is being done when
    /// `stop` comes has ten seconds to end, then it is let go for another worker.
    pub async fn run<W: Work, S: Future<Output = ()> + Send>(
        &self,
        db: &Db,
        work: &W,
        now: impl Fn() -> i64 + Send + Sync,
        wake: &Notify,
        stop: S,
    ) {
        let stop = stop.shared();
        let mut pace = Pace::from(now());
        let mut troubles = 0;
        while stop.clone().now_or_never().is_none() {
            let next = self.claim(db, &now, &mut pace).await;
            troubles = if next.is_ok() { 0 } else { troubles };
            match next {
                Ok(Next::Job(job)) => {
                    let ours = Performance::new(db, &job, self.lock_ms);
                    perform(&ours, work, &now, stop.clone()).await;
                }
                Ok(Next::Sleep(time)) => pause(time, wake.notified(), stop.clone()).await,
                Err(error) => {
                    let time = back_off(&mut troubles);
                    warn!(%error, "The queue cannot be used; trying again in {time:?}");
                    pause(time, std::future::pending(), stop.clone()).await;
                }
            }
        }
    }

    async fn claim(
        &self,
        db: &Db,
        now: &(impl Fn() -> i64 + Sync),
        pace: &mut Pace,
    ) -> Result<Next> {
        let at = now();
        if let Some(was) = pace.leapt(at) {
            let tx = db.begin().await?;
            store::keep_locks(&tx, was, at, self.lock_ms).await?;
            tx.commit_quietly().await?;
        }
        *pace = Pace::from(at);
        let scheduled = self.schedules.tend(db, at).await?;
        if store::is_any_due(db, at).await? {
            let tx = db.begin().await?;
            // It may have waited for its turn to write: the lock begins now.
            let claimed = store::claim(&tx, at, now().saturating_add(self.lock_ms)).await?;
            tx.commit_quietly().await?;
            return Ok(claimed.map_or(Next::Sleep(SHORTEST_SLEEP), Next::Job));
        }
        let ahead = store::ahead(db).await?;
        if ahead.is_doubtful(at, self.lock_ms) {
            let tx = db.begin().await?;
            store::bring_near(&tx, at, self.lock_ms).await?;
            tx.commit_quietly().await?;
            return Ok(Next::Sleep(SHORTEST_SLEEP));
        }
        let soonest = [ahead.next, scheduled].into_iter().flatten().min();
        Ok(Next::Sleep(
            soonest.map_or(LONGEST_SLEEP, |soonest| until(soonest, at)),
        ))
    }
}

enum Next {
    Job(Claimed),
    Sleep(Duration),
}

async fn pause(
    time: Duration,
    wake: impl Future<Output = ()> + Send,
    stop: impl Future<Output = ()> + Send,
) {
    tokio::select! {
        () = stop => {}
        () = wake => {}
        () = tokio::time::sleep(time) => {}
    }
}

fn until(soonest: i64, now: i64) -> Duration {
    let time = u64::try_from(soonest.saturating_sub(now)).unwrap_or(0);
    Duration::from_millis(time).clamp(SHORTEST_SLEEP, LONGEST_SLEEP)
}

/// A second after the first trouble, doubled after each further one, thirty at the most.
pub(crate) fn back_off(troubles: &mut u32) -> Duration {
    let time = Duration::from_secs(1 << (*troubles).min(5)).min(LONGEST_SLEEP);
    *troubles = troubles.saturating_add(1);
    time
}
