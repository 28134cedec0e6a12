//! Writing: new texts, changes, previews, and what happens when two people change the same place.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use texts::sections::{replace_section, sections};
use web::{Fields, OrNotFound, Page, Query, Trouble, redirect};

use super::drafts::Place;
use super::form_pages::{Written, conflict_page, edit_page, new_page, preview, section_alone};
use super::forms;
use super::kind::{Kind, Shape};
use super::model::{Parts, Record, RecordId};
use super::opening::{chosen, may_begin, may_open};
use super::saving::{self, Change, Saved};
use super::seen::{Seen, seen};
use super::writing::{self, note};
use super::{protecting, store, store_drafts};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Person;

/// The number at the head of an address such as `27-sites-blocked`.
pub fn number_of(slug: &str) -> Option<i64> {
    slug.split('-')
        .next()
        .and_then(|digits| digits.parse().ok())
        .filter(|number| *number > 0)
}

/// The parts a form sent, with an edited section put back into its text.
pub fn sent_parts(kind: &dyn Kind, fields: &Fields, before: &Parts) -> Parts {
    let mut parts = forms::read_parts(kind, fields, before);
    let section = fields
        .number("section")
        .and_then(|at| usize::try_from(at).ok());
    if let (Some(at), Some(part)) = (section, kind.part(fields.get("part"))) {
        let new = texts::tidy(fields.get(part.key));
        parts.set(part.key, &replace_section(before.get(part.key), at, &new));
    }
    parts
}

/// The record at this address, alive.
pub async fn live_record(v: &Visit, app: &App, kind: &dyn Kind, slug: &str) -> Answer<Record> {
    let number = number_of(slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    if record.is_live() {
        Ok(record)
    } else {
        Err(Trouble::Gone.into())
    }
}

/// The form for a page that does not exist yet.
pub async fn new_form(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Query(query): Query,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number: 0,
    };
    let draft = store_drafts::of(&app.db, &place).await?;
    let mut parts = draft
        .as_ref()
        .map(|draft| Parts::from_json(&draft.parts))
        .unwrap_or_default();
    for part in kind.parts() {
        let Some(given) = query.sent(part.key) else {
            continue;
        };
        let own = parts.get(part.key);
        if matches!(part.shape, Shape::Numbers(_)) {
            // What a link names comes to what a draft names already.
            let both = format!("{own}\n{given}");
            parts.set(part.key, &forms::canonical(part, &both));
        } else if own.is_empty() {
            parts.set(part.key, given);
        } else if part.is_tied() && !own.lines().any(|line| line == given) {
            let both = format!("{own}\n{given}");
            parts.set(part.key, &both);
        }
    }
    let offered = kind.offer(&app.db, &v.viewer, &parts).await?;
    for (key, words) in &offered.parts.0 {
        if parts.get(key).is_empty() {
            parts.set(key, words);
        }
    }
    let draft_at = draft.map(|draft| draft.at.day_and_time());
    let errors = FieldErrors::default();
    let written = offered.readers.map_or_else(
        || Written::named_in(&query, &may_begin(&v.viewer)),
        Written::offered,
    );
    let mut page = new_page(&v, kind, &parts, &errors, written, draft_at, None);
    page.offer_bodies(&app).await?;
    v.page(&page)
}

/// Writes a new page down, or shows what it would look like.
pub async fn create(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    fields: Fields,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let wanted = writing::wanted(&v, &app, kind, &fields).await?;
    let (parts, errors) = (&wanted.parts, &wanted.errors);
    let written = wanted.written.clone();
    if !errors.is_empty() {
        keep_draft(&v, &app, person, kind, (0, 0), parts).await?;
        let mut page = new_page(&v, kind, parts, errors, written, None, None);
        page.keep_letters(&fields);
        page.offer_bodies(&app).await?;
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    if fields.get("do") == "preview" {
        keep_draft(&v, &app, person, kind, (0, 0), parts).await?;
        let preview = preview(&v, &app, kind, parts, None).await?;
        let mut page = new_page(&v, kind, parts, errors, written, None, Some(preview));
        page.offer_bodies(&app).await?;
        return v.page(&page);
    }
    let twins = if fields.ticked("another") {
        Vec::new()
    } else {
        writing::twins(&v, &app, kind, parts, begun(&fields).as_ref()).await?
    };
    if !twins.is_empty() {
        keep_draft(&v, &app, person, kind, (0, 0), parts).await?;
        let mut page = new_page(&v, kind, parts, errors, written, None, None);
        page.twins = twins;
        page.offer_bodies(&app).await?;
        return v.page_with(StatusCode::CONFLICT, &page);
    }
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number: 0,
    };
    let (record, _) = writing::write(&v, &app, kind, wanted, begun(&fields), Some(&place)).await?;
    Ok(first_step(kind, &record))
}

/// The id that the form gave the new text.
fn begun(fields: &Fields) -> Option<RecordId> {
    let sent = fields.get("begun");
    let is_id = sent.len() == 32 && sent.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| RecordId(sent.to_owned()))
}

/// Where somebody goes who has just written a new text: to its next question, or its page.
fn first_step(kind: &dyn Kind, record: &Record) -> Page {
    let next = match kind.next_question() {
        Some(part) => format!("{}/edit?part={part}&told=welcome", record.address()),
        None => format!("{}?told=saved", record.address()),
    };
    redirect(StatusCode::SEE_OTHER, &next)
}

/// The form for a change: of the whole page, of one part, or of one section of a part.
pub async fn form(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(suggest_instead(&record));
    }
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number: record.number,
    };
    let draft = store_drafts::of(&app.db, &place).await?;
    let head = store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let (base, parts, draft_at) = match draft {
        Some(draft) => (
            draft.base,
            Parts::from_json(&draft.parts),
            Some(draft.at.day_and_time()),
        ),
        None => (record.head, head.parts(), None),
    };
    let parts = seen(&v, kind, parts).await?;
    let part = kind
        .part(query.get("part"))
        .filter(|part| draft_at.is_none() && !part.is_tied());
    let section = part
        .and_then(|_| query.number("section"))
        .and_then(|at| usize::try_from(at).ok())
        .filter(|at| part.is_some_and(|part| *at < sections(parts.get(part.key)).len()));
    let shown = section_alone(kind, &parts, part.map(|part| part.key), section);
    let errors = FieldErrors::default();
    let mut page = edit_page(
        &v,
        kind,
        &record,
        &shown,
        &errors,
        part.map(|part| part.key),
    );
    page.base = base;
    page.section = section;
    page.draft_at = draft_at;
    page.offer_bodies(&app).await?;
    page.is_next_question =
        v.notice().is_some() && part.is_some_and(|part| kind.next_question() == Some(part.key));
    if page.is_next_question {
        page.heading = v.say_of("next-question", kind.name());
    }
    v.page(&page)
}

/// Saves a change, shows what it would look like, or asks what to do where two people clash.
pub async fn save(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let Some(base) = fields.number("base") else {
        return Err(Trouble::Unreadable(v.say("wrong-base")).into());
    };
    let before = store::revision(&app.db, &record.id, base)
        .await?
        .or_not_found()?
        .parts();
    let before = Seen::of(&v, kind, before).await?;
    let parts = sent_parts(kind, &fields, &before.parts);
    if !record.is_live() {
        // Whoever brings the page back brings these words back to their author.
        keep_draft(&v, &app, person, kind, (number, base), &parts).await?;
        return Err(Trouble::Gone.into());
    }
    let mut errors = forms::check(&v, kind, &parts).await?;
    let written = Written::sent(&fields);
    written.check(&v, &mut errors);
    let opening = match fields.sent("whole") {
        Some(_) => {
            let may = may_open(&v.viewer, &record);
            chosen(&v, &app, &written, &may, Some(&record), &mut errors).await?
        }
        None => None,
    };
    let part = kind.part(fields.get("part")).map(|part| part.key);
    if !errors.is_empty() || fields.get("do") == "preview" {
        keep_draft(&v, &app, person, kind, (record.number, base), &parts).await?;
        let is_wrong_elsewhere = errors
            .0
            .iter()
            .any(|error| Some(error.field.as_str()) != part && error.field != "summary");
        let part = part.filter(|_| errors.is_empty() || !is_wrong_elsewhere);
        let section = fields
            .number("section")
            .and_then(|at| usize::try_from(at).ok());
        let section = section.filter(|_| part.is_some());
        let mut shown = parts.clone();
        if let (Some(part), Some(_)) = (part, section) {
            shown.set(part, fields.get(part));
        }
        let mut page = edit_page(&v, kind, &record, &shown, &errors, part);
        page.base = base;
        page.note = written;
        page.section = section;
        page.offer_bodies(&app).await?;
        if errors.is_empty() {
            page.preview = Some(preview(&v, &app, kind, &parts, part).await?);
            return v.page(&page);
        }
        page.keep_letters(&fields);
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let change = Change {
        kind,
        id: &record.id,
        base,
        parts: before.put_back(parts),
        note: note(&v, person, "edit", &written),
        is_unfinished: fields.sent("whole").map(|_| written.is_unfinished),
        visibility: opening,
    };
    let saved = saving::save(&app.db, &change).await?;
    finish(&v, &app, person, kind, &change, saved, written).await
}

/// Where somebody goes who may not change a page just now: to the form to suggest a change.
fn suggest_instead(record: &Record) -> Page {
    let next = format!("{}/suggest?told=protected", record.address());
    redirect(StatusCode::SEE_OTHER, &next)
}

async fn finish(
    v: &Visit,
    app: &App,
    person: &Person,
    kind: &'static dyn Kind,
    change: &Change<'_>,
    saved: Saved,
    written: Written,
) -> Answer {
    let (record, told) = match saved {
        Saved::Done(record) => (record, "saved"),
        Saved::Merged(record) => (record, "merged"),
        Saved::Unchanged(record) => (record, "unchanged"),
        Saved::Gone => return Err(Trouble::Gone.into()),
        Saved::Protected(record, _) => {
            // The words are kept, and can be suggested.
            let place = (record.number, change.base);
            keep_draft(v, app, person, kind, place, &change.parts).await?;
            return Ok(suggest_instead(&record));
        }
        Saved::Conflict(conflict) => {
            let place = (conflict.record.number, change.base);
            keep_draft(v, app, person, kind, place, &change.parts).await?;
            let is_whole = change.is_unfinished.is_some();
            return conflict_page(v, kind, &conflict, written, is_whole).await;
        }
    };
    app.index_wake.notify_one();
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number: record.number,
    };
    if store_drafts::of(&app.db, &place).await?.is_some() {
        let tx = app.db.begin().await?;
        store_drafts::remove(&tx, &place).await?;
        tx.commit_quietly().await?;
    }
    let next = format!("{}?told={told}&revision={}", record.address(), record.head);
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

async fn keep_draft(
    v: &Visit,
    app: &App,
    person: &Person,
    kind: &dyn Kind,
    (number, base): (i64, i64),
    parts: &Parts,
) -> Answer<()> {
    let tx = app.db.begin().await?;
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number,
    };
    store_drafts::put(&tx, &place, base, parts, v.now()).await?;
    tx.commit_quietly().await?;
    Ok(())
}

/// The answer to an act that changes a text: back to its page, saying what was done.
pub fn done(record: &Record, told: &str) -> Page {
    redirect(
        StatusCode::SEE_OTHER,
        &format!("{}?told={told}", record.address()),
    )
}
