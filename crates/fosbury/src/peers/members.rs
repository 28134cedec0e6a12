//! Which bodies are in a group: its keepers add them, and every body's own people may take it out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, redirect};

use super::editing::{back_to_edit, edited};
use super::groups::found;
use super::keeping::{self, kept};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Takes a body in.
pub async fn add(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let group = kept(&v, &app, &number).await?;
    let words = fields.get("body").trim();
    match keeping::added(&v, &app, &group, words).await? {
        Ok(()) => Ok(back_to_edit(group.number, "group-body-added")),
        Err(wrong) => {
            let mut errors = FieldErrors::default();
            errors.add("find", wrong);
            edited(&v, &app, &group, (None, words), &errors).await
        }
    }
}

/// Takes a body out.
pub async fn take_out(
    v: Visit,
    State(app): State<App>,
    Path((number, slug)): Path<(String, String)>,
) -> Answer {
    let group = found(&v, &app, &number).await?;
    keeping::taken_out(&v, &app, &group, &slug).await?;
    if group.is_kept_by(&v.viewer) {
        return Ok(back_to_edit(group.number, "group-body-out"));
    }
    let next = format!("{}?told=group-body-out", group.address());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}
