//! Routes that can be listed: a test walks them all, so none is forgotten.

use axum::Router;
use axum::handler::Handler;
use axum::http::Method;
use axum::routing::{MethodFilter, on};

/// Who may use a route; the page asks again for the record at hand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Access {
    /// Everybody, signed in or not.
    Anyone,
    /// Everybody with an account.
    SignedIn,
    /// Everybody who may change shared text.
    Contributor,
    /// Those who keep the place in order.
    Steward,
    /// Those who answer for it.
    Owner,
}

/// One route as listed.
#[derive(Clone, Debug)]
pub struct Listed {
    /// `GET` or `POST`.
    pub method: Method,
    /// The pattern, such as `/hurdles/{slug}/edit`.
    pub path: String,
    /// Who may use it.
    pub access: Access,
}

/// A router that remembers what it was given.
pub struct Routes<S> {
    router: Router<S>,
    listed: Vec<Listed>,
}

impl<S: Clone + Send + Sync + 'static> Routes<S> {
    /// No routes yet.
    pub fn new() -> Self {
        Self {
            router: Router::new(),
            listed: Vec::new(),
        }
    }

    /// Adds a page that changes nothing.
    #[must_use]
    pub fn get<H, T>(self, access: Access, path: impl Into<String>, page: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(
            Method::GET,
            access,
            path.into(),
            on(MethodFilter::GET, page),
        )
    }

    /// Adds an act.
    #[must_use]
    pub fn post<H, T>(self, access: Access, path: impl Into<String>, act: H) -> Self
    where
        H: Handler<T, S>,
        T: 'static,
    {
        self.add(
            Method::POST,
            access,
            path.into(),
            on(MethodFilter::POST, act),
        )
    }

    /// Adds all routes of another room.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.router = self.router.merge(other.router);
        self.listed.extend(other.listed);
        self
    }

    /// Gives a value to all routes so far.
    #[must_use]
    pub fn with<E: Clone + Send + Sync + 'static>(mut self, value: E) -> Self {
        self.router = self.router.layer(axum::Extension(value));
        self
    }

    /// The router and the list of what it holds.
    pub fn into_parts(self) -> (Router<S>, Vec<Listed>) {
        (self.router, self.listed)
    }

    fn add(
        mut self,
        method: Method,
        access: Access,
        path: String,
        service: axum::routing::MethodRouter<S>,
    ) -> Self {
        self.router = self.router.route(&path, service);
        self.listed.push(Listed {
            method,
            path,
            access,
        });
        self
    }
}

impl<S: Clone + Send + Sync + 'static> Default for Routes<S> {
    fn default() -> Self {
        Self::new()
    }
}
