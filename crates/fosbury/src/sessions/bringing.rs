//! Notes that were taken elsewhere: pasted or from a file, they become a session's locked capture.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use harvest::{Format, Notes};
use web::{Trouble, Upload, redirect};

use super::guests::Seat;
use super::locking::{self, Beginner};
use super::model::{Event, LONGEST_LINE, Session, name_in};
use super::planning::moment;
use super::store_captures;
use super::store_lines::{self, Brought};
use crate::history::saving::Author;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::model::tidy_name;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;

/// Bytes of a form with a file at the most.
const MOST_BYTES: usize = 21 * 1024 * 1024;

#[derive(Template)]
#[template(path = "sessions/bring.html")]
struct BringPage<'v> {
    v: &'v Visit,
    session: &'v Session,
    event: &'v Event,
    text: String,
    taker: String,
    errors: FieldErrors,
}

/// Who may bring notes: somebody signed in, where nobody took any here.
async fn empty_session(seat: &Seat, app: &App, slug: &str) -> Answer<(Session, Event)> {
    let (session, event) = seat.session(slug).await?;
    seat.v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let is_empty = store_lines::all(&app.db, &session.id).await?.is_empty();
    if session.is_locked() || !is_empty {
        return Err(Trouble::NotFound.into());
    }
    Ok((session, event))
}

/// The form for notes that were taken elsewhere.
pub async fn form(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let (session, event) = empty_session(&seat, &app, &slug).await?;
    seat.v.page(&BringPage {
        v: &seat.v,
        session: &session,
        event: &event,
        text: String::new(),
        taker: String::new(),
        errors: FieldErrors::default(),
    })
}

/// Reads the notes, locks them, and opens the write-up.
pub async fn bring(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    upload: Upload<MOST_BYTES>,
) -> Answer {
    let (session, event) = empty_session(&seat, &app, &slug).await?;
    let v = &seat.v;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let mut page = BringPage {
        v,
        session: &session,
        event: &event,
        text: upload.fields.get("text").to_owned(),
        taker: upload.fields.get("taker").to_owned(),
        errors: FieldErrors::default(),
    };
    let taker = tidy_name(&page.taker);
    let file = upload.files.into_iter().find(|file| !file.bytes.is_empty());
    let (field, read) = match file {
        Some(file) => ("file", read(file.bytes, Format::of_name(&file.name)).await?),
        None if page.text.trim().is_empty() => ("text", Err(v.say("wrong-notes-none"))),
        None => ("text", read(page.text.clone().into_bytes(), None).await?),
    };
    let notes = match read {
        Ok(notes) => notes,
        Err(words) => {
            page.errors.add(field, words);
            return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
        }
    };
    let lines = lines_of(&notes, &session, &event, taker.as_deref(), v.now());
    let record = locking::event_record(&app.db, &session).await?;
    let beginner = Beginner {
        event: &record,
        is_young: event.is_young,
        author: Author::of(person),
        site: v.site(),
        words: &v.look.words,
        now: v.now(),
    };
    let tx = app.db.begin().await?;
    if !store_lines::bring(&tx, &session.id, &lines).await? {
        return Err(Trouble::Gone.into());
    }
    if let Some(lines) = store_captures::lock(&tx, &session.id, Some(&person.id), v.now()).await? {
        locking::write_up(&tx, &session, lines, &beginner).await?;
    }
    store_log::commit_shown(tx, "sessions").await?;
    app.index_wake.notify_one();
    let told = format!("{}?told=notes-brought", session.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

/// Reading a long document takes a while: not where requests are answered.
async fn read(bytes: Vec<u8>, format: Option<Format>) -> Answer<Result<Notes, String>> {
    let read = tokio::task::spawn_blocking(move || harvest::read(&bytes, format)).await;
    let read = read.map_err(|error| Trouble::OurFault(error.to_string()))?;
    Ok(read.map_err(|unreadable| unreadable.to_string()))
}

/// Each line by its note-taker; headings stay as lines, so that nothing is lost.
pub fn lines_of(
    notes: &Notes,
    session: &Session,
    event: &Event,
    taker: Option<&str>,
    now: Moment,
) -> Vec<Brought> {
    let at = moment(&session.day, &session.starts).unwrap_or(now);
    let begun = new_id(now);
    let mut lines = Vec::with_capacity(notes.lines.len());
    for line in &notes.lines {
        let name = line.note_taker.as_deref().or(taker).unwrap_or_default();
        let letters: Vec<char> = line.text.chars().collect();
        // A paragraph longer than a line can be goes on in the next.
        for piece in letters.chunks(LONGEST_LINE) {
            let place = i64::try_from(lines.len()).unwrap_or(i64::MAX) + 1;
            lines.push(Brought {
                id: format!("{begun}-{place}"),
                place,
                text: piece.iter().collect(),
                author_name: name_in(event, name),
                written_at: at,
            });
        }
    }
    lines
}
