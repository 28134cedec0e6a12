//! What changed lately: on the whole site, under a tag; as pages and as feeds.

pub mod feeds;
pub mod lines;
pub mod pages;
pub mod trials;

use web::{Access, Routes};

use crate::state::App;

/// The pages of changes and tags.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/changes", pages::site)
        .get(Access::Anyone, "/changes.atom", pages::site_feed)
        .get(Access::Anyone, "/tags", pages::tags)
        .get(Access::Anyone, "/tags/{tag}", pages::tag)
        .get(Access::Anyone, "/tags/{tag}/changes", pages::tag_changes)
        .get(Access::Anyone, "/tags/{tag}/changes.atom", pages::tag_feed)
}
