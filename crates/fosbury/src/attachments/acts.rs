//! Taking a file off its page, putting it back, and erasing it for good.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Trouble, redirect};

use super::model::Attachment;
use super::{store, store_versions, tidying};
use crate::history::editing::done;
use crate::history::model::{Record, RecordId};
use crate::history::protecting;
use crate::history::store as texts_store;
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::state::App;
use crate::viewer::{Person, Viewer};

/// Whether somebody may take this file off its page, or put it back.
pub fn may_remove(viewer: &Viewer, one: &Attachment) -> bool {
    viewer.is_steward()
        || viewer
            .person()
            .is_some_and(|person| person.id.0 == one.person_id)
}

async fn found(v: &Visit, app: &App, number: &str) -> Answer<Attachment> {
    let number = number.parse().ok().or_not_found()?;
    Ok(store::attachment(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?)
}

async fn page_of(app: &App, one: &Attachment) -> Answer<Record> {
    let id = RecordId(one.record_id.clone());
    Ok(texts_store::record_by_id(&app.db, &id)
        .await?
        .or_not_found()?)
}

fn back_to(record: &Record, told: &str) -> Page {
    let next = format!("{}/attachments?told={told}", record.address());
    redirect(StatusCode::SEE_OTHER, &next)
}

/// Takes a file off its page: whoever brought it, or a steward. It can be put back for a month.
pub async fn remove(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    turned(&v, &app, &number, true).await
}

/// Puts a file back on its page.
pub async fn recover(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    turned(&v, &app, &number, false).await
}

async fn turned(v: &Visit, app: &App, number: &str, is_removal: bool) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let one = found(v, app, number).await?;
    if !may_remove(&v.viewer, &one) {
        return Err(Trouble::Forbidden.into());
    }
    let record = page_of(app, &one).await?;
    if protecting::is_closed(v, app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let tx = app.db.begin().await?;
    let (act, told) = if is_removal {
        store::removed(&tx, one.number, v.now()).await?;
        ("attachment-removal", "file-removed")
    } else {
        store::recovered(&tx, one.number).await?;
        ("attachment-recovery", "file-back")
    };
    noted(&tx, v, person, act, &one, "").await?;
    texts_store::index_changed(&tx, &record.id).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(back_to(&record, told))
}

async fn noted(
    tx: &db::Tx,
    v: &Visit,
    person: &Person,
    act: &str,
    one: &Attachment,
    why: &str,
) -> db::Result<()> {
    let subject = format!("attachment {}", one.number);
    audit::note(tx, v.now(), Some(&person.id), act, &subject, why).await
}

#[derive(Template)]
#[template(path = "attachments/erase.html")]
struct ErasePage<'v> {
    v: &'v Visit,
    one: Attachment,
    older: usize,
    record: Record,
    why: String,
    errors: FieldErrors,
}

/// Asks before a file is erased for good.
pub async fn confirm_erasure(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
) -> Answer {
    let one = found(&v, &app, &number).await?;
    let record = page_of(&app, &one).await?;
    v.page(&ErasePage {
        v: &v,
        older: store_versions::older_of(&app.db, one.number).await?.len(),
        one,
        record,
        why: String::new(),
        errors: FieldErrors::default(),
    })
}

/// Erases a file for good, at once, and wherever else the same file is.
pub async fn erase(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let one = found(&v, &app, &number).await?;
    let record = page_of(&app, &one).await?;
    let why = texts::tidy(fields.get("why"));
    let letters = why.trim().chars().count();
    if letters == 0 || letters > 200 {
        let mut errors = FieldErrors::default();
        errors.add("why", v.say("wrong-why-erase"));
        let page = ErasePage {
            v: &v,
            older: store_versions::older_of(&app.db, one.number).await?.len(),
            one,
            record,
            why: fields.get("why").to_owned(),
            errors,
        };
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let tx = app.db.begin().await?;
    let mut hashes = vec![one.sha256.clone()];
    hashes.extend(one.reading_sha256.clone());
    let mut pages = store::erase(&tx, &one.sha256, v.now()).await?;
    for (_, sha256, reading) in store_versions::older_of(&tx, one.number).await? {
        pages.extend(store::erase(&tx, &sha256, v.now()).await?);
        hashes.extend(std::iter::once(sha256).chain(reading));
    }
    for (page,) in &pages {
        texts_store::index_changed(&tx, page).await?;
    }
    noted(&tx, &v, person, "attachment-erasure", &one, why.trim()).await?;
    tx.commit().await?;
    interchange::keep_forgotten(&app).await;
    app.index_wake.notify_one();
    tidying::collect(&app, &hashes).await?;
    Ok(back_to(&record, "file-erased"))
}
