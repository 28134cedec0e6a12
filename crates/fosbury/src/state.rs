//! What every page may need: one value, shared by all.

use std::ops::Deref;
use std::sync::Arc;

use db::Db;
use index::Index;
use mail::Mailer;
use tokio::sync::Notify;

use crate::layout::kept::KeptPages;
use crate::look::memory::Looks;
use crate::people::limits::Limits;
use crate::sessions::live::Live;
use crate::settings::Settings;
use crate::stewards::readings::Readings;
use crate::time::Clock;
use crate::trials::memory::Memory;
use crate::words::Words;

/// The running program.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What it is made of.
pub struct Parts {
    /// The database.
    pub db: Db,
    /// Where time comes from.
    pub clock: Clock,
    /// What the owner decided.
    pub settings: Settings,
    /// How the place looks and speaks, as its owner decided.
    pub looks: Looks,
    /// What finds records.
    pub index: Index,
    /// What sends letters, if it is set up.
    pub mailer: Option<Mailer>,
    /// Pages made for visitors, kept until something changes.
    pub kept: KeptPages,
    /// Tallies of trials and bodies as they compare, remembered until they change.
    pub memory: Memory,
    /// How often pages were opened since that was last written down.
    pub readings: Readings,
    /// Sessions that somebody watches while notes are taken.
    pub live: Live,
    /// How often somebody may try.
    pub limits: Limits,
    /// Wakes the index after a change.
    pub index_wake: Notify,
    /// Wakes the worker after a job was put in the queue.
    pub jobs_wake: Notify,
}

impl App {
    /// Puts the parts together.
    pub fn new(parts: Parts) -> Self {
        Self(Arc::new(parts))
    }

    /// The interface's words, where no page is at hand.
    pub fn words(&self) -> Arc<Words> {
        self.looks.last().words.clone()
    }
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}
