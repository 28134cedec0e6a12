//! What was told of sessions beside their notes, and what of an event is still to be done, as JSON.

use axum::extract::{Path, State};
use serde_json::{Map, Value, json};
use web::{OrNotFound, Query};

use super::lists::{after, answer, limit};
use super::openapi::{answers, limit as limit_told, number};
use super::schemas::{object, page_of};
use crate::layout::{Answer, Visit};
use crate::sessions::after::model::{Action, Told};
use crate::sessions::after::store as told_store;
use crate::sessions::after::store_actions::{self, Which};
use crate::sessions::guests::Asker;
use crate::sessions::model::{Event, name_in};
use crate::sessions::store;
use crate::state::App;

/// The tips and outcomes of one session, the oldest first.
pub async fn of_session(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let asker = Asker::of(&v.viewer);
    let number = number.parse().ok().or_not_found()?;
    let session = store::session(&app.db, &asker, number).await?;
    let session = session.or_not_found()?;
    let event = store::event(&app.db, &asker, session.event).await?;
    let event = event.or_not_found()?;
    let all = told_store::told(&app.db, &asker, session.number).await?;
    let results: Vec<Value> = all.iter().map(|one| told(&event, one)).collect();
    Ok(answer(&v, &results, None))
}

/// The actions of an event's sessions, by number.
pub async fn of_event(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let (limit, after) = (limit(&query)?, after(&query)?);
    let asker = Asker::of(&v.viewer);
    let number = number.parse().ok().or_not_found()?;
    let event = store::event(&app.db, &asker, number).await?;
    let event = event.or_not_found()?;
    let which = Which {
        event: Some(number),
        after: Some(after),
        ..Which::default()
    };
    let all = store_actions::actions(&app.db, &asker, which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &all[..all.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| action(base, &event, one)).collect();
    let next = shown.last().filter(|_| all.len() > wanted).map(|last| {
        let after = last.number;
        format!("/api/v1/events/{number}/actions?limit={limit}&after={after}")
    });
    Ok(answer(&v, &results, next))
}

fn told(event: &Event, one: &Told) -> Value {
    let page = one.subject();
    json!({
        "what": one.what,
        "text": one.text,
        "author": name_in(event, &one.author),
        "line": one.line_number,
        "kind": page.as_ref().map(|page| page.kind.clone()),
        "number": page.as_ref().map(|page| page.number),
        "told_at": one.at.iso(),
    })
}

fn action(base: &str, event: &Event, one: &Action) -> Value {
    json!({
        "number": one.number,
        "what": one.what,
        "url": format!("{base}{}", one.address()),
        "session": one.session,
        "owner": name_in(event, &one.owner),
        "due": one.due_on,
        "state": one.state,
        "why": one.why,
        "line": one.line_number,
    })
}

/// Addresses, with what they answer.
pub(super) fn paths() -> [(&'static str, Value); 2] {
    let after = json!({
        "name": "after", "in": "query", "required": false,
        "schema": { "type": "integer", "minimum": 0 }, "description": "Only higher numbers.",
    });
    [
        (
            "/api/v1/sessions/{number}/outcomes",
            json!({ "get": {
                "summary": "The tips and outcomes of one session, the oldest first",
                "parameters": [number()],
                "responses": answers("ToldOfSession", "All of them."),
            }}),
        ),
        (
            "/api/v1/events/{number}/actions",
            json!({ "get": {
                "summary": "Who does what by when, of all sessions of one event",
                "parameters": [number(), limit_told(), after],
                "responses": answers("Actions", "A page of the list."),
            }}),
        ),
    ]
}

/// The schemas of what they answer.
pub(super) fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let some_whole = || json!({ "type": ["integer", "null"] });
    let told = object(&json!({
        "what": { "enum": ["tip", "outcome"] }, "text": text(), "author": text(),
        "line": some_whole(), "kind": { "type": ["string", "null"] }, "number": some_whole(),
        "told_at": text(),
    }));
    let action = object(&json!({
        "number": whole(), "what": text(), "url": text(), "session": whole(), "owner": text(),
        "due": text(), "state": { "enum": ["open", "done", "dropped"] }, "why": text(),
        "line": some_whole(),
    }));
    let mut all = Map::new();
    all.insert("OneToldOfSession".to_owned(), told);
    all.insert("ToldOfSession".to_owned(), page_of("OneToldOfSession"));
    all.insert("Action".to_owned(), action);
    all.insert("Actions".to_owned(), page_of("Action"));
    all
}
