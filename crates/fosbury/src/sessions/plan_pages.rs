//! Putting sessions into the grid: one at a time, from a pasted list, or from a calendar file.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, Page, Query, Trouble, Upload, redirect};

use super::guests::Seat;
use super::model::{Event, MOST_SESSIONS, Session, day_in_words};
use super::planning::{Wrong, fitting, read_calendar, read_list};
use super::store::{self, Which};
use super::store_writing::{self, Planned};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;

/// Bytes of a form with a calendar file at the most.
const MOST_BYTES: usize = 1024 * 1024;

#[derive(Template)]
#[template(path = "sessions/plan.html")]
struct PlanPage<'v> {
    v: &'v Visit,
    event: &'v Event,
    /// The session that is changed; none where one is added.
    session: Option<&'v Session>,
    days: Vec<(String, String)>,
    sent: Planned,
    list: String,
    /// What the list or the file says, to be looked at first.
    preview: Option<(Vec<Planned>, Vec<Wrong>)>,
    errors: FieldErrors,
}

impl PlanPage<'_> {
    fn is_new(&self) -> bool {
        self.session.is_none()
    }

    fn in_words(&self, day: &str) -> String {
        day_in_words(day)
    }
}

impl<'v> PlanPage<'v> {
    fn of(v: &'v Visit, event: &'v Event, session: Option<&'v Session>, sent: Planned) -> Self {
        Self {
            v,
            event,
            session,
            days: days(event),
            sent,
            list: String::new(),
            preview: None,
            errors: FieldErrors::default(),
        }
    }
}

/// The days of an event, as kept and in words; of a long one the first month.
fn days(event: &Event) -> Vec<(String, String)> {
    let mut days = vec![event.first_day.clone()];
    while let Some(last) = days.last()
        && *last < event.last_day
        && days.len() < 31
    {
        let next = super::planning::moment(last, "12:00").map(|at| at.plus(crate::time::DAY));
        let Some(next) = next else { break };
        days.push(next.local_day());
    }
    let named = days.into_iter().map(|day| {
        let words = day_in_words(&day);
        (day, words)
    });
    named.collect()
}

/// The form to add sessions; a cell of the grid says where and when.
pub async fn form(seat: Seat, Path(slug): Path<String>, Query(query): Query) -> Answer {
    let event = seat.event(&slug).await?;
    seat.writer(&event)?;
    let sent = Planned {
        day: query.get("day").chars().take(10).collect(),
        starts: query.get("starts").chars().take(10).collect(),
        room: query.get("room").chars().take(140).collect(),
        ..Planned::default()
    };
    seat.v.page(&PlanPage::of(&seat.v, &event, None, sent))
}

fn planned(fields: &Fields) -> Planned {
    let of = |key: &str| fields.get(key).to_owned();
    Planned {
        day: of("day"),
        starts: of("starts"),
        ends: of("ends"),
        room: of("room"),
        title: of("title"),
        lead: of("lead"),
    }
}

/// Which field of the form is wrong.
fn field_of(words: &str) -> &'static str {
    match words {
        "wrong-session-day" => "day",
        "wrong-session-time" => "starts",
        "wrong-session-ends" => "ends",
        _ => "title",
    }
}

/// Puts sessions into the grid, or shows what a list or a file says first.
pub async fn add(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    upload: Upload<MOST_BYTES>,
) -> Answer {
    let event = seat.event(&slug).await?;
    seat.writer(&event)?;
    let fields = &upload.fields;
    let mut page = PlanPage::of(&seat.v, &event, None, planned(fields));
    page.list = fields.get("list").to_owned();
    let file = upload.files.into_iter().find(|file| !file.bytes.is_empty());
    let (planned, is_looked_at) = if let Some(file) = file {
        let read = String::from_utf8(file.bytes).ok();
        let read = read.and_then(|file| read_calendar(&file, &event));
        let Some((planned, wrong)) =
            read.filter(|(one, other)| !one.is_empty() || !other.is_empty())
        else {
            page.errors.add("file", seat.v.say("wrong-calendar"));
            return refused(&page);
        };
        page.list = as_list(&planned);
        page.preview = Some((planned, wrong));
        return seat.v.page(&page);
    } else if page.list.trim().is_empty() {
        match fitting(page.sent.clone(), &event) {
            Ok(one) => (vec![one], true),
            Err(words) => {
                page.errors.add(field_of(words), seat.v.say(words));
                return refused(&page);
            }
        }
    } else {
        let (planned, wrong) = read_list(&page.list, &event);
        let is_looked_at = fields.get("do") == "add";
        page.preview = Some((planned.clone(), wrong));
        (planned, is_looked_at)
    };
    if planned.is_empty() {
        page.errors.add("list", seat.v.say("wrong-list-none"));
        return refused(&page);
    }
    if !is_looked_at {
        return seat.v.page(&page);
    }
    let which = Which {
        event: Some(event.number),
        ..Which::default()
    };
    let most = i64::try_from(MOST_SESSIONS).unwrap_or(i64::MAX);
    let before = store::sessions(&app.db, &seat.asker(), which, most).await?;
    // A form sent twice adds nothing twice.
    let is_there = |one: &Planned| {
        before.iter().any(|known| {
            (&known.day, &known.starts, &known.room, &known.title)
                == (&one.day, &one.starts, &one.room, &one.title)
        })
    };
    let new: Vec<Planned> = planned.into_iter().filter(|one| !is_there(one)).collect();
    if before.len() + new.len() > MOST_SESSIONS {
        page.errors.add("list", seat.v.say("wrong-list-many"));
        return refused(&page);
    }
    let now = seat.v.now();
    let tx = app.db.begin().await?;
    for one in &new {
        store_writing::add(&tx, event.number, one, false, now).await?;
    }
    store_log::commit_shown(tx, "sessions").await?;
    let told = format!("{}?told=sessions-added#sessions", event.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

fn refused(page: &PlanPage<'_>) -> Answer {
    page.v.page_with(StatusCode::UNPROCESSABLE_ENTITY, page)
}

/// Sessions as a list that reads back as the same.
fn as_list(planned: &[Planned]) -> String {
    let (mut list, mut day) = (String::new(), "");
    for one in planned {
        if one.day != day {
            day = &one.day;
            list.push_str(day);
            list.push('\n');
        }
        let time = if one.ends.is_empty() {
            one.starts.clone()
        } else {
            format!("{}-{}", one.starts, one.ends)
        };
        let cells = [&time, &one.room, &one.title, &one.lead];
        let cells = cells.map(|cell| cell.replace('|', "/"));
        list.push_str(&cells.join(" | "));
        list.push('\n');
    }
    list
}

async fn open_session(seat: &Seat, slug: &str) -> Answer<Result<(Session, Event), Page>> {
    let (session, event) = seat.session(slug).await?;
    seat.writer(&event)?;
    if session.is_locked() {
        let told = format!("{}?told=session-locked", session.address());
        return Ok(Err(redirect(StatusCode::SEE_OTHER, &told)));
    }
    Ok(Ok((session, event)))
}

/// The form to change where and when a session is and what it is called.
pub async fn edit(seat: Seat, Path(slug): Path<String>) -> Answer {
    let (session, event) = match open_session(&seat, &slug).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let sent = Planned {
        day: session.day.clone(),
        starts: session.starts.clone(),
        ends: session.ends.clone(),
        room: session.room.clone(),
        title: session.title.clone(),
        lead: session.lead.clone(),
    };
    seat.v
        .page(&PlanPage::of(&seat.v, &event, Some(&session), sent))
}

/// Changes it.
pub async fn change(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = match open_session(&seat, &slug).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let mut page = PlanPage::of(&seat.v, &event, Some(&session), planned(&fields));
    let planned = match fitting(page.sent.clone(), &event) {
        Ok(planned) => planned,
        Err(words) => {
            page.errors.add(field_of(words), seat.v.say(words));
            return refused(&page);
        }
    };
    let tx = app.db.begin().await?;
    if !store_writing::change(&tx, &session.id, &planned, seat.v.now()).await? {
        return Err(Trouble::Gone.into());
    }
    store_log::commit_shown(tx, "sessions").await?;
    let told = format!("/sessions/{}?told=session-kept", session.number);
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

/// Takes a session out of the grid that nobody wrote notes in.
pub async fn remove(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let (session, event) = match open_session(&seat, &slug).await? {
        Ok(found) => found,
        Err(page) => return Ok(page),
    };
    let tx = app.db.begin().await?;
    if !store_writing::remove(&tx, &session.id, seat.v.now()).await? {
        let told = format!("{}?told=session-has-notes", session.address());
        return Ok(redirect(StatusCode::SEE_OTHER, &told));
    }
    store_log::commit_shown(tx, "sessions").await?;
    let told = format!("{}?told=session-removed", event.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_calendars_sessions_read_back_from_the_list_they_become() {
        let event = Event {
            first_day: "2026-05-03".to_owned(),
            last_day: "2026-05-03".to_owned(),
            ..Event::default()
        };
        let one = Planned {
            day: "2026-05-03".to_owned(),
            starts: "10:00".to_owned(),
            ends: "10:45".to_owned(),
            room: String::new(),
            title: "Why: a question – or two".to_owned(),
            lead: "Kit".to_owned(),
        };
        let list = as_list(std::slice::from_ref(&one));
        assert_eq!(read_list(&list, &event), (vec![one], Vec::new()));
    }
}
