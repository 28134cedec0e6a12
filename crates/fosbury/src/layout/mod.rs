//! The frame of every page, and the visit it answers.

pub mod assets;
pub mod counting;
pub mod field;
pub mod kept;
mod notices;
pub mod troubles;
pub mod visit;

pub use troubles::{Answer, Stopped};
pub use visit::{Visit, shared};
