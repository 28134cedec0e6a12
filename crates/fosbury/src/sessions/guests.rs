//! Whoever asks at an event: a viewer, and perhaps somebody whom its link let in.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::HeaderMap;
use axum::http::request::Parts;
use web::{CookieJar, OrNotFound, Trouble};

use super::model::{Event, Session, name_in};
use super::store_lines::Writer;
use super::{store, store_guests};
use crate::history::editing::number_of;
use crate::ids::hashed;
use crate::layout::{Answer, Stopped, Visit};
use crate::state::App;
use crate::time::Moment;
use crate::viewer::{Person, Viewer};

/// The cookie that keeps what let somebody in; the browser adds `__Host-`.
pub const GUEST_COOKIE: &str = "fosbury-guest";

/// Somebody without an account whom an event's link let in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Who, among those who were let in.
    pub id: String,
    /// Into which event.
    pub event: i64,
    /// The name that they gave, or its initials.
    pub name: String,
}
db::columns!(Guest { id, event, name });

/// Who asks: nothing of an event is fetched without.
#[derive(Clone, Copy)]
pub struct Asker<'a> {
    /// Who asks, as everywhere.
    pub viewer: &'a Viewer,
    /// Whom a link let in, if it did.
    pub guest: Option<&'a Guest>,
}

impl<'a> Asker<'a> {
    /// A viewer whom no link let in.
    pub fn of(viewer: &'a Viewer) -> Self {
        Self {
            viewer,
            guest: None,
        }
    }

    /// The number of the event that a link let them into, or 0.
    pub fn guest_of(&self) -> i64 {
        self.guest.map_or(0, |guest| guest.event)
    }

    /// Whether they may write notes in this event and change its grid.
    pub fn may_write(&self, event: &Event) -> bool {
        self.viewer.is_member() || self.guest_of() == event.number
    }

    /// As whom they write in this event.
    pub fn writer(&self, event: &Event) -> Option<Writer> {
        if let Some(person) = self.viewer.person() {
            return Some(Writer {
                person: Some(person.id.clone()),
                guest: String::new(),
                name: name_in(event, &person.name),
            });
        }
        let guest = self.guest.filter(|guest| guest.event == event.number)?;
        Some(Writer {
            person: None,
            guest: guest.id.clone(),
            name: name_in(event, &guest.name),
        })
    }
}

/// Whom the cookie of a request let in, while the link lasts.
pub async fn guest_of(app: &App, headers: &HeaderMap, now: Moment) -> db::Result<Option<Guest>> {
    match CookieJar::of(headers).get(GUEST_COOKIE) {
        Some(secret) => store_guests::guest(&app.db, &hashed(secret), now).await,
        None => Ok(None),
    }
}

/// A visit to an event, with whom its link let in.
pub struct Seat {
    /// The visit, as everywhere.
    pub v: Visit,
    /// Whom a link let in, if it did.
    pub guest: Option<Guest>,
}

impl Seat {
    /// Who asks.
    pub fn asker(&self) -> Asker<'_> {
        Asker {
            viewer: &self.v.viewer,
            guest: self.guest.as_ref(),
        }
    }

    /// The session at an address, with its event.
    pub async fn session(&self, slug: &str) -> Answer<(Session, Event)> {
        let number = number_of(slug).or_not_found()?;
        let db = &self.v.app.db;
        let session = store::session(db, &self.asker(), number).await?;
        let session = session.or_not_found()?;
        let event = store::event(db, &self.asker(), session.event).await?;
        Ok((session, event.or_not_found()?))
    }

    /// The event at an address.
    pub async fn event(&self, slug: &str) -> Answer<Event> {
        let number = number_of(slug).or_not_found()?;
        let event = store::event(&self.v.app.db, &self.asker(), number).await?;
        Ok(event.or_not_found()?)
    }

    /// As whom they write in this event; who may not has to sign in or be let in first.
    pub fn writer(&self, event: &Event) -> Answer<Writer> {
        let writer = self.asker().writer(event);
        Ok(writer.ok_or(Trouble::SignInFirst)?)
    }

    /// The person who runs this event, or the trouble that it is somebody else.
    pub fn running(&self, event: &Event) -> Answer<&Person> {
        let person = self.v.viewer.person().ok_or(Trouble::SignInFirst)?;
        if event.is_run_by(&self.v.viewer) {
            Ok(person)
        } else {
            Err(Trouble::Forbidden.into())
        }
    }

    /// A page that may be kept for visitors, but not for whom a link let in.
    pub fn shared_page(&self, template: &impl Template) -> Answer {
        match self.guest {
            Some(_) => self.v.page(template),
            None => self.v.shared_page(template),
        }
    }
}

impl FromRequestParts<App> for Seat {
    type Rejection = Stopped;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Stopped> {
        let v = Visit::from_request_parts(parts, app).await?;
        let guest = guest_of(app, &parts.headers, v.now()).await?;
        Ok(Self { v, guest })
    }
}
