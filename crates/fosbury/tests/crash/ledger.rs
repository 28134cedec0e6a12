//! What Fosbury said it saved, and what it was still asked to save.

use std::collections::BTreeMap;

/// A revision that was acknowledged: which page, which revision, which title.
#[derive(Clone, Debug)]
pub struct Saved {
    pub page: i64,
    pub seq: i64,
    pub title: String,
}

/// A change that was sent and not answered.
#[derive(Clone, Debug)]
pub struct Unanswered {
    pub page: i64,
    pub title: String,
}

/// Everything that is known from outside.
#[derive(Debug, Default)]
pub struct Ledger {
    pub saved: Vec<Saved>,
    pub kills: usize,
    /// Kills while at least one change was sent and not answered.
    pub inside: usize,
    /// Of the changes not answered: those that were kept all the same, and those that were not.
    pub kept_unsaid: usize,
    pub not_kept: usize,
    /// Changes that were answered with a page that says: not now.
    pub put_off: usize,
    /// Milliseconds from a start to the first answer.
    pub starts: Vec<u128>,
    /// Milliseconds until the newest title was found.
    pub finds: Vec<u128>,
}

impl Ledger {
    /// The newest acknowledged revision of each page.
    pub fn newest(&self) -> BTreeMap<i64, &Saved> {
        self.saved.iter().map(|one| (one.page, one)).collect()
    }

    pub fn tell_kills(&self) {
        println!(
            "{} kills, {} of them inside a transaction ({} changes not answered: {} kept, {} not \
             kept); {} acknowledged and all there; back in {}; found in {}",
            self.kills,
            self.inside,
            self.kept_unsaid + self.not_kept,
            self.kept_unsaid,
            self.not_kept,
            self.saved.len(),
            told(&self.starts),
            told(&self.finds),
        );
    }

    pub fn tell_restarts(&self) {
        println!(
            "{} restarts of PostgreSQL, {} changes put off with a page; {} acknowledged and all \
             there; saving again in {}",
            self.kills,
            self.put_off,
            self.saved.len(),
            told(&self.starts),
        );
    }
}

/// "19 ms, at the worst 80 ms": the middle of them and the longest.
fn told(times: &[u128]) -> String {
    let mut times = times.to_vec();
    times.sort_unstable();
    let middle = times.get(times.len() / 2).copied().unwrap_or_default();
    let worst = times.last().copied().unwrap_or_default();
    format!("{middle} ms, at the worst {worst} ms")
}
