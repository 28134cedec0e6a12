//! What the instrument promises.

mod edges;
mod hostile;
mod laws;
mod reading;
mod wiki;
