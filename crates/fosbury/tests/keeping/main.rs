//! What is kept comes back, or says in a sentence why not: damaged files, hostile archives, a full
//! disk, upgrades, a restore as the handbook tells it.
//!
//! Forty damaged databases in every run; `FOSBURY_DAMAGE_SEEDS=200` for a measured one.

#[cfg(test)]
mod archives;
#[cfg(test)]
#[path = "../crash/chance.rs"]
mod chance;
#[cfg(test)]
mod damaged;
#[cfg(test)]
mod drill;
#[cfg(test)]
mod full_disk;
#[cfg(test)]
mod hostile;
#[cfg(test)]
mod hostile_exports;
#[cfg(test)]
#[path = "../running/mod.rs"]
mod running;
#[cfg(test)]
mod upgrading;
