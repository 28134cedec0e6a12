//! The short link of an event: made, shown once with a picture of it, followed, taken back.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use qrcode::QrCode;
use qrcode::render::svg;
use web::{Cookie, Fields, OrNotFound, Trouble, redirect};

use super::guests::{Asker, GUEST_COOKIE, Guest, Seat};
use super::model::{Event, name_in};
use super::show::{self, Made, Shown};
use super::{planning, store, store_guests};
use crate::ids::{hashed, new_id, new_secret, new_short_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::model::tidy_name;
use crate::people::signing_in::{From, ended};
use crate::people::store_audit as audit;
use crate::state::App;
use crate::time::{DAY, HOUR, Moment};

/// A link lasts through the event's last day and a little more, or for a day at the least.
fn ends_at(event: &Event, now: Moment) -> Moment {
    let last = planning::moment(&event.last_day, "23:59").unwrap_or(now);
    Moment(last.plus(12 * HOUR).0.max(now.plus(DAY).0))
}

/// Makes the event's link and shows it, once; the one before ends.
pub async fn make(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let event = seat.event(&slug).await?;
    let person = seat.running(&event)?;
    let (now, secret) = (seat.v.now(), new_short_secret());
    let ends_at = ends_at(&event, now);
    let tx = app.db.begin().await?;
    let id = new_id(now);
    let hash = hashed(&secret);
    store_guests::make_link(
        &tx,
        &id,
        event.number,
        &hash,
        Some(&person.id),
        (now, ends_at),
    )
    .await?;
    let subject = format!("event {}", event.number);
    audit::note(&tx, now, Some(&person.id), "let-in", &subject, "").await?;
    tx.commit_quietly().await?;
    let address = format!("{}/in/{secret}", app.settings.base_url);
    let made = Made {
        picture: picture(&address),
        address,
        ends_at,
    };
    let shown = Shown {
        made: Some(made),
        ..Shown::default()
    };
    let page = show::shown(&seat, &app, &slug, shown, StatusCode::OK).await?;
    Ok(page.without_referrer())
}

/// An address as a picture that telephones read; nothing where it is too long.
fn picture(address: &str) -> String {
    let Ok(code) = QrCode::new(address) else {
        return String::new();
    };
    let drawn = code
        .render::<svg::Color<'_>>()
        .min_dimensions(240, 240)
        .build();
    // Inside a page the picture needs no heading of its own.
    drawn.find("<svg").map_or(String::new(), |at| {
        drawn[at..].replacen("<svg", "<svg aria-hidden=\"true\" focusable=\"false\"", 1)
    })
}

/// Takes the event's link back; whoever came in by it is out.
pub async fn withdraw(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let event = seat.event(&slug).await?;
    let person = seat.running(&event)?;
    let tx = app.db.begin().await?;
    store_guests::withdraw_link(&tx, event.number).await?;
    let subject = format!("event {}", event.number);
    audit::note(&tx, seat.v.now(), Some(&person.id), "let-out", &subject, "").await?;
    tx.commit_quietly().await?;
    let told = format!("{}?told=event-link-gone", event.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

#[derive(Template)]
#[template(path = "sessions/in.html")]
struct InPage<'v> {
    v: &'v Visit,
    event: &'v Event,
    action: String,
    name: String,
    errors: FieldErrors,
}

async fn invited(app: &App, v: &Visit, token: &str) -> Answer<Option<(String, Event)>> {
    let Some((link, event, _)) = store_guests::link(&app.db, &hashed(token), v.now()).await? else {
        return Ok(None);
    };
    let about_to = Guest {
        id: String::new(),
        event,
        name: String::new(),
    };
    let asker = Asker {
        viewer: &v.viewer,
        guest: Some(&about_to),
    };
    let event = store::event(&app.db, &asker, event).await?;
    Ok(event.map(|event| (link, event)))
}

/// Where the link leads: a form that asks for a name.
pub async fn landing(
    v: Visit,
    State(app): State<App>,
    from: From,
    Path(token): Path<String>,
) -> Answer {
    let Some((_, event)) = invited(&app, &v, &token).await? else {
        // A room full of people comes from one network: only guesses count.
        app.limits.try_from(from.0)?;
        return ended(&v);
    };
    if v.viewer.is_member() {
        let event = store::event(&app.db, &Asker::of(&v.viewer), event.number).await?;
        if let Some(event) = event {
            return Ok(redirect(StatusCode::SEE_OTHER, &event.address()));
        }
    }
    let page = InPage {
        v: &v,
        event: &event,
        action: format!("/in/{token}"),
        name: String::new(),
        errors: FieldErrors::default(),
    };
    Ok(v.page(&page)?.without_referrer())
}

/// Lets somebody in by the name that they give, or its initials where young people are.
pub async fn let_in(
    v: Visit,
    State(app): State<App>,
    from: From,
    Path(token): Path<String>,
    fields: Fields,
) -> Answer {
    let Some((link, event)) = invited(&app, &v, &token).await? else {
        app.limits.try_from(from.0)?;
        return ended(&v);
    };
    let name = tidy_name(fields.get("name")).map(|name| name_in(&event, &name));
    let Some(name) = name.filter(|name| !name.is_empty()) else {
        let mut errors = FieldErrors::default();
        errors.add("name", v.say("wrong-name"));
        let page = InPage {
            v: &v,
            event: &event,
            action: format!("/in/{token}"),
            name: fields.get("name").to_owned(),
            errors,
        };
        let page = v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
        return Ok(page.without_referrer());
    };
    let (now, secret) = (v.now(), new_secret());
    let (_, _, ends_at) = store_guests::link(&app.db, &hashed(&token), now)
        .await?
        .or_not_found()?;
    let tx = app.db.begin().await?;
    store_guests::let_in(&tx, &new_id(now), &link, &hashed(&secret), &name, now).await?;
    if let Some(person) = v.viewer.person() {
        store_guests::note_there(&tx, event.number, &person.id, now).await?;
    }
    tx.commit_quietly().await?;
    let next = format!("{}?told=event-let-in", event.address());
    let cookie = Cookie {
        name: GUEST_COOKIE,
        value: &secret,
        seconds: (ends_at.0 - now.0) / 1000,
    };
    Ok(redirect(StatusCode::SEE_OTHER, &next).cookie(&cookie))
}

/// Leaves: the browser forgets what let somebody in.
pub async fn leave(seat: Seat) -> Answer {
    let guest = seat.guest.as_ref().ok_or(Trouble::NotFound)?;
    let event = store::event(&seat.v.app.db, &seat.asker(), guest.event).await?;
    let next = event.map_or("/events".to_owned(), |event| event.address());
    let cookie = Cookie {
        name: GUEST_COOKIE,
        value: "",
        seconds: 0,
    };
    Ok(redirect(StatusCode::SEE_OTHER, &next).cookie(&cookie))
}
