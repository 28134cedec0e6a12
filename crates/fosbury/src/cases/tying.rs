//! Which trials a text is about, one more or one fewer: a case tells of them, an item of evidence
//! speaks for them. Pages and programs do it in the same way.

use axum::Extension;
use axum::extract::{Path, State};
use db::Reads;
use web::{Access, Fields, OrNotFound, Routes};

use super::model::trial_number;
use super::{Cases, show, store_ties as case_ties};
use crate::evidence::{Evidence, pages as evidence, store_ties as evidence_ties};
use crate::history::editing::{done, live_record};
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::history::protecting;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::trials::model::Trial;
use crate::trials::store as trials;
use crate::viewer::Viewer;

/// What is done with a tie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    /// It is tied.
    Tied,
    /// It is tied no longer.
    Untied,
}

/// The acts on the pages of both kinds.
pub fn routes() -> Routes<App> {
    let kinds: [&'static dyn Kind; 2] = [&Cases, &Evidence];
    kinds.into_iter().fold(Routes::new(), |routes, kind| {
        let of = |act: &str| format!("/{}/{{slug}}/{act}", kind.plural());
        routes.and(
            Routes::new()
                .post(Access::Contributor, of("ties"), tie)
                .post(Access::Contributor, of("untyings"), untie)
                .with(kind),
        )
    })
}

/// The trials that a text is about and that the viewer may read.
pub async fn trials_of(
    db: &impl Reads,
    viewer: &Viewer,
    record: &Record,
) -> db::Result<Vec<Trial>> {
    match record.kind.as_str() {
        "case" => case_ties::trials_of(db, viewer, record.number).await,
        _ => evidence_ties::trials_of(db, viewer, record.number).await,
    }
}

/// Ties a text to a trial, or ties it no longer, in one change; false where it was so before.
pub async fn turn(app: &App, record: &Record, trial: i64, turn: Turn) -> db::Result<bool> {
    let (tx, number) = (app.db.begin().await?, record.number);
    let (is_new, shown) = match (record.kind.as_str(), turn) {
        ("case", Turn::Tied) => (case_ties::tie(&tx, number, trial).await?, "cases"),
        ("case", Turn::Untied) => (case_ties::untie(&tx, number, trial).await?, "cases"),
        (_, Turn::Tied) => (evidence_ties::tie(&tx, number, trial).await?, "evidence"),
        (_, Turn::Untied) => (evidence_ties::untie(&tx, number, trial).await?, "evidence"),
    };
    if is_new {
        store_log::commit_shown(tx, shown).await?;
    }
    Ok(is_new)
}

/// Makes a text be about one more trial.
async fn tie(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
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
        return match kind.name() {
            "case" => show::shown(&v, &app, &record, (sent, &errors)).await,
            _ => evidence::shown(&v, &app, &record, (sent, &errors)).await,
        };
    };
    let is_new = turn(&app, &record, trial.number, Turn::Tied).await?;
    let told = if is_new {
        "trial-tied"
    } else {
        "trial-tied-before"
    };
    Ok(done(&record, told))
}

/// Makes a text be about a trial no longer.
async fn untie(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let number = trial_number(fields.get("trial")).or_not_found()?;
    let trial = trials::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    turn(&app, &record, trial.number, Turn::Untied).await?;
    Ok(done(&record, "trial-untied"))
}
