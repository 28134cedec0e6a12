//! Pages made for visitors, kept until something changes.

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use web::CookieJar;

use crate::people::SIGN_IN_COOKIE;
use crate::state::App;

/// Bytes kept at the most.
const BYTES_KEPT: u64 = 16 * 1024 * 1024;
/// Pages longer than this are made anew each time.
const LONGEST_KEPT: usize = 256 * 1024;
/// Addresses longer than this are not kept: nobody links to them.
const LONGEST_ADDRESS: usize = 200;

/// The pages kept, by address.
pub struct KeptPages(Cache<String, Kept, ByBytes>);

#[derive(Clone)]
struct Kept {
    generation: u64,
    body: Bytes,
    kind: HeaderValue,
    etag: HeaderValue,
}

#[derive(Clone)]
struct ByBytes;

impl Weighter<String, Kept> for ByBytes {
    fn weight(&self, address: &String, kept: &Kept) -> u64 {
        (address.len() + kept.body.len() + 200) as u64
    }
}

impl KeptPages {
    /// None yet.
    pub fn new() -> Self {
        Self(Cache::with_weighter(2_000, BYTES_KEPT, ByBytes))
    }
}

impl Default for KeptPages {
    fn default() -> Self {
        Self::new()
    }
}

/// Answers visitors from what is kept, and keeps what pages mark as the same for all.
pub async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    let is_visitor = CookieJar::of(request.headers())
        .get(SIGN_IN_COOKIE)
        .is_none();
    if *request.method() != Method::GET || !is_visitor {
        return next.run(request).await;
    }
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str())
        .to_owned();
    let generation = app.db.generation();
    let known = request.headers().get(header::IF_NONE_MATCH).cloned();
    if let Some(kept) = app.kept.0.get(&address)
        && kept.generation == generation
    {
        return answer(&kept, known.as_ref());
    }
    let response = next.run(request).await;
    if !is_the_same_for_all(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kept = keepable(generation, body, &parts.headers);
    if kept.body.len() <= LONGEST_KEPT && address.len() <= LONGEST_ADDRESS {
        app.kept.0.insert(address, kept.clone());
    }
    answer(&kept, known.as_ref())
}

fn is_the_same_for_all(response: &Response) -> bool {
    response.status() == StatusCode::OK
        && response
            .headers()
            .get(header::CACHE_CONTROL)
            .is_some_and(|value| value == "public, no-cache")
}

fn keepable(generation: u64, body: Bytes, headers: &HeaderMap) -> Kept {
    let etag = web::etag(&body);
    let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("\"\""));
    let kind = headers.get(header::CONTENT_TYPE).cloned();
    let kind = kind.unwrap_or(HeaderValue::from_static("text/html; charset=utf-8"));
    Kept {
        generation,
        body,
        kind,
        etag,
    }
}

fn answer(kept: &Kept, known: Option<&HeaderValue>) -> Response {
    let is_known = known.is_some_and(|known| {
        known.to_str().is_ok_and(|known| {
            let own = kept.etag.to_str().unwrap_or_default();
            known
                .split(',')
                .any(|tag| tag.trim().trim_start_matches("W/") == own)
        })
    });
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        kept.body.clone().into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, kept.kind.clone());
    headers.insert(header::ETAG, kept.etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    headers.insert(header::VARY, HeaderValue::from_static("cookie"));
    response
}
