//! The colour and the logo, as every page asks for them.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::IntoResponse;
use web::{OrNotFound, Page};

use super::model::logo_kind as drawn_kind;
use super::store;
use crate::layout::Answer;
use crate::settings::logo_kind;
use crate::state::App;

/// The colour of the bar, where the owner chose one.
pub async fn accent(State(app): State<App>) -> Answer {
    let look = app.looks.today(&app.db).await?;
    Ok(css(look.accent_css()))
}

/// The colour that the owner is looking at.
pub async fn draft_accent(State(app): State<App>) -> Answer {
    let look = app.looks.draft(&app.db).await?.or_not_found()?;
    Ok(css(look.accent_css()))
}

fn css(text: String) -> Page {
    let mut page = text.into_response();
    page.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static("text/css; charset=utf-8"),
    );
    Page::from(page)
}

/// The owner's logo, shown as a picture only: whatever is in the file cannot run.
pub async fn logo(State(app): State<App>) -> Answer {
    let look = app.looks.today(&app.db).await?;
    if look.logo.is_some() {
        return brought(&app, store::KEPT).await;
    }
    let logo = look.site.logo.as_deref().or_not_found()?;
    let kind = logo_kind(logo).or_not_found()?;
    let bytes = tokio::fs::read(logo).await.ok().or_not_found()?;
    Ok(picture(kind, bytes))
}

/// The logo that the owner is looking at.
pub async fn draft_logo(State(app): State<App>) -> Answer {
    brought(&app, store::DRAFT).await
}

async fn brought(app: &App, state: &str) -> Answer {
    let (kind, bytes) = store::logo(&app.db, state).await?.or_not_found()?;
    Ok(picture(drawn_kind(&kind).or_not_found()?, bytes))
}

fn picture(kind: &'static str, bytes: Vec<u8>) -> Page {
    let mut page = bytes.into_response();
    let headers = page.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=3600"),
    );
    let alone = HeaderValue::from_static("default-src 'none'; sandbox");
    headers.insert(header::CONTENT_SECURITY_POLICY, alone);
    Page::from(page)
}
