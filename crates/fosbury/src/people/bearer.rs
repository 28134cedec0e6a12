//! Who sends a request with a token in place of a cookie.

use axum::http::{HeaderMap, header};

use super::scope::{Scope, day_of};
use super::store_tokens;
use crate::ids::hashed;
use crate::layout::Stopped;
use crate::state::App;
use crate::time::Moment;
use crate::viewer::Person;

/// Somebody's program: in whose name it comes, and what it may do.
#[derive(Clone, Debug)]
pub struct Bearer {
    /// In whose name.
    pub person: Person,
    /// What the token may do.
    pub scopes: Vec<Scope>,
}

/// Whether a request brings a token: no cookie counts beside it, whatever the token is worth.
pub fn has_token(headers: &HeaderMap) -> bool {
    headers
        .get_all(header::AUTHORIZATION)
        .iter()
        .any(|value| sent(value.as_bytes()).is_some())
}

/// The token as a request sent it.
fn sent(value: &[u8]) -> Option<&[u8]> {
    let (scheme, rest) = value.split_at_checked(6)?;
    let is_alone = rest.first().is_none_or(|byte| *byte == b' ');
    (scheme.eq_ignore_ascii_case(b"bearer") && is_alone).then(|| rest.trim_ascii())
}

/// Whose token a request brings; nobody's where it has ended or never was, or where there are two.
pub async fn bearer_of(app: &App, headers: &HeaderMap) -> Result<Option<Bearer>, Stopped> {
    let mut all = headers.get_all(header::AUTHORIZATION).iter();
    let (Some(value), None) = (all.next(), all.next()) else {
        return Ok(None);
    };
    let Some(secret) = sent(value.as_bytes()).and_then(|token| std::str::from_utf8(token).ok())
    else {
        return Ok(None);
    };
    let now = app.clock.now();
    let Some((token, person)) = store_tokens::known(&app.db, &hashed(secret), now).await? else {
        return Ok(None);
    };
    if token.used_on != Some(day_of(now))
        && let Err(error) = note_use(app, &token.id, now).await
    {
        // A full disk must not stop a program from reading.
        tracing::warn!(%error, "The use of a token could not be written down");
    }
    let scopes = Scope::all_in(&token.scopes);
    Ok(Some(Bearer { person, scopes }))
}

async fn note_use(app: &App, token: &str, now: Moment) -> db::Result<()> {
    let tx = app.db.begin().await?;
    store_tokens::note_use(&tx, token, day_of(now)).await?;
    tx.commit_quietly().await
}
