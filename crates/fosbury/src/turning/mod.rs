//! Guides become hurdles, solutions or the notes of a session; what they said comes along.

pub mod capture;
pub mod doing;
pub mod looks;
pub mod merging;
pub mod model;
pub mod pages;
pub mod returning;
pub mod section;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

/// The pages of turning a guide into something else.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Contributor, "/guides/{slug}/turn", pages::form)
        .post(Access::Contributor, "/guides/{slug}/turnings", pages::turn)
        .post(
            Access::Contributor,
            "/guides/{slug}/returns",
            pages::come_back,
        )
}
