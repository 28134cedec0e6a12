//! The guard against forged requests: an act must come from our own pages.

use axum::extract::Request;
use axum::http::{Method, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Trouble;

/// Refuses acts that did not come from our own pages.
///
/// Browsers say where a request came from in `Sec-Fetch-Site`, older ones in `Origin`; a request
/// that says neither is refused as well, since no browser sends one from a form.
pub async fn refuse_forged(request: Request, next: Next) -> Response {
    if matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    ) {
        return next.run(request).await;
    }
    if is_ours(&request) || is_of_a_program(&request) {
        next.run(request).await
    } else {
        Trouble::Forged.into_response()
    }
}

/// Whether a request to the API brings nothing that a browser adds by itself: no cookie counts there
/// beside a token, and without a cookie there is nobody whose name could be abused.
fn is_of_a_program(request: &Request) -> bool {
    let headers = request.headers();
    let has_token = headers
        .get(header::AUTHORIZATION)
        .and_then(|value| value.as_bytes().get(..7))
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case(b"bearer "));
    let is_api = request.uri().path().starts_with("/api/");
    is_api && (has_token || !headers.contains_key(header::COOKIE))
}

fn is_ours(request: &Request) -> bool {
    let said = |name: &str| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
    };
    if let Some(site) = said("sec-fetch-site") {
        return site == "same-origin";
    }
    let Some(origin) = said(header::ORIGIN.as_str()) else {
        return false;
    };
    let host = said(header::HOST.as_str()).unwrap_or_default();
    origin
        .split_once("://")
        .is_some_and(|(_, from)| !host.is_empty() && from == host)
}
