//! Who faces a hurdle, who tried which way over it, and whether it worked.

pub mod memory;
pub mod model;
pub mod store;
pub mod store_bodies;
pub mod store_follow_up;
pub mod store_sightings;
pub mod store_tallies;
pub mod store_writing;
pub mod worked;
