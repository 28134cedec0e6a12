//! The harvest of a session: its lines become records, each citing its lines.

pub mod model;
pub mod store;
