//! Public bodies: who they are, who followed them, their services, and who works there.

pub mod importing;
pub mod model;
pub mod planning;
pub mod reading;
pub mod store;
pub mod store_import;
pub mod store_members;
pub mod store_readers;

pub use store_members::waiting;
