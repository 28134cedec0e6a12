//! Deleting a text, bringing it back, and erasing words for good.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Query, redirect};

use super::acts::{act_page, author, change_state, in_state, short};
use super::editing::{done, live_record, number_of};
use super::forms::called;
use super::kind::Kind;
use super::model::{Parts, Record};
use super::saving::Note;
use super::store;
use crate::attachments::{store as attachments_store, tidying};
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::state::App;
use crate::subjects::SubjectRef;

/// Asks before deleting.
pub async fn confirm_deletion(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    v.page(&act_page(&v, &record, "delete", "deletions"))
}

/// Deletes a page: its number and history stay, and it can be brought back.
pub async fn delete(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    match deleted(&v, &app, kind, record.clone(), fields.get("why")).await? {
        Ok(record) => Ok(done(&record, "deleted")),
        Err(errors) => {
            let mut page = act_page(&v, &record, "delete", "deletions");
            page.errors = errors;
            v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}

/// Deletes a record for a reason, or says what is wrong with the reason.
pub async fn deleted(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: Record,
    why: &str,
) -> Answer<Result<Record, FieldErrors>> {
    let (_, author) = author(v)?;
    let mut note = Note::of("delete", author, v.now());
    note.summary = short(why);
    if note.summary.is_empty() {
        let mut errors = FieldErrors::default();
        errors.add("why", v.say("wrong-why"));
        return Ok(Err(errors));
    }
    Ok(Ok(
        change_state(app, kind, record, "deleted", None, &note).await?
    ))
}

/// Brings a deleted page back as it was.
pub async fn recover(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = recovered(&v, &app, kind, &slug).await?;
    Ok(done(&record, "recovered"))
}

/// Brings a deleted record back.
pub async fn recovered(v: &Visit, app: &App, kind: &dyn Kind, slug: &str) -> Answer<Record> {
    let (_, author) = author(v)?;
    let record = in_state(v, app, kind, slug, "deleted").await?;
    let note = Note::of("recover", author, v.now());
    change_state(app, kind, record, "live", None, &note).await
}

/// Asks before erasing one revision's text for good.
pub async fn confirm_erasure(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let seq = query.number("revision").or_not_found()?;
    store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let mut page = act_page(&v, &record, "erase", "erasures");
    page.seq = Some(seq);
    v.page(&page)
}

/// Erases one revision's text for good: a dated tombstone and the chain of hashes stay.
pub async fn erase(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (person, _) = author(&v)?;
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let seq = fields.number("revision").or_not_found()?;
    store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let why = short(fields.get("why"));
    let is_head = seq == record.head && record.is_live();
    if why.is_empty() || is_head {
        let mut page = act_page(&v, &record, "erase", "erasures");
        page.seq = Some(seq);
        page.why = why;
        let key = if is_head {
            "wrong-erase-head"
        } else {
            "wrong-why"
        };
        page.errors.add("why", v.say(key));
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let files = attachments_store::hashes_of(&app.db, &record.id).await?;
    let tx = app.db.begin().await?;
    store::erase_revision(&tx, &record.id, seq, &person.id.0, &why, v.now()).await?;
    if seq == record.head {
        // The page is gone already: what lists and addresses still say of it goes as well, and
        // its files, whose bytes are collected below.
        attachments_store::erase_of(&tx, &record.id, v.now()).await?;
        store::forget_words(&tx, &record.id, &called(&v, &record)).await?;
        store::replace_links(&tx, &record.id, &[], &[], &[]).await?;
        kind.keep(&tx, &record.id, record.number, &Parts::default())
            .await?;
    }
    store::index_changed(&tx, &record.id).await?;
    let subject = format!("{} {} revision {seq}", record.kind, record.number);
    audit::note(&tx, v.now(), Some(&person.id), "erase", &subject, &why).await?;
    tx.commit().await?;
    interchange::keep_forgotten(&app).await;
    app.index_wake.notify_one();
    tidying::collect(&app, &files).await?;
    let address = SubjectRef::new(&record.kind, record.number).address("");
    let next = format!("{address}/history?told=erased");
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

/// What a visitor of a page that was deleted or merged is told.
pub fn gone(v: &Visit, record: &Record) -> Answer<Option<Page>> {
    if record.state == "merged"
        && let Some(number) = record.into_number
    {
        let to = SubjectRef::new(&record.kind, number).address("");
        return Ok(Some(redirect(
            StatusCode::MOVED_PERMANENTLY,
            &format!("{to}?from={}", record.number),
        )));
    }
    if record.is_live() {
        return Ok(None);
    }
    let page = Tombstone {
        v,
        called: called(v, record),
        record,
    };
    Ok(Some(v.page_with(StatusCode::GONE, &page)?))
}

#[derive(Template)]
#[template(path = "history/tombstone.html")]
struct Tombstone<'v> {
    v: &'v Visit,
    called: String,
    record: &'v Record,
}
