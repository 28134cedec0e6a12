//! The stewards' desk: what needs somebody's eye.

pub mod pages;

use web::{Access, Routes};

use crate::state::App;

/// The desk's pages.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Steward, "/desk", pages::desk)
        .post(
            Access::Steward,
            "/desk/searches/removal",
            pages::dismiss_search,
        )
        .get(Access::Anyone, "/wanted", pages::wanted)
}
