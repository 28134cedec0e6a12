//! A trial's own page, and what may be done with it.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::model::Trial;
use super::store_versions::Act;
use super::telling::{changeable, told};
use super::{store, store_writing};
use crate::cases::store::Which as CasesOf;
use crate::cases::{section as cases, store_ties as case_ties};
use crate::discussion::places::Place;
use crate::discussion::section as discussion;
use crate::evidence::{section, store_ties as evidence_ties};
use crate::harvesting::{section as harvest_section, store_trials as harvest_trials};
use crate::interchange;
use crate::layout::{Answer, Visit};
use crate::people::store_audit as audit;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::PersonId;
use ranking::Outcome;

#[derive(Template)]
#[template(path = "trials/show.html")]
struct TrialPage<'v> {
    v: &'v Visit,
    trial: Trial,
    /// The bodies it was opened to: id, name and word in addresses.
    readers: Vec<(String, String, String)>,
    differently: Option<web::Rendered>,
    learned: Option<web::Rendered>,
    evidence: String,
    cases: String,
    /// The lines of notes that it cites.
    notes: String,
    discussion: String,
}

impl TrialPage<'_> {
    /// Who told it, where the reader may know, and when.
    fn told(&self) -> String {
        let day = self.trial.told_at.day();
        if self.trial.author.is_empty() || !self.trial.is_known() {
            return self.v.with("trial-told-on", "day", day);
        }
        let who = ("who", &self.trial.author as &dyn ToString);
        self.v.with_two("trial-told-by", who, ("day", &day))
    }

    fn may_change(&self) -> bool {
        self.trial.is_known() && self.trial.may_be_changed_by(&self.v.viewer)
    }

    fn may_confirm(&self) -> bool {
        !self.trial.is_confirmed && may_confirm(self.v, &self.trial)
    }

    fn is_waiting(&self) -> bool {
        self.trial.outcome == Outcome::TooEarly.name() && self.may_change()
    }

    fn answers(&self) -> Vec<&'static str> {
        let all = Outcome::ALL.iter().map(|one| one.name());
        all.filter(|one| *one != Outcome::TooEarly.name()).collect()
    }
}

fn may_confirm(v: &Visit, trial: &Trial) -> bool {
    v.viewer.is_steward() || v.viewer.works_at(&trial.organisation_id)
}

/// A trial.
pub async fn page(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    let trial = store::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    let words = |words: &str| (!words.is_empty()).then(|| web::render(words, 3));
    let of_this = CasesOf {
        trial: Some(number),
        ..CasesOf::default()
    };
    let page = TrialPage {
        v: &v,
        cases: cases::section(&v, &app, "trial", &of_this, Some(number)).await?,
        readers: store::readers(&app.db, &trial.id).await?,
        differently: words(&trial.differently),
        learned: words(&trial.learned),
        notes: harvest_section::of_trial(&v, &app, &trial).await?,
        evidence: section::of_trial(&v, &app, &trial).await?,
        discussion: discussion::of_place(&v, &app, &Place::of_trial(&trial)).await?,
        trial,
    };
    v.shared_page(&page)
}

/// Says what came of it: "did it work?" answered by somebody signed in.
pub async fn answer(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let (trial, _) = changeable(&v, &app, &number).await?;
    let tx = app.db.begin().await?;
    match Outcome::parse(fields.get("outcome")) {
        None | Some(Outcome::TooEarly) => {
            let later = v.now().plus(super::model::ASK_AFTER);
            store_writing::ask_later(&tx, &trial.id, later).await?;
        }
        Some(outcome) => {
            let act = Act::of("answer", &v.viewer, v.now());
            store_writing::answer(&tx, &trial.id, (outcome.name(), ""), act).await?;
        }
    }
    store_log::commit_shown(tx, &trial.id).await?;
    Ok(told(trial.number, "trial-answered"))
}

/// Confirms what somebody from elsewhere told.
pub async fn confirm(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let number = number.parse().ok().or_not_found()?;
    let trial = store::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    if !may_confirm(&v, &trial) {
        return Err(Trouble::Forbidden.into());
    }
    let tx = app.db.begin().await?;
    if !trial.is_confirmed {
        let act = Act::of("confirm", &v.viewer, v.now());
        store_writing::confirm(&tx, &trial.id, act).await?;
    }
    store_log::commit_shown(tx, &trial.id).await?;
    Ok(told(trial.number, "trial-confirmed"))
}

/// Takes a trial back inside a change, with what hangs on it; that it went is noted by its id alone, so
/// that no older backup brings it back.
pub async fn take_back(
    tx: &Tx,
    (id, number): (&str, i64),
    by: Option<&PersonId>,
    at: Moment,
) -> db::Result<()> {
    store_writing::remove(tx, id).await?;
    case_ties::forget_trial(tx, number).await?;
    evidence_ties::forget_trial(tx, number).await?;
    harvest_trials::forget(tx, number).await?;
    audit::note(tx, at, by, audit::TRIAL_TAKEN_BACK, id, "").await
}

/// Takes it back for good.
pub async fn remove(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let (trial, hurdle) = changeable(&v, &app, &number).await?;
    let tx = app.db.begin().await?;
    take_back(
        &tx,
        (&trial.id, trial.number),
        v.viewer.person().map(|person| &person.id),
        v.now(),
    )
    .await?;
    store_log::commit_shown(tx, &trial.id).await?;
    interchange::keep_forgotten(&app).await;
    let to = format!("{}?told=trial-removed", hurdle.address());
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}
