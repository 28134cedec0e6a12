//! Watching a page, a tag or a search.

use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Trouble, redirect, safe_next};

use super::finding::place_with_id;
use super::places::PlaceId;
use super::store;
use crate::history::store as texts_store;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Person;

/// Characters of a tag or a search at the most.
const LONGEST: usize = 500;
/// What one person can watch.
const MOST: usize = 500;

/// Begins to watch something.
pub async fn watch(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let (what, subject) = (fields.get("what"), fields.get("subject"));
    let is_there = match what {
        "page" | "trial" | "organisation" | "session" => {
            let id = PlaceId::of(what, subject);
            place_with_id(&v, &app, &id).await?.is_some()
        }
        "tag" => !texts_store::tagged(&app.db, &v.viewer, subject)
            .await?
            .is_empty(),
        "search" => !subject.is_empty() && subject.chars().count() <= LONGEST,
        _ => false,
    };
    is_there.then_some(()).or_not_found()?;
    begin(&v, &app, person, (what, subject)).await?;
    Ok(back(&fields, "watching"))
}

/// Writes down that somebody watches this.
pub async fn begin(
    v: &Visit,
    app: &App,
    person: &Person,
    (what, subject): (&str, &str),
) -> Answer<()> {
    if store::watched(&app.db, &person.id).await?.len() >= MOST {
        return Err(Trouble::Unreadable(v.say("wrong-watch-many")).into());
    }
    let tx = app.db.begin().await?;
    store::watch(&tx, &person.id, what, subject, v.now()).await?;
    Ok(tx.commit_quietly().await?)
}

/// Watches something no longer.
pub async fn unwatch(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let about = (fields.get("what"), fields.get("subject"));
    end(&app, person, about).await?;
    Ok(back(&fields, "not-watching"))
}

/// Writes down that somebody watches this no longer.
pub async fn end(app: &App, person: &Person, (what, subject): (&str, &str)) -> Answer<()> {
    let tx = app.db.begin().await?;
    store::unwatch(&tx, &person.id, what, subject).await?;
    Ok(tx.commit_quietly().await?)
}

fn back(fields: &Fields, told: &str) -> Page {
    let next = match fields.get("next") {
        "" => "/waiting".to_owned(),
        next => safe_next(next),
    };
    let mark = if next.contains('?') { '&' } else { '?' };
    redirect(StatusCode::SEE_OTHER, &format!("{next}{mark}told={told}"))
}

/// Whether the viewer watches this.
pub async fn is_watched(v: &Visit, app: &App, what: &str, subject: &str) -> Answer<bool> {
    match v.viewer.person() {
        Some(person) => Ok(store::is_watched(&app.db, &person.id, what, subject).await?),
        None => Ok(false),
    }
}
