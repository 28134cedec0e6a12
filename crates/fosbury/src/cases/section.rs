//! The cases of a hurdle, a solution, a body or a trial: a section of its page.

use askama::Template;
use web::Trouble;

use super::model::Story;
use super::store::{self, Which};
use super::store_ties;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Cases shown in a section.
const SHOWN: i64 = 6;

#[derive(Template)]
#[template(path = "cases/section.html")]
struct Section<'v> {
    v: &'v Visit,
    stories: Vec<Story>,
    /// `hurdle`, `solution`, `organisation` or `trial`.
    of: &'static str,
    /// Where somebody begins to tell one.
    begin: String,
}

impl Section<'_> {
    fn is_own_trial(&self) -> bool {
        self.of == "trial"
    }
}

/// The cases that fit. Without any, it asks for one; `trial` is what a new one would tell of.
pub async fn section(
    v: &Visit,
    app: &App,
    of: &'static str,
    which: &Which<'_>,
    trial: Option<i64>,
) -> Answer<String> {
    let cards = store::listed(&app.db, &v.viewer, which, SHOWN).await?;
    let begin = match trial {
        Some(number) => format!("/cases/new?trials={number}"),
        None => "/cases/new".to_owned(),
    };
    let section = Section {
        v,
        stories: store_ties::told(&app.db, &v.viewer, cards).await?,
        of,
        begin: if v.viewer.is_member() {
            begin
        } else {
            format!(
                "/sign-in?next={}",
                begin.replace('?', "%3F").replace('=', "%3D")
            )
        },
    };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}
