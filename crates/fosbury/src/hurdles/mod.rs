//! What is in the way: a number for ever, the form of 2009, what it depends on.

pub mod model;
pub mod pages;
pub mod store;

use db::Tx;
use web::{Access, Routes};

use crate::history::kind::{Doing, Kind, PHRASES, PartSpec, Shape, TAGS, TITLE, choice, text};
use crate::history::model::{Parts, RecordId};
use crate::state::App;

pub use model::HEADINGS;

/// The kind of text that a hurdle is.
pub struct Hurdles;

/// The parts of a hurdle, in the order of the form.
static PARTS: [PartSpec; 10] = [
    TITLE,
    choice("heading", &HEADINGS),
    text("problem"),
    text("detail"),
    text("why"),
    text("ways"),
    text("until"),
    PHRASES,
    TAGS,
    PartSpec {
        key: "depends",
        shape: Shape::Numbers("hurdle"),
        is_needed: false,
        longest: 200,
    },
];

impl Kind for Hurdles {
    fn name(&self) -> &'static str {
        "hurdle"
    }

    fn plural(&self) -> &'static str {
        "hurdles"
    }

    fn letter(&self) -> &'static str {
        "h"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &["title", "heading", "problem"]
    }

    fn opening(&self) -> &'static str {
        "problem"
    }

    fn next_question(&self) -> Option<&'static str> {
        Some("ways")
    }

    fn keep<'a>(
        &'a self,
        tx: &'a Tx,
        id: &'a RecordId,
        number: i64,
        parts: &'a Parts,
    ) -> Doing<'a> {
        Box::pin(store::keep(
            tx,
            id,
            number,
            parts.get("heading"),
            parts.numbers("depends"),
        ))
    }

    fn facets(&self, parts: &Parts) -> Vec<(String, String)> {
        vec![("heading".to_owned(), parts.get("heading").to_owned())]
    }
}

/// The pages of hurdles that no other kind has.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/hurdles", pages::list)
        .get(Access::Anyone, "/hurdles/{slug}", pages::show)
}
