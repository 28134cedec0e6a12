//! Troubles as pages with ways on, and database errors as troubles.

use askama::Template;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use web::Trouble;

use super::Visit;
use crate::state::App;

#[derive(Template)]
#[template(path = "layout/trouble.html")]
struct TroublePage<'v> {
    v: &'v Visit,
    name: &'static str,
    detail: Option<String>,
}

/// Turns the troubles of pages into pages: what happened, and where to go from here.
pub async fn as_pages(State(app): State<App>, request: Request, next: Next) -> Response {
    let (parts, body) = request.into_parts();
    let mut copy = axum::http::request::Request::new(()).into_parts().0;
    copy.uri = parts.uri.clone();
    copy.headers = parts.headers.clone();
    let is_api = parts.uri.path().starts_with("/api/");
    let response = next.run(Request::from_parts(parts, body)).await;
    let trouble = match response.extensions().get::<Trouble>() {
        Some(trouble) => trouble.clone(),
        None if response.status() == axum::http::StatusCode::METHOD_NOT_ALLOWED => {
            Trouble::MethodNotAllowed
        }
        None => return response,
    };
    told(&trouble, copy.uri.path());
    if is_api {
        return crate::api::trouble(&app, &trouble, response.headers());
    }
    let visit = Visit::for_trouble(&app, &mut copy).await;
    let detail = match &trouble {
        Trouble::Unreadable(detail) => Some(detail.clone()),
        _ => None,
    };
    let template = TroublePage {
        v: &visit,
        name: trouble.name(),
        detail,
    };
    match visit.page_with(trouble.status(), &template) {
        Ok(page) => {
            let mut page = page.into_response();
            if let Some(wait) = response.headers().get(axum::http::header::RETRY_AFTER) {
                page.headers_mut()
                    .insert(axum::http::header::RETRY_AFTER, wait.clone());
            }
            page
        }
        Err(_) => response,
    }
}

fn told(trouble: &Trouble, path: &str) {
    match trouble {
        Trouble::OurFault(reason) => tracing::error!(path, reason, "A page failed"),
        Trouble::OutOfService(reason) => tracing::warn!(path, reason, "The database is away"),
        Trouble::Forbidden | Trouble::Forged => tracing::info!(path, "Refused: {trouble}"),
        _ => {}
    }
}

/// What stops a page before its answer is made.
#[derive(Debug)]
pub struct Stopped(pub Trouble);

/// The answer of a page function, or what stopped it.
pub type Answer<T = web::Page> = Result<T, Stopped>;

impl From<Trouble> for Stopped {
    fn from(trouble: Trouble) -> Self {
        Self(trouble)
    }
}

impl From<db::Error> for Stopped {
    fn from(error: db::Error) -> Self {
        Self(match error {
            db::Error::Unavailable(_) | db::Error::Full | db::Error::Damaged(_) => {
                Trouble::OutOfService(error.to_string())
            }
            other => Trouble::OurFault(other.to_string()),
        })
    }
}

impl From<index::Error> for Stopped {
    fn from(error: index::Error) -> Self {
        Self(Trouble::OutOfService(error.to_string()))
    }
}

impl IntoResponse for Stopped {
    fn into_response(self) -> Response {
        self.0.into_response()
    }
}
