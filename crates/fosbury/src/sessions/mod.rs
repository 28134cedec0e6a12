//! Events, their sessions, the notes taken in them, and what is written up afterwards.

pub mod guests;
pub mod kinds;
pub mod model;
pub mod store;
pub mod store_consents;
pub mod store_guests;
pub mod store_lines;
pub mod store_writing;

pub use kinds::{Events, WriteUps};
