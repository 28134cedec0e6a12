//! Which kind a line is: features that can be read, weights that are learned.

mod around;
mod context;
mod features;
mod learning;
mod lexicon;
mod model;
mod opening;
mod shapes;
mod verbs;

pub(crate) use features::stands_above_lists;
pub(crate) use learning::Lessons;
pub use learning::learn;
pub use model::Model;
