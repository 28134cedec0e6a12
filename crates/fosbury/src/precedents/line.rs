//! A body's line of time: what it faced, tried and cleared, in the order in which it happened.

use askama::Template;
use axum::extract::{Path, State};
use web::Query;

use super::model::{
    Happening, Said, Stood, Year, days_worked, line, newest_between, services, standing, tried_of,
};
use super::store;
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::organisations::show::body_at;
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store::{self as trials, Which};
use crate::trials::table;

/// Trials on a line at the most.
const TRIALS: i64 = 1000;

#[derive(Template)]
#[template(path = "precedents/line.html")]
struct LinePage<'v> {
    v: &'v Visit,
    body: &'v Organisation,
    standing: Vec<(&'static str, Vec<Stood>)>,
    years: Vec<Year>,
    services: Vec<String>,
    service: String,
}

/// Everything that was told of a body.
async fn told(v: &Visit, app: &App, body: &Organisation) -> Answer<(Vec<Said>, Vec<Trial>)> {
    let (db, viewer) = (&app.db, &v.viewer);
    let said = store::at_body(db, viewer, &body.key()).await?;
    let which = Which {
        organisation: Some(&body.id),
        ..Which::default()
    };
    let trials = trials::listed(db, viewer, &which, TRIALS).await?;
    Ok((said, trials))
}

/// What was told of one service; of all where none is named.
fn narrow(service: &str, said: &mut Vec<Said>, trials: &mut Vec<Trial>) {
    if !service.is_empty() {
        said.retain(|one| one.service == service);
        trials.retain(|one| one.service == service);
    }
}

/// How hurdles stand at a body, for its own page.
pub async fn standing_at(
    v: &Visit,
    app: &App,
    body: &Organisation,
) -> Answer<Vec<(&'static str, Vec<Stood>)>> {
    let (db, viewer) = (&app.db, &v.viewer);
    let said = store::at_body(db, viewer, &body.key()).await?;
    let mut tried = store::tried(db, viewer, &body.key()).await?;
    for one in &mut tried {
        if let Some(since) = newest_between(&said, one) {
            let which = Which {
                hurdle: Some(one.hurdle),
                organisation: Some(&body.id),
                outcome: Some("worked"),
                is_confirmed: Some(true),
                ..Which::default()
            };
            let worked = trials::listed(db, viewer, &which, TRIALS).await?;
            one.worked = days_worked(&worked, &since);
        }
    }
    Ok(standing(&said, &tried))
}

/// What happened at a body, in one of its services or in all, the first first.
pub async fn happenings(
    v: &Visit,
    app: &App,
    body: &Organisation,
    service: &str,
) -> Answer<Vec<Happening>> {
    let (mut said, mut trials) = told(v, app, body).await?;
    narrow(service, &mut said, &mut trials);
    let years = line(&said, &trials).into_iter();
    Ok(years.flat_map(|year| year.happenings).collect())
}

/// The page.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let body = body_at(&app, &slug).await?;
    let service = query.get("service").trim().to_owned();
    let (mut said, mut trials) = told(&v, &app, &body).await?;
    let services = services(&said, &trials);
    narrow(&service, &mut said, &mut trials);
    v.shared_page(&LinePage {
        v: &v,
        body: &body,
        standing: standing(&said, &tried_of(&trials)),
        years: line(&said, &trials),
        services,
        service,
    })
}

/// The same as a table for other programs.
pub async fn csv(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let body = body_at(&app, &slug).await?;
    let service = query.get("service").trim();
    let happenings = happenings(&v, &app, &body, service).await?;
    let rows = happenings.into_iter().map(|one| {
        vec![
            one.day,
            v.say(&one.what),
            one.title,
            one.address,
            one.solution,
            one.service,
            one.trial,
            if one.is_confirmed { "yes" } else { "no" }.to_owned(),
        ]
    });
    let columns = [
        "day",
        "what",
        "hurdle",
        "address",
        "solution",
        "service",
        "trial",
        "confirmed",
    ];
    table::csv(&format!("{}-time", body.slug), &columns, rows)
}
