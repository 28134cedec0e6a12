//! Finds documents by the words people type: tantivy behind our own words.
//!
//! An [`Index`] is derived, never the truth: it follows an ordered [`Log`] of changes and keeps how
//! far it came in the same commit as the contents, so a crash only makes it read again. A question
//! is answered in two stages: tantivy gathers candidates the asker may see, then a scorer of our
//! own, small enough to explain, puts them in order.

mod answer;
mod answers;
mod beginnings;
mod card;
mod commonness;
mod document;
mod english;
mod error;
mod facets;
mod fields;
mod folder;
mod follow;
mod index;
mod mark;
mod order;
mod question;
mod rank;
mod reader;
mod reading;
mod retrieve;
mod snippet;
mod variants;
mod vocabulary;
mod words;
mod writing;

pub use document::{Batch, Change, Document, Log};
pub use error::Error;
pub use index::{Index, Opened};
pub use question::{FacetCount, Found, Fragment, Hit, Question};
pub use vocabulary::{Vocabulary, VocabularyError};
pub use writing::Purged;
