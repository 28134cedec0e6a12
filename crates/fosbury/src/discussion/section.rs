//! What was said lately, and a folded form to say something, below a record's text.

use askama::Template;
use web::{Fields, Trouble};

use super::model::{Said, What};
use super::places::Place;
use super::store;
use super::watching::is_watched;
use crate::history::model::Record;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Threads shown below a record's text.
const SHOWN: i64 = 3;

/// A form to say something, as it was sent.
#[derive(Clone, Debug)]
pub struct Sent {
    /// What it is.
    pub what: What,
    /// The thread it answers in.
    pub thread: Option<i64>,
    /// The words.
    pub words: String,
    /// How a visitor wants to be called.
    pub name: String,
}

impl Sent {
    /// Nothing yet.
    pub fn nothing() -> Self {
        Self {
            what: What::Comment,
            thread: None,
            words: String::new(),
            name: String::new(),
        }
    }

    /// What a form sent, letter for letter.
    pub fn of(fields: &Fields) -> Self {
        let what = What::parse(fields.get("what")).unwrap_or(What::Comment);
        Self {
            what: if What::SPOKEN.contains(&what) {
                what
            } else {
                What::Comment
            },
            thread: fields.number("thread"),
            words: fields.get("words").to_owned(),
            name: fields.get("name").to_owned(),
        }
    }

    /// Before which number the page begins that shows the thread it answers in.
    pub fn page_of(&self) -> i64 {
        self.thread
            .map_or(i64::MAX, |thread| thread.saturating_add(1))
    }

    /// Whether this is what it is.
    pub fn is(&self, what: &What) -> bool {
        self.what == *what
    }
}

#[derive(Template)]
#[template(path = "discussion/section.html")]
struct Section<'v> {
    v: &'v Visit,
    place: &'v Place,
    count: i64,
    threads: Vec<Brief>,
    is_watched: bool,
    sent: Sent,
    errors: FieldErrors,
}

/// A thread in a few words.
struct Brief {
    first: Said,
    opening: String,
    answers: usize,
}

/// The discussion's part of a record's page.
pub async fn section(v: &Visit, app: &App, record: &Record) -> Answer<String> {
    of_place(v, app, &Place::of(record)).await
}

/// The same of a trial or an organisation.
pub async fn of_place(v: &Visit, app: &App, place: &Place) -> Answer<String> {
    let (db, viewer) = (&app.db, &v.viewer);
    let count = store::count(db, viewer, &place.id).await?;
    let mut threads = store::threads(db, viewer, &place.id, i64::MAX, SHOWN).await?;
    threads.retain(|first| first.is("published") || first.is("held"));
    let answers = match (threads.last(), threads.first()) {
        (Some(oldest), Some(newest)) => {
            store::answers(db, viewer, &place.id, oldest.number, newest.number).await?
        }
        _ => Vec::new(),
    };
    let brief = threads.into_iter().map(|first| Brief {
        opening: web::summary(&first.words, 280),
        answers: answers
            .iter()
            .filter(|one| one.thread == first.number && one.is("published"))
            .count(),
        first,
    });
    let is_watched = is_watched(v, app, place.id.watched_as(), place.id.id()).await?;
    let page = Section {
        v,
        place,
        count,
        threads: brief.collect(),
        is_watched,
        sent: Sent::nothing(),
        errors: FieldErrors::default(),
    };
    page.render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}
