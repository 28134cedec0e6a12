//! Answers that say no: as JSON, with what to do next.

use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use serde_json::{Map, Value, json};
use web::Trouble;

use super::json_page;
use crate::layout::Stopped;
use crate::layout::field::FieldErrors;
use crate::state::App;

/// The answer to a program, or what stopped it.
pub type Told = Result<Response, Refusal>;

/// Why there is no answer.
pub enum Refusal {
    /// What stops pages as well.
    Stopped(Stopped),
    /// What is told to programs alone.
    Told(Box<Response>),
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        match self {
            Self::Stopped(stopped) => stopped.into_response(),
            Self::Told(response) => *response,
        }
    }
}

impl<E: Into<Stopped>> From<E> for Refusal {
    fn from(error: E) -> Self {
        Self::Stopped(error.into())
    }
}

/// JSON with a status.
pub fn json_with(status: StatusCode, value: &Value) -> Response {
    json_page(value).status(status).into_response()
}

/// A refusal with its name and a sentence.
pub fn refused(status: StatusCode, error: &str, message: &str) -> Refusal {
    let value = json!({ "error": error, "message": message });
    Refusal::Told(Box::new(json_with(status, &value)))
}

/// A refusal for want of a token that counts: says how one is sent.
pub fn unknown(error: &str, message: &str) -> Refusal {
    let value = json!({ "error": error, "message": message });
    let mut response = json_with(StatusCode::UNAUTHORIZED, &value);
    asks_for_a_token(&mut response);
    Refusal::Told(Box::new(response))
}

/// Fields that are not right: each with a sentence.
pub fn invalid(app: &App, status: StatusCode, errors: &FieldErrors) -> Refusal {
    let mut fields = Map::new();
    for error in &errors.0 {
        let entry = fields.entry(error.field.clone());
        entry.or_insert_with(|| json!(error.words));
    }
    let error = match status {
        StatusCode::TOO_MANY_REQUESTS => "too-many",
        StatusCode::SERVICE_UNAVAILABLE => "out-of-service",
        _ => "invalid",
    };
    let words = app.words().say("api-invalid").into_owned();
    let value = json!({ "error": error, "message": words, "fields": fields });
    let mut response = json_with(status, &value);
    if status != StatusCode::UNPROCESSABLE_ENTITY {
        // Counted by the hour: a minute gives room for one more.
        let wait = HeaderValue::from_static("60");
        response.headers_mut().insert(header::RETRY_AFTER, wait);
    }
    Refusal::Told(Box::new(response))
}

/// A trouble as JSON.
pub fn trouble(app: &App, trouble: &Trouble, headers: &HeaderMap) -> Response {
    let key = format!("api-{}", trouble.name());
    let mut words = app.words().say(&key).into_owned();
    if let Trouble::Unreadable(detail) = trouble {
        words = format!("{words} {detail}");
    }
    let value = json!({ "error": trouble.name(), "message": words });
    let mut response = json_with(trouble.status(), &value);
    for name in [header::RETRY_AFTER, header::ALLOW] {
        if let Some(value) = headers.get(&name) {
            response.headers_mut().insert(name, value.clone());
        }
    }
    if trouble.status() == StatusCode::UNAUTHORIZED {
        asks_for_a_token(&mut response);
    }
    response
}

fn asks_for_a_token(response: &mut Response) {
    let scheme = HeaderValue::from_static("Bearer");
    response
        .headers_mut()
        .insert(header::WWW_AUTHENTICATE, scheme);
}
