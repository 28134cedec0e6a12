//! Notices a clock that leapt: a machine that slept, or was set.

use tokio::time::Instant;

use crate::job::LONGEST_DELAY;

/// A clock may run this far from the truth, or from another node's, without being doubted.
pub(crate) const DOUBT: i64 = 60_000;

/// What time it should be, going by what it was.
pub(crate) struct Pace {
    now: i64,
    since: Instant,
}

impl Pace {
    pub(crate) fn from(now: i64) -> Self {
        Self {
            now,
            since: Instant::now(),
        }
    }

    /// What time it should have been, if the clock leapt ahead since.
    pub(crate) fn leapt(&self, now: i64) -> Option<i64> {
        let passed = i64::try_from(self.since.elapsed().as_millis()).unwrap_or(i64::MAX);
        let expected = self.now.saturating_add(passed);
        (now > expected.saturating_add(DOUBT)).then_some(expected)
    }
}

/// What a worker with nothing to do looks at: when to wake, and whether the clock was wrong.
#[derive(Default)]
pub(crate) struct Ahead {
    pub(crate) next: Option<i64>,
    made: Option<i64>,
    tried: Option<i64>,
    locked: Option<i64>,
}

db::columns!(Ahead {
    next,
    made,
    tried,
    locked
});

impl Ahead {
    /// Whether something was written that no right clock would have written by now.
    pub(crate) fn is_doubtful(&self, now: i64, lock_ms: i64) -> bool {
        let beyond = |at: Option<i64>, by: i64| {
            at.is_some_and(|at| at > now.saturating_add(DOUBT).saturating_add(by))
        };
        beyond(self.made, 0) || beyond(self.tried, LONGEST_DELAY) || beyond(self.locked, lock_ms)
    }
}
