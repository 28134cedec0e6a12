//! Finding the right hurdle in spite of the words: the question, the index's log, the pages.

pub mod documents;
pub mod found;
pub mod pages;
pub mod quality;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

/// General words of council life and the web, in groups that mean the same.
pub const VOCABULARY: &str = include_str!("vocabulary.txt");

/// The search page and what it offers while somebody types.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/search", pages::results)
        .get(Access::Anyone, "/search/suggest", pages::suggest)
}
