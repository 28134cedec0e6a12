//! Telling a trial: quickly in four fields, then in depth; a half-told one is welcome.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Query, Trouble, redirect};

use super::choosing::{self, chosen};
use super::looking_back::Names;
use super::model::{Telling, Trial};
use super::sent::{ASK_IN, READERS, Sent, twins};
use super::store_versions::Act;
use super::store_writing::{self, Teller};
use super::versions::{brought_together, facts_as_told, facts_of, telling_of};
use super::{model, store, store_versions};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::history::saving::TRIES;
use crate::history::store as texts_store;
use crate::hurdles::Hurdles;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Service, day_of};
use crate::organisations::store as bodies;
use crate::solutions::Solutions;
use crate::solutions::store::{self as solutions_store, Card, for_hurdle};
use crate::state::App;
use crate::store_log;
use crate::viewer::{OrganisationId, Visibility};
use ranking::Outcome;

#[derive(Template)]
#[template(path = "trials/form.html")]
struct FormPage<'v> {
    v: &'v Visit,
    hurdle: &'v Record,
    /// The trial told before, where it is told otherwise.
    before: Option<&'v Trial>,
    action: String,
    ways: Vec<Card>,
    names: Vec<String>,
    services: Vec<Service>,
    sent: Sent,
    twins: Vec<Trial>,
    /// Facts that somebody changed otherwise meanwhile: labels, and how they stand now.
    clashes: Vec<(String, String)>,
    errors: FieldErrors,
}

/// What a form shows beside what was sent.
#[derive(Default)]
struct Form<'a> {
    before: Option<&'a Trial>,
    twins: Vec<Trial>,
    clashes: Vec<(String, String)>,
}

impl<'a> Form<'a> {
    fn of(before: &'a Trial) -> Self {
        Self {
            before: Some(before),
            ..Self::default()
        }
    }
}

impl FormPage<'_> {
    fn outcomes(&self) -> Vec<&'static str> {
        Outcome::ALL.iter().map(|one| one.name()).collect()
    }

    fn visibilities(&self) -> Vec<&'static str> {
        Visibility::ALL.iter().map(|one| one.name()).collect()
    }

    fn asks(&self) -> [i64; 5] {
        ASK_IN
    }

    fn reader_places(&self) -> Vec<usize> {
        (0..READERS).collect()
    }

    fn is_way(&self, number: &i64) -> bool {
        self.sent.solution == *number
    }
}

/// The quick form.
pub async fn form(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let hurdle = live_record(&v, &app, &Hurdles, &slug).await?;
    let body = chosen(&v, &app).await?.map(|body| body.short_name);
    let solution = query.number("solution").unwrap_or(0);
    let sent = Sent::nothing(solution, body.unwrap_or_default());
    let sent = (sent, FieldErrors::default());
    shown(&v, &app, &hurdle, StatusCode::OK, sent, Form::default()).await
}

/// Takes a trial; one that was told before is recognised and offered.
pub async fn tell(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let hurdle = live_record(&v, &app, &Hurdles, &slug).await?;
    let sent = Sent::of(&fields);
    let mut errors = FieldErrors::default();
    let ways = ways(&v, &app, &hurdle, sent.solution).await?;
    let numbers: Vec<i64> = ways.iter().map(|card| card.number).collect();
    let mut telling = sent
        .told(&v, &app, hurdle.number, &numbers, &mut errors)
        .await?;
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        let sent = (sent, errors);
        return shown(&v, &app, &hurdle, status, sent, Form::default()).await;
    }
    let found = twins(&v, &app, &telling).await?;
    let same = fields.number("same").unwrap_or(0);
    let twin = found.iter().find(|one| one.number == same);
    let now = (v.now(), day_of(v.now()));
    if let Some(twin) = twin {
        telling = telling.joined_to(twin);
        if join(&v, &app, twin, &telling).await? {
            return Ok(told(twin.number, "trial-joined"));
        }
    }
    if twin.is_some() || (!found.is_empty() && !fields.ticked("another")) {
        let status = StatusCode::CONFLICT;
        let form = Form {
            twins: found,
            ..Form::default()
        };
        return shown(&v, &app, &hurdle, status, (sent, errors), form).await;
    }
    let body = OrganisationId(telling.organisation.clone());
    let teller = Teller {
        id: &new_id(v.now()),
        author: v.viewer.person().map(|person| person.id.0.as_str()),
        is_confirmed: v.viewer.works_at(&body) || v.viewer.is_steward(),
        now: now.0,
        today: &now.1,
        is_demo: false,
    };
    let tx = app.db.begin().await?;
    let number = store_writing::record(&tx, &telling, teller).await?;
    tx.commit().await?;
    let is_failure = matches!(telling.outcome.as_str(), "no-effect" | "worse" | "stopped");
    Ok(told(
        number,
        if is_failure {
            "failure-told"
        } else {
            "trial-told"
        },
    ))
}

/// "We use this too": a half-told trial by one press, then the form for the rest.
pub async fn use_too(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let solution = live_record(&v, &app, &Solutions, &slug).await?;
    let hurdles = solutions_store::hurdles_of(&app.db, &v.viewer, solution.number).await?;
    let Some(hurdle) = hurdles.first() else {
        return Ok(redirect(StatusCode::SEE_OTHER, "/hurdles"));
    };
    let body = chosen(&v, &app).await?;
    let Some(body) = body.filter(|body| v.viewer.works_at(&body.key())) else {
        let to = format!(
            "{}/trials/new?solution={}",
            hurdle.address(),
            solution.number
        );
        return Ok(redirect(StatusCode::SEE_OTHER, &to));
    };
    let alike = store::alike(&app.db, &v.viewer, hurdle.number, solution.number, &body.id).await?;
    if let Some(known) = alike.first() {
        return Ok(told(known.number, "trial-known"));
    }
    let telling = model::Telling {
        hurdle: hurdle.number,
        solution: solution.number,
        organisation: body.id.clone(),
        outcome: Outcome::TooEarly.name().to_owned(),
        is_named: true,
        ask_at: Some(v.now().plus(model::ASK_AFTER)),
        ..model::Telling::default()
    };
    let teller = Teller {
        id: &new_id(v.now()),
        author: v.viewer.person().map(|person| person.id.0.as_str()),
        is_confirmed: true,
        now: v.now(),
        today: &day_of(v.now()),
        is_demo: false,
    };
    let tx = app.db.begin().await?;
    let number = store_writing::record(&tx, &telling, teller).await?;
    tx.commit().await?;
    let to = format!("{}/edit?told=trial-told", model::address(number));
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}

/// The deep form of a trial that was told.
pub async fn edit(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let (trial, hurdle) = changeable(&v, &app, &number).await?;
    let readers = store::readers(&app.db, &trial.id).await?;
    let readers = readers.into_iter().map(|(_, name, _)| name).collect();
    let sent = (Sent::again(&trial, readers), FieldErrors::default());
    shown(&v, &app, &hurdle, StatusCode::OK, sent, Form::of(&trial)).await
}

/// Takes a trial told otherwise.
pub async fn change(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let (trial, hurdle) = changeable(&v, &app, &number).await?;
    let sent = Sent::of(&fields);
    let mut errors = FieldErrors::default();
    let ways = ways(&v, &app, &hurdle, trial.solution).await?;
    let numbers: Vec<i64> = ways.iter().map(|card| card.number).collect();
    let telling = sent
        .told(&v, &app, hurdle.number, &numbers, &mut errors)
        .await?;
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, &hurdle, status, (sent, errors), Form::of(&trial)).await;
    }
    let Some(base) = fields.number("base") else {
        return Err(Trouble::Unreadable(v.say("wrong-base")).into());
    };
    let ask_at = telling.ask_at;
    let mine = facts_of(&telling, false);
    for _ in 0..TRIES {
        let tx = app.db.begin().await?;
        let stands = store_versions::standing(&tx, &trial.id)
            .await?
            .or_not_found()?;
        let mut facts = mine.clone();
        if base != stands.version {
            let before = store_versions::facts(&tx, &trial.id, base).await?;
            let before = before.or_not_found()?;
            let (both, clashes) = brought_together(&before, &stands.facts, &mine);
            if !clashes.is_empty() {
                drop(tx);
                let sent = (sent.kept(&both), FieldErrors::default());
                return clashed(&v, &app, (&hurdle, &trial.id), sent, &clashes).await;
            }
            facts = both;
        }
        let telling = telling_of(&facts, hurdle.number, ask_at);
        let body = OrganisationId(telling.organisation.clone());
        let is_same_body = stands.facts.get("organisation") == body.0;
        let stays = is_same_body && !stands.facts.get("confirmed").is_empty();
        let is_confirmed = stays || v.viewer.works_at(&body) || v.viewer.is_steward();
        let (act, today) = (Act::of("change", &v.viewer, v.now()), day_of(v.now()));
        let change = (&stands, &telling);
        if store_writing::change(&tx, &trial.id, change, is_confirmed, (act, &today)).await? {
            store_log::commit_shown(tx, &trial.id).await?;
            let notice = if base == stands.version {
                "trial-kept"
            } else {
                "trial-kept-both"
            };
            return Ok(told(trial.number, notice));
        }
    }
    Err(Trouble::OutOfService("others change this trial at the same instant".to_owned()).into())
}

/// Puts what was told twice together; false where the trial was changed at the same instant.
async fn join(v: &Visit, app: &App, twin: &Trial, telling: &Telling) -> Answer<bool> {
    let tx = app.db.begin().await?;
    let stands = store_versions::standing(&tx, &twin.id)
        .await?
        .or_not_found()?;
    let (act, today) = (Act::of("join", &v.viewer, v.now()), day_of(v.now()));
    let change = (&stands, telling);
    let is_fresh = stands.version == twin.version;
    let (is_confirmed, when) = (twin.is_confirmed, (act, today.as_str()));
    let is_done =
        is_fresh && store_writing::change(&tx, &twin.id, change, is_confirmed, when).await?;
    if is_done {
        store_log::commit_shown(tx, &twin.id).await?;
    }
    Ok(is_done)
}

/// The form again where somebody changed the same facts meanwhile: both tellings are on the page.
async fn clashed(
    v: &Visit,
    app: &App,
    (hurdle, id): (&Record, &str),
    sent: (Sent, FieldErrors),
    clashes: &[&'static str],
) -> Answer {
    let trial = store::with_ids(&app.db, &v.viewer, vec![id.to_owned()]).await?;
    let trial = trial.into_iter().next().or_not_found()?;
    let readers = store::readers(&app.db, id).await?;
    let bodies: Vec<OrganisationId> = readers
        .into_iter()
        .map(|(id, ..)| OrganisationId(id))
        .collect();
    let facts = facts_as_told(&trial, bodies);
    let names = Names::of(v, app, [&facts]).await?;
    let theirs = clashes.iter().map(|key| {
        let words = names.words(v, key, facts.get(key));
        let words = if words.is_empty() {
            v.say("clash-nothing")
        } else {
            words
        };
        (names.label(v, key), words)
    });
    let form = Form {
        before: Some(&trial),
        clashes: theirs.collect(),
        ..Form::default()
    };
    shown(v, app, hurdle, StatusCode::CONFLICT, sent, form).await
}

/// A trial that this viewer may change, with its hurdle.
pub async fn changeable(v: &Visit, app: &App, number: &str) -> Answer<(Trial, Record)> {
    let number = number.parse().ok().or_not_found()?;
    let trial = store::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?;
    if !trial.is_known() || !trial.may_be_changed_by(&v.viewer) {
        return Err(Trouble::Forbidden.into());
    }
    let hurdle = texts_store::record(&app.db, &v.viewer, "hurdle", trial.hurdle).await?;
    Ok((trial, hurdle.or_not_found()?))
}

/// On to a trial, saying what was done.
pub fn told(number: i64, notice: &str) -> Page {
    let to = format!("{}?told={notice}", model::address(number));
    redirect(StatusCode::SEE_OTHER, &to)
}

/// The solutions that may be meant: those of the hurdle, and one that was named.
async fn ways(v: &Visit, app: &App, hurdle: &Record, named: i64) -> Answer<Vec<Card>> {
    let mut ways = for_hurdle(&app.db, &v.viewer, hurdle.number).await?;
    if named > 0 && !ways.iter().any(|card| card.number == named) {
        ways.extend(solutions_store::card(&app.db, &v.viewer, named).await?);
    }
    Ok(ways)
}

async fn shown(
    v: &Visit,
    app: &App,
    hurdle: &Record,
    status: StatusCode,
    (sent, errors): (Sent, FieldErrors),
    form: Form<'_>,
) -> Answer {
    let services = match chosen(v, app).await? {
        Some(body) => bodies::services(&app.db, &body.key()).await?,
        None => Vec::new(),
    };
    let action = match form.before {
        Some(trial) => trial.address(),
        None => format!("{}/trials", hurdle.address()),
    };
    let page = FormPage {
        v,
        hurdle,
        before: form.before,
        action,
        ways: ways(v, app, hurdle, sent.solution).await?,
        names: choosing::names(v, app).await?,
        services,
        sent,
        twins: form.twins,
        clashes: form.clashes,
        errors,
    };
    v.page_with(status, &page)
}
