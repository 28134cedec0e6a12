//! A session's own page: its notes as they are taken, and its capture once they are locked.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Query, redirect};

use super::after;
use super::guests::Seat;
use super::model::{Column, Event, Line, Session, by, columns, day_in_words, name_in};
use super::store;
use crate::discussion::finding;
use crate::discussion::section::of_place;
use crate::harvesting::model::Outcome;
use crate::harvesting::store as harvest;
use crate::harvesting::store_kept::{self, Leads};
use crate::harvesting::triage::leads_to;
use crate::history::model::Record;
use crate::history::store as texts_store;
use crate::history::store::Listed;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// What the form for lines sent, where something was wrong with it.
#[derive(Clone, Debug, Default)]
pub(super) struct Typed {
    /// The words.
    pub(super) text: String,
    /// Whether they go into the shared column.
    pub(super) is_together: bool,
    /// The line that is changed; none where lines are added.
    pub(super) line: Option<Line>,
    /// What the forms below the notes sent.
    pub(super) after: after::Sent,
}

#[derive(Template)]
#[template(path = "sessions/notes.html")]
struct NotesPage<'v> {
    v: &'v Visit,
    event: &'v Event,
    session: &'v Session,
    columns: Vec<Column>,
    /// Whether the notes may be read at all by whoever asks.
    is_readable: bool,
    /// A word for whoever asks, as the author of lines; nothing for who may not write.
    by: String,
    /// How whoever asks is called here.
    name: String,
    /// Made for the form, so that a form sent twice writes nothing twice.
    begun: String,
    write_up: Option<Listed>,
    /// What became of the lines.
    became: Vec<Outcome>,
    /// Where those lead that the session keeps.
    leads: Vec<Leads>,
    is_running: bool,
    /// Whether whoever asks asked for publishing themselves, so that another person must confirm.
    has_asked: bool,
    typed: Typed,
    /// What is told of the session beside its notes.
    after: String,
    /// What is said of it.
    discussion: String,
    errors: FieldErrors,
}

impl NotesPage<'_> {
    fn day(&self) -> String {
        day_in_words(&self.session.day)
    }

    fn is_own(&self, key: &str) -> bool {
        !self.by.is_empty() && key == self.by
    }

    fn is_own_line(&self, line: &Line) -> bool {
        !self.by.is_empty() && line.by(&self.session.id) == self.by
    }

    fn heading(&self, column: &Column) -> String {
        if column.is_together() {
            self.v.say("notes-together")
        } else if column.name.is_empty() {
            self.v.say("notes-unnamed")
        } else {
            self.called(&column.name)
        }
    }

    fn called(&self, name: &str) -> String {
        name_in(self.event, name)
    }

    /// What became of a line, where somebody made something of it.
    fn became_of(&self, line: &Line) -> Vec<&Outcome> {
        let of_line = self.became.iter().filter(|one| one.line == line.id);
        of_line.filter(|one| one.became != "left").collect()
    }

    fn leads_to(&self, done: &Outcome) -> Option<(String, String)> {
        leads_to(self.v, &self.leads, done, &self.session.address())
    }

    /// Notes can be brought from elsewhere where nobody took any here.
    fn can_bring(&self) -> bool {
        !self.by.is_empty()
            && self.v.viewer.is_member()
            && !self.session.is_locked()
            && self.columns.is_empty()
    }

    fn waits(&self) -> bool {
        self.event.is_young && self.session.is_locked() && self.session.published_at.is_none()
    }

    fn edition(&self, line: &Line) -> i64 {
        line.edition + 1
    }
}

/// A session.
pub async fn page(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    if session.address() != format!("/sessions/{slug}") {
        let query = query.get("told");
        let told = if query.is_empty() {
            session.address()
        } else {
            let told: String = url::form_urlencoded::byte_serialize(query.as_bytes()).collect();
            format!("{}?told={told}", session.address())
        };
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &told));
    }
    let mut typed = Typed::default();
    let change = query.get("change");
    if !change.is_empty() {
        let lines = store::lines(&app.db, &seat.asker(), session.number, None).await?;
        typed.line = lines.into_iter().find(|line| line.id == change);
        if let Some(line) = &typed.line {
            typed.text.clone_from(&line.text);
            typed.is_together = line.is_together;
        }
    }
    shown(
        &seat,
        &app,
        (&session, &event),
        typed,
        FieldErrors::default(),
    )
    .await
}

/// The page of a session, with what was wrong in its form for lines.
pub(super) async fn shown(
    seat: &Seat,
    app: &App,
    (session, event): (&Session, &Event),
    mut typed: Typed,
    errors: FieldErrors,
) -> Answer {
    let (v, db, asker) = (&seat.v, &app.db, seat.asker());
    let is_readable = store::may_read_notes(db, &asker, session.number).await?;
    let lines = store::lines(db, &asker, session.number, None).await?;
    let lines = lines.into_iter().filter(Line::is_shown).collect();
    let writer = asker.writer(event);
    let by = writer.as_ref().map_or(String::new(), |writer| {
        let person = writer.person.as_ref().map_or("", |person| &person.0);
        by(&session.id, person, &writer.guest, &writer.name)
    });
    typed.line = typed.line.filter(|line| line.by(&session.id) == by);
    let write_up = match session.write_up {
        Some(number) => texts_store::record(db, &v.viewer, "write-up", number).await?,
        None => None,
    };
    let write_up = write_up.filter(Record::is_live).map(|record| Listed {
        kind: record.kind,
        number: record.number,
        title: record.title,
        slug: record.slug,
        summary: record.summary,
        is_unfinished: record.is_unfinished,
    });
    let after = if is_readable {
        after::section(seat, app, (session, event), &typed.after, &errors).await?
    } else {
        String::new()
    };
    let discussion = match finding::session(v, app, session.number).await? {
        Some(place) => of_place(v, app, &place).await?,
        None => String::new(),
    };
    let page = NotesPage {
        v,
        event,
        session,
        columns: columns(&session.id, lines),
        is_readable,
        by,
        name: writer.map(|writer| writer.name).unwrap_or_default(),
        begun: new_id(v.now()),
        write_up,
        became: if session.is_locked() && is_readable {
            harvest::outcomes(db, &v.viewer, &session.id).await?
        } else {
            Vec::new()
        },
        leads: if session.is_locked() && is_readable {
            store_kept::leads(db, &v.viewer, &session.id).await?
        } else {
            Vec::new()
        },
        is_running: event.is_run_by(&v.viewer),
        has_asked: session
            .asked_by
            .as_ref()
            .is_some_and(|asked| asked.0 == v.viewer.id()),
        typed,
        after,
        discussion,
        errors,
    };
    if !page.errors.is_empty() {
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if session.is_locked() {
        seat.shared_page(&page)
    } else {
        // Whoever asks again sees what was written since.
        v.page(&page)
    }
}
