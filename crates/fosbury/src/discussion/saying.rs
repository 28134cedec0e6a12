//! Somebody says something: with an account it stands there at once, without one a steward looks
//! first.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Db;
use web::{Fields, Page, redirect};

use super::finding::{Sort, place};
use super::model::{LONGEST_COMMENT, is_new, leads_elsewhere};
use super::places::Place;
use super::publishing;
use super::section::Sent;
use super::store::{self, NewSaid};
use super::threads;
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::model::tidy_name;
use crate::people::signing_in::From;
use crate::state::App;
use crate::time::Moment;
use crate::viewer::Viewer;

/// Takes a comment, a way over, a call for help, or an answer to one.
pub async fn say(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    from: From,
    fields: Fields,
) -> Answer {
    let place = place(&v, &app, sort, &at).await?;
    if is_trapped(&fields) {
        return Ok(thanked(&place));
    }
    let mut sent = Sent::of(&fields);
    let thread = thread_of(&v, &app, &place, &sent).await?;
    sent.thread = thread;
    let before = sent.page_of();
    let words = texts::tidy(&sent.words).trim().to_owned();
    let mut errors = FieldErrors::default();
    check_words(&v, &words, LONGEST_COMMENT, &mut errors);
    let name = guest_name(&v, &sent.name, &mut errors);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        status = may_say(&v, &app, &from, "words", &mut errors).await?;
    }
    if !errors.is_empty() {
        return threads::shown(&v, &app, &place, before, status, (sent, errors)).await;
    }
    let author = Author::of(&v, &name);
    match spoken(&v, &app, &place, &sent, (&words, &author)).await? {
        None => {
            errors.add("words", v.say("wrong-box-full"));
            let status = StatusCode::SERVICE_UNAVAILABLE;
            threads::shown(&v, &app, &place, before, status, (sent, errors)).await
        }
        Some(Spoken {
            number,
            is_held: true,
            ..
        }) => Ok(author.goes_on(&place, number)),
        Some(Spoken { number, .. }) => {
            let to = format!(
                "{}/discussion?told=said-published#comment-{number}",
                place.address()
            );
            Ok(redirect(StatusCode::SEE_OTHER, &to))
        }
    }
}

/// Something that was written down.
pub struct Spoken {
    /// Its number.
    pub number: i64,
    /// Whether a steward looks first.
    pub is_held: bool,
    /// Whether it was not there before.
    pub is_new: bool,
}

/// Writes something down; nothing when stewards have enough to look at.
async fn spoken(
    v: &Visit,
    app: &App,
    place: &Place,
    sent: &Sent,
    (words, author): (&str, &Author),
) -> Answer<Option<Spoken>> {
    let is_held = is_held(v, app, words).await?;
    let new = NewSaid {
        id: &author.id,
        place: &place.id,
        what: sent.what,
        is_held,
        thread: sent.thread,
        base: 0,
        now: v.now(),
        author_id: v.viewer.person().map(|person| person.id.0.as_str()),
        author_name: &author.name,
        secret_hash: author.secret_hash.as_deref(),
        note: "",
        words,
    };
    let tx = app.db.begin().await?;
    if is_held && store::is_full(&tx, app.settings.held_at_most).await? {
        return Ok(None);
    }
    let number = store::insert(&tx, &new).await?;
    if is_held {
        tx.commit_quietly().await?;
    } else {
        let about = (&place.id, author.id.as_str());
        publishing::published(&tx, about, v.viewer.id(), v.now()).await?;
        tx.commit().await?;
        app.index_wake.notify_one();
        app.jobs_wake.notify_one();
    }
    Ok(Some(Spoken {
        number,
        is_held,
        is_new: true,
    }))
}

/// What became of what a program said.
pub enum Heard {
    /// It is written down, now or by an earlier request with the same id.
    Kept(Spoken),
    /// Something is wrong with it, and the status that says what.
    Wrong(StatusCode, FieldErrors),
}

/// Says something as a program sent it in a member's name.
pub async fn heard(
    v: &Visit,
    app: &App,
    place: &Place,
    (fields, id): (&Fields, Option<String>),
    from: &From,
) -> Answer<Heard> {
    if let Some(before) = said_before(v, app, id.as_deref()).await? {
        return Ok(Heard::Kept(before));
    }
    let mut errors = FieldErrors::default();
    let mut sent = Sent::of(fields);
    let is_answer = sent.thread.is_some();
    sent.thread = thread_of(v, app, place, &sent).await?;
    if is_answer && sent.thread.is_none() {
        errors.add("thread", v.say("wrong-thread"));
    }
    let words = texts::tidy(&sent.words).trim().to_owned();
    check_words(v, &words, LONGEST_COMMENT, &mut errors);
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        status = may_say(v, app, from, "words", &mut errors).await?;
    }
    if !errors.is_empty() {
        return Ok(Heard::Wrong(status, errors));
    }
    let mut author = Author::of(v, "");
    if let Some(id) = &id {
        author.id.clone_from(id);
    }
    match spoken(v, app, place, &sent, (&words, &author)).await {
        Ok(Some(spoken)) => Ok(Heard::Kept(spoken)),
        Ok(None) => {
            errors.add("words", v.say("wrong-box-full"));
            Ok(Heard::Wrong(StatusCode::SERVICE_UNAVAILABLE, errors))
        }
        // Two requests with one id at the same instant: the other one was first.
        Err(stopped) => match said_before(v, app, id.as_deref()).await? {
            Some(before) => Ok(Heard::Kept(before)),
            None => Err(stopped),
        },
    }
}

/// What an earlier request with this id wrote down.
pub async fn said_before(v: &Visit, app: &App, id: Option<&str>) -> Answer<Option<Spoken>> {
    let Some(id) = id else { return Ok(None) };
    let found = store::said_by(&app.db, &v.viewer, id).await?;
    Ok(found.map(|(number, state)| Spoken {
        number,
        is_held: state == "held",
        is_new: false,
    }))
}

/// The thread that an answer belongs to; an answer to an answer belongs to the same.
async fn thread_of(v: &Visit, app: &App, place: &Place, sent: &Sent) -> Answer<Option<i64>> {
    let Some(number) = sent.thread.filter(|_| v.viewer.is_member()) else {
        return Ok(None);
    };
    let first = store::numbered(&app.db, &v.viewer, number).await?;
    Ok(first
        .filter(|first| first.is_about(&place.id))
        .filter(|first| first.is_spoken() && !first.is("refused"))
        .map(|first| first.thread))
}

/// Whether a field was filled in that people do not see.
pub(super) fn is_trapped(fields: &Fields) -> bool {
    !fields.get("website").is_empty()
}

/// Thanks, and back to the record: also for what was dropped.
pub(super) fn thanked(place: &Place) -> Page {
    let to = format!("{}?told=said", place.address());
    redirect(StatusCode::SEE_OTHER, &to)
}

/// Notes what is wrong with some words.
pub(super) fn check_words(v: &Visit, words: &str, longest: usize, errors: &mut FieldErrors) {
    let length = words.chars().count();
    let part = v.say("said-words");
    if length == 0 {
        errors.add("words", v.say("wrong-said-nothing"));
    } else if length > longest {
        let over = length - longest;
        errors.add(
            "words",
            v.with_two("wrong-long", ("part", &part), ("over", &over)),
        );
    }
}

/// How a visitor wants to be called: nothing is a name as well.
pub(super) fn guest_name(v: &Visit, sent: &str, errors: &mut FieldErrors) -> String {
    if v.viewer.is_member() || texts::tidy(sent).trim().is_empty() {
        return String::new();
    }
    tidy_name(sent).unwrap_or_else(|| {
        errors.add("name", v.say("wrong-name"));
        String::new()
    })
}

/// Notes where somebody has said enough for now, or stewards have enough to look at; the status to
/// say it with.
pub(super) async fn may_say(
    v: &Visit,
    app: &App,
    from: &From,
    field: &str,
    errors: &mut FieldErrors,
) -> Answer<StatusCode> {
    if app.limits.say(v.viewer.id(), from.0).is_err() {
        errors.add(field, v.say("wrong-said-often"));
        return Ok(StatusCode::TOO_MANY_REQUESTS);
    }
    // Looked at before the change begins, so that a full box costs nobody a place in the queue.
    if !v.viewer.is_member() && store::is_full(&app.db, app.settings.held_at_most).await? {
        errors.add(field, v.say("wrong-box-full"));
        return Ok(StatusCode::SERVICE_UNAVAILABLE);
    }
    Ok(StatusCode::UNPROCESSABLE_ENTITY)
}

/// Whether a steward looks first: at what visitors say, and at newcomers' links to other places.
pub async fn is_held(v: &Visit, app: &App, words: &str) -> Answer<bool> {
    Ok(waits(&app.db, &v.viewer, words, v.now()).await?)
}

/// The same where there is no page.
pub async fn waits(db: &Db, viewer: &Viewer, words: &str, now: Moment) -> db::Result<bool> {
    let Some(person) = viewer.person() else {
        return Ok(true);
    };
    if viewer.is_steward() || !leads_elsewhere(words) {
        return Ok(false);
    }
    let (published, joined_at) = store::standing(db, &person.id.0).await?;
    Ok(is_new(published, joined_at, now))
}

/// Who says something, and how they come back to it.
pub(super) struct Author {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) secret_hash: Option<String>,
    secret: Option<String>,
}

impl Author {
    /// The viewer; a visitor gets a private link.
    pub(super) fn of(v: &Visit, name: &str) -> Self {
        let person = v.viewer.person();
        let secret = person.is_none().then(new_secret);
        Self {
            id: new_id(v.now()),
            name: person.map_or_else(|| name.to_owned(), |person| person.name.clone()),
            secret_hash: secret.as_deref().map(hashed),
            secret,
        }
    }

    /// Where somebody goes whose words wait for a steward.
    pub(super) fn goes_on(&self, place: &Place, number: i64) -> Page {
        let to = match &self.secret {
            Some(secret) => format!("/said/{secret}?told=said"),
            None => format!("{}/discussion?told=said#comment-{number}", place.address()),
        };
        redirect(StatusCode::SEE_OTHER, &to)
    }
}
