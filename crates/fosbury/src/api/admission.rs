//! Which programs may do what: by their token's scopes and the role of the person behind it.

use axum::extract::Request;
use axum::http::{HeaderMap, Method};
use web::Access;

use super::refusal::{Refusal, refused, unknown};
use crate::people::bearer::{Bearer, bearer_of, has_token};
use crate::people::scope::Scope;
use crate::state::App;
use crate::viewer::Viewer;

/// What the last word of an act's address asks for.
const ACTS: &[(&str, Scope)] = &[
    ("hurdles", Scope::Write),
    ("solutions", Scope::Write),
    ("guides", Scope::Write),
    ("evidence", Scope::Write),
    ("cases", Scope::Write),
    ("groups", Scope::Write),
    ("members", Scope::Write),
    ("removal", Scope::Write),
    ("events", Scope::Write),
    ("write-ups", Scope::Write),
    ("turnings", Scope::Write),
    ("returns", Scope::Write),
    ("ties", Scope::Write),
    ("untyings", Scope::Write),
    ("revisions", Scope::Write),
    ("restorations", Scope::Write),
    ("undoings", Scope::Write),
    ("said", Scope::Say),
    ("suggestions", Scope::Say),
    ("watches", Scope::Say),
    ("removals", Scope::Say),
    ("attachments", Scope::Write),
    ("deletions", Scope::Keep),
    ("mergers", Scope::Keep),
    ("separations", Scope::Keep),
    ("recoveries", Scope::Keep),
];

/// The scope that a route asks for; none where no token may use it.
pub fn scope_of(method: &Method, path: &str) -> Option<Scope> {
    if *method == Method::GET || *method == Method::HEAD {
        return Some(Scope::Read);
    }
    let last = path.rsplit('/').next().unwrap_or_default();
    let known = ACTS.iter().find(|(act, _)| *act == last);
    known.map(|(_, scope)| *scope)
}

/// Lets a request to this route in, and notes in whose name it comes.
pub async fn admit(
    app: &App,
    request: &mut Request,
    path: &str,
    access: Access,
) -> Result<(), Refusal> {
    let method = request.method().clone();
    match caller(app, request.headers()).await? {
        Some(bearer) => {
            let needed = scope_of(&method, path);
            let viewer = Viewer::Person(bearer.person.clone());
            if let Some(scope) = needed.filter(|scope| !bearer.scopes.contains(scope)) {
                let words = app.words().fill("api-scope", &[("scope", scope.name())]);
                return Err(refused(axum::http::StatusCode::FORBIDDEN, "scope", &words));
            }
            if needed.is_none() || !viewer.may(access) {
                return Err(web::Trouble::Forbidden.into());
            }
            request.extensions_mut().insert(bearer);
            Ok(())
        }
        // A cookie lets somebody read what they read in their browser; it writes nothing here.
        None if method == Method::GET || method == Method::HEAD => Ok(()),
        None => Err(web::Trouble::SignInFirst.into()),
    }
}

async fn caller(app: &App, headers: &HeaderMap) -> Result<Option<Bearer>, Refusal> {
    if !has_token(headers) {
        return Ok(None);
    }
    match bearer_of(app, headers).await? {
        Some(bearer) => Ok(Some(bearer)),
        None => Err(unknown("token-ended", &app.words().say("api-token-ended"))),
    }
}
