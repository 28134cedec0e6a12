//! `/api/v1`: reading what pages show and writing what their forms write, as JSON.

pub mod admission;
pub mod evidence;
pub mod files;
pub mod freeing;
pub mod groups_sent;
pub mod harvest;
pub mod lists;
pub mod openapi;
pub mod organisations;
pub mod outcomes;
pub mod peers;
mod peers_told;
pub mod precedents;
pub mod refusal;
pub mod saying;
mod schemas;
pub mod sent;
pub mod sessions;
pub mod threads_told;
pub mod ties;
pub mod trials;
pub mod views;
pub mod writing;

use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use web::{Access, Page, Routes};

use crate::discussion::finding::Sort;
use crate::state::App;
use crate::subjects::KINDS;

pub use refusal::trouble;

/// The routes of the API.
pub fn routes() -> Routes<App> {
    acts()
        .and(threads("/api/v1/trials/{number}/", Sort::Trial))
        .and(threads("/api/v1/organisations/{slug}/", Sort::Organisation))
        .and(threads("/api/v1/sessions/{number}/", Sort::Session))
        .and(group_acts())
        .and(told_together())
        .get(Access::Anyone, "/api/v1/openapi.json", openapi::description)
        .get(Access::Anyone, "/api/v1/hurdles", lists::hurdles)
        .get(Access::Anyone, "/api/v1/hurdles/freeing", freeing::list)
        .get(Access::Anyone, "/api/v1/hurdles/{number}", lists::hurdle)
        .get(Access::Anyone, "/api/v1/solutions", lists::solutions)
        .get(
            Access::Anyone,
            "/api/v1/solutions/{number}",
            lists::solution,
        )
        .get(Access::Anyone, "/api/v1/guides", lists::guides)
        .get(Access::Anyone, "/api/v1/guides/{number}", lists::guide)
        .get(Access::Anyone, "/api/v1/evidence", lists::evidence)
        .get(
            Access::Anyone,
            "/api/v1/evidence/{number}",
            lists::one_of_evidence,
        )
        .get(Access::Anyone, "/api/v1/cases", lists::cases)
        .get(Access::Anyone, "/api/v1/cases/{number}", lists::case)
        .get(Access::Anyone, "/api/v1/organisations", organisations::list)
        .get(
            Access::Anyone,
            "/api/v1/organisations/{slug}",
            organisations::one,
        )
        .get(
            Access::Anyone,
            "/api/v1/hurdles/{number}/trials",
            trials::of_hurdle,
        )
        .get(
            Access::Anyone,
            "/api/v1/hurdles/{number}/worked",
            trials::worked,
        )
        .get(
            Access::Anyone,
            "/api/v1/hurdles/{number}/sightings",
            trials::sightings,
        )
        .get(
            Access::Anyone,
            "/api/v1/solutions/{number}/trials",
            trials::of_solution,
        )
        .get(
            Access::Anyone,
            "/api/v1/organisations/{slug}/trials",
            trials::of_body,
        )
        .get(Access::Anyone, "/api/v1/trials/{number}", trials::one)
        .get(
            Access::Anyone,
            "/api/v1/hurdles/{number}/evidence",
            evidence::of_hurdle,
        )
        .get(
            Access::Anyone,
            "/api/v1/solutions/{number}/evidence",
            evidence::of_solution,
        )
        .get(
            Access::Anyone,
            "/api/v1/trials/{number}/evidence",
            evidence::of_trial,
        )
        .get(
            Access::Anyone,
            "/api/v1/organisations/{slug}/peers",
            peers::of_body,
        )
        .get(Access::Anyone, "/api/v1/groups", peers::groups)
        .get(Access::Anyone, "/api/v1/groups/{number}", peers::group)
        .get(
            Access::Anyone,
            "/api/v1/hurdles/{number}/precedents",
            precedents::of_hurdle,
        )
        .get(
            Access::Anyone,
            "/api/v1/organisations/{slug}/time",
            precedents::of_body,
        )
        .get(Access::Anyone, "/api/v1/search", lists::search)
        .get(Access::Anyone, "/api/v1/changes", lists::changes)
}

/// What people noted down together: events, their sessions, the lines and what became of them.
fn told_together() -> Routes<App> {
    Routes::new()
        .get(
            Access::Anyone,
            "/api/v1/sessions/{number}/harvest",
            harvest::of_session,
        )
        .get(Access::Anyone, "/api/v1/events", lists::events)
        .get(Access::Anyone, "/api/v1/events/{number}", lists::event)
        .get(Access::Anyone, "/api/v1/write-ups", lists::write_ups)
        .get(
            Access::Anyone,
            "/api/v1/write-ups/{number}",
            lists::write_up,
        )
        .get(Access::Anyone, "/api/v1/sessions", sessions::list)
        .get(Access::Anyone, "/api/v1/sessions/{number}", sessions::one)
        .get(
            Access::Anyone,
            "/api/v1/sessions/{number}/lines",
            sessions::lines,
        )
        .get(
            Access::Anyone,
            "/api/v1/sessions/{number}/outcomes",
            outcomes::of_session,
        )
        .get(
            Access::Anyone,
            "/api/v1/events/{number}/actions",
            outcomes::of_event,
        )
}

/// What programs can do with groups of bodies.
fn group_acts() -> Routes<App> {
    Routes::new()
        .post(Access::SignedIn, "/api/v1/groups", groups_sent::begin)
        .post(
            Access::SignedIn,
            "/api/v1/groups/{number}/revisions",
            groups_sent::rename,
        )
        .post(
            Access::SignedIn,
            "/api/v1/groups/{number}/members",
            groups_sent::add,
        )
        .post(
            Access::SignedIn,
            "/api/v1/groups/{number}/members/{slug}/removal",
            groups_sent::take_out,
        )
        .post(
            Access::SignedIn,
            "/api/v1/groups/{number}/removal",
            groups_sent::remove,
        )
}

/// What programs can do, where their token and the role of its person allow it.
fn acts() -> Routes<App> {
    let tied = KINDS.into_iter().filter(|kind| ties::is_tied(*kind));
    let ties = tied.fold(Routes::new(), |routes, kind| {
        let of = |act: &str| format!("/api/v1/{}/{{number}}/{act}", kind.plural());
        routes.and(
            Routes::new()
                .post(Access::Contributor, of("ties"), ties::tie)
                .post(Access::Contributor, of("untyings"), ties::untie)
                .with(kind),
        )
    });
    KINDS.into_iter().fold(ties, |routes, kind| {
        let all = format!("/api/v1/{}", kind.plural());
        let of = |act: &str| format!("{all}/{{number}}/{act}");
        routes.and(
            Routes::new()
                .post(Access::Contributor, all.clone(), writing::begin)
                .post(Access::Contributor, of("revisions"), writing::change)
                .post(Access::Contributor, of("restorations"), writing::restore)
                .post(Access::Contributor, of("undoings"), writing::undo)
                .post(Access::Steward, of("deletions"), writing::delete)
                .post(Access::Steward, of("recoveries"), writing::recover)
                .post(Access::Steward, of("mergers"), writing::merge)
                .post(Access::Steward, of("separations"), writing::separate)
                .get(Access::Anyone, of("attachments"), files::list)
                .post(Access::Contributor, of("attachments"), files::bring)
                .post(Access::SignedIn, of("suggestions"), saying::suggest)
                .post(Access::SignedIn, of("watches"), saying::watch)
                .post(Access::SignedIn, of("watches/removals"), saying::unwatch)
                .with(kind)
                .and(threads(&of(""), Sort::Text(kind))),
        )
    })
}

/// What was said about the page at an address that ends in a slash, and saying something.
fn threads(page: &str, sort: Sort) -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, format!("{page}discussion"), saying::said)
        .post(Access::SignedIn, format!("{page}said"), saying::say)
        .with(sort)
}

/// An answer of JSON.
pub fn json_page(value: &serde_json::Value) -> Page {
    let mut response = value.to_string().into_response();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Page::from(response)
}
