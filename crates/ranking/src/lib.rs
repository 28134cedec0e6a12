//! What worked in places like yours: distances between bodies, their peers, and solutions ranked by
//! what was told of them.
//!
//! Values in, values out: no database, no clock, no product words beyond trials and places. The
//! README shows one example; each formula stands with its source where it is computed.

mod beta;
mod outcome;
mod peers;
mod place;
mod places;
mod rank;
mod weights;

pub use beta::{LOWER_END, lower_end};
pub use outcome::{Outcome, Tally, Verdict};
pub use peers::{Apart, Compared, NO_PEERS_BELOW, PEERS, Peer, WhyNot};
pub use place::{DENSITY, HIGH, LOW, POPULATION, Place};
pub use places::Places;
pub use rank::{Counted, Plain, Ranked, Tried, rank};
pub use weights::{FAR, Weights};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
