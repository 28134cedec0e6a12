//! Trials and sightings as JSON.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::{Fields, OrNotFound, Query, Trouble};

use super::json_page;
use super::lists::{answer, limit};
use crate::history::editing::live_record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit, shared};
use crate::organisations::store as bodies;
use crate::solutions::Solutions;
use crate::state::App;
use crate::trials::model::{Trial, in_fives};
use crate::trials::store::{self, Narrowed, Which};
use crate::trials::{store_sightings, worked};

/// A hurdle's trials, newest first.
pub async fn of_hurdle(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &number).await?;
    let which = Which {
        hurdle: Some(record.number),
        ..Which::default()
    };
    list(
        &v,
        &app,
        which,
        &query,
        &format!("hurdles/{}", record.number),
    )
    .await
}

/// A solution's trials, newest first.
pub async fn of_solution(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, &Solutions, &number).await?;
    let which = Which {
        solution: Some(record.number),
        ..Which::default()
    };
    list(
        &v,
        &app,
        which,
        &query,
        &format!("solutions/{}", record.number),
    )
    .await
}

/// A body's trials, newest first.
pub async fn of_body(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let body = bodies::by_slug(&app.db, &slug).await?.or_not_found()?;
    let which = Which {
        organisation: Some(&body.id),
        ..Which::default()
    };
    list(
        &v,
        &app,
        which,
        &query,
        &format!("organisations/{}", body.slug),
    )
    .await
}

async fn list(v: &Visit, app: &App, which: Which<'_>, query: &Fields, of: &str) -> Answer {
    let limit = limit(query)?;
    let before = match query.sent("before") {
        None => None,
        Some(sent) => match sent.parse::<i64>() {
            Ok(before) if before > 0 => Some(before),
            _ => return Err(Trouble::Unreadable("before: a number from 1".to_owned()).into()),
        },
    };
    let which = Which { before, ..which };
    let trials = store::listed(&app.db, &v.viewer, &which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &trials[..trials.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| trial(base, one)).collect();
    let next = shown.last().filter(|_| trials.len() > wanted);
    let next = next.map(|last| format!("/api/v1/{of}/trials?limit={limit}&before={}", last.number));
    Ok(answer(v, &results, next))
}

/// One trial.
pub async fn one(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    let found = store::numbered(&app.db, &v.viewer, number).await?;
    let page = json_page(&trial(&app.settings.base_url, &found.or_not_found()?));
    Ok(if v.is_shared { shared(page) } else { page })
}

/// A hurdle's ways over in the order of what worked, for a body or for anybody.
pub async fn worked(
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
    let id = body.as_ref().map(|body| body.id.as_str());
    let weights = worked::weights(&app, id, v.now()).await?;
    let (db, viewer) = (&app.db, &v.viewer);
    let everything = Narrowed::default();
    let ranked = worked::ranked(&app, viewer, record.number, &[], &everything, &weights).await?;
    let mut results = Vec::new();
    for one in ranked {
        let Some(card) = crate::solutions::store::card(db, viewer, one.solution).await? else {
            continue;
        };
        let plain = |plain: &ranking::Plain| {
            json!({
                "worked": plain.worked, "partly": plain.partly, "did_not": plain.did_not,
                "made_worse": plain.worse, "undecided": plain.undecided,
            })
        };
        results.push(json!({
            "solution": card.number,
            "title": card.title,
            "url": format!("{}{}", app.settings.base_url, card.address()),
            "places": plain(&one.plain),
            "like_yours": one.like_yours.as_ref().map(plain),
            "a": one.a,
            "b": one.b,
            "lower_end": one.lower,
        }));
    }
    Ok(answer(&v, &results, None))
}

/// Who faces a hurdle.
pub async fn sightings(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &number).await?;
    let (db, viewer) = (&app.db, &v.viewer);
    let listed = store_sightings::of_hurdle(db, viewer, record.number, 200).await?;
    let results = listed.iter().map(|one| {
        json!({
            "organisation": one.organisation_slug,
            "service": one.service,
            "stage": one.stage,
            "days_lost": one.days_lost,
            "confirmed": one.is_confirmed,
            "at": one.at.iso(),
        })
    });
    let unconfirmed = in_fives(store_sightings::unconfirmed(db, record.number).await?);
    let page = json_page(&json!({
        "results": results.collect::<Vec<_>>(),
        "organisations": store_sightings::stages(db, viewer, record.number).await?.len(),
        "unconfirmed_at_least": unconfirmed,
        "next": null,
    }));
    Ok(if v.is_shared { shared(page) } else { page })
}

fn trial(base: &str, one: &Trial) -> Value {
    let some = |words: &str| (!words.is_empty()).then(|| words.to_owned());
    json!({
        "number": one.number,
        "url": format!("{base}{}", one.address()),
        "hurdle": one.hurdle,
        "solution": (one.solution > 0).then_some(one.solution),
        "organisation": some(&one.organisation_slug),
        "type": some(&one.kind_name),
        "nation": some(&one.nation),
        "service": some(&one.service),
        "outcome": one.outcome,
        "begun_on": some(&one.begun_on),
        "ended_on": some(&one.ended_on),
        "differently": one.differently,
        "learned": one.learned,
        "cost": one.cost,
        "time": one.time_taken,
        "agreed": one.who_agreed,
        "confirmed": one.is_confirmed,
        "told_at": one.told_at.iso(),
        "changed_at": one.changed_at.iso(),
    })
}
