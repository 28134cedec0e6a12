//! A suggested change: the form of a record for visitors, whole or one part.

use std::collections::BTreeSet;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, Trouble};

use super::model::{What, delta};
use super::places::{Place as Page, PlaceId};
use super::saying::{Author, Heard, Spoken, guest_name, is_trapped, may_say, said_before, thanked};
use super::store::{self, NewSaid};
use crate::history::drafts::Place;
use crate::history::editing::live_record;
use crate::history::forms::{self, FormField};
use crate::history::kind::Kind;
use crate::history::model::{Parts, Record};
use crate::history::seen::{Seen, seen};
use crate::history::{protecting, store as texts_store, store_drafts};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::signing_in::From;
use crate::state::App;
use crate::viewer::Person;

/// Characters of a summary at the most: the steward's words go before it.
const LONGEST_SUMMARY: usize = 140;

#[derive(Template)]
#[template(path = "discussion/suggest.html")]
struct SuggestPage<'v> {
    v: &'v Visit,
    kind: &'static dyn Kind,
    record: &'v Record,
    called: String,
    base: i64,
    part: Option<&'static str>,
    fields: Vec<FormField>,
    summary: String,
    name: String,
    errors: &'v FieldErrors,
}

/// The form.
pub async fn form(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let head = texts_store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let kept = kept_before(&v, &app, &record).await?;
    let part = kind.part(query.get("part")).filter(|_| kept.is_none());
    let part = part.map(|part| part.key);
    let (base, parts) = kept.unwrap_or_else(|| (record.head, head.parts()));
    let parts = seen(&v, kind, parts).await?;
    let errors = FieldErrors::default();
    v.page(&SuggestPage {
        v: &v,
        kind,
        record: &record,
        called: forms::called(&v, &record),
        base,
        part,
        fields: forms::fields(&v, kind, &parts, &errors, part),
        summary: String::new(),
        name: String::new(),
        errors: &errors,
    })
}

/// The words of somebody who could not save them because the page is protected, and the revision
/// that they began from.
async fn kept_before(v: &Visit, app: &App, record: &Record) -> Answer<Option<(i64, Parts)>> {
    let Some(person) = v.viewer.person() else {
        return Ok(None);
    };
    if !protecting::is_closed(v, app, record).await? {
        return Ok(None);
    }
    let draft = store_drafts::of(&app.db, &place(person, record)).await?;
    Ok(draft.map(|draft| (draft.base, Parts::from_json(&draft.parts))))
}

fn place<'a>(person: &'a Person, record: &'a Record) -> Place<'a> {
    Place {
        person: &person.id,
        kind: &record.kind,
        number: record.number,
    }
}

/// What a form suggested.
struct Suggested {
    base: i64,
    before: Seen,
    after: Parts,
    summary: String,
    name: String,
}

/// Keeps a suggested change for a steward.
pub async fn suggest(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    from: From,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    if is_trapped(&fields) {
        return Ok(thanked(&Page::of(&record)));
    }
    let Some(base) = fields.number("base") else {
        return Err(Trouble::Unreadable(v.say("wrong-base")).into());
    };
    let before = texts_store::revision(&app.db, &record.id, base)
        .await?
        .or_not_found()?
        .parts();
    let before = Seen::of(&v, kind, before).await?;
    let mut errors = FieldErrors::default();
    let one = Suggested {
        base,
        after: forms::read_parts(kind, &fields, &before.parts),
        before,
        summary: texts::one_line(fields.get("summary")),
        name: guest_name(&v, fields.get("name"), &mut errors),
    };
    check(&v, kind, &one, &mut errors).await?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        status = may_say(&v, &app, &from, "summary", &mut errors).await?;
    }
    if errors.is_empty()
        && let Some((author, _)) = kept(&v, &app, &record, &one, None).await?
    {
        return Ok(if v.viewer.is_member() {
            thanked(&Page::of(&record))
        } else {
            author.goes_on(&Page::of(&record), 0)
        });
    }
    if errors.is_empty() {
        status = StatusCode::SERVICE_UNAVAILABLE;
        errors.add("summary", v.say("wrong-box-full"));
    }
    mend(&v, kind, &record, &one, (&fields, &errors, status))
}

async fn check(
    v: &Visit,
    kind: &dyn Kind,
    one: &Suggested,
    errors: &mut FieldErrors,
) -> Answer<()> {
    let changed = delta(&one.before.parts, &one.after);
    let keys: BTreeSet<&str> = changed.keys().map(String::as_str).collect();
    let found = forms::check(v, kind, &one.after).await?;
    // What stood there before is not the visitor's to mend.
    let mine = found
        .0
        .into_iter()
        .filter(|one| keys.contains(one.field.as_str()));
    errors.0.extend(mine);
    if changed.is_empty() {
        errors.add("summary", v.say("wrong-suggest-nothing"));
    }
    let length = one.summary.chars().count();
    if length > LONGEST_SUMMARY {
        let (part, over) = (v.say("summary"), length - LONGEST_SUMMARY);
        let words = v.with_two("wrong-long", ("part", &part), ("over", &over));
        errors.add("summary", words);
    }
    Ok(())
}

/// Writes it down; nothing when stewards have enough to look at.
async fn kept(
    v: &Visit,
    app: &App,
    record: &Record,
    one: &Suggested,
    id: Option<&str>,
) -> Answer<Option<(Author, i64)>> {
    let mut author = Author::of(v, &one.name);
    if let Some(id) = id {
        id.clone_into(&mut author.id);
    }
    let after = one.before.put_back(one.after.clone());
    let words = serde_json::to_string(&delta(one.before.whole(), &after))
        .map_err(|error| Trouble::OurFault(error.to_string()))?;
    let tx = app.db.begin().await?;
    if store::is_full(&tx, app.settings.held_at_most).await? {
        return Ok(None);
    }
    let new = NewSaid {
        id: &author.id,
        place: &PlaceId::Record(record.id.clone()),
        what: What::Change,
        is_held: true,
        thread: None,
        base: one.base,
        now: v.now(),
        author_id: v.viewer.person().map(|person| person.id.0.as_str()),
        author_name: &author.name,
        secret_hash: author.secret_hash.as_deref(),
        note: &one.summary,
        words: &words,
    };
    let number = store::insert(&tx, &new).await?;
    if let Some(person) = v.viewer.person() {
        store_drafts::remove(&tx, &place(person, record)).await?;
    }
    tx.commit_quietly().await?;
    Ok(Some((author, number)))
}

/// Suggests a change as a program sent it in a member's name.
pub async fn heard(
    v: &Visit,
    app: &App,
    (kind, record): (&'static dyn Kind, &Record),
    (fields, id): (&Fields, Option<String>),
    from: &From,
) -> Answer<Heard> {
    if let Some(before) = said_before(v, app, id.as_deref()).await? {
        return Ok(Heard::Kept(before));
    }
    let mut errors = FieldErrors::default();
    let base = fields.number("base").unwrap_or_default();
    let Some(before) = texts_store::revision(&app.db, &record.id, base).await? else {
        errors.add("base", v.say("wrong-base-number"));
        return Ok(Heard::Wrong(StatusCode::UNPROCESSABLE_ENTITY, errors));
    };
    let before = Seen::of(v, kind, before.parts()).await?;
    let one = Suggested {
        base,
        after: forms::read_parts(kind, fields, &before.parts),
        before,
        summary: texts::one_line(fields.get("summary")),
        name: String::new(),
    };
    check(v, kind, &one, &mut errors).await?;
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if errors.is_empty() {
        status = may_say(v, app, from, "summary", &mut errors).await?;
    }
    if !errors.is_empty() {
        return Ok(Heard::Wrong(status, errors));
    }
    match kept(v, app, record, &one, id.as_deref()).await {
        Ok(Some((_, number))) => Ok(Heard::Kept(Spoken {
            number,
            is_held: true,
            is_new: true,
        })),
        Ok(None) => {
            errors.add("summary", v.say("wrong-box-full"));
            Ok(Heard::Wrong(StatusCode::SERVICE_UNAVAILABLE, errors))
        }
        // Two requests with one id at the same instant: the other one was first.
        Err(stopped) => match said_before(v, app, id.as_deref()).await? {
            Some(before) => Ok(Heard::Kept(before)),
            None => Err(stopped),
        },
    }
}

fn mend(
    v: &Visit,
    kind: &'static dyn Kind,
    record: &Record,
    one: &Suggested,
    (sent, errors, status): (&Fields, &FieldErrors, StatusCode),
) -> Answer {
    let part = kind.part(sent.get("part")).map(|part| part.key);
    let is_elsewhere = errors
        .0
        .iter()
        .any(|error| kind.part(&error.field).is_some() && Some(error.field.as_str()) != part);
    let part = part.filter(|_| !is_elsewhere);
    let mut fields = forms::fields(v, kind, &one.after, errors, part);
    for field in &mut fields {
        if let Some(words) = sent.sent(field.key)
            && field.shape != "choice"
        {
            words.clone_into(&mut field.value);
        }
    }
    let page = SuggestPage {
        v,
        kind,
        record,
        called: forms::called(v, record),
        base: one.base,
        part,
        fields,
        summary: sent.get("summary").to_owned(),
        name: sent.get("name").to_owned(),
        errors,
    };
    v.page_with(status, &page)
}
