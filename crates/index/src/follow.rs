//! Following the log.

use std::future::Future;
use std::time::Duration;

use tokio::sync::Notify;

use crate::document::{Batch, Log};
use crate::error::Error;
use crate::index::Index;
use crate::writing::Anew;

/// Changes read at once: enough to spread the cost of a commit, few enough to hold in memory.
const AT_ONCE: usize = 200;
/// Another node's changes come without a call, and must be found within a second.
const LOOK_EVERY: Duration = Duration::from_millis(500);
/// Woken, it waits this long for more, unless somebody asks for it: a commit costs as much for
/// twenty changes as for one, and takes the processor from whoever saves meanwhile.
const GATHER: Duration = Duration::from_millis(200);
/// After errors the next try waits, twice as long each time, up to the longest.
const FIRST_WAIT: Duration = Duration::from_millis(200);
const LONGEST_WAIT: Duration = Duration::from_secs(30);
/// After so many looks that found nothing, three seconds, the writer is put down.
const LOOKS_BEFORE_REST: u32 = 6;

impl Index {
    /// Follows a log until `stop`: reads it whenever woken and every half second, makes the
    /// changes, and after an error tries again.
    pub async fn follow<L: Log>(&self, log: &L, wake: &Notify, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = stop => {}
            () = self.follow_for_ever(log, wake) => {}
        }
    }

    /// Reads the whole log into an empty index. Readers see the old contents until it is done, and
    /// keep them after an error.
    pub async fn rebuild<L: Log>(&self, log: &L) -> Result<(), Error> {
        let _following = self.inner.following.lock().await;
        self.read_anew(log).await
    }

    async fn follow_for_ever<L: Log>(&self, log: &L, wake: &Notify) {
        let mut wait = FIRST_WAIT;
        let mut looks = 0;
        loop {
            match self.catch_up(log).await {
                Ok(Progress::Read) => (looks, wait) = (0, FIRST_WAIT),
                Ok(Progress::UpToDate) => {
                    looks += 1;
                    if looks == LOOKS_BEFORE_REST {
                        self.rest_quietly().await;
                    }
                    wait = FIRST_WAIT;
                    self.rest_until_wanted(wake).await;
                }
                Err(error) => {
                    tracing::warn!(%error, ?wait, "The search index could not follow; trying again");
                    tokio::time::sleep(wait).await;
                    wait = (wait * 2).min(LONGEST_WAIT);
                }
            }
        }
    }

    /// Waits for the next look: at once when somebody asks, a little later when woken.
    async fn rest_until_wanted(&self, wake: &Notify) {
        let asked = || self.inner.asked.notified();
        tokio::select! {
            () = asked() => {}
            () = tokio::time::sleep(LOOK_EVERY) => {}
            () = wake.notified() => {
                let _ = tokio::time::timeout(GATHER, asked()).await;
            }
        }
    }

    async fn rest_quietly(&self) {
        let index = self.clone();
        if let Err(error) = blocking(move || index.rest()).await {
            tracing::warn!(%error, "The search index could not finish its merges");
        }
    }

    /// Reads one batch and makes its changes.
    async fn catch_up<L: Log>(&self, log: &L) -> Result<Progress, Error> {
        let _following = self.inner.following.lock().await;
        let reached = self.position();
        let batch = read(log, reached).await?;
        if batch.position == reached {
            return Ok(Progress::UpToDate);
        }
        if batch.position < reached {
            tracing::warn!(
                reached,
                log = batch.position,
                "The log was set back: reading it anew"
            );
            self.read_anew(log).await?;
            return Ok(Progress::Read);
        }
        let index = self.clone();
        blocking(move || index.apply(&batch)).await?;
        Ok(Progress::Read)
    }

    async fn read_anew<L: Log>(&self, log: &L) -> Result<(), Error> {
        let index = self.clone();
        let mut anew = blocking(move || Anew::begin(index)).await?;
        let mut reached = 0;
        loop {
            let batch = read(log, reached).await?;
            if batch.position <= reached {
                return blocking(move || anew.finish(reached)).await;
            }
            reached = batch.position;
            anew = blocking(move || anew.add(&batch.changes)).await?;
        }
    }
}

enum Progress {
    Read,
    UpToDate,
}

async fn read<L: Log>(log: &L, position: i64) -> Result<Batch, Error> {
    log.changes_after(position, AT_ONCE)
        .await
        .map_err(|error| Error::Log(error.to_string()))
}

/// Runs what waits for the disk where it holds nobody up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|_| Error::Stopped)?
}

#[cfg(test)]
mod tests;
