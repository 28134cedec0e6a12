//! A queue in the database, worked by one node or many, and what happens every so often.
//!
//! A job is enqueued inside the change that causes it; a [`Worker`] on any node does it, once at
//! a time, again after trouble, and leaves it in the list of failed jobs when it gives up.

mod clock;
mod job;
mod performance;
mod schedule;
mod store;
mod worker;

#[cfg(test)]
mod tests;

pub use job::{Claimed, Ended, Failed, Job, Scheduled, Work};
pub use schedule::Schedules;
pub use schedule::store::scheduled;
pub use store::{discard, enqueue, failed, failed_count, retry, waiting};
pub use worker::Worker;
