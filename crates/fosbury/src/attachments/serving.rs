//! Files on their way out, so that nothing in them can run.

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::fs::File;
use tokio::io::AsyncReadExt;
use web::{OrNotFound, Page, Trouble, redirect};

use super::files::Folder;
use super::model::{Attachment, disposition};
use super::store;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// What a file may do in a browser that opens it by itself: nothing.
const ALONE: &str = "default-src 'none'; sandbox";
/// For pages that everybody may see. An hour, so that what is taken away, or became another when its wiki
/// came again, is not shown much longer; after that the hash is asked about.
const KEPT: &str = "public, max-age=3600";
/// Bytes read at once.
const PIECE: usize = 64 * 1024;

/// A file, if its page may be seen.
pub async fn file(
    v: Visit,
    State(app): State<App>,
    Path((number, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    let found = store::attachment(&app.db, &v.viewer, number).await?;
    let one = found
        .filter(|one| one.removed_at.is_none())
        .or_not_found()?;
    if ![one.address(), one.reading_address()].contains(&v.path().to_owned()) {
        return Ok(redirect(StatusCode::FOUND, &one.address()));
    }
    let sha256 = one.sha256_of(&name);
    let etag = format!("\"{sha256}\"");
    let known = headers
        .get(header::IF_NONE_MATCH)
        .and_then(|tag| tag.to_str().ok());
    if one.is_public && known.is_some_and(|known| known.contains(&etag)) {
        return Ok(dressed(
            StatusCode::NOT_MODIFIED.into_response(),
            &one,
            &etag,
        ));
    }
    let opened = Folder::of(&app.settings).open(sha256).await;
    let file = opened.map_err(|error| missing(&one, &error))?;
    let length = file
        .metadata()
        .await
        .map_err(|error| missing(&one, &error))?
        .len();
    let mut response = Body::from_stream(pieces(file)).into_response();
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_LENGTH, HeaderValue::from(length));
    let kind = HeaderValue::from_static(one.kind().content_type());
    headers.insert(header::CONTENT_TYPE, kind);
    Ok(dressed(response, &one, &etag))
}

fn missing(one: &Attachment, error: &std::io::Error) -> Trouble {
    let number = one.number;
    Trouble::OurFault(format!(
        "attachment {number} cannot be read: {error}; run fosbury check"
    ))
}

fn dressed(mut response: Response, one: &Attachment, etag: &str) -> Page {
    let headers = response.headers_mut();
    let keeping = if one.is_public { KEPT } else { "no-store" };
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(keeping));
    let alone = HeaderValue::from_static(ALONE);
    headers.insert(header::CONTENT_SECURITY_POLICY, alone);
    let nosniff = HeaderValue::from_static("nosniff");
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, nosniff);
    if let Ok(how) = HeaderValue::from_str(&disposition(one.kind(), &one.name)) {
        headers.insert(header::CONTENT_DISPOSITION, how);
    }
    if one.is_public
        && let Ok(etag) = HeaderValue::from_str(etag)
    {
        headers.insert(header::ETAG, etag);
    }
    Page::from(response)
}

fn pieces(file: File) -> impl futures_util::Stream<Item = std::io::Result<Bytes>> + Send {
    futures_util::stream::try_unfold(file, |mut file| async move {
        let mut piece = Vec::with_capacity(PIECE);
        let read = (&mut file)
            .take(PIECE as u64)
            .read_to_end(&mut piece)
            .await?;
        Ok((read > 0).then(|| (Bytes::from(piece), file)))
    })
}
