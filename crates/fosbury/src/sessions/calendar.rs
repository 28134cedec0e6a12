//! Events and sessions for calendars.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use icalendar::{Calendar, Component, Event as Entry, EventLike, Property};
use web::Page;

use super::guests::Seat;
use super::model::{Event, MOST_SESSIONS, Session};
use super::planning::moment;
use super::store::{self, Which};
use crate::layout::Answer;
use crate::state::App;

/// All sessions of an event, or the event itself where it has none yet.
pub async fn of_event(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let event = seat.event(&slug).await?;
    let which = Which {
        event: Some(event.number),
        ..Which::default()
    };
    let most = i64::try_from(MOST_SESSIONS).unwrap_or(i64::MAX);
    let sessions = store::sessions(&app.db, &seat.asker(), which, most).await?;
    let base = &app.settings.base_url;
    let mut entries: Vec<Entry> = vec![whole(base, &event)];
    entries.extend(sessions.iter().map(|one| entry(base, &event, one)));
    Ok(answer(&event.title, entries))
}

/// One session.
pub async fn of_session(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let entry = entry(&app.settings.base_url, &event, &session);
    Ok(answer(&session.title, vec![entry]))
}

fn answer(name: &str, entries: Vec<Entry>) -> Page {
    let mut calendar = Calendar::empty();
    calendar.append_property(Property::new("VERSION", "2.0"));
    calendar.append_property(Property::new("PRODID", "-//Fosbury//EN"));
    calendar.name(name);
    for entry in entries {
        calendar.push(entry);
    }
    let mut response = calendar.done().to_string().into_response();
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, kind);
    let kept = HeaderValue::from_static("attachment; filename=\"calendar.ics\"");
    headers.insert(header::CONTENT_DISPOSITION, kept);
    Page::from(response)
}

fn begun(uid: &str, base: &str, title: &str, address: &str) -> Entry {
    let host = base.split("://").last().unwrap_or(base);
    let mut entry = Entry::with_uid(&format!("{uid}@{host}"));
    entry.summary(title);
    entry.append_property(Property::new("URL", format!("{base}{address}")));
    entry
}

/// The days of an event.
fn whole(base: &str, event: &Event) -> Entry {
    let uid = format!("event-{}", event.number);
    let mut entry = begun(&uid, base, &event.title, &event.address());
    let plain = |day: &str| day.replace('-', "");
    let after = moment(&event.last_day, "12:00").map(|at| at.plus(crate::time::DAY).local_day());
    let ends = after.unwrap_or_else(|| event.last_day.clone());
    for (key, day) in [("DTSTART", &event.first_day), ("DTEND", &ends)] {
        let mut property = Property::new(key, plain(day));
        property.add_parameter("VALUE", "DATE");
        entry.append_property(property);
    }
    if let Some(at) = moment(&event.first_day, "00:00") {
        entry.append_property(Property::new("DTSTAMP", at.for_calendars()));
    }
    if !event.place.is_empty() {
        entry.location(&event.place);
    }
    entry
}

fn entry(base: &str, event: &Event, session: &Session) -> Entry {
    let uid = format!("session-{}", session.number);
    let mut entry = begun(&uid, base, &session.title, &session.address());
    let mut at = |key: &str, clock: &str| {
        if let Some(at) = moment(&session.day, clock) {
            entry.append_property(Property::new(key, at.for_calendars()));
        }
    };
    at("DTSTART", &session.starts);
    if !session.ends.is_empty() {
        at("DTEND", &session.ends);
    }
    let stamp = session.made_at.for_calendars();
    entry.append_property(Property::new("DTSTAMP", stamp));
    let place = [&session.room, &event.place].map(String::as_str);
    let place: Vec<&str> = place.into_iter().filter(|one| !one.is_empty()).collect();
    if !place.is_empty() {
        entry.location(&place.join(", "));
    }
    if !session.lead.is_empty() {
        entry.description(&session.lead);
    }
    entry
}
