//! Actions: written down with a session, then changed by who does them or who runs the event.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::model::{Action, LONGEST_NAME, State as Standing, Step, tidied};
use super::store_actions::{self, Doing, Which};
use super::telling::{begun, cited, done, refused, words_wrong};
use super::{Sent, store};
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::people::store_audit as audit;
use crate::sessions::guests::Seat;
use crate::sessions::kinds::is_day;
use crate::sessions::model::{Event, Session, day_in_words, name_in};
use crate::state::App;
use crate::store_log;

/// Writes an action down.
pub(super) async fn add(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let writer = seat.writer(&event)?;
    let mut errors = FieldErrors::default();
    let what = tidied(fields.get("doing"));
    words_wrong(&seat, &mut errors, "doing", &what);
    let from = ("from", fields.get("from"));
    let line = cited(&seat, &app, &session, from, &mut errors).await?;
    let mut doing = read(&seat, &app, &event, &fields, &mut errors).await?;
    if errors.is_empty() {
        (doing.what, doing.line) = (what, line);
        let tx = app.db.begin().await?;
        let (id, now) = (begun(&seat, &fields), seat.v.now());
        if store_actions::add(&tx, (&session.id, &id), &doing, &writer, now).await? {
            store_log::commit_shown(tx, "sessions").await?;
            return Ok(done(&session, "action-kept", "actions"));
        }
        errors.add("doing", seat.v.say("wrong-told-full"));
    }
    let sent = Sent {
        doing: fields.get("doing").to_owned(),
        from: fields.get("from").to_owned(),
        owner: fields.get("owner").to_owned(),
        due: fields.get("due").to_owned(),
        ..Sent::default()
    };
    refused(&seat, &app, (&session, &event), sent, errors).await
}

/// Who does it by when, as a form says it.
async fn read(
    seat: &Seat,
    app: &App,
    event: &Event,
    fields: &Fields,
    errors: &mut FieldErrors,
) -> Answer<Doing> {
    let v = &seat.v;
    let owner = tidied(fields.get("owner"));
    if owner.chars().count() > LONGEST_NAME {
        errors.add("owner", v.with("wrong-told-long", "most", LONGEST_NAME));
    }
    let due_on = fields.get("due").trim().to_owned();
    if !due_on.is_empty() && !is_day(&due_on) {
        errors.add("due", v.say("wrong-action-due"));
    }
    let why = tidied(fields.get("why"));
    if why.chars().count() > LONGEST_NAME {
        errors.add("why", v.with("wrong-told-long", "most", LONGEST_NAME));
    }
    // Names of accounts are for those who have one.
    let person = if v.viewer.is_member() && !owner.is_empty() {
        store::called(&app.db, &owner).await?
    } else {
        None
    };
    Ok(Doing {
        owner_name: if person.is_some() {
            String::new()
        } else {
            name_in(event, &owner)
        },
        owner: person,
        due_on,
        state: Standing::Open.name(),
        why,
        ..Doing::default()
    })
}

#[derive(Template)]
#[template(path = "sessions/after/action.html")]
struct ActionPage<'v> {
    v: &'v Visit,
    event: &'v Event,
    session: &'v Session,
    action: &'v Action,
    steps: Vec<Step>,
    may_change: bool,
    may_erase: bool,
    is_overdue: bool,
    there: Vec<String>,
    owner: String,
    due: String,
    state: String,
    why: String,
    errors: FieldErrors,
}

impl ActionPage<'_> {
    fn called(&self, name: &str) -> String {
        name_in(self.event, name)
    }

    fn in_words(&self, day: &str) -> String {
        day_in_words(day)
    }

    fn states(&self) -> Vec<&'static str> {
        Standing::ALL.iter().map(|state| state.name()).collect()
    }
}

async fn found(
    seat: &Seat,
    app: &App,
    slug: &str,
    number: &str,
) -> Answer<(Session, Event, Action)> {
    let (session, event) = seat.session(slug).await?;
    let which = Which {
        session: Some(session.number),
        number: Some(number.parse().ok().or_not_found()?),
        ..Which::default()
    };
    let action = store_actions::actions(&app.db, &seat.asker(), which, 1).await?;
    let action = action.into_iter().next().or_not_found()?;
    Ok((session, event, action))
}

/// An action with its steps.
pub(super) async fn page(
    seat: Seat,
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
) -> Answer {
    let found = found(&seat, &app, &slug, &number).await?;
    shown(&seat, &app, &found, None, FieldErrors::default()).await
}

async fn shown(
    seat: &Seat,
    app: &App,
    (session, event, action): &(Session, Event, Action),
    sent: Option<&Fields>,
    errors: FieldErrors,
) -> Answer {
    let v = &seat.v;
    let or = |field: &str, kept: &str| {
        sent.map_or(kept.to_owned(), |fields| fields.get(field).to_owned())
    };
    let may_change = action.may_change(&v.viewer, event);
    let there = if may_change && !event.is_young {
        store::there(&app.db, &session.id).await?
    } else {
        Vec::new()
    };
    let page = ActionPage {
        v,
        event,
        session,
        steps: store_actions::steps(&app.db, action).await?,
        may_change,
        may_erase: event.is_run_by(&v.viewer),
        is_overdue: action.is_overdue(&day_of(v.now())),
        there: there.into_iter().map(|row| row.0).collect(),
        owner: or("owner", &action.owner),
        due: or("due", &action.due_on),
        state: or("state", &action.state),
        why: or("why", &action.why),
        action,
        errors,
    };
    if page.errors.is_empty() {
        v.page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

/// Changes who does an action, by when, and where it stands.
pub(super) async fn step(
    seat: Seat,
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let found = found(&seat, &app, &slug, &number).await?;
    let (_, event, action) = &found;
    if !action.may_change(&seat.v.viewer, event) {
        return Err(Trouble::Forbidden.into());
    }
    let writer = seat.writer(event)?;
    let mut errors = FieldErrors::default();
    let mut doing = read(&seat, &app, event, &fields, &mut errors).await?;
    match Standing::parse(fields.get("state")) {
        None => errors.add("state", seat.v.say("wrong-action-state")),
        Some(Standing::Dropped) if doing.why.is_empty() => {
            errors.add("why", seat.v.say("wrong-action-why"));
        }
        Some(state) => doing.state = state.name(),
    }
    if errors.is_empty() {
        let seen = fields.number("seen").unwrap_or_default();
        let tx = app.db.begin().await?;
        let now = seat.v.now();
        if store_actions::step(&tx, (&action.id, seen), &doing, &writer, now).await? {
            store_log::commit_shown(tx, "sessions").await?;
            let next = format!("{}?told=action-changed", action.address());
            return Ok(redirect(StatusCode::SEE_OTHER, &next));
        }
        errors.add("state", seat.v.say("wrong-action-meanwhile"));
    }
    shown(&seat, &app, &found, Some(&fields), errors).await
}

/// Erases an action with its steps: who runs its event.
pub(super) async fn erase(
    seat: Seat,
    State(app): State<App>,
    Path((slug, number)): Path<(String, String)>,
) -> Answer {
    let (session, event, action) = found(&seat, &app, &slug, &number).await?;
    let person = seat.running(&event)?;
    let now = seat.v.now();
    let tx = app.db.begin().await?;
    store_actions::erase(&tx, &action.id, now).await?;
    let subject = format!("session {}", session.number);
    audit::note(&tx, now, Some(&person.id), "erase-told", &subject, "action").await?;
    store_log::commit_shown(tx, "sessions").await?;
    interchange::keep_forgotten(&app).await;
    Ok(done(&session, "told-erased", "after"))
}
