//! The front page, and the pages that say what this place is.

pub mod pages;

use web::{Access, Routes};

use crate::state::App;

/// The front page and the pages about the place.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/", pages::front)
        .get(Access::Anyone, "/about", pages::about)
        .get(Access::Anyone, "/privacy", pages::privacy)
        .get(Access::Anyone, "/accessibility", pages::accessibility)
        .get(Access::Anyone, "/cy", pages::welsh)
        .get(Access::Anyone, "/cy/{*rest}", pages::welsh)
        .get(Access::Anyone, "/robots.txt", pages::robots)
        .get(Access::Anyone, "/healthz", pages::health)
}
