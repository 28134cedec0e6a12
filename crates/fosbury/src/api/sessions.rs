//! Sessions and their notes as JSON.

use axum::extract::{Path, State};
use serde_json::{Map, Value, json};
use web::{OrNotFound, Query};

use super::json_page;
use super::lists::{after, answer, limit};
use super::openapi::{answers, limit as limit_told, number};
use super::schemas::{object, page_of};
use crate::layout::{Answer, Visit, shared};
use crate::sessions::guests::Asker;
use crate::sessions::model::{Event, Line, Session, columns, name_in};
use crate::sessions::store::{self, Which};
use crate::state::App;

/// Sessions, by number.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let (limit, after) = (limit(&query)?, after(&query)?);
    let which = Which {
        after: Some(after),
        event: query.number("event"),
        ..Which::default()
    };
    let asker = Asker::of(&v.viewer);
    let sessions = store::sessions(&app.db, &asker, which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &sessions[..sessions.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| session(base, one)).collect();
    let next = shown.last().filter(|_| sessions.len() > wanted);
    let of = which
        .event
        .map_or(String::new(), |event| format!("&event={event}"));
    let next = next.map(|last| format!("/api/v1/sessions?limit={limit}&after={}{of}", last.number));
    Ok(answer(&v, &results, next))
}

async fn found(v: &Visit, app: &App, number: &str) -> Answer<(Session, Event)> {
    let asker = Asker::of(&v.viewer);
    let number = number.parse().ok().or_not_found()?;
    let session = store::session(&app.db, &asker, number).await?;
    let session = session.or_not_found()?;
    let event = store::event(&app.db, &asker, session.event).await?;
    Ok((session, event.or_not_found()?))
}

/// One session.
pub async fn one(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let (found, _) = found(&v, &app, &number).await?;
    let page = json_page(&session(&app.settings.base_url, &found));
    Ok(if v.is_shared { shared(page) } else { page })
}

/// The notes of one session in their order, as far as whoever asks may read them.
pub async fn lines(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let (limit, after) = (limit(&query)?, after(&query)?);
    let (session, event) = found(&v, &app, &number).await?;
    let asker = Asker::of(&v.viewer);
    let all = store::lines(&app.db, &asker, session.number, None).await?;
    let all = all.into_iter().filter(Line::is_shown).collect();
    let columns = columns(&session.id, all).into_iter();
    let mut all: Vec<Line> = columns.flat_map(|column| column.lines).collect();
    all.sort_by_key(|line| line.number.unwrap_or(i64::MAX));
    let pass = usize::try_from(after).unwrap_or(usize::MAX);
    let wanted = usize::try_from(limit).unwrap_or_default();
    let left = all.get(pass.min(all.len())..).unwrap_or_default();
    let shown = left.iter().take(wanted);
    let results: Vec<Value> = shown.map(|one| line(&session, &event, one)).collect();
    let next = (left.len() > wanted).then(|| {
        let number = session.number;
        format!(
            "/api/v1/sessions/{number}/lines?limit={limit}&after={}",
            after + limit
        )
    });
    if session.is_locked() {
        return Ok(answer(&v, &results, next));
    }
    // Notes grow without telling the pages that are kept.
    let next = next.map(|next| format!("{}{next}", app.settings.base_url));
    Ok(json_page(&json!({ "results": results, "next": next })))
}

fn session(base: &str, one: &Session) -> Value {
    json!({
        "number": one.number,
        "title": one.title,
        "url": format!("{base}{}", one.address()),
        "event": one.event,
        "day": one.day,
        "starts": one.starts,
        "ends": one.ends,
        "room": one.room,
        "lead": one.lead,
        "locked_at": one.locked_at.map(crate::time::Moment::iso),
        "capture_sha256": one.content_hash,
        "write_up": one.write_up,
    })
}

fn line(session: &Session, event: &Event, one: &Line) -> Value {
    json!({
        "id": one.id,
        "number": one.number,
        "text": one.text,
        "by": one.by(&session.id),
        "author": name_in(event, &one.author),
        "together": one.is_together,
        "written_at": one.written_at.iso(),
        "sha256": one.content_hash,
        "erased_at": one.erased_at.map(crate::time::Moment::iso),
    })
}

/// Addresses, with what they answer.
pub(super) fn paths() -> [(&'static str, Value); 3] {
    let after = |words: &str| {
        json!({
            "name": "after", "in": "query", "required": false,
            "schema": { "type": "integer", "minimum": 0 }, "description": words,
        })
    };
    let event = json!({
        "name": "event", "in": "query", "required": false, "schema": { "type": "integer" },
        "description": "Only the sessions of the event of this number.",
    });
    [
        (
            "/api/v1/sessions",
            json!({ "get": {
                "summary": "Sessions of events, by number",
                "parameters": [limit_told(), after("Only higher numbers."), event],
                "responses": answers("Sessions", "A page of the list."),
            }}),
        ),
        (
            "/api/v1/sessions/{number}",
            json!({ "get": {
                "summary": "One session",
                "parameters": [number()],
                "responses": answers("Session", "Where and when it is, and its capture's hash."),
            }}),
        ),
        (
            "/api/v1/sessions/{number}/lines",
            json!({ "get": {
                "summary": "The notes of one session, in their order",
                "parameters": [number(), limit_told(), after("How many lines to pass over.")],
                "responses": answers("NoteLines", "A page of the list."),
            }}),
        ),
    ]
}

/// The schemas of what they answer.
pub(super) fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let some_text = || json!({ "type": ["string", "null"] });
    let whole = || json!({ "type": "integer" });
    let some_whole = || json!({ "type": ["integer", "null"] });
    let session = object(&json!({
        "number": whole(), "title": text(), "url": text(), "event": whole(), "day": text(),
        "starts": text(), "ends": text(), "room": text(), "lead": text(),
        "locked_at": some_text(), "capture_sha256": some_text(), "write_up": some_whole(),
    }));
    let line = object(&json!({
        "id": text(), "number": some_whole(), "text": text(), "by": text(), "author": text(),
        "together": { "type": "boolean" }, "written_at": text(), "sha256": some_text(),
        "erased_at": some_text(),
    }));
    let mut all = Map::new();
    all.insert("Session".to_owned(), session);
    all.insert("Sessions".to_owned(), page_of("Session"));
    all.insert("NoteLine".to_owned(), line);
    all.insert("NoteLines".to_owned(), page_of("NoteLine"));
    all
}
