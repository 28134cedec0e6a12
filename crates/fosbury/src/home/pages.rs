//! The front page and the pages about the place.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use crate::history::store::{self as texts_store, Changed, Which};
use crate::hurdles::{HEADINGS, store as hurdle_store};
use crate::layout::{Answer, Visit};
use crate::search::store as search_store;
use crate::state::App;

#[derive(Template)]
#[template(path = "home/front.html")]
struct FrontPage<'v> {
    v: &'v Visit,
    hurdles: i64,
    headings: Vec<(&'static str, i64)>,
    recent: Vec<Changed>,
}

#[derive(Template)]
#[template(path = "home/about.html")]
struct AboutPage<'v> {
    v: &'v Visit,
}

#[derive(Template)]
#[template(path = "home/privacy.html")]
struct PrivacyPage<'v> {
    v: &'v Visit,
}

#[derive(Template)]
#[template(path = "home/accessibility.html")]
struct AccessibilityPage<'v> {
    v: &'v Visit,
}

#[derive(Template)]
#[template(path = "home/welsh.html")]
struct WelshPage<'v> {
    v: &'v Visit,
    english: String,
}

/// "What is in your way?"
pub async fn front(v: Visit, State(app): State<App>) -> Answer {
    let counts = hurdle_store::headings(&app.db, &v.viewer).await?;
    let headings: Vec<(&'static str, i64)> = HEADINGS
        .into_iter()
        .map(|heading| {
            let count = counts.iter().find(|(name, _)| name == heading);
            (heading, count.map_or(0, |(_, count)| *count))
        })
        .collect();
    let which = Which {
        is_without_minor: true,
        is_without_start: true,
        ..Which::default()
    };
    let recent = texts_store::changes(&app.db, &v.viewer, &which, 5).await?;
    let hurdles = headings.iter().map(|(_, count)| count).sum();
    v.shared_page(&FrontPage {
        v: &v,
        hurdles,
        headings,
        recent,
    })
}

/// What this place is and who keeps it.
pub async fn about(v: Visit) -> Answer {
    v.shared_page(&AboutPage { v: &v })
}

/// What is kept about people, and what is not.
pub async fn privacy(v: Visit) -> Answer {
    v.shared_page(&PrivacyPage { v: &v })
}

/// How this place can be used, and whom to tell when it cannot.
pub async fn accessibility(v: Visit) -> Answer {
    v.shared_page(&AccessibilityPage { v: &v })
}

/// The address of the Welsh twin of every page, kept for the day it is written.
pub async fn welsh(v: Visit) -> Answer {
    let path = v.address.strip_prefix("/cy").unwrap_or_default();
    let english = web::safe_next(if path.is_empty() { "/" } else { path });
    v.page_with(StatusCode::NOT_FOUND, &WelshPage { v: &v, english })
}

/// What search engines may read: all but what nobody looks for.
pub async fn robots() -> &'static str {
    "User-agent: *\nDisallow: /search\nDisallow: /*/compare\nDisallow: /*/revisions/\n"
}

/// Says to whatever watches the program that it and its database are there.
pub async fn health(State(app): State<App>) -> Response {
    match search_store::newest(&app.db).await {
        Ok(_) => "ok\n".into_response(),
        Err(error) => (StatusCode::SERVICE_UNAVAILABLE, format!("{error}\n")).into_response(),
    }
}
