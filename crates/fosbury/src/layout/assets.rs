//! The few files a page needs, their addresses made of their contents.

use std::sync::LazyLock;

use axum::extract::{Path, State};
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use web::{OrNotFound, Page, asset_tag, file};

use crate::settings::logo_kind;
use crate::state::App;

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: [Asset; 3] = [
    Asset {
        name: "fosbury.css",
        kind: "text/css; charset=utf-8",
        bytes: include_bytes!("fosbury.css"),
    },
    Asset {
        name: "fosbury.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("fosbury.js"),
    },
    Asset {
        name: "favicon.svg",
        kind: "image/svg+xml",
        bytes: include_bytes!("favicon.svg"),
    },
];

static TAGS: LazyLock<Vec<String>> =
    LazyLock::new(|| ASSETS.iter().map(|asset| asset_tag(asset.bytes)).collect());

/// The address of the asset of this name.
pub fn address(name: &str) -> String {
    let at = ASSETS
        .iter()
        .position(|asset| asset.name == name)
        .unwrap_or_default();
    format!("/assets/{}/{name}", TAGS[at])
}

/// Serves an asset; an old address gets today's contents, for a page that was open long.
pub async fn asset(Path((_, name)): Path<(String, String)>) -> web::Result {
    let asset = ASSETS
        .iter()
        .find(|asset| asset.name == name)
        .or_not_found()?;
    Ok(file(asset.kind, asset.bytes))
}

/// The colour of the bar, where the owner chose one.
pub async fn accent(State(app): State<App>) -> Page {
    let css = app
        .settings
        .site
        .accent
        .as_ref()
        .map(|c| format!(":root{{--accent:{c}}}\n"));
    let mut page = css.unwrap_or_default().into_response();
    page.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    Page::from(page)
}

/// The owner's logo, shown as a picture only: whatever is in the file cannot run.
pub async fn logo(State(app): State<App>) -> web::Result {
    let logo = app.settings.site.logo.as_deref().or_not_found()?;
    let kind = logo_kind(logo).or_not_found()?;
    let bytes = tokio::fs::read(logo).await.ok().or_not_found()?;
    let mut page = bytes.into_response();
    let headers = page.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    let alone = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, alone);
    Ok(Page::from(page))
}
