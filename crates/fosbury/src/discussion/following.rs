//! The private link of somebody without an account: what became of their words.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::model::{Said, applied};
use super::store;
use crate::history::diff::{self, PartDiff};
use crate::history::model::{Parts, Record};
use crate::history::seen::seen;
use crate::history::store as texts_store;
use crate::ids::hashed;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;

#[derive(Template)]
#[template(path = "discussion/following.html")]
struct FollowingPage<'v> {
    v: &'v Visit,
    said: &'v Said,
    /// The record, as long as this reader may know of it.
    record: Option<Record>,
    changes: Vec<PartDiff>,
    link: String,
}

/// What became of somebody's words.
pub async fn page(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let said = store::by_secret(&app.db, &hashed(&token))
        .await?
        .or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, &said.kind, said.record).await?;
    let record = record.filter(Record::is_live);
    let changes = match &record {
        Some(record) if said.what == "change" => changes(&v, &app, record, &said).await?,
        _ => Vec::new(),
    };
    let page = FollowingPage {
        v: &v,
        said: &said,
        record,
        changes,
        link: format!("/said/{token}"),
    };
    Ok(v.page(&page)?.without_referrer())
}

async fn changes(v: &Visit, app: &App, record: &Record, said: &Said) -> Answer<Vec<PartDiff>> {
    let base = texts_store::revision(&app.db, &record.id, said.base).await?;
    let base: Parts = base.map(|base| base.parts()).unwrap_or_default();
    let kind = kind_called(&said.kind).or_not_found()?;
    let after = seen(v, kind, applied(&base, &said.words)).await?;
    Ok(diff::short(v, kind, &seen(v, kind, base).await?, &after))
}

/// Takes somebody's words back, while they wait or after.
pub async fn withdraw(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let said = store::by_secret(&app.db, &hashed(&token))
        .await?
        .or_not_found()?;
    let tx = app.db.begin().await?;
    let now = v.now();
    if said.is("held") {
        store::settle(&tx, &said.id, "held", "withdrawn", "", now).await?;
    } else if said.is("published") && said.is_spoken() {
        store::remove(&tx, &said.id, now).await?;
        if let Some(record) = store::record_of(&tx, &said.id).await? {
            texts_store::index_changed(&tx, &record).await?;
        }
    }
    tx.commit().await?;
    let to = format!("/said/{token}?told=said-withdrawn");
    Ok(redirect(StatusCode::SEE_OTHER, &to).without_referrer())
}
