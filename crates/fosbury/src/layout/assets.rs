//! The few files a page needs, their addresses made of their contents.

use std::sync::LazyLock;

use axum::extract::Path;
use web::{OrNotFound, asset_tag, file};

struct Asset {
    name: &'static str,
    kind: &'static str,
    bytes: &'static [u8],
}

static ASSETS: [Asset; 4] = [
    Asset {
        name: "fosbury.css",
        kind: "text/css; charset=utf-8",
        bytes: concat!(include_str!("fosbury.css"), include_str!("working.css")).as_bytes(),
    },
    Asset {
        name: "fosbury.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("fosbury.js"),
    },
    Asset {
        name: "notes.js",
        kind: "text/javascript; charset=utf-8",
        bytes: include_bytes!("notes.js"),
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
