//! Compares, merges and reads the texts of a wiki: values in, values out.

pub mod diff;
pub mod links;
pub mod merge;
pub mod sections;

mod edits;
mod lines;
mod tidy;

pub use tidy::{one_line, tidy};

#[cfg(test)]
mod tests;
