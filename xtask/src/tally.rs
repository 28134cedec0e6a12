//! How many checks passed and failed.

use std::ops::AddAssign;

/// Counts of checks, added up over a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Checks that held.
    pub passed: u64,
    /// Checks that did not.
    pub failed: u64,
}

impl Tally {
    /// A single check that held.
    pub const ONE: Self = Self {
        passed: 1,
        failed: 0,
    };

    /// Reads a line of cargo's: `test result: ok. 12 passed; 0 failed; …`.
    pub fn of_cargo_line(line: &str) -> Option<Self> {
        let counts = line
            .trim()
            .strip_prefix("test result: ")?
            .split_once(". ")?
            .1;
        Some(Self {
            passed: before(counts, " passed")?,
            failed: before(counts, " failed")?,
        })
    }

    /// Reads what the browser scripts write: `12 passed, 0 failed`.
    pub fn of_report(report: &str) -> Option<Self> {
        Some(Self {
            passed: before(report, " passed")?,
            failed: before(report, " failed")?,
        })
    }
}

impl AddAssign for Tally {
    fn add_assign(&mut self, more: Self) {
        self.passed += more.passed;
        self.failed += more.failed;
    }
}

fn before(text: &str, word: &str) -> Option<u64> {
    text.split_once(word)?.0.rsplit(' ').next()?.parse().ok()
}

#[cfg(test)]
#[path = "tally_tests.rs"]
mod tests;
