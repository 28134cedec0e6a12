//! The link of a letter about an event that ends such letters: a page with a button, since mail
//! scanners open links.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::redirect;

use super::store_letters as letters;
use crate::ids::hashed;
use crate::layout::{Answer, Visit};
use crate::people::signing_in::{From, ended};
use crate::state::App;

#[derive(Template)]
#[template(path = "sessions/after/quiet.html")]
struct QuietPage<'v> {
    v: &'v Visit,
    action: String,
}

/// Asks whether letters about the event shall end. The event is not named: it may have been hidden since.
pub(super) async fn page(
    v: Visit,
    State(app): State<App>,
    from: From,
    Path(token): Path<String>,
) -> Answer {
    let letter = letters::letter(&app.db, &hashed(&token), v.now()).await?;
    if letter.is_none() {
        app.limits.try_from(from.0)?;
        return ended(&v);
    }
    let page = QuietPage {
        v: &v,
        action: format!("/letters/{token}/ends"),
    };
    Ok(v.page(&page)?.without_referrer())
}

/// Ends them; nobody is signed in by it.
pub(super) async fn end(
    v: Visit,
    State(app): State<App>,
    from: From,
    Path(token): Path<String>,
) -> Answer {
    let letter = letters::letter(&app.db, &hashed(&token), v.now()).await?;
    let Some(letter) = letter else {
        app.limits.try_from(from.0)?;
        return ended(&v);
    };
    let tx = app.db.begin().await?;
    letters::be_quiet(&tx, letter.event, &letter.person, v.now()).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/?told=letters-ended").without_referrer())
}
