//! Addresses that are no words.

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use crate::Trouble;

/// Answers addresses whose path is not UTF-8, or holds a NUL that no database takes: no page has
/// such an address.
pub async fn refuse_unreadable(request: Request, next: Next) -> Response {
    let path = decoded(request.uri().path());
    if path.contains(&0) || std::str::from_utf8(&path).is_err() {
        return Trouble::NotFound.into_response();
    }
    next.run(request).await
}

fn decoded(path: &str) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let [first, others @ ..] = rest {
        let code = others
            .get(..2)
            .filter(|two| two.iter().all(u8::is_ascii_hexdigit))
            .and_then(|two| std::str::from_utf8(two).ok());
        let byte = code.and_then(|two| u8::from_str_radix(two, 16).ok());
        if let Some(byte) = byte.filter(|_| *first == b'%') {
            bytes.push(byte);
            rest = &others[2..];
        } else {
            bytes.push(*first);
            rest = others;
        }
    }
    bytes
}
