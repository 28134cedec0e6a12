//! The lines of notes that a record was made of: a section of its page.

use askama::Template;
use web::Trouble;

use super::store::{self, Cited, Citing};
use crate::history::model::RecordId;
use crate::layout::{Answer, Visit};
use crate::sessions::model::day_in_words;
use crate::state::App;
use crate::trials::model::Trial;

#[derive(Template)]
#[template(path = "harvesting/section.html")]
struct Section<'v> {
    v: &'v Visit,
    lines: Vec<Cited>,
}

impl Section<'_> {
    /// Whether this line is the first of its session.
    fn begins_session(&self, at: &usize) -> bool {
        *at == 0 || self.lines[*at - 1].session != self.lines[*at].session
    }

    fn day(&self, line: &Cited) -> String {
        day_in_words(&line.day)
    }

    fn ends_session(&self, at: &usize) -> bool {
        *at + 1 == self.lines.len() || self.lines[*at + 1].session != self.lines[*at].session
    }
}

/// What a record cites; nothing where it cites no notes that this viewer may see.
pub async fn of_record(v: &Visit, app: &App, record: &RecordId) -> Answer<String> {
    of(v, app, Citing::Record(record)).await
}

/// The same of a trial; of one whose body stays unnamed nothing, because the notes may name it.
pub async fn of_trial(v: &Visit, app: &App, trial: &Trial) -> Answer<String> {
    if !trial.is_named {
        return Ok(String::new());
    }
    of(v, app, Citing::Trial(trial.number)).await
}

async fn of(v: &Visit, app: &App, citing: Citing<'_>) -> Answer<String> {
    let lines = store::cited(&app.db, &v.viewer, citing).await?;
    if lines.is_empty() {
        return Ok(String::new());
    }
    let section = Section { v, lines };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}
