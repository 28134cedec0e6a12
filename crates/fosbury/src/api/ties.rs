//! Which trials a case tells of, as programs see and change it.

use axum::extract::{Path, State};
use serde_json::{Value, json};
use web::Fields;

use super::refusal::{Told, refused};
use super::sent::Sent;
use super::writing::{checked, written, wrong};
use crate::cases::{Cases, store_ties};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::history::store_protection;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::trials::store as trials;

/// The part of a kind that is tied beside its text, if it has one.
fn tied(kind: &dyn Kind) -> Option<&'static str> {
    let part = kind.parts().iter().find(|part| part.is_tied());
    part.map(|part| part.key)
}

async fn seen(v: &Visit, app: &App, record: &Record) -> Answer<Vec<i64>> {
    let told = store_ties::trials_of(&app.db, &v.viewer, record.number).await?;
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

/// Makes a case tell of one more trial.
pub async fn tie(v: Visit, State(app): State<App>, Path(number): Path<String>, sent: Sent) -> Told {
    turned(&v, &app, &number, sent, Turn::Tied).await
}

/// Makes a case tell of a trial no longer.
pub async fn untie(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    turned(&v, &app, &number, sent, Turn::Untied).await
}

enum Turn {
    Tied,
    Untied,
}

async fn turned(v: &Visit, app: &App, number: &str, mut sent: Sent, turn: Turn) -> Told {
    let record = live_record(v, app, &Cases, checked(number)?).await?;
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
        return wrong(app, &Cases, errors);
    }
    let tx = app.db.begin().await?;
    let is_new = match turn {
        Turn::Tied => store_ties::tie(&tx, record.number, trial).await?,
        Turn::Untied => store_ties::untie(&tx, record.number, trial).await?,
    };
    if !is_new {
        return written(v, app, (&Cases, &record), "unchanged").await;
    }
    store_log::commit_shown(tx, "cases").await?;
    written(v, app, (&Cases, &record), "saved").await
}
