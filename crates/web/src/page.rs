//! Answers: pages, redirects, feeds, files.

use axum::body::Body;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use sha2::{Digest, Sha256};

use crate::Cookie;

/// A page on its way out.
pub struct Page(Response);

impl Page {
    /// A page of HTML, for this reader alone.
    pub fn html(html: String) -> Self {
        let mut response = Response::new(Body::from(html));
        let kind = HeaderValue::from_static("text/html; charset=utf-8");
        response.headers_mut().insert(header::CONTENT_TYPE, kind);
        Self(response)
    }

    /// With another status than 200.
    #[must_use]
    pub fn status(mut self, status: StatusCode) -> Self {
        *self.0.status_mut() = status;
        self
    }

    /// Sets a cookie with it.
    #[must_use]
    pub fn cookie(mut self, cookie: &Cookie<'_>) -> Self {
        if let Some(value) = cookie.header() {
            self.0.headers_mut().append(header::SET_COOKIE, value);
        }
        self
    }

    /// Tells nobody, not even ourselves, the address: for pages whose address is a secret.
    ///
    /// `no-referrer` would be stricter still, but makes older browsers say that a form's origin is
    /// `null`, and the guard against forged requests would refuse the press of the button.
    #[must_use]
    pub fn without_referrer(mut self) -> Self {
        let value = HeaderValue::from_static("strict-origin");
        self.0.headers_mut().insert(header::REFERRER_POLICY, value);
        self
    }
}

impl IntoResponse for Page {
    fn into_response(self) -> Response {
        self.0
    }
}

impl From<Response> for Page {
    fn from(response: Response) -> Self {
        Self(response)
    }
}

/// Goes on to another address with a GET: the answer to every act.
pub fn redirect(status: StatusCode, to: &str) -> Page {
    let mut response = Response::new(Body::empty());
    *response.status_mut() = status;
    if let Ok(to) = HeaderValue::from_str(to) {
        response.headers_mut().insert(header::LOCATION, to);
    }
    Page(response)
}

/// An Atom feed.
pub fn feed(xml: String) -> Page {
    let mut response = Response::new(Body::from(xml));
    let kind = HeaderValue::from_static("application/atom+xml; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Page(response)
}

/// A file whose address changes with its content: browsers may keep it for a year.
pub fn file(kind: &'static str, bytes: &'static [u8]) -> Page {
    let mut response = Response::new(Body::from(bytes));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    let keep = HeaderValue::from_static("public, max-age=31536000, immutable");
    headers.insert(header::CACHE_CONTROL, keep);
    Page(response)
}

/// The tag of an answer's bytes, quoted as `ETag` wants it.
pub fn etag(bytes: &[u8]) -> String {
    format!("\"{}\"", asset_tag(bytes))
}

/// The first twelve hexadecimal digits of the SHA-256 of some bytes: part of a file's address.
pub fn asset_tag(bytes: &[u8]) -> String {
    let digest = Sha256::digest(bytes);
    let digits = digest.iter().flat_map(|byte| [byte >> 4, byte & 15]);
    let digits = digits.filter_map(|digit| char::from_digit(u32::from(digit), 16));
    digits.take(12).collect()
}

/// Text without the characters that XML 1.0 cannot hold, not even escaped.
pub fn xml_safe(text: &str) -> String {
    text.chars()
        .filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{FFFD}' | '\u{10000}'..))
        .filter(|c| !matches!(c, '\u{FFFE}' | '\u{FFFF}'))
        .collect()
}
