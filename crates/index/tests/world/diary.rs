use std::sync::Mutex;
use std::time::Duration;

use index::{Batch, Change, Index, Log};
use tokio::sync::{Notify, oneshot};

use super::page;

/// A log in memory, of which things can go wrong.
#[derive(Default)]
pub struct Diary {
    changes: Mutex<Vec<Change>>,
    failures: Mutex<u32>,
}

impl Diary {
    pub fn note(&self, change: Change) -> i64 {
        let mut changes = self.changes.lock().unwrap();
        changes.push(change);
        i64::try_from(changes.len()).unwrap()
    }

    pub fn fail(&self, times: u32) {
        *self.failures.lock().unwrap() = times;
    }

    pub fn set_back(&self, position: usize) {
        self.changes.lock().unwrap().truncate(position);
    }
}

impl Log for Diary {
    type Error = &'static str;

    async fn changes_after(&self, position: i64, at_most: usize) -> Result<Batch, Self::Error> {
        let mut failures = self.failures.lock().unwrap();
        if *failures > 0 {
            *failures -= 1;
            return Err("the database is away");
        }
        let changes = self.changes.lock().unwrap();
        let start = usize::try_from(position).unwrap().min(changes.len());
        let given: Vec<Change> = changes[start..].iter().take(at_most).cloned().collect();
        let position = i64::try_from(start + given.len()).unwrap();
        Ok(Batch {
            changes: given,
            position,
        })
    }
}

pub fn numbered(number: i64) -> Change {
    Change::put(page(number, &format!("Page number {number}"), &[], "", &[]))
}

/// Follows the diary while `during` runs.
pub async fn following<T>(
    index: &Index,
    diary: &Diary,
    wake: &Notify,
    during: impl Future<Output = T>,
) -> T {
    let (stop, stopped) = oneshot::channel::<()>();
    let follow = index.follow(diary, wake, async {
        let _ = stopped.await;
    });
    let work = async {
        let result = during.await;
        stop.send(()).unwrap();
        result
    };
    tokio::join!(follow, work).1
}

pub async fn caught_up(index: &Index, position: i64) {
    tokio::time::timeout(Duration::from_secs(20), index.caught_up(position))
        .await
        .unwrap();
}
