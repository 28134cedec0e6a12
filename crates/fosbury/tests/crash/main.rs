//! Killed at any moment, Fosbury loses nothing that it said was saved.
//!
//! A few rounds in every run; `FOSBURY_CRASH_ROUNDS=60` for a measured one.

#[cfg(test)]
mod chance;
#[cfg(test)]
mod killed;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod restarted;
#[cfg(test)]
#[path = "../running/mod.rs"]
mod running;
#[cfg(test)]
mod writers;
