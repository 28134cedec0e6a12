//! An event's own page: when and where, the grid of its sessions, and for whom runs it the link that
//! lets people in.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::after::came;
use super::guests::Seat;
use super::model::{Event, MOST_SESSIONS, day_in_words};
use super::store::{self, Which};
use super::store_consents::{self, Consent};
use super::{Events, grid, store_guests};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::discussion;
use crate::history::editing::number_of;
use crate::history::linking::Targets;
use crate::history::model::Record;
use crate::history::removals;
use crate::history::store::{self as texts_store, Listed};
use crate::history::store_protection::{self, Protection};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::time::Moment;

/// The link that lets people in, as whoever just made it sees it, once.
pub(super) struct Made {
    /// Its address.
    pub(super) address: String,
    /// The same as a picture that telephones read.
    pub(super) picture: String,
    /// Until when it lets people in.
    pub(super) ends_at: Moment,
}

/// What is shown of an event beside what is kept of it.
#[derive(Default)]
pub(super) struct Shown {
    /// The link that was just made.
    pub(super) made: Option<Made>,
    /// What a form sent where something was wrong with it.
    pub(super) consent: (String, String, String),
    /// What was wrong.
    pub(super) errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "sessions/show.html")]
struct EventPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    event: &'v Event,
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    tags: Vec<String>,
    introduction: Option<web::Rendered>,
    days: Vec<grid::Day>,
    lines: BTreeMap<i64, i64>,
    may_write: bool,
    is_over: bool,
    /// How much is done and still open, once thirty days have gone by.
    came: Option<(i64, i64)>,
    guest: Option<String>,
    is_running: bool,
    link_ends: Option<Moment>,
    consents: Vec<Consent>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    discussion: String,
    made: Option<Made>,
    consent: (String, String, String),
    errors: FieldErrors,
}

impl EventPage<'_> {
    fn in_words(&self, day: &str) -> String {
        day_in_words(day)
    }

    fn lines_of(&self, number: &i64) -> i64 {
        self.lines.get(number).copied().unwrap_or_default()
    }

    fn empty(&self, day: &String, starts: &String, room: &String) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs([("day", day), ("starts", starts), ("room", room)]);
        format!("{}/sessions/new?{}", self.event.address(), query.finish())
    }

    fn cell(&self, slot: &grid::Slot, at: &usize) -> Vec<super::model::Session> {
        slot.cells.get(*at).cloned().unwrap_or_default()
    }
}

/// An event.
pub async fn page(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    shown(&seat, &app, &slug, Shown::default(), StatusCode::OK).await
}

/// The page of an event, with what a form on it came to.
pub(super) async fn shown(
    seat: &Seat,
    app: &App,
    slug: &str,
    shown: Shown,
    status: StatusCode,
) -> Answer {
    let (v, db) = (&seat.v, &app.db);
    let number = number_of(slug).or_not_found()?;
    let record = match seat.guest {
        None => texts_store::record(db, &v.viewer, "event", number).await?,
        Some(_) => match store::record_of(db, &seat.asker(), number).await? {
            Some(id) => texts_store::record_by_id(db, &id).await?,
            None => None,
        },
    };
    let record = record.or_not_found()?;
    if let Some(page) = removals::gone(v, &record)? {
        return Ok(page);
    }
    if status == StatusCode::OK
        && shown.made.is_none()
        && record.address() != format!("/events/{slug}")
    {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    let asker = seat.asker();
    let event = store::event(db, &asker, number).await?.or_not_found()?;
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, &v.viewer, &Events, &parts).await?;
    let words = parts.get("introduction");
    let which = Which {
        event: Some(number),
        ..Which::default()
    };
    let most = i64::try_from(MOST_SESSIONS).unwrap_or(i64::MAX);
    let sessions = store::sessions(db, &asker, which, most).await?;
    let is_running = event.is_run_by(&v.viewer);
    let consents = if is_running && event.is_young {
        store_consents::of_event(db, number).await?
    } else {
        Vec::new()
    };
    let is_plain = shown.made.is_none() && status == StatusCode::OK;
    let page = EventPage {
        v,
        readers: store_readers::named(db, &record.id.0).await?,
        protection: store_protection::of(db, &record.id, v.now()).await?,
        tags: parts.list("tags"),
        introduction: (!words.is_empty()).then(|| targets.render(words, 3)),
        lines: store::counted(db, &asker, number)
            .await?
            .into_iter()
            .collect(),
        may_write: asker.may_write(&event),
        is_over: event.is_over(&day_of(v.now())),
        came: came::so_far(seat, app, &event).await?,
        guest: seat
            .guest
            .as_ref()
            .filter(|guest| guest.event == number)
            .map(|guest| guest.name.clone()),
        is_running,
        link_ends: if is_running {
            store_guests::link_ends(db, number, v.now()).await?
        } else {
            None
        },
        consents,
        days: grid::grid(&sessions),
        linking_here: texts_store::linking_here(db, &v.viewer, &SubjectRef::new("event", number))
            .await?,
        files: attachments::on_page(v, app, &record).await?,
        changed_by: head.author,
        discussion: discussion::section(v, app, &record).await?,
        record: &record,
        event: &event,
        made: shown.made,
        consent: shown.consent,
        errors: shown.errors,
    };
    if is_plain {
        seat.shared_page(&page)
    } else {
        v.page_with(status, &page)
    }
}
