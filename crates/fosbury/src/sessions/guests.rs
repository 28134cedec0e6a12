//! Whoever asks at an event: a viewer, and perhaps somebody whom its link let in.

use axum::http::HeaderMap;
use web::CookieJar;

use super::model::{Event, name_in};
use super::store_guests;
use super::store_lines::Writer;
use crate::ids::hashed;
use crate::state::App;
use crate::time::Moment;
use crate::viewer::Viewer;

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
