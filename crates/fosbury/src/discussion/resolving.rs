//! A suggested change that clashed with today's text, brought together by a steward.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::deciding::{self, Decided};
use super::store;
use crate::history::seen::Seen;
use crate::history::{clash_of_another, forms, store as texts_store};
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;

/// Saves what the steward made of both, under the name of who suggested it.
pub async fn resolve(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let number: i64 = number.parse().ok().or_not_found()?;
    let Some(said) = store::to_decide(&app.db, &v.viewer, number).await? else {
        store::numbered(&app.db, &v.viewer, number)
            .await?
            .or_not_found()?;
        let to = "/desk/held?told=decided-late";
        return Ok(redirect(StatusCode::SEE_OTHER, to));
    };
    let is_change = said.what == "change";
    let kind = kind_called(&said.kind)
        .filter(|_| is_change)
        .or_not_found()?;
    let place = said.place();
    let record = place.record().or_not_found()?;
    let Some(base) = fields.number("base") else {
        return Err(Trouble::Unreadable(v.say("wrong-base")).into());
    };
    let before = texts_store::revision(&app.db, record, base)
        .await?
        .or_not_found()?
        .parts();
    let before = Seen::of(&v, kind, before).await?;
    let parts = forms::read_parts(kind, &fields, &before.parts);
    if let Some(wrong) = forms::check(&v, kind, &parts).await?.0.pop() {
        return Err(Trouble::Unreadable(wrong.words).into());
    }
    let told = match deciding::accept_change(&v, &app, &said, base, before.put_back(parts)).await? {
        Decided::Done => "decided",
        Decided::Late => "decided-late",
        Decided::Clash(kind, conflict) => {
            let action = format!("/desk/held/{number}/resolutions");
            return clash_of_another(&v, kind, &conflict, action).await;
        }
    };
    let to = format!("/desk/held?told={told}");
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}
