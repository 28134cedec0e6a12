//! What happens every so often.

pub(crate) mod store;

use db::{Db, Result};

use crate::clock::DOUBT;

/// The list of what happens every so often: a name, which is its jobs' kind, and a period.
///
/// One of all nodes does it. The first time is one period after a name was first seen; what was
/// missed is made up for once.
#[derive(Clone, Debug, Default)]
pub struct Schedules(Vec<(&'static str, i64)>);

impl Schedules {
    /// An empty list.
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a job of kind `name` every `period_ms` milliseconds, a second at the least.
    #[must_use]
    pub fn every(mut self, name: &'static str, period_ms: i64) -> Self {
        self.0.push((name, period_ms.max(1_000)));
        self
    }

    /// Enqueues what is due; when the next is due, if there is any.
    pub(crate) async fn tend(&self, db: &Db, now: i64) -> Result<Option<i64>> {
        if self.0.is_empty() {
            return Ok(None);
        }
        let known = store::scheduled(db).await?;
        let mut soonest = None;
        for (name, period) in &self.0 {
            let seen = known
                .iter()
                .find(|row| row.name == *name)
                .map(|row| row.next_at);
            let next_at = tend_one(db, name, *period, seen, now).await?;
            soonest = Some(soonest.map_or(next_at, |known: i64| known.min(next_at)));
        }
        Ok(soonest)
    }
}

async fn tend_one(db: &Db, name: &str, period: i64, seen: Option<i64>, now: i64) -> Result<i64> {
    let Some(seen) = seen else {
        let tx = db.begin().await?;
        store::begin_schedule(&tx, name, now.saturating_add(period)).await?;
        tx.commit_quietly().await?;
        return Ok(now.saturating_add(period));
    };
    let next = next_after(seen, period, now);
    if next == seen {
        return Ok(seen);
    }
    let tx = db.begin().await?;
    // Whoever moves the row enqueues the job: one node of many.
    if store::move_schedule(&tx, name, seen, next).await? && seen <= now {
        store::enqueue_scheduled(&tx, name, now).await?;
    }
    tx.commit_quietly().await?;
    Ok(next)
}

/// When it is due after now: in step with when it was due, however many times were missed; a time
/// further off than the period was written by a clock that was wrong.
pub(crate) fn next_after(due: i64, period: i64, now: i64) -> i64 {
    if due > now.saturating_add(period).saturating_add(DOUBT) {
        return now.saturating_add(period);
    }
    if due > now {
        return due;
    }
    let behind = now.saturating_sub(due) % period;
    now.saturating_add(period - behind)
}

/// The id of a schedule's one job: there is never a second in the queue.
pub(crate) fn job_id(name: &str) -> String {
    format!("schedule-{name}")
}
