//! Plain wiki pages: the method, the basics, how to write here.

pub mod pages;

use db::Tx;
use web::{Access, Routes};

use crate::history::kind::{Doing, Kind, PHRASES, PartSpec, TAGS, TITLE, text};
use crate::history::model::{Parts, RecordId};
use crate::state::App;

/// The kind of text that a guide is.
pub struct Guides;

/// The parts of a guide, in the order of the form.
static PARTS: [PartSpec; 4] = [TITLE, text("text"), PHRASES, TAGS];

impl Kind for Guides {
    fn name(&self) -> &'static str {
        "guide"
    }

    fn plural(&self) -> &'static str {
        "guides"
    }

    fn letter(&self) -> &'static str {
        "g"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &["title", "text"]
    }

    fn opening(&self) -> &'static str {
        "text"
    }

    fn keep<'a>(&'a self, _: &'a Tx, _: &'a RecordId, _: i64, _: &'a Parts) -> Doing<'a> {
        Box::pin(async { Ok(()) })
    }

    fn facets(&self, _: &Parts) -> Vec<(String, String)> {
        Vec::new()
    }
}

/// The pages of guides that no other kind has.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/guides", pages::list)
        .get(Access::Anyone, "/guides/{slug}", pages::show)
}
