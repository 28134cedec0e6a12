//! Ways over: cures, work-arounds and methods, with what they take and who has to agree.

pub mod pages;
pub mod store;

use db::Tx;
use web::{Access, Routes};

use crate::history::kind::{
    Doing, Kind, PHRASES, PartSpec, Shape, TAGS, TITLE, choice, line, text,
};
use crate::history::model::{Parts, RecordId};
use crate::state::App;

/// The kind of text that a solution is.
pub struct Solutions;

/// What a solution can be.
pub const KINDS_OF_SOLUTION: [&str; 3] = ["cure", "work-around", "method"];
/// Where it has to come from.
pub const DIRECTIONS: [&str; 3] = ["below", "top", "both"];
/// How long it takes.
pub const EFFORTS: [&str; 4] = ["hours", "days", "weeks", "months"];
/// Whether it can be begun this week with nobody to ask.
pub const ALONE: [&str; 2] = ["no", "yes"];

/// The parts of a solution, in the order of the form.
static PARTS: [PartSpec; 14] = [
    TITLE,
    choice("kind", &KINDS_OF_SOLUTION),
    choice("direction", &DIRECTIONS),
    text("short"),
    text("steps"),
    text("say"),
    text("watch"),
    choice("effort", &EFFORTS),
    line("cost", 200),
    line("agrees", 400),
    choice("alone", &ALONE),
    PartSpec {
        key: "hurdles",
        shape: Shape::Numbers("hurdle"),
        is_needed: false,
        longest: 400,
    },
    PHRASES,
    TAGS,
];

impl Kind for Solutions {
    fn name(&self) -> &'static str {
        "solution"
    }

    fn plural(&self) -> &'static str {
        "solutions"
    }

    fn letter(&self) -> &'static str {
        "s"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &[
            "title",
            "kind",
            "direction",
            "short",
            "steps",
            "effort",
            "alone",
            "hurdles",
        ]
    }

    fn opening(&self) -> &'static str {
        "short"
    }

    fn keep<'a>(
        &'a self,
        tx: &'a Tx,
        id: &'a RecordId,
        number: i64,
        parts: &'a Parts,
    ) -> Doing<'a> {
        Box::pin(store::keep(tx, id, number, parts))
    }

    fn facets(&self, parts: &Parts) -> Vec<(String, String)> {
        let mut facets = vec![("sort".to_owned(), parts.get("kind").to_owned())];
        let directions = match parts.get("direction") {
            "both" => vec!["top", "below"],
            one => vec![one],
        };
        facets.extend(
            directions
                .into_iter()
                .map(|one| ("from".to_owned(), one.to_owned())),
        );
        if parts.get("alone") == "yes" {
            facets.push(("nobody".to_owned(), "1".to_owned()));
        }
        facets
    }
}

/// The pages of solutions that no other kind has.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/solutions", pages::list)
        .get(Access::Anyone, "/solutions/{slug}", pages::show)
}
