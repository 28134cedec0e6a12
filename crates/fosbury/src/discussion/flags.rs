//! Flags: "somebody should look at this", with a reason.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, redirect};

use super::finding::{Sort, place};
use super::model::{FLAG_REASONS, LONGEST_REASON, Said, What};
use super::places::Place;
use super::saying::{Author, is_trapped, may_say};
use super::store::{self, NewSaid};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::signing_in::From;
use crate::state::App;

#[derive(Template)]
#[template(path = "discussion/flag.html")]
struct FlagPage<'v> {
    v: &'v Visit,
    place: &'v Place,
    called: String,
    comment: Option<&'v Said>,
    reason: &'v str,
    words: &'v str,
    errors: FieldErrors,
}

impl FlagPage<'_> {
    fn reasons(&self) -> [&'static str; 5] {
        FLAG_REASONS
    }
}

/// The published comment of this record that is to be flagged, if it is one.
async fn comment(v: &Visit, app: &App, place: &Place, number: Option<i64>) -> Answer<Option<Said>> {
    let Some(number) = number.filter(|number| *number > 0) else {
        return Ok(None);
    };
    let said = store::numbered(&app.db, &v.viewer, number).await?;
    let said = said.filter(|said| said.is_about(&place.id));
    let said = said.filter(|said| said.is_spoken() && said.is("published"));
    Ok(Some(said.or_not_found()?))
}

/// Asks for the reason.
pub async fn form(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    Query(query): Query,
) -> Answer {
    let place = place(&v, &app, sort, &at).await?;
    let comment = comment(&v, &app, &place, query.number("comment")).await?;
    v.page(&FlagPage {
        v: &v,
        place: &place,
        called: place.called(&v),
        comment: comment.as_ref(),
        reason: "",
        words: "",
        errors: FieldErrors::default(),
    })
}

/// Keeps a flag for a steward.
pub async fn flag(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    from: From,
    fields: Fields,
) -> Answer {
    let place = place(&v, &app, sort, &at).await?;
    let done = redirect(
        StatusCode::SEE_OTHER,
        &format!("{}?told=flagged", place.address()),
    );
    if is_trapped(&fields) {
        return Ok(done);
    }
    let comment = comment(&v, &app, &place, fields.number("comment")).await?;
    let (reason, words) = (fields.get("reason"), fields.get("words"));
    let mut errors = FieldErrors::default();
    if !FLAG_REASONS.contains(&reason) {
        errors.add("reason", v.say("wrong-choice"));
    }
    let length = words.chars().count();
    if length > LONGEST_REASON {
        let (part, over) = (v.say("flag-words"), length - LONGEST_REASON);
        let words = v.with_two("wrong-long", ("part", &part), ("over", &over));
        errors.add("words", words);
    }
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        status = may_say(&v, &app, &from, "words", &mut errors).await?;
    }
    if errors.is_empty() {
        let thread = comment.as_ref().map_or(0, |said| said.number);
        if kept(&v, &app, &place, thread, (reason, words)).await? {
            return Ok(done);
        }
        status = StatusCode::SERVICE_UNAVAILABLE;
        errors.add("words", v.say("wrong-box-full"));
    }
    let page = FlagPage {
        v: &v,
        place: &place,
        called: place.called(&v),
        comment: comment.as_ref(),
        reason,
        words,
        errors,
    };
    v.page_with(status, &page)
}

/// Writes it down; false when stewards have enough to look at.
async fn kept(
    v: &Visit,
    app: &App,
    place: &Place,
    comment: i64,
    (reason, words): (&str, &str),
) -> Answer<bool> {
    let author = Author::of(v, "");
    let words = texts::tidy(words);
    let tx = app.db.begin().await?;
    if store::is_full(&tx, app.settings.held_at_most).await? {
        return Ok(false);
    }
    let new = NewSaid {
        id: &author.id,
        place: &place.id,
        what: What::Flag,
        is_held: true,
        thread: Some(comment),
        base: place.head,
        now: v.now(),
        author_id: v.viewer.person().map(|person| person.id.0.as_str()),
        author_name: &author.name,
        secret_hash: None,
        note: reason,
        words: words.trim(),
    };
    store::insert(&tx, &new).await?;
    tx.commit_quietly().await?;
    Ok(true)
}
