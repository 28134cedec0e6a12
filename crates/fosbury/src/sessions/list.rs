//! All events; as a page and as a table.

use askama::Template;
use axum::extract::State;
use web::Query;

use super::guests::Asker;
use super::model::Event;
use super::store::{self, Which};
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::state::App;
use crate::time::Moment;
use crate::trials::table;

/// Events on one page of the list.
const ON_ONE_PAGE: i64 = 40;
/// Rows of the table at the most.
const ROWS: i64 = 5_000;

#[derive(Template)]
#[template(path = "sessions/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    to_come: Vec<Event>,
    past: Vec<Event>,
    more: Option<(String, i64)>,
}

/// All events, the newest first.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let before = query.number("number");
    let before = before.map(|number| (query.get("before"), number));
    let mut events = store::events(&app.db, &v.viewer, before, ON_ONE_PAGE + 1).await?;
    let has_more = events.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        events.pop();
    }
    let last = events.last().filter(|_| has_more);
    let more = last.map(|last| (last.first_day.clone(), last.number));
    let today = day_of(v.now());
    let (past, to_come) = events.into_iter().partition(|one| one.is_over(&today));
    v.shared_page(&ListPage {
        v: &v,
        to_come,
        past,
        more,
    })
}

/// The sessions of all events as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>) -> Answer {
    let asker = Asker::of(&v.viewer);
    let sessions = store::sessions(&app.db, &asker, Which::default(), ROWS).await?;
    let events = store::events(&app.db, &v.viewer, None, ROWS).await?;
    let base = &app.settings.base_url;
    let rows = sessions.iter().filter_map(|session| {
        let event = events.iter().find(|event| event.number == session.event)?;
        Some(vec![
            session.number.to_string(),
            session.title.clone(),
            session.lead.clone(),
            session.day.clone(),
            session.starts.clone(),
            session.ends.clone(),
            session.room.clone(),
            event.number.to_string(),
            event.title.clone(),
            event.place.clone(),
            session.locked_at.map_or(String::new(), Moment::iso),
            session.content_hash.clone().unwrap_or_default(),
            format!("{base}{}", session.address()),
        ])
    });
    let columns = [
        "session",
        "title",
        "lead",
        "day",
        "starts",
        "ends",
        "room",
        "event",
        "event title",
        "place",
        "locked",
        "capture sha256",
        "address",
    ];
    table::csv("sessions", &columns, rows)
}
