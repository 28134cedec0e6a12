//! What can go wrong for a reader, named as the reader experiences it.

use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A result of a page.
pub type Result<T = crate::Page> = std::result::Result<T, Trouble>;

/// What a reader experiences. The product turns it into a page with ways on.
#[derive(Clone, Debug, thiserror::Error)]
pub enum Trouble {
    /// There is no such page, or this reader may not know of it.
    #[error("not found")]
    NotFound,
    /// The page was there and was taken away.
    #[error("gone")]
    Gone,
    /// The reader is known but may not do this.
    #[error("forbidden")]
    Forbidden,
    /// The request came from another site, or does not say where it came from.
    #[error("request forged")]
    Forged,
    /// The reader has to sign in first.
    #[error("sign in first")]
    SignInFirst,
    /// This method is not for this address.
    #[error("method not allowed")]
    MethodNotAllowed,
    /// What was sent cannot be read at all.
    #[error("unreadable request: {0}")]
    Unreadable(String),
    /// What was sent is too long.
    #[error("too large")]
    TooLarge,
    /// Too many tries in too short a time; seconds to wait.
    #[error("too many requests")]
    TooMany(u32),
    /// The database does not answer, or the disk is full.
    #[error("out of service: {0}")]
    OutOfService(String),
    /// A fault of ours.
    #[error("our fault: {0}")]
    OurFault(String),
}

impl Trouble {
    /// The status that says the same to programs.
    pub fn status(&self) -> StatusCode {
        match self {
            Self::NotFound => StatusCode::NOT_FOUND,
            Self::Gone => StatusCode::GONE,
            Self::Forbidden | Self::Forged => StatusCode::FORBIDDEN,
            Self::SignInFirst => StatusCode::UNAUTHORIZED,
            Self::MethodNotAllowed => StatusCode::METHOD_NOT_ALLOWED,
            Self::Unreadable(_) => StatusCode::BAD_REQUEST,
            Self::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Self::TooMany(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::OutOfService(_) => StatusCode::SERVICE_UNAVAILABLE,
            Self::OurFault(_) => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The name of its words: `trouble-not-found`, ….
    pub fn name(&self) -> &'static str {
        match self {
            Self::NotFound => "not-found",
            Self::Gone => "gone",
            Self::Forbidden => "forbidden",
            Self::Forged => "forged",
            Self::SignInFirst => "sign-in-first",
            Self::MethodNotAllowed => "method",
            Self::Unreadable(_) => "unreadable",
            Self::TooLarge => "too-large",
            Self::TooMany(_) => "too-many",
            Self::OutOfService(_) => "out-of-service",
            Self::OurFault(_) => "our-fault",
        }
    }

    fn retry_after(&self) -> Option<u32> {
        match self {
            Self::TooMany(seconds) => Some(*seconds),
            Self::OutOfService(_) => Some(5),
            _ => None,
        }
    }
}

impl IntoResponse for Trouble {
    fn into_response(self) -> Response {
        let mut response = (self.status(), self.to_string()).into_response();
        if let Some(seconds) = self.retry_after() {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        response.extensions_mut().insert(self);
        response
    }
}

/// `Option` and the page that says there is nothing here.
pub trait OrNotFound<T> {
    /// The value, or [`Trouble::NotFound`].
    fn or_not_found(self) -> Result<T>;
}

impl<T> OrNotFound<T> for Option<T> {
    fn or_not_found(self) -> Result<T> {
        self.ok_or(Trouble::NotFound)
    }
}
