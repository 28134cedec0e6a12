//! Trials in lists: of a hurdle, a solution, a body; as pages, feeds and tables.

use askama::Template;
use axum::extract::{Path, State};
use web::{Fields, OrNotFound, Query};

use super::model::Trial;
use super::store::{self, Which};
use super::table;
use crate::changes::feeds::{self, Entry, Feed, ITEMS};
use crate::history::editing::live_record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::organisations::store as bodies;
use crate::solutions::Solutions;
use crate::state::App;
use crate::time::Moment;

/// Trials on one page of a list.
const ON_ONE_PAGE: i64 = 40;
/// Rows of a table at the most.
const ROWS: i64 = 10_000;

/// What a list is of.
struct About {
    title: String,
    address: String,
    name: String,
    hurdle: Option<i64>,
    solution: Option<i64>,
    body: Option<String>,
}

impl About {
    fn which(&self) -> Which<'_> {
        Which {
            hurdle: self.hurdle,
            solution: self.solution,
            organisation: self.body.as_deref(),
            ..Which::default()
        }
    }
}

#[derive(Template)]
#[template(path = "trials/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    about: About,
    trials: Vec<Trial>,
    more: Option<i64>,
}

#[derive(Template)]
#[template(path = "trials/feed-item.html")]
struct Content<'v> {
    v: &'v Visit,
    trial: &'v Trial,
}

async fn hurdle(v: &Visit, app: &App, slug: &str) -> Answer<About> {
    let record = live_record(v, app, &Hurdles, slug).await?;
    Ok(About {
        title: record.title.clone(),
        address: record.address(),
        name: format!("hurdle-{}-trials", record.number),
        hurdle: Some(record.number),
        solution: None,
        body: None,
    })
}

async fn solution(v: &Visit, app: &App, slug: &str) -> Answer<About> {
    let record = live_record(v, app, &Solutions, slug).await?;
    Ok(About {
        title: record.title.clone(),
        address: record.address(),
        name: format!("solution-{}-trials", record.number),
        hurdle: None,
        solution: Some(record.number),
        body: None,
    })
}

async fn body(app: &App, slug: &str) -> Answer<About> {
    let body = bodies::by_slug(&app.db, slug).await?.or_not_found()?;
    Ok(About {
        title: body.name.clone(),
        address: body.address(),
        name: format!("{}-trials", body.slug),
        hurdle: None,
        solution: None,
        body: Some(body.id),
    })
}

/// Trials of a hurdle.
pub async fn of_hurdle(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let about = hurdle(&v, &app, &slug).await?;
    page(&v, &app, about, &query).await
}

/// Trials of a solution.
pub async fn of_solution(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let about = solution(&v, &app, &slug).await?;
    page(&v, &app, about, &query).await
}

/// Trials of a body.
pub async fn of_body(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let about = body(&app, &slug).await?;
    page(&v, &app, about, &query).await
}

/// The feed of a hurdle's trials.
pub async fn hurdle_feed(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = hurdle(&v, &app, &slug).await?;
    feed(&v, &app, &about).await
}

/// The feed of a solution's trials.
pub async fn solution_feed(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = solution(&v, &app, &slug).await?;
    feed(&v, &app, &about).await
}

/// The feed of a body's trials.
pub async fn body_feed(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = body(&app, &slug).await?;
    feed(&v, &app, &about).await
}

/// The table of a hurdle's trials.
pub async fn hurdle_csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = hurdle(&v, &app, &slug).await?;
    rows(&v, &app, &about).await
}

/// The table of a solution's trials.
pub async fn solution_csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = solution(&v, &app, &slug).await?;
    rows(&v, &app, &about).await
}

/// The table of a body's trials.
pub async fn body_csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let about = body(&app, &slug).await?;
    rows(&v, &app, &about).await
}

async fn page(v: &Visit, app: &App, about: About, query: &Fields) -> Answer {
    let which = Which {
        before: query.number("before"),
        ..about.which()
    };
    let mut trials = store::listed(&app.db, &v.viewer, &which, ON_ONE_PAGE + 1).await?;
    let has_more = trials.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        trials.pop();
    }
    let more = trials.last().map(|last| last.number).filter(|_| has_more);
    v.shared_page(&ListPage {
        v,
        about,
        trials,
        more,
    })
}

async fn feed(v: &Visit, app: &App, about: &About) -> Answer {
    let trials = store::listed(&app.db, &v.viewer, &about.which(), ITEMS).await?;
    let base = &app.settings.base_url;
    let mut items = Vec::new();
    for trial in &trials {
        let content = Content { v, trial };
        let content = content
            .render()
            .map_err(|error| web::Trouble::OurFault(error.to_string()))?;
        let address = format!("{base}{}", trial.address());
        let who = match trial.organisation.as_str() {
            "" => v.say("trial-unnamed"),
            name => name.to_owned(),
        };
        items.push(Entry {
            id: address.clone(),
            title: format!("{who}: {}", v.say_of("outcome", &trial.outcome)),
            address,
            author: who,
            at: trial.changed_at.iso(),
            content: web::xml_safe(&content),
        });
    }
    let feed = Feed {
        title: v.with("trials-of", "title", &about.title),
        about: format!("{}/trials", about.address),
        address: format!("{}/trials.atom", about.address),
    };
    let updated = trials.iter().map(|one| one.changed_at).max();
    feeds::written(v, &feed, updated.map(Moment::iso), items)
}

async fn rows(v: &Visit, app: &App, about: &About) -> Answer {
    let trials = store::listed(&app.db, &v.viewer, &about.which(), ROWS).await?;
    let rows = trials.into_iter().map(|one| {
        let solution = match one.solution {
            0 => String::new(),
            number => number.to_string(),
        };
        let is_confirmed = if one.is_confirmed { "yes" } else { "no" };
        vec![
            one.number.to_string(),
            one.hurdle.to_string(),
            one.hurdle_title,
            solution,
            one.solution_title,
            one.organisation,
            one.kind_name,
            one.nation,
            one.service,
            one.outcome,
            one.begun_on,
            one.ended_on,
            one.differently,
            one.learned,
            one.cost,
            one.time_taken,
            one.who_agreed,
            is_confirmed.to_owned(),
            one.told_at.iso(),
        ]
    });
    let columns = [
        "trial",
        "hurdle",
        "hurdle_title",
        "solution",
        "solution_title",
        "organisation",
        "type",
        "nation",
        "service",
        "outcome",
        "begun_on",
        "ended_on",
        "differently",
        "learned",
        "cost",
        "time",
        "agreed",
        "confirmed",
        "told_at",
    ];
    table::csv(&about.name, &columns, rows)
}
