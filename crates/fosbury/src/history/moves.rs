//! Making older words the newest again, and taking back what one revision changed.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::acts::author;
use super::editing::{done, live_record};
use super::kind::Kind;
use super::model::{Parts, Record, merge_parts};
use super::saving::{self, Change, Note, Saved};
use super::store;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Makes an older revision the newest again.
pub async fn restore(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
    let base = fields.number("base").unwrap_or(record.head);
    let saved = restored(&v, &app, kind, &record, (seq, base)).await?;
    answer(saved, "restored")
}

/// Makes the words of revision `seq` the newest again, for somebody who saw revision `base`.
pub async fn restored(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    (seq, base): (i64, i64),
) -> Answer<Saved> {
    let (_, author) = author(v)?;
    let old = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    if old.parts.is_none() {
        return Err(Trouble::Gone.into());
    }
    let mut note = Note::of("restore", author, v.now());
    note.other_seq = Some(seq);
    apply(app, kind, record, base, old.parts(), note).await
}

/// Takes back what one revision changed, keeping all that came after it.
pub async fn undo(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
    if let Some(saved) = undone(&v, &app, kind, &record, seq).await? {
        return answer(saved, "undone");
    }
    let next = format!(
        "{}/compare?from={}&to={seq}&told=undo-clash",
        record.address(),
        seq - 1
    );
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

/// Takes back what revision `seq` changed; nothing where later changes touch the same words.
pub async fn undone(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    seq: i64,
) -> Answer<Option<Saved>> {
    let (_, author) = author(v)?;
    let undone = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let before = store::revision(&app.db, &record.id, seq - 1)
        .await?
        .or_not_found()?;
    if undone.parts.is_none() || before.parts.is_none() {
        return Err(Trouble::Gone.into());
    }
    let head = store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let merged = merge_parts(kind, &undone.parts(), &head.parts(), &before.parts());
    if !merged.clashes.is_empty() {
        return Ok(None);
    }
    let mut note = Note::of("undo", author, v.now());
    note.other_seq = Some(seq);
    let saved = apply(app, kind, record, record.head, merged.parts, note).await?;
    Ok(Some(saved))
}

async fn apply(
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    base: i64,
    parts: Parts,
    note: Note,
) -> Answer<Saved> {
    let change = Change {
        kind,
        id: &record.id,
        base,
        parts,
        note,
        is_unfinished: None,
        visibility: None,
    };
    let saved = saving::save(&app.db, &change).await?;
    if matches!(saved, Saved::Done(_) | Saved::Merged(_)) {
        app.index_wake.notify_one();
    }
    Ok(saved)
}

fn answer(saved: Saved, told: &str) -> Answer {
    match saved {
        Saved::Done(record) | Saved::Merged(record) => {
            let next = format!("{}?told={told}&revision={}", record.address(), record.head);
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
        Saved::Unchanged(record) => Ok(done(&record, "unchanged")),
        Saved::Gone => Err(Trouble::Gone.into()),
        Saved::Protected(record, _) => Ok(done(&record, "protected")),
        Saved::Conflict(conflict) => {
            let next = format!("{}/history?told=moved-on", conflict.record.address());
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
    }
}
