//! People: how they come in without a password, what they may do, how they leave.

pub mod account;
pub mod bearer;
pub mod guests;
pub mod invitations;
pub mod letters;
pub mod limits;
pub mod list;
pub mod model;
pub mod scope;
pub mod signing_in;
pub mod store;
pub mod store_audit;
mod store_links;
pub mod store_tokens;
pub mod tokens;

use axum::http::HeaderMap;
use web::{Access, CookieJar, Routes};

use crate::ids::hashed;
use crate::layout::Stopped;
use crate::state::App;
use crate::viewer::Viewer;

pub use store_audit as audit;

/// The cookie that keeps somebody signed in; the browser adds `__Host-`.
pub const SIGN_IN_COOKIE: &str = "fosbury";

/// The pages about people.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/sign-in", signing_in::form)
        .post(Access::Anyone, "/sign-in", signing_in::ask)
        .get(Access::Anyone, "/sign-in/check", signing_in::check)
        .post(Access::Anyone, "/sign-in/code", signing_in::by_code)
        .get(Access::Anyone, "/sign-in/{token}", signing_in::landing)
        .post(Access::Anyone, "/sign-in/{token}", signing_in::by_link)
        .post(Access::Anyone, "/sign-out", signing_in::out)
        .get(Access::Anyone, "/join/{token}", guests::landing)
        .post(Access::Anyone, "/join/{token}", guests::join)
        .get(Access::SignedIn, "/account", account::page)
        .post(Access::SignedIn, "/account/name", account::rename)
        .post(
            Access::SignedIn,
            "/account/sign-ins/{id}/removal",
            account::end_sign_in,
        )
        .get(Access::SignedIn, "/account/tokens", tokens::page)
        .post(Access::SignedIn, "/account/tokens", tokens::make)
        .post(
            Access::SignedIn,
            "/account/tokens/{token}/removal",
            tokens::end,
        )
        .get(Access::Steward, "/people", list::page)
        .post(Access::Steward, "/people/invitations", invitations::invite)
        .post(
            Access::Steward,
            "/people/invitations/{id}/removal",
            invitations::withdraw,
        )
        .get(Access::Owner, "/people/{id}", list::person)
        .post(Access::Owner, "/people/{id}/role", list::change_role)
        .post(Access::Owner, "/people/{id}/departure", list::depart)
        .post(
            Access::Owner,
            "/people/{id}/tokens/{token}/removal",
            tokens::end_of,
        )
}

/// Who sends a request, from its cookie.
pub async fn viewer_of(app: &App, headers: &HeaderMap) -> Result<Viewer, Stopped> {
    if bearer::has_token(headers) {
        // Tokens are for the API, which asks for them itself; no cookie counts beside one.
        return Ok(Viewer::Visitor);
    }
    let Some(secret) = CookieJar::of(headers).get(SIGN_IN_COOKIE) else {
        return Ok(Viewer::Visitor);
    };
    let person = store::signed_in(&app.db, &hashed(secret), app.clock.now()).await?;
    Ok(person.map_or(Viewer::Visitor, Viewer::Person))
}
