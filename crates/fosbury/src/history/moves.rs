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
    let (_, author) = author(&v)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
    let old = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    if old.parts.is_none() {
        return Err(Trouble::Gone.into());
    }
    let mut note = Note::of("restore", author, v.now());
    note.other_seq = Some(seq);
    let base = fields.number("base").unwrap_or(record.head);
    apply(&v, &app, kind, &record, base, old.parts(), note, "restored").await
}

/// Takes back what one revision changed, keeping all that came after it.
pub async fn undo(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
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
        let next = format!(
            "{}/compare?from={}&to={seq}&told=undo-clash",
            record.address(),
            seq - 1
        );
        return Ok(redirect(StatusCode::SEE_OTHER, &next));
    }
    let mut note = Note::of("undo", author, v.now());
    note.other_seq = Some(seq);
    apply(
        &v,
        &app,
        kind,
        &record,
        record.head,
        merged.parts,
        note,
        "undone",
    )
    .await
}

#[expect(
    clippy::too_many_arguments,
    reason = "a private step of two acts, which differ in all"
)]
async fn apply(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    base: i64,
    parts: Parts,
    note: Note,
    told: &str,
) -> Answer {
    let change = Change {
        kind,
        id: &record.id,
        base,
        parts,
        note,
        is_unfinished: None,
        visibility: None,
    };
    match saving::save(&app.db, &change).await? {
        Saved::Done(record) | Saved::Merged(record) => {
            app.index_wake.notify_one();
            let next = format!("{}?told={told}&revision={}", record.address(), record.head);
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
        Saved::Unchanged(record) => Ok(done(&record, "unchanged")),
        Saved::Gone => Err(Trouble::Gone.into()),
        Saved::Protected(record, _) => Ok(done(&record, "protected")),
        Saved::Conflict(conflict) => {
            let next = format!("{}/history?told=moved-on", conflict.record.address());
            let _ = v;
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
    }
}
