//! `/api/v1`: reading everything that pages show, as JSON.

pub mod lists;
pub mod openapi;
pub mod organisations;
pub mod trials;
pub mod views;

use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use web::{Access, Page, Routes, Trouble};

use crate::state::App;

/// The routes of the API.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/api/v1/openapi.json", openapi::description)
        .get(Access::Anyone, "/api/v1/hurdles", lists::hurdles)
        .get(Access::Anyone, "/api/v1/hurdles/{number}", lists::hurdle)
        .get(Access::Anyone, "/api/v1/solutions", lists::solutions)
        .get(
            Access::Anyone,
            "/api/v1/solutions/{number}",
            lists::solution,
        )
        .get(Access::Anyone, "/api/v1/guides", lists::guides)
        .get(Access::Anyone, "/api/v1/guides/{number}", lists::guide)
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
        .get(Access::Anyone, "/api/v1/search", lists::search)
        .get(Access::Anyone, "/api/v1/changes", lists::changes)
}

/// An answer of JSON.
pub fn json_page(value: &serde_json::Value) -> Page {
    let mut response = value.to_string().into_response();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Page::from(response)
}

/// A trouble as JSON.
pub fn trouble(trouble: &Trouble, headers: &HeaderMap) -> Response {
    let words = match trouble {
        Trouble::OurFault(_) => "our fault".to_owned(),
        Trouble::OutOfService(_) => "out of service for the moment".to_owned(),
        other => other.to_string(),
    };
    let mut response =
        json_page(&json!({ "error": trouble.name(), "message": words })).into_response();
    *response.status_mut() = trouble.status();
    if let Some(wait) = headers.get(header::RETRY_AFTER) {
        response
            .headers_mut()
            .insert(header::RETRY_AFTER, wait.clone());
    }
    response
}
