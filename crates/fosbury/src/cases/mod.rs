//! Cases: stories told over one or more trials, each with a card to show.

pub mod card;
pub mod list;
pub mod model;
pub mod offering;
pub mod section;
pub mod show;
pub mod store;
pub mod store_ties;
pub mod tying;

use db::{Db, Tx};
use web::{Access, Routes};

use crate::history::kind::{
    Doing, Kind, Offering, PHRASES, PartSpec, Shape, TAGS, TITLE, line, text,
};
use crate::history::model::{Parts, RecordId};
use crate::state::App;
use crate::viewer::Viewer;

/// The kind of text that a case is.
pub struct Cases;

/// The parts of a case, in the order of the form.
static PARTS: [PartSpec; 11] = [
    TITLE,
    PartSpec {
        key: "sentence",
        shape: Shape::Line,
        is_needed: true,
        longest: 220,
    },
    PartSpec {
        key: "trials",
        shape: Shape::Trials,
        is_needed: false,
        longest: 400,
    },
    text("before"),
    text("did"),
    text("came"),
    text("again"),
    line("result", 120),
    line("cost", 300),
    PHRASES,
    TAGS,
];

impl Kind for Cases {
    fn name(&self) -> &'static str {
        "case"
    }

    fn plural(&self) -> &'static str {
        "cases"
    }

    fn letter(&self) -> &'static str {
        "c"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &["title", "sentence", "trials", "before", "did", "came"]
    }

    fn opening(&self) -> &'static str {
        "sentence"
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

    fn facets(&self, _: &Parts) -> Vec<(String, String)> {
        Vec::new()
    }

    fn offer<'a>(&'a self, db: &'a Db, viewer: &'a Viewer, parts: &'a Parts) -> Offering<'a> {
        Box::pin(offering::of_trials(db, viewer, parts))
    }
}

/// The pages of cases that no other kind has.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/cases", list::page)
        .get(Access::Anyone, "/cases.csv", list::csv)
        .get(Access::Anyone, "/cases/{slug}", show::page)
        .get(Access::Anyone, "/cases/{slug}/card", card::page)
        .post(Access::Contributor, "/cases/{slug}/pictures", card::choose)
        .and(tying::routes())
}
