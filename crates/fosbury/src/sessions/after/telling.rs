//! Tips and outcomes on their way in, and out for good.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::Sent;
use super::model::{LONGEST, page_named, tidied};
use super::store::{self, Outcome};
use crate::history::store as texts_store;
use crate::interchange;
use crate::layout::Answer;
use crate::layout::field::FieldErrors;
use crate::people::store_audit as audit;
use crate::sessions::guests::Seat;
use crate::sessions::model::{Event, Session};
use crate::sessions::notes::{self, Typed};
use crate::sessions::store as sessions_store;
use crate::state::App;
use crate::store_log;

/// Keeps the one tip of whoever sends it.
pub(super) async fn tip(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let writer = seat.writer(&event)?;
    let text = tidied(fields.get("tip"));
    let mut errors = FieldErrors::default();
    words_wrong(&seat, &mut errors, "tip", &text);
    if errors.is_empty() {
        let tx = app.db.begin().await?;
        if store::keep_tip(&tx, &session.id, &text, &writer, seat.v.now()).await? {
            store_log::commit_shown(tx, "sessions").await?;
            return Ok(done(&session, "tip-kept", "tips"));
        }
        errors.add("tip", seat.v.say("wrong-told-full"));
    }
    let sent = Sent {
        tip: Some(fields.get("tip").to_owned()),
        ..Sent::default()
    };
    refused(&seat, &app, (&session, &event), sent, errors).await
}

/// Writes down what was found or decided.
pub(super) async fn outcome(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let writer = seat.writer(&event)?;
    let mut errors = FieldErrors::default();
    let text = tidied(fields.get("outcome"));
    words_wrong(&seat, &mut errors, "outcome", &text);
    let subject = page_named(fields.get("page"));
    let page = match &subject {
        Some(page) => texts_store::record(&app.db, &seat.v.viewer, &page.kind, page.number).await?,
        None => None,
    };
    let is_there = page.is_some_and(|page| page.is_live());
    if !is_there && !fields.get("page").trim().is_empty() {
        errors.add("page", seat.v.say("wrong-outcome-page"));
    }
    let line = cited(
        &seat,
        &app,
        &session,
        ("line", fields.get("line")),
        &mut errors,
    )
    .await?;
    if errors.is_empty() {
        let outcome = Outcome {
            text,
            line,
            subject: subject.filter(|_| is_there),
        };
        let tx = app.db.begin().await?;
        let id = begun(&seat, &fields);
        let now = seat.v.now();
        if store::add_outcome(&tx, (&session.id, &id), &outcome, &writer, now).await? {
            store_log::commit_shown(tx, "sessions").await?;
            return Ok(done(&session, "outcome-kept", "outcomes"));
        }
        errors.add("outcome", seat.v.say("wrong-told-full"));
    }
    let sent = Sent {
        outcome: fields.get("outcome").to_owned(),
        page: fields.get("page").to_owned(),
        line: fields.get("line").to_owned(),
        ..Sent::default()
    };
    refused(&seat, &app, (&session, &event), sent, errors).await
}

/// Erases a tip or an outcome: whoever told it, or who runs the event.
pub(super) async fn erase(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let person = seat.v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let told = store::told(&app.db, &seat.asker(), session.number).await?;
    let one = told.into_iter().find(|one| one.id == fields.get("told"));
    let one = one.or_not_found()?;
    if !one.is_of(&seat.asker()) && !event.is_run_by(&seat.v.viewer) {
        return Err(Trouble::Forbidden.into());
    }
    let now = seat.v.now();
    let tx = app.db.begin().await?;
    store::erase(&tx, &one.id, now).await?;
    let subject = format!("session {}", session.number);
    audit::note(
        &tx,
        now,
        Some(&person.id),
        "erase-told",
        &subject,
        &one.what,
    )
    .await?;
    store_log::commit_shown(tx, "sessions").await?;
    interchange::keep_forgotten(&app).await;
    Ok(done(&session, "told-erased", "after"))
}

/// The id that a form made, so that a form sent twice writes nothing twice.
pub(super) fn begun(seat: &Seat, fields: &Fields) -> String {
    let begun = fields.get("begun");
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    if (8..=64).contains(&begun.len()) && begun.bytes().all(is_plain) {
        begun.to_owned()
    } else {
        crate::ids::new_id(seat.v.now())
    }
}

/// Says what is wrong with words that must be there.
pub(super) fn words_wrong(seat: &Seat, errors: &mut FieldErrors, field: &str, words: &str) {
    if words.is_empty() {
        errors.add(field, seat.v.say_of("wrong-none", field));
    } else if words.chars().count() > LONGEST {
        errors.add(field, seat.v.with("wrong-told-long", "most", LONGEST));
    }
}

/// The line of the capture that words come from, by its number there.
pub(super) async fn cited(
    seat: &Seat,
    app: &App,
    session: &Session,
    (field, number): (&str, &str),
    errors: &mut FieldErrors,
) -> Answer<String> {
    let number = number.trim();
    if number.is_empty() {
        return Ok(String::new());
    }
    let lines = sessions_store::lines(&app.db, &seat.asker(), session.number, None).await?;
    let number: Option<i64> = number.parse().ok();
    let mut of_number = lines
        .into_iter()
        .filter(|line| line.number.is_some() && line.number == number && line.is_shown());
    let Some(line) = of_number.next() else {
        errors.add(field, seat.v.say("wrong-told-line"));
        return Ok(String::new());
    };
    Ok(line.id)
}

pub(super) fn done(session: &Session, told: &str, part: &str) -> web::Page {
    let next = format!("{}?told={told}#{part}", session.address());
    redirect(StatusCode::SEE_OTHER, &next)
}

/// The page of a session with what was wrong in one of the forms below its notes.
pub(super) async fn refused(
    seat: &Seat,
    app: &App,
    about: (&Session, &Event),
    after: Sent,
    errors: FieldErrors,
) -> Answer {
    let typed = Typed {
        after,
        ..Typed::default()
    };
    notes::shown(seat, app, about, typed, errors).await
}
