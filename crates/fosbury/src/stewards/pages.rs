//! Pages of the stewards' desk.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, redirect};

use crate::discussion::store as discussion_store;
use crate::history::model::sort_key;
use crate::history::store::{self as texts_store, Listed};
use crate::layout::{Answer, Visit};
use crate::search::store::{self as search_store, Missed};
use crate::state::App;
use crate::subjects::KINDS;

#[derive(Template)]
#[template(path = "stewards/desk.html")]
struct DeskPage<'v> {
    v: &'v Visit,
    missed: Vec<Missed>,
    /// Letters and other work that failed for good: what, and why.
    failed: Vec<(String, String)>,
    /// How much visitors and others said that waits.
    held: i64,
}

impl DeskPage<'_> {
    fn new_hurdle(&self, words: &str) -> String {
        let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        format!("/hurdles/new?title={words}")
    }

    fn search(&self, words: &str) -> String {
        let words: String = url::form_urlencoded::byte_serialize(words.as_bytes()).collect();
        format!("/search?q={words}")
    }
}

#[derive(Template)]
#[template(path = "stewards/wanted.html")]
struct WantedPage<'v> {
    v: &'v Visit,
    wanted: Vec<(String, i64)>,
    orphans: Vec<Listed>,
}

/// What needs somebody's eye.
pub async fn desk(v: Visit, State(app): State<App>) -> Answer {
    let missed = search_store::missed(&app.db).await?;
    let failed = jobs::failed(&app.db).await?;
    let failed = failed
        .into_iter()
        .map(|job| (job.kind, job.last_error))
        .collect();
    v.page(&DeskPage {
        v: &v,
        missed,
        failed,
        held: discussion_store::held_count(&app.db, &v.viewer).await?,
    })
}

/// Takes a search off the list.
pub async fn dismiss_search(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let _ = v;
    let tx = app.db.begin().await?;
    search_store::dismiss(&tx, fields.get("words")).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/desk?told=search-done"))
}

/// Pages that are linked to and not written, and pages that nothing links to.
pub async fn wanted(v: Visit, State(app): State<App>) -> Answer {
    let mut wanted = texts_store::wanted(&app.db, &v.viewer).await?;
    let titles = wanted.iter().map(|(title, _)| sort_key(title)).collect();
    let written = texts_store::written(&app.db, titles).await?;
    wanted.retain(|(title, _)| !written.contains(&sort_key(title)));
    let mut orphans = Vec::new();
    for kind in KINDS {
        orphans.extend(texts_store::orphans(&app.db, &v.viewer, kind.name()).await?);
    }
    v.shared_page(&WantedPage {
        v: &v,
        wanted,
        orphans,
    })
}
