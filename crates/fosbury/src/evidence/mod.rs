//! What speaks for a hurdle, a solution or a trial: a dated, sourced item with a strength.

pub mod list;
pub mod model;
pub mod pages;
pub mod section;
pub mod store;
pub mod store_check;
pub mod store_ties;

use db::{Db, Tx};
use web::{Access, Routes};

use crate::history::kind::{
    Doing, Fault, Finding, Kind, PartSpec, Shape, TAGS, TITLE, choice, line, text,
};
use crate::history::model::{Parts, RecordId};
use crate::state::App;
use crate::viewer::Viewer;

use model::{KINDS_OF_EVIDENCE, LONGEST_QUOTE, LONGEST_TRANSCRIPT, POINTS, STRENGTHS};

/// The kind of text that an item of evidence is.
pub struct Evidence;

/// The parts of an item of evidence, in the order of the form.
static PARTS: [PartSpec; 16] = [
    TITLE,
    choice("kind", &KINDS_OF_EVIDENCE),
    choice("strength", &STRENGTHS),
    needed("source", 300),
    line("link", 2_000),
    needed("date", 40),
    choice("points", &POINTS),
    PartSpec {
        longest: LONGEST_QUOTE,
        ..text("quote")
    },
    text("says"),
    about("hurdles", "hurdle"),
    about("solutions", "solution"),
    PartSpec {
        shape: Shape::Trials,
        ..line("trials", 400)
    },
    text("method"),
    line("sample", 400),
    PartSpec {
        longest: LONGEST_TRANSCRIPT,
        ..text("transcript")
    },
    TAGS,
];

const fn needed(key: &'static str, longest: usize) -> PartSpec {
    PartSpec {
        is_needed: true,
        ..line(key, longest)
    }
}

const fn about(key: &'static str, of: &'static str) -> PartSpec {
    PartSpec {
        shape: Shape::Numbers(of),
        ..line(key, 400)
    }
}

impl Kind for Evidence {
    fn name(&self) -> &'static str {
        "evidence"
    }

    fn plural(&self) -> &'static str {
        "evidence"
    }

    fn letter(&self) -> &'static str {
        "e"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &[
            "title",
            "kind",
            "strength",
            "source",
            "link",
            "date",
            "points",
            "quote",
            "says",
            "hurdles",
            "solutions",
            "trials",
        ]
    }

    fn opening(&self) -> &'static str {
        "says"
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
        vec![("strength".to_owned(), parts.get("strength").to_owned())]
    }

    fn tidy(&self, parts: &mut Parts) {
        model::tidy(parts);
    }

    fn faults(&self, parts: &Parts, today: &str) -> Vec<Fault> {
        model::faults(parts, today)
    }

    fn twins<'a>(&'a self, db: &'a Db, viewer: &'a Viewer, parts: &'a Parts) -> Finding<'a> {
        Box::pin(store::twins(db, viewer, parts))
    }
}

/// The pages of evidence that no other kind has.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/evidence", list::page)
        .get(Access::Anyone, "/evidence.csv", list::csv)
        .get(Access::Anyone, "/evidence/{slug}", pages::show)
}
