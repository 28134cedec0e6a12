//! Which guide a record was made of: a section of its page, with a press to undo it.

use askama::Template;
use web::Trouble;

use super::store::{self, Source};
use crate::harvesting::section as harvested;
use crate::history::model::RecordId;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::SubjectRef;

#[derive(Template)]
#[template(path = "turning/section.html")]
struct Section<'v> {
    v: &'v Visit,
    sources: Vec<Source>,
}

impl Section<'_> {
    fn history(&self, source: &Source) -> String {
        let guide = SubjectRef::new("guide", source.number).address(&source.slug);
        format!("{guide}/history")
    }

    fn back(&self, source: &Source) -> String {
        let guide = SubjectRef::new("guide", source.number).address(&source.slug);
        format!("{guide}/returns")
    }
}

/// The guides that a record was made of; nothing where this viewer may see none.
pub async fn of_record(v: &Visit, app: &App, record: &RecordId) -> Answer<String> {
    let sources = store::sources(&app.db, &v.viewer, record).await?;
    if sources.is_empty() {
        return Ok(String::new());
    }
    let section = Section { v, sources };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

/// What a record was made of: guides, and lines of notes.
pub async fn made_of(v: &Visit, app: &App, record: &RecordId) -> Answer<String> {
    let mut section = of_record(v, app, record).await?;
    section.push_str(&harvested::of_record(v, app, record).await?);
    Ok(section)
}
