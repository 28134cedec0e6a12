//! Cookies: `__Host-`, never read by scripts, never sent by other sites' forms.

use axum::http::{HeaderMap, HeaderValue, header};

/// A cookie to set.
pub struct Cookie<'a> {
    /// Its name; `__Host-` is added.
    pub name: &'a str,
    /// Its value: letters, digits, `-`, `_` and `.` only.
    pub value: &'a str,
    /// How long the browser keeps it, in seconds; 0 takes it away.
    pub seconds: i64,
}

impl Cookie<'_> {
    /// The header that sets it.
    pub fn header(&self) -> Option<HeaderValue> {
        let Self {
            name,
            value,
            seconds,
        } = self;
        HeaderValue::from_str(&format!(
            "__Host-{name}={value}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age={seconds}"
        ))
        .ok()
    }
}

/// The cookies a request brought.
pub struct CookieJar<'h>(&'h HeaderMap);

impl<'h> CookieJar<'h> {
    /// Those of these headers.
    pub fn of(headers: &'h HeaderMap) -> Self {
        Self(headers)
    }

    /// The value of the cookie `__Host-name`.
    pub fn get(&self, name: &str) -> Option<&'h str> {
        self.0
            .get_all(header::COOKIE)
            .into_iter()
            .filter_map(|line| line.to_str().ok())
            .flat_map(|line| line.split(';'))
            .filter_map(|pair| pair.trim().split_once('='))
            .find(|(key, _)| key.strip_prefix("__Host-") == Some(name))
            .map(|(_, value)| value)
    }
}
