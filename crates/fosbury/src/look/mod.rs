//! The look of the place: name, colour, introduction, licence, logo and words, as data.
//!
//! The settings file is the default; what the owner decides on the page wins, and is kept in the
//! database, so that every node shows it and every copy of the place carries it.

pub mod colour;
pub mod form;
pub mod memory;
pub mod model;
pub mod pages;
pub mod serving;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

/// The owner's pages, and what every page needs of the look.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/accent.css", serving::accent)
        .get(Access::Anyone, "/logo", serving::logo)
        .get(Access::Owner, "/place/look", form::form)
        .post(Access::Owner, "/place/look", pages::keep)
        .post(Access::Owner, "/place/look/removal", pages::back_to_file)
        .get(Access::Owner, "/place/look/previews", pages::preview)
        .post(Access::Owner, "/place/look/previews", form::send)
        .post(
            Access::Owner,
            "/place/look/previews/removal",
            pages::give_up,
        )
        .get(
            Access::Owner,
            "/place/look/previews/accent.css",
            serving::draft_accent,
        )
        .get(
            Access::Owner,
            "/place/look/previews/logo",
            serving::draft_logo,
        )
}
