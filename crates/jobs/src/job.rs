//! What a job is, from being made to being done or given up.

use std::future::Future;

/// Work to be done later, or by another node.
pub struct Job {
    /// Its id, made by the caller; a second job with the same id is refused.
    pub id: String,
    /// What is to be done, such as `mail`.
    pub kind: String,
    /// With what: JSON text.
    pub body: String,
    /// Not before this time, in milliseconds.
    pub due_at: i64,
    /// When it was made, in milliseconds.
    pub made_at: i64,
}

impl Job {
    /// Work to be done as soon as it may be, made at this time in milliseconds.
    #[must_use]
    pub fn at_once(id: String, kind: &str, body: String, made_at: i64) -> Self {
        Self {
            id,
            kind: kind.to_owned(),
            body,
            due_at: made_at,
            made_at,
        }
    }
}

/// A job that this worker alone may do until its lock ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claimed {
    /// Its id: the same on every try, so that what was done can be recognised.
    pub id: String,
    /// What is to be done.
    pub kind: String,
    /// With what: JSON text.
    pub body: String,
    /// Which try this is, from 1.
    pub tries: i64,
}

db::columns!(Claimed {
    id,
    kind,
    body,
    tries
});

/// How a try ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    /// It is done.
    Done,
    /// Not this time, for this reason; it may succeed later.
    Again(String),
    /// It can never succeed, for this reason.
    Never(String),
}

/// Does the jobs: the product's list of kinds.
pub trait Work: Send + Sync {
    /// Does one job. It may be dropped at any `.await` and tried again: write it so that a second
    /// time does no harm. A kind it does not know is [`Ended::Never`].
    fn perform(&self, job: &Claimed) -> impl Future<Output = Ended> + Send;
}

/// A job that was given up, for the owner to look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failed {
    /// Its id.
    pub id: String,
    /// What was to be done.
    pub kind: String,
    /// With what: JSON text.
    pub body: String,
    /// How often it was tried.
    pub tries: i64,
    /// Why the last try failed.
    pub last_error: String,
    /// When it was given up, in milliseconds.
    pub failed_at: i64,
    /// When it was made, in milliseconds.
    pub made_at: i64,
}

db::columns!(Failed {
    id,
    kind,
    body,
    tries,
    last_error,
    failed_at,
    made_at
});

/// What happens every so often, as the owner sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Scheduled {
    /// Its name, which is also its jobs' kind.
    pub name: String,
    /// When it is due next, in milliseconds.
    pub next_at: i64,
    /// When it was last done, in milliseconds.
    pub last_ended_at: Option<i64>,
}

db::columns!(Scheduled {
    name,
    next_at,
    last_ended_at
});

const MINUTE: i64 = 60_000;
/// How long to wait after the first try, the second, ….
const DELAYS: [i64; 5] = [MINUTE, 5 * MINUTE, 30 * MINUTE, 120 * MINUTE, 360 * MINUTE];
/// The longest of them.
pub(crate) const LONGEST_DELAY: i64 = 360 * MINUTE;
/// Tries before a job is given up: the first, and one after each delay.
pub(crate) const TRIES: i64 = 6;

/// How long to wait after this try, or nothing when it was the last.
pub(crate) fn delay_after(tries: i64) -> Option<i64> {
    usize::try_from(tries - 1)
        .ok()
        .and_then(|before| DELAYS.get(before))
        .copied()
}

/// Reasons come from outside: bounded, and without what a database or a page could not take.
pub(crate) fn tidy(reason: &str) -> String {
    reason
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(500)
        .collect()
}
