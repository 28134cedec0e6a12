//! Keeping groups of bodies by a program, by the rules of the pages.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use serde_json::json;
use web::Trouble;

use super::peers::whole;
use super::refusal::{Refusal, Told, invalid, json_with};
use super::sent::Sent;
use super::writing::checked;
use crate::layout::Visit;
use crate::layout::field::FieldErrors;
use crate::peers::groups::found;
use crate::peers::keeping::{self, beginner, kept};
use crate::peers::store;
use crate::state::App;

/// Begins a group in the name of a body.
pub async fn begin(v: Visit, State(app): State<App>, mut sent: Sent) -> Told {
    for name in ["organisation", "name", "why"] {
        sent.text(&v, name);
    }
    let fields = sent.fields(&v)?;
    let body = beginner(&v, &app, fields.get("organisation")).await?;
    let said = (fields.get("name"), fields.get("why"));
    match keeping::begun(&v, &app, &body, said).await? {
        Err(errors) => Err(wrong(&app, &errors)),
        Ok(number) => {
            let mut response = written(&v, &app, number, "made").await?;
            *response.status_mut() = StatusCode::CREATED;
            if let Ok(place) = HeaderValue::from_str(&format!("/api/v1/groups/{number}")) {
                response.headers_mut().insert(header::LOCATION, place);
            }
            Ok(response)
        }
    }
}

/// Gives a group another name or reason; what is not sent stays.
pub async fn rename(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    sent.text(&v, "name");
    sent.text(&v, "why");
    let fields = sent.fields(&v)?;
    let group = kept(&v, &app, checked(&number)?).await?;
    let name = fields.sent("name").unwrap_or(&group.name);
    let why = fields.sent("why").unwrap_or(&group.why);
    if (name, why) == (group.name.as_str(), group.why.as_str()) {
        return written(&v, &app, group.number, "unchanged").await;
    }
    match keeping::renamed(&v, &app, &group, (name, why)).await? {
        Err(errors) => Err(wrong(&app, &errors)),
        Ok(()) => written(&v, &app, group.number, "saved").await,
    }
}

/// Takes a body in, by its name, code or word in addresses.
pub async fn add(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    sent.text(&v, "organisation");
    let fields = sent.fields(&v)?;
    let group = kept(&v, &app, checked(&number)?).await?;
    let words = fields.get("organisation").trim();
    match keeping::added(&v, &app, &group, words).await? {
        Ok(()) => written(&v, &app, group.number, "saved").await,
        Err(words) => {
            let mut errors = FieldErrors::default();
            errors.add("organisation", words);
            Err(wrong(&app, &errors))
        }
    }
}

/// Takes a body out.
pub async fn take_out(
    v: Visit,
    State(app): State<App>,
    Path((number, slug)): Path<(String, String)>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let group = found(&v, &app, checked(&number)?).await?;
    if group.removed_at.is_some() {
        return Err(Trouble::Gone.into());
    }
    keeping::taken_out(&v, &app, &group, &slug).await?;
    written(&v, &app, group.number, "saved").await
}

/// Takes a group away.
pub async fn remove(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let group = kept(&v, &app, checked(&number)?).await?;
    keeping::removed(&v, &app, &group).await?;
    written(&v, &app, group.number, "removed").await
}

fn wrong(app: &App, errors: &FieldErrors) -> Refusal {
    invalid(app, StatusCode::UNPROCESSABLE_ENTITY, errors)
}

/// A group after an act, whole, and what became of the act.
async fn written(v: &Visit, app: &App, number: i64, outcome: &str) -> Told {
    let group = store::numbered(&app.db, number).await?;
    let group = group.ok_or(Trouble::NotFound)?;
    let value = json!({ "outcome": outcome, "group": whole(v, app, &group).await? });
    Ok(json_with(StatusCode::OK, &value))
}
