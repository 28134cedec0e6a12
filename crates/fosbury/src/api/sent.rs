//! What a program sent: one JSON object, read field by field into what a form would have sent.
//!
//! The same checks follow as after a form, so that pages and programs keep the same rules.

use axum::body::to_bytes;
use axum::extract::{FromRequest, Request};
use axum::http::{HeaderMap, StatusCode, header};
use serde_json::{Map, Value};
use web::{FORM_BYTES, Fields, Trouble};

use super::refusal::{Refusal, refused};
use crate::history::kind::{Kind, Shape};
use crate::ids::hashed;
use crate::layout::Visit;
use crate::layout::field::FieldErrors;
use crate::state::App;

/// The object, as far as nobody has read it yet.
pub struct Sent {
    left: Map<String, Value>,
    fields: Vec<(String, String)>,
    errors: FieldErrors,
}

impl FromRequest<App> for Sent {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let name = kind.split(';').next().unwrap_or_default().trim();
        if !name.eq_ignore_ascii_case("application/json") {
            let words = app.words().say("api-json").into_owned();
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(refused(status, "unsupported", &words));
        }
        let bytes = to_bytes(request.into_body(), FORM_BYTES)
            .await
            .map_err(|_| Trouble::TooLarge)?;
        let left = serde_json::from_slice(&bytes).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            Trouble::Unreadable(app.words().fill("api-json-wrong", &[("where", &place)]))
        })?;
        Ok(Self {
            left,
            fields: Vec::new(),
            errors: FieldErrors::default(),
        })
    }
}

impl Sent {
    /// Reads a text.
    pub fn text(&mut self, v: &Visit, name: &str) {
        match self.left.remove(name) {
            None => {}
            Some(Value::String(words)) => self.fields.push((name.to_owned(), words)),
            Some(_) => self.errors.add(name, v.say("wrong-api-text")),
        }
    }

    /// Reads a yes or no, as a box that is ticked or not.
    pub fn truth(&mut self, v: &Visit, name: &str) {
        match self.left.remove(name) {
            None => {}
            Some(Value::Bool(truth)) => {
                let ticked = if truth { "1" } else { "" };
                self.fields.push((name.to_owned(), ticked.to_owned()));
            }
            Some(_) => self.errors.add(name, v.say("wrong-api-truth")),
        }
    }

    /// Reads a number from 1 that has to be there.
    pub fn number(&mut self, v: &Visit, name: &str) {
        if self.left.get(name).is_none() {
            self.errors.add(name, v.say("wrong-api-number"));
        }
        self.number_if_sent(v, name);
    }

    /// Reads a number from 1 that need not be there.
    pub fn number_if_sent(&mut self, v: &Visit, name: &str) {
        let Some(value) = self.left.remove(name) else {
            return;
        };
        match value.as_i64().filter(|number| *number > 0) {
            Some(number) => self.fields.push((name.to_owned(), number.to_string())),
            None => self.errors.add(name, v.say("wrong-api-number")),
        }
    }

    /// Reads a list of texts under one name, as fields of another name.
    pub fn texts(&mut self, v: &Visit, name: &str, field: &str) {
        let Some(value) = self.left.remove(name) else {
            return;
        };
        match entries(&value, Value::as_str) {
            Some(words) => {
                let words = words.into_iter();
                let fields = words.map(|words| (field.to_owned(), words.to_owned()));
                self.fields.extend(fields);
            }
            None => self.errors.add(name, v.say("wrong-api-list")),
        }
    }

    /// Reads one of a few words.
    pub fn choice(&mut self, v: &Visit, name: &str, among: &[&str], wrong: &str) {
        match self.left.remove(name) {
            None => {}
            Some(Value::String(word)) if among.contains(&word.as_str()) => {
                self.fields.push((name.to_owned(), word));
            }
            Some(_) => self.errors.add(name, v.say(wrong)),
        }
    }

    /// Reads the title and the parts of a text.
    pub fn parts(&mut self, v: &Visit, kind: &dyn Kind) {
        self.text(v, "title");
        let parts = match self.left.remove("parts") {
            None => return,
            Some(Value::Object(parts)) => parts,
            Some(_) => return self.errors.add("parts", v.say("wrong-api-parts")),
        };
        for (name, value) in parts {
            let at = format!("parts.{name}");
            let Some(part) = kind.part(&name).filter(|part| part.key != "title") else {
                self.errors.add(&at, v.say("wrong-api-field"));
                continue;
            };
            let (words, wrong) = match part.shape {
                Shape::Lines | Shape::Tags => {
                    let lines = entries(&value, Value::as_str).map(|lines| lines.join("\n"));
                    (lines, "wrong-api-list")
                }
                Shape::Numbers(_) | Shape::Trials => {
                    let numbers = entries(&value, Value::as_i64);
                    let lines = numbers.map(|all| {
                        let all: Vec<String> = all.iter().map(ToString::to_string).collect();
                        all.join("\n")
                    });
                    (lines, "wrong-api-numbers")
                }
                _ => (value.as_str().map(str::to_owned), "wrong-api-text"),
            };
            match words {
                Some(words) => self.fields.push((name, words)),
                None => self.errors.add(&at, v.say(wrong)),
            }
        }
    }

    /// What was read, where all of it was right and nothing else was sent.
    pub fn fields(mut self, v: &Visit) -> Result<Fields, Refusal> {
        for name in self.left.keys() {
            self.errors.add(name, v.say("wrong-api-field"));
        }
        if self.errors.is_empty() {
            return Ok(Fields::of(self.fields));
        }
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        Err(super::refusal::invalid(&v.app, status, &self.errors))
    }
}

fn entries<'v, T>(value: &'v Value, read: impl Fn(&'v Value) -> Option<T>) -> Option<Vec<T>> {
    value.as_array()?.iter().map(read).collect()
}

/// The fields that are wrong, named as programs send them.
pub fn as_sent(kind: &dyn Kind, errors: FieldErrors) -> FieldErrors {
    let mut named = FieldErrors::default();
    for error in errors.0 {
        let name = match error.field.as_str() {
            "body" => "bodies".to_owned(),
            part if part != "title" && kind.part(part).is_some() => format!("parts.{part}"),
            other => other.to_owned(),
        };
        named.add(&name, error.words);
    }
    named
}

/// The id that a request gives what it makes: the same for the same person, address and key.
pub fn id_of(v: &Visit, headers: &HeaderMap) -> Result<Option<String>, Refusal> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().unwrap_or_default();
    let is_right =
        (1..=200).contains(&key.len()) && key.bytes().all(|byte| byte.is_ascii_graphic());
    if !is_right {
        return Err(Trouble::Unreadable(v.say("api-key")).into());
    }
    let mut id = hashed(&format!("{}|{}|{key}", v.viewer.id(), v.path()));
    id.truncate(32);
    Ok(Some(id))
}
