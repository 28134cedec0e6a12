//! Times and what is said of them.

use std::fmt;
use std::time::Duration;

/// Times of the same thing done again and again.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    /// Adds one.
    pub fn add(&mut self, time: Duration) {
        self.0.push(time);
    }

    /// Adds all of another.
    pub fn and(&mut self, more: Self) {
        self.0.extend(more.0);
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// The time that `hundredths` of all stayed within, in milliseconds (nearest rank).
    pub fn within(&self, hundredths: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_unstable();
        let rank = (sorted.len() * hundredths).div_ceil(100).max(1) - 1;
        sorted
            .get(rank)
            .map_or(0.0, |time| time.as_secs_f64() * 1000.0)
    }
}

impl fmt::Display for Times {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (half, most, all) = (self.within(50), self.within(99), self.within(100));
        write!(
            out,
            "p50 {half:.2} ms, p99 {most:.2} ms, longest {all:.2} ms of {}",
            self.count()
        )
    }
}

#[cfg(test)]
#[path = "figures_tests.rs"]
mod tests;
