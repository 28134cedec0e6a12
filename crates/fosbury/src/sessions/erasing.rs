//! Erasing a locked line for good: a dated tombstone stays, and the line's hash.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::guests::Seat;
use super::model::{Line, Session};
use super::{store, store_captures};
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::store_audit as audit;
use crate::state::App;
use crate::store_log;

#[derive(Template)]
#[template(path = "sessions/erase.html")]
struct ErasePage<'v> {
    v: &'v Visit,
    session: &'v Session,
    line: Line,
    why: String,
    errors: FieldErrors,
}

async fn locked_line(seat: &Seat, app: &App, session: &Session, id: &str) -> Answer<Line> {
    let lines = store::lines(&app.db, &seat.asker(), session.number, None).await?;
    let line = lines.into_iter().find(|line| line.id == id);
    Ok(line
        .filter(|line| line.number.is_some() && line.erased_at.is_none())
        .or_not_found()?)
}

/// What it means, before it is done.
pub async fn confirm(
    seat: Seat,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let (session, _) = seat.session(&slug).await?;
    let page = ErasePage {
        v: &seat.v,
        line: locked_line(&seat, &app, &session, &id).await?,
        session: &session,
        why: String::new(),
        errors: FieldErrors::default(),
    };
    seat.v.page(&page)
}

/// Erases it.
pub async fn erase(
    seat: Seat,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let person = seat.v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let (session, _) = seat.session(&slug).await?;
    let line = locked_line(&seat, &app, &session, &id).await?;
    let why: String = fields.get("why").trim().chars().take(300).collect();
    if why.is_empty() {
        let mut errors = FieldErrors::default();
        errors.add("why", seat.v.say("wrong-line-why"));
        let page = ErasePage {
            v: &seat.v,
            session: &session,
            line,
            why,
            errors,
        };
        return seat.v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let now = seat.v.now();
    let tx = app.db.begin().await?;
    store_captures::erase(&tx, &session.id, &id, Some(&person.id), &why, now).await?;
    let subject = format!("session {}", session.number);
    audit::note(&tx, now, Some(&person.id), "erase-line", &subject, &why).await?;
    store_log::commit_shown(tx, "sessions").await?;
    interchange::keep_forgotten(&app).await;
    let told = format!("{}?told=line-erased#l-{id}", session.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}
