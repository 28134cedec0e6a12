//! The private link of somebody without an account: what became of their words.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::finding::place_with_id;
use super::model::{Said, applied};
use super::places::Place;
use super::store;
use crate::history::diff::{self, PartDiff};
use crate::history::model::Parts;
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
    /// The page, as long as this reader may know of it.
    place: Option<Place>,
    changes: Vec<PartDiff>,
    link: String,
}

/// What became of somebody's words.
pub async fn page(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let said = store::by_secret(&app.db, &hashed(&token))
        .await?
        .or_not_found()?;
    let place = place_with_id(&v, &app, &said.place()).await?;
    let changes = match &place {
        Some(place) if said.what == "change" => changes(&v, &app, place, &said).await?,
        _ => Vec::new(),
    };
    let page = FollowingPage {
        v: &v,
        said: &said,
        place,
        changes,
        link: format!("/said/{token}"),
    };
    Ok(v.page(&page)?.without_referrer())
}

async fn changes(v: &Visit, app: &App, place: &Place, said: &Said) -> Answer<Vec<PartDiff>> {
    let record = place.id.record().or_not_found()?;
    let base = texts_store::revision(&app.db, record, said.base).await?;
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
        store::note_shown(&tx, &said.place()).await?;
    }
    tx.commit().await?;
    let to = format!("/said/{token}?told=said-withdrawn");
    Ok(redirect(StatusCode::SEE_OTHER, &to).without_referrer())
}
