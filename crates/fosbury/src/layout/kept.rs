//! Pages made for visitors, kept until something changes.
//!
//! They are kept compressed: most browsers take them as they are, and four times as many fit.

use std::io::{Read, Write};

use axum::body::{Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use flate2::Compression;
use flate2::read::GzDecoder;
use flate2::write::GzEncoder;
use quick_cache::Weighter;
use quick_cache::sync::Cache;
use web::CookieJar;

use crate::people::SIGN_IN_COOKIE;
use crate::people::bearer::has_token;
use crate::sessions::guests::GUEST_COOKIE;
use crate::state::App;
use crate::trials::choosing::kept_in;

/// Bytes kept at the most.
const BYTES_KEPT: u64 = 12 * 1024 * 1024;
/// Pages longer than this are made anew each time.
const LONGEST_KEPT: usize = 256 * 1024;
/// Addresses longer than this are not kept: nobody links to them.
const LONGEST_ADDRESS: usize = 200;

/// The pages kept, by address.
pub struct KeptPages(Cache<String, Kept, ByBytes>);

#[derive(Clone)]
struct Kept {
    generation: u64,
    /// Compressed with gzip.
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
        .is_none()
        && CookieJar::of(request.headers()).get(GUEST_COOKIE).is_none()
        && !has_token(request.headers());
    if *request.method() != Method::GET || !is_visitor {
        return next.run(request).await;
    }
    let address = request
        .uri()
        .path_and_query()
        .map_or("/", |address| address.as_str());
    // A page says what worked for the body that was chosen: another choice, another page.
    let address = match kept_in(request.headers()) {
        body if body.is_empty() => address.to_owned(),
        body => format!("{address} {body}"),
    };
    let generation = app.db.generation();
    let asked = Asked::of(request.headers());
    if let Some(kept) = app.kept.0.get(&address)
        && kept.generation == generation
    {
        return answer(&kept, &asked);
    }
    let response = next.run(request).await;
    if !is_the_same_for_all(&response) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    let kept = keepable(generation, &body, &parts.headers);
    if kept.body.len() <= LONGEST_KEPT && address.len() <= LONGEST_ADDRESS {
        app.kept.0.insert(address, kept.clone());
    }
    answer(&kept, &asked)
}

fn is_the_same_for_all(response: &Response) -> bool {
    response.status() == StatusCode::OK
        && response
            .headers()
            .get(header::CACHE_CONTROL)
            .is_some_and(|value| value == "public, no-cache")
}

/// What a browser says of itself that changes how a kept page is sent.
struct Asked {
    takes_gzip: bool,
    known: Option<HeaderValue>,
}

impl Asked {
    fn of(headers: &HeaderMap) -> Self {
        let accepts = headers
            .get(header::ACCEPT_ENCODING)
            .and_then(|value| value.to_str().ok());
        let takes = |coding: &str| {
            let (name, weight) = coding.split_once(';').unwrap_or((coding, ""));
            name.trim() == "gzip" && weight.trim().trim_end_matches('0') != "q="
        };
        Self {
            takes_gzip: accepts.is_some_and(|codings| codings.split(',').any(takes)),
            known: headers.get(header::IF_NONE_MATCH).cloned(),
        }
    }

    fn knows(&self, etag: &HeaderValue) -> bool {
        let own = etag.to_str().unwrap_or_default();
        let known = self.known.as_ref().and_then(|known| known.to_str().ok());
        known.is_some_and(|known| known.split(',').any(|tag| tag.trim() == own))
    }
}

fn keepable(generation: u64, body: &[u8], headers: &HeaderMap) -> Kept {
    // Weak: the same page, compressed or not.
    let etag = format!("W/{}", web::etag(body));
    let etag = HeaderValue::from_str(&etag).unwrap_or(HeaderValue::from_static("W/\"\""));
    let kind = headers.get(header::CONTENT_TYPE).cloned();
    let kind = kind.unwrap_or(HeaderValue::from_static("text/html; charset=utf-8"));
    Kept {
        generation,
        body: Bytes::from(compressed(body)),
        kind,
        etag,
    }
}

fn compressed(body: &[u8]) -> Vec<u8> {
    let room = Vec::with_capacity(body.len() / 3);
    let mut encoder = GzEncoder::new(room, Compression::fast());
    // Writing into memory cannot fail.
    let _ = encoder.write_all(body);
    encoder.finish().unwrap_or_default()
}

fn plain(body: &[u8]) -> Vec<u8> {
    let mut whole = Vec::with_capacity(body.len() * 4);
    // What we compressed ourselves can be read back.
    let _ = GzDecoder::new(body).read_to_end(&mut whole);
    whole
}

fn answer(kept: &Kept, asked: &Asked) -> Response {
    let is_known = asked.knows(&kept.etag);
    let mut response = if is_known {
        StatusCode::NOT_MODIFIED.into_response()
    } else if asked.takes_gzip {
        kept.body.clone().into_response()
    } else {
        plain(&kept.body).into_response()
    };
    let headers = response.headers_mut();
    if !is_known && asked.takes_gzip {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    }
    headers.insert(header::CONTENT_TYPE, kept.kind.clone());
    headers.insert(header::ETAG, kept.etag.clone());
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, no-cache"),
    );
    headers.insert(
        header::VARY,
        HeaderValue::from_static("cookie, authorization, accept-encoding"),
    );
    response
}
