//! Which trials a case tells of or evidence is about, as programs see and change it.

use axum::Extension;
use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::Fields;

use super::refusal::{Told, refused};
use super::sent::Sent;
use super::writing::{Of, checked, written, wrong};
use crate::cases::tying::{self, Turn};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::history::store_protection;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::store as trials;

/// The part of a kind that is tied beside its text, if it has one.
fn tied(kind: &dyn Kind) -> Option<&'static str> {
    let part = kind.parts().iter().find(|part| part.is_tied());
    part.map(|part| part.key)
}

/// Whether texts of this kind are tied to trials.
pub(super) fn is_tied(kind: &dyn Kind) -> bool {
    tied(kind).is_some()
}

async fn seen(v: &Visit, app: &App, record: &Record) -> Answer<Vec<i64>> {
    let told = tying::trials_of(&app.db, &v.viewer, record).await?;
    let mut numbers: Vec<i64> = told.iter().map(|trial| trial.number).collect();
    numbers.sort_unstable();
    Ok(numbers)
}

/// Adds the trials that the viewer may see to a record as it is shown.
pub(super) async fn add(
    v: &Visit,
    app: &App,
    (kind, record): (&dyn Kind, &Record),
    shown: &mut Value,
) -> Answer<()> {
    if let Some(key) = tied(kind) {
        shown["parts"][key] = json!(seen(v, app, record).await?);
    }
    Ok(())
}

/// What is wrong with a change of a text that names other trials than those it is tied to.
pub(super) async fn changed(
    v: &Visit,
    app: &App,
    (kind, record): (&dyn Kind, &Record),
    fields: &Fields,
) -> Answer<FieldErrors> {
    let mut errors = FieldErrors::default();
    let sent = tied(kind).and_then(|key| Some((key, fields.sent(key)?)));
    if let Some((key, sent)) = sent {
        let mut numbers: Vec<i64> = sent.lines().filter_map(|line| line.parse().ok()).collect();
        numbers.sort_unstable();
        if numbers != seen(v, app, record).await? {
            errors.add(key, v.say("wrong-ties"));
        }
    }
    Ok(errors)
}

/// Ties a text to one more trial.
pub async fn tie(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    turned(&v, &app, (kind, &number), sent, Turn::Tied).await
}

/// Ties a text to a trial no longer.
pub async fn untie(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    turned(&v, &app, (kind, &number), sent, Turn::Untied).await
}

async fn turned(
    v: &Visit,
    app: &App,
    (kind, number): (&dyn Kind, &str),
    mut sent: Sent,
    turn: Turn,
) -> Told {
    let record = live_record(v, app, kind, checked(number)?).await?;
    sent.number(v, "trial");
    let fields = sent.fields(v)?;
    let protection = store_protection::of(&app.db, &record.id, v.now()).await?;
    if let Some(one) = protection.filter(|_| !v.viewer.is_steward()) {
        let words = v.with("api-protected", "day", one.ends_at.day());
        let status = axum::http::StatusCode::FORBIDDEN;
        return Err(refused(status, "protected", &words));
    }
    let trial = fields.number("trial").unwrap_or_default();
    if trials::numbered(&app.db, &v.viewer, trial).await?.is_none() {
        let mut errors = FieldErrors::default();
        errors.add("trial", v.say("wrong-trial"));
        return wrong(app, kind, errors);
    }
    let is_new = tying::turn(app, &record, trial, turn).await?;
    let told = if is_new { "saved" } else { "unchanged" };
    written(v, app, (kind, &record), told).await
}
