//! What a line is: its features, and a small model that weighs them.

mod features;
mod learning;
mod lexicon;
mod model;

pub(crate) use features::stands_above_lists;
pub use learning::learn;
pub use model::Model;
