//! Pages of the stewards' desk.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, redirect};

use super::gaps::{self, Gap};
use super::keeping::MONTHS;
use super::store_tending::{self as tending, Stale};
use crate::discussion::held::{self, Queue};
use crate::discussion::store as discussion_store;
use crate::history::model::sort_key;
use crate::history::store::{self as texts_store, Listed};
use crate::layout::counting::Number;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::search::store::{self as search_store, Missed};
use crate::state::App;
use crate::subjects::KINDS;

/// Pages that are due shown at the most.
const MOST_STALE: i64 = 50;

#[derive(Template)]
#[template(path = "stewards/desk.html")]
struct DeskPage<'v> {
    v: &'v Visit,
    /// Each sort of what waits: its name, how much, and where it stands.
    sorts: Vec<(&'static str, i64, String)>,
    /// What visitors and others said that waits.
    queue: Queue,
    missed: Vec<Missed>,
    gaps: Vec<Gap>,
    stale: Vec<Stale>,
    failed: Vec<jobs::Failed>,
    /// After how many months pages are due.
    months: i64,
    months_offered: [i64; 5],
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

    fn is_rule(&self, months: &i64) -> bool {
        self.months == *months
    }
}

#[derive(Template)]
#[template(path = "stewards/wanted.html")]
struct WantedPage<'v> {
    v: &'v Visit,
    wanted: Vec<(String, i64)>,
    orphans: Vec<Listed>,
}

/// What needs somebody's eye, in one queue.
pub async fn desk(v: Visit, State(app): State<App>) -> Answer {
    let nothing = (Fields::default(), FieldErrors::default());
    let queue = held::queue(&v, &app, 0, nothing).await?;
    let missed = search_store::missed(&app.db).await?;
    let months = tending::review_months(&app.db).await?;
    let stale = tending::stale(&app.db, &v.viewer, months, v.now(), MOST_STALE).await?;
    let gaps = gaps::gaps(&v, &app).await?;
    let failed = jobs::failed(&app.db).await?;
    let held = discussion_store::held_counts(&app.db, &v.viewer).await?;
    let at = |place: &str| format!("#{place}");
    let sorts = vec![
        ("comments", held.spoken, at("held")),
        ("changes", held.changes, at("held")),
        ("flags", held.flags, at("held")),
        ("missed", missed.len().as_number(), at("missed")),
        ("gaps", gaps.len().as_number(), at("gaps")),
        ("stale", stale.len().as_number(), at("stale")),
        ("failed", jobs::failed_count(&app.db).await?, at("failed")),
    ];
    v.page(&DeskPage {
        v: &v,
        sorts,
        queue,
        missed,
        gaps,
        stale,
        failed,
        months,
        months_offered: MONTHS,
    })
}

/// Tries a failed job again.
pub async fn retry(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let _ = v;
    let tx = app.db.begin().await?;
    jobs::retry(&tx, &id).await?;
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    Ok(redirect(StatusCode::SEE_OTHER, "/desk?told=job-again"))
}

/// Forgets a failed job.
pub async fn discard(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let _ = v;
    let tx = app.db.begin().await?;
    jobs::discard(&tx, &id).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/desk?told=job-gone"))
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
