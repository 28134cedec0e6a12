//! Who went before, as JSON: precedents of a hurdle, and a body's line of time.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::{OrNotFound, Query};

use super::lists::answer;
use super::openapi::{answers, number};
use super::schemas::{object, page_of};
use crate::history::editing::live_record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::organisations::store as bodies;
use crate::precedents::finding::for_body;
use crate::precedents::line::happenings;
use crate::state::App;

/// Bodies that cleared a hurdle, those most like one that is asked for first.
pub async fn of_hurdle(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &number).await?;
    let body = match query.sent("for") {
        None => None,
        Some(slug) => Some(bodies::by_slug(&app.db, slug).await?.or_not_found()?),
    };
    let found = for_body(&v, &app, record.number, body).await?;
    let results = found.precedents.iter().map(|one| {
        let trials = one.trials.iter().map(|trial| trial.number);
        let cases = one.cases.iter().map(|case| case.number);
        json!({
            "organisation": one.slug,
            "type": one.kind_name,
            "nation": one.nation,
            "like_yours": one.is_like_yours,
            "since": one.cleared.since,
            "cleared_on": one.cleared.on,
            "days": one.cleared.days(),
            "trials": trials.collect::<Vec<_>>(),
            "cases": cases.collect::<Vec<_>>(),
        })
    });
    Ok(answer(&v, &results.collect::<Vec<_>>(), None))
}

/// What happened at a body, the first first.
pub async fn of_body(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = bodies::by_slug(&app.db, &slug).await?.or_not_found()?;
    let base = &app.settings.base_url;
    let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    let happenings = happenings(&v, &app, &body, "").await?;
    let results = happenings.iter().map(|one| {
        json!({
            "day": one.day,
            "what": one.what,
            "hurdle": one.title,
            "url": format!("{base}{}", one.address),
            "solution": some(&one.solution),
            "service": some(&one.service),
            "trial": some(one.trial.trim_start_matches("/trials/")),
            "confirmed": one.is_confirmed,
        })
    });
    Ok(answer(&v, &results.collect::<Vec<_>>(), None))
}

/// What the description says of both.
pub fn paths() -> [(&'static str, Value); 2] {
    let text = |name: &str, place: &str| {
        json!({
            "name": name, "in": place, "required": place == "path",
            "schema": { "type": "string" },
        })
    };
    [
        (
            "/api/v1/hurdles/{number}/precedents",
            json!({ "get": {
                "summary": "Public bodies that cleared a hurdle, those most like `for` first",
                "parameters": [number(), text("for", "query")],
                "responses": answers("Precedents", "Who cleared it, when, and what they tried."),
            }}),
        ),
        (
            "/api/v1/organisations/{slug}/time",
            json!({ "get": {
                "summary": "What a public body faced, tried and cleared, the first first",
                "parameters": [text("slug", "path")],
                "responses": answers("Happenings", "Its line of time."),
            }}),
        ),
    ]
}

/// The schemas of both.
pub fn schemas() -> [(&'static str, Value); 4] {
    let text = || json!({ "type": "string" });
    let some_text = || json!({ "type": ["string", "null"] });
    let truth = || json!({ "type": "boolean" });
    let whole = || json!({ "type": "integer" });
    let precedent = object(&json!({
        "organisation": text(), "type": text(), "nation": text(), "like_yours": truth(),
        "since": some_text(), "cleared_on": text(), "days": { "type": ["integer", "null"] },
        "trials": { "type": "array", "items": whole() },
        "cases": { "type": "array", "items": whole() },
    }));
    let happening = object(&json!({
        "day": text(), "what": text(), "hurdle": text(), "url": text(), "solution": some_text(),
        "service": some_text(), "trial": some_text(), "confirmed": truth(),
    }));
    [
        ("Precedent", precedent),
        ("Precedents", page_of("Precedent")),
        ("Happening", happening),
        ("Happenings", page_of("Happening")),
    ]
}
