//! A session's notes as JSON, and what became of each line.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::OrNotFound;

use super::lists::answer;
use super::openapi::{answers, number};
use super::schemas::{object, page_of};
use crate::harvesting::model::passages;
use crate::harvesting::store;
use crate::history::editing::number_of;
use crate::layout::{Answer, Visit};
use crate::sessions::model::initials;
use crate::state::App;

/// The passages of a session's locked notes: its lines, or pieces of lines, or lines joined.
pub async fn of_session(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let number = number_of(&number).or_not_found()?;
    let (db, viewer) = (&app.db, &v.viewer);
    let session = store::session(db, viewer, number).await?;
    let session = session
        .filter(|one| one.locked_at.is_some())
        .or_not_found()?;
    let lines = store::lines(db, &session.id).await?;
    let outcomes = store::outcomes(db, viewer, &session.id).await?;
    let base = &app.settings.base_url;
    let results = passages(&lines, &outcomes).into_iter().map(|one| {
        let outcome = one.outcome.as_ref();
        let record = outcome.and_then(|done| {
            let url = format!("{base}{}", done.address()?);
            Some(json!({ "kind": done.record_kind, "number": done.record_number, "url": url }))
        });
        let lines = one.lines.iter().map(|(_, number)| number);
        json!({
            "lines": lines.collect::<Vec<_>>(),
            "part": one.part,
            "text": one.text,
            "note_taker": if session.is_young { initials(&one.taker) } else { one.taker.clone() },
            "url": format!("{base}{}", one.address(&session)),
            "is": outcome.map(|done| done.kind.as_str()),
            "became": outcome.map(|done| done.became.as_str()),
            "record": record,
            "trial": outcome.and_then(|done| done.trial),
        })
    });
    Ok(answer(&v, &results.collect::<Vec<_>>(), None))
}

/// What the description says of it.
pub fn paths() -> [(&'static str, Value); 1] {
    [(
        "/api/v1/sessions/{number}/harvest",
        json!({ "get": {
            "summary": "The lines of a session's locked notes and what became of each",
            "parameters": [number()],
            "responses": answers("Passages", "Its lines, in their order."),
        }}),
    )]
}

/// Its schemas.
pub fn schemas() -> [(&'static str, Value); 2] {
    let text = || json!({ "type": "string" });
    let some_text = || json!({ "type": ["string", "null"] });
    let whole = || json!({ "type": "integer" });
    let mut record = object(&json!({ "kind": text(), "number": whole(), "url": text() }));
    record["type"] = json!(["object", "null"]);
    if let Some(record) = record.as_object_mut() {
        record.remove("required");
    }
    let passage = object(&json!({
        "lines": { "type": "array", "items": whole() }, "part": whole(), "text": text(),
        "note_taker": text(), "url": text(), "is": some_text(), "became": some_text(),
        "record": record, "trial": { "type": ["integer", "null"] },
    }));
    [("Passage", passage), ("Passages", page_of("Passage"))]
}
