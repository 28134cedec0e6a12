//! Which trials an item of evidence is about: one more, one fewer.

use axum::extract::{Path, State};
use web::{Fields, OrNotFound};

use super::pages::shown;
use super::{Evidence, store_ties};
use crate::cases::model::trial_number;
use crate::history::editing::{done, live_record};
use crate::history::protecting;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::trials::store as trials;

/// Makes an item be about one more trial.
pub async fn tie(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, &Evidence, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let sent = fields.get("trial");
    let trial = match trial_number(sent) {
        Some(number) => trials::numbered(&app.db, &v.viewer, number).await?,
        None => None,
    };
    let Some(trial) = trial else {
        let mut errors = FieldErrors::default();
        errors.add("trial", v.say("wrong-trial"));
        return shown(&v, &app, &record, (sent, &errors)).await;
    };
    let tx = app.db.begin().await?;
    if !store_ties::tie(&tx, record.number, trial.number).await? {
        return Ok(done(&record, "trial-tied-before"));
    }
    store_log::commit_shown(tx, "evidence").await?;
    Ok(done(&record, "trial-tied"))
}

/// Makes an item be about a trial no longer.
pub async fn untie(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, &Evidence, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let number = trial_number(fields.get("trial")).or_not_found()?;
    let trial = trials::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    let tx = app.db.begin().await?;
    store_ties::untie(&tx, record.number, trial.number).await?;
    store_log::commit_shown(tx, "evidence").await?;
    Ok(done(&record, "trial-untied"))
}
