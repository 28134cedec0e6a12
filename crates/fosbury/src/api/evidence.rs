//! Evidence as JSON: the list of all, and what speaks for one hurdle, solution or trial.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::{Fields, OrNotFound, Query, Trouble};

use super::lists::{answer, limit};
use crate::evidence::Evidence;
use crate::evidence::model::Item;
use crate::evidence::store::{self, Which};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::solutions::Solutions;
use crate::state::App;
use crate::trials::store as trials_store;

/// A hurdle's evidence, the strongest first.
pub async fn of_hurdle(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    of_record(&v, &app, &Hurdles, &number, &query).await
}

/// A solution's evidence, the strongest first.
pub async fn of_solution(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    of_record(&v, &app, &Solutions, &number, &query).await
}

async fn of_record(v: &Visit, app: &App, kind: &dyn Kind, number: &str, query: &Fields) -> Answer {
    let record = live_record(v, app, kind, number).await?;
    let place = format!("{}/{}", kind.plural(), record.number);
    list(v, app, (kind.name(), record.number), query, &place).await
}

/// A trial's evidence, the strongest first.
pub async fn of_trial(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    trials_store::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    let place = format!("trials/{number}");
    list(&v, &app, ("trial", number), &query, &place).await
}

async fn list(v: &Visit, app: &App, about: (&str, i64), query: &Fields, place: &str) -> Answer {
    let limit = limit(query)?;
    let after = match query.sent("after") {
        None => 0,
        Some(sent) => match sent.parse::<i64>() {
            Ok(after) if after >= 0 => after,
            _ => return Err(Trouble::Unreadable("after: a number from 0".to_owned()).into()),
        },
    };
    let which = Which {
        about: Some(about),
        after,
        ..Which::default()
    };
    let items = store::listed(&app.db, &v.viewer, &which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let base = &app.settings.base_url;
    let shown = items.iter().take(wanted);
    let results: Vec<Value> = shown.map(|one| item(base, one)).collect();
    let next = (items.len() > wanted).then(|| {
        let after = after.saturating_add(limit);
        format!("/api/v1/{place}/evidence?limit={limit}&after={after}")
    });
    Ok(answer(v, &results, next))
}

fn item(base: &str, one: &Item) -> Value {
    json!({
        "kind": Evidence.name(),
        "number": one.number,
        "title": one.title,
        "url": format!("{base}{}", one.address()),
        "summary": one.summary,
        "unfinished": one.is_unfinished,
        "sort": one.kind,
        "strength": one.strength,
        "points": one.points,
        "source": one.source,
        "link": (!one.link.is_empty()).then_some(&one.link),
        "date": one.told_on,
        "quote": one.quote,
    })
}
