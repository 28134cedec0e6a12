//! What a form or an address brought, bounded first and never refused for its encoding.

use axum::body::to_bytes;
use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::http::header;
use axum::http::request::Parts;
use url::form_urlencoded;

use crate::Trouble;

/// Bytes of a whole form at the most: five texts of the longest, in any script.
pub const FORM_BYTES: usize = 4 * 1024 * 1024;
/// Fields of a form at the most.
pub(crate) const FIELDS: usize = 200;

/// The fields of a posted form, in order; names may repeat.
#[derive(Clone, Debug, Default)]
pub struct Fields(Vec<(String, String)>);

impl Fields {
    /// Reads `a=1&b=2`. Bytes that are not UTF-8 become the replacement character; NUL goes.
    pub fn parse(bytes: &[u8]) -> Self {
        Self(
            form_urlencoded::parse(bytes)
                .take(FIELDS)
                .map(owned)
                .collect(),
        )
    }

    /// Fields that were read already; NUL goes.
    pub fn of(fields: Vec<(String, String)>) -> Self {
        let fields = fields.into_iter();
        Self(
            fields
                .map(|(key, value)| (without_nul(&key), without_nul(&value)))
                .collect(),
        )
    }

    /// The first field of this name, or nothing.
    pub fn get(&self, name: &str) -> &str {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map_or("", |(_, value)| value)
    }

    /// The field if it was sent at all.
    pub fn sent(&self, name: &str) -> Option<&str> {
        self.0
            .iter()
            .find(|(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// All fields of this name.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0
            .iter()
            .filter(move |(key, _)| key == name)
            .map(|(_, value)| value.as_str())
    }

    /// The names of all fields, in the order in which they were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// Whether a box of this name was ticked.
    pub fn ticked(&self, name: &str) -> bool {
        !self.get(name).is_empty()
    }

    /// A whole number, if the field holds one.
    pub fn number(&self, name: &str) -> Option<i64> {
        self.get(name).trim().parse().ok()
    }
}

fn owned((key, value): (std::borrow::Cow<'_, str>, std::borrow::Cow<'_, str>)) -> (String, String) {
    (without_nul(&key), without_nul(&value))
}

/// NUL means nothing to readers and stops databases.
fn without_nul(words: &str) -> String {
    words.chars().filter(|letter| *letter != '\0').collect()
}

impl<S: Send + Sync> FromRequest<S> for Fields {
    type Rejection = Trouble;

    async fn from_request(request: Request, _: &S) -> Result<Self, Trouble> {
        let kind = request
            .headers()
            .get(header::CONTENT_TYPE)
            .and_then(|kind| kind.to_str().ok());
        if !kind.is_none_or(|kind| kind.starts_with("application/x-www-form-urlencoded")) {
            return Err(Trouble::Unreadable(
                "send the form as it is on the page".to_owned(),
            ));
        }
        let bytes = to_bytes(request.into_body(), FORM_BYTES)
            .await
            .map_err(|_| Trouble::TooLarge)?;
        Ok(Self::parse(&bytes))
    }
}

/// The fields of an address, after its `?`.
#[derive(Clone, Debug, Default)]
pub struct Query(pub Fields);

impl<S: Send + Sync> FromRequestParts<S> for Query {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Self::Rejection> {
        Ok(Self(Fields::parse(
            parts.uri.query().unwrap_or_default().as_bytes(),
        )))
    }
}
