//! "It happens here too": one press without an account, then more if somebody likes.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::choosing::{self, chosen};
use super::model::{STAGES, Sighting};
use super::store_sightings::{self as store, New};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::history::{one_called, store as texts_store};
use crate::hurdles::Hurdles;
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, day_of, tidy_line};
use crate::people::signing_in::From;
use crate::state::App;
use crate::store_log;
use crate::time::DAY;
use crate::viewer::Visibility;

/// How long more may be said of a sighting.
const MORE_UNTIL: i64 = DAY;
/// Letters of a service's name at the most.
const LONGEST_SERVICE: usize = 120;
/// Who may read a sighting.
const VISIBILITIES: [Visibility; 4] = [
    Visibility::Public,
    Visibility::Members,
    Visibility::OwnOrganisation,
    Visibility::OnlyMe,
];

#[derive(Template)]
#[template(path = "trials/sighting.html")]
struct MorePage<'v> {
    v: &'v Visit,
    hurdle: &'v Record,
    action: String,
    names: Vec<String>,
    sent: Sent,
    errors: FieldErrors,
}

/// What the form says.
#[derive(Clone, Debug, Default)]
struct Sent {
    body: String,
    service: String,
    stage: String,
    days: String,
    visibility: String,
}

impl MorePage<'_> {
    fn stages(&self) -> [&'static str; 4] {
        STAGES
    }

    fn visibilities(&self) -> Vec<&'static str> {
        VISIBILITIES.iter().map(|one| one.name()).collect()
    }
}

fn stage_in(fields: &Fields) -> &'static str {
    let said = fields.get("stage");
    let known = STAGES.into_iter().find(|stage| *stage == said);
    known.unwrap_or("facing")
}

/// The press: a report is written down at once, and a page asks for more. A button may say how far
/// along; otherwise they face it.
pub async fn press(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    from: From,
    fields: Fields,
) -> Answer {
    let hurdle = live_record(&v, &app, &Hurdles, &slug).await?;
    app.limits.say(v.viewer.id(), from.0)?;
    let (id, secret) = (new_id(v.now()), new_secret());
    let body = chosen(&v, &app).await?;
    let body = body.filter(|body| v.viewer.works_at(&body.key()));
    let tx = app.db.begin().await?;
    let new = New {
        id: &id,
        hurdle: hurdle.number,
        organisation: body.as_ref().map(|body| body.id.as_str()),
        service: "",
        stage: stage_in(&fields),
        days_lost: None,
        visibility: "public",
        is_confirmed: body.is_some(),
        author: v.viewer.person().map(|person| person.id.0.as_str()),
        secret_hash: Some(&hashed(&secret)),
        at: v.now(),
        is_demo: false,
    };
    store::record(&tx, &new).await?;
    store_log::commit_shown(tx, "trials").await?;
    Ok(redirect(StatusCode::SEE_OTHER, &format!("/sightings/{secret}")).without_referrer())
}

/// The page that asks for more.
pub async fn more(v: Visit, State(app): State<App>, Path(secret): Path<String>) -> Answer {
    let (sighting, hurdle) = own(&v, &app, &secret).await?;
    let body = match sighting.organisation.as_str() {
        "" => chosen(&v, &app).await?.map(|body| body.short_name),
        known => Some(known.to_owned()),
    };
    let sent = Sent {
        body: body.unwrap_or_default(),
        service: sighting.service,
        stage: sighting.stage,
        days: sighting
            .days_lost
            .map(|n| n.to_string())
            .unwrap_or_default(),
        visibility: sighting.visibility,
    };
    let sent = (sent, FieldErrors::default());
    shown(&v, &app, &hurdle, &secret, StatusCode::OK, sent).await
}

/// Takes what more is said.
pub async fn complete(
    v: Visit,
    State(app): State<App>,
    Path(secret): Path<String>,
    fields: Fields,
) -> Answer {
    let (sighting, hurdle) = own(&v, &app, &secret).await?;
    let sent = Sent {
        body: fields.get("body").to_owned(),
        service: fields.get("service").to_owned(),
        stage: fields.get("stage").to_owned(),
        days: fields.get("days").to_owned(),
        visibility: fields.get("visibility").to_owned(),
    };
    let mut errors = FieldErrors::default();
    let body = body_of(&v, &app, &sent.body, &mut errors).await?;
    let service = tidy_line(&sent.service, LONGEST_SERVICE);
    if service.is_none() {
        errors.add("service", v.say("wrong-service-name"));
    }
    let stage = STAGES.into_iter().find(|stage| *stage == sent.stage);
    let days = match sent.days.trim() {
        "" => Ok(None),
        written => written.parse::<i64>().map(Some),
    };
    let days = days
        .ok()
        .filter(|days| days.is_none_or(|n| (0..=10_000).contains(&n)));
    if days.is_none() {
        errors.add("days", v.say("wrong-days"));
    }
    let works_there = body
        .as_ref()
        .is_some_and(|body| v.viewer.works_at(&body.key()));
    let visibility = visibility(&v, &sent.visibility, works_there, &mut errors);
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, &hurdle, &secret, status, (sent, errors)).await;
    }
    let new = New {
        id: &sighting.id,
        hurdle: hurdle.number,
        organisation: body.as_ref().map(|body| body.id.as_str()),
        service: &service.unwrap_or_default(),
        stage: stage.unwrap_or("facing"),
        days_lost: days.flatten(),
        visibility: visibility.name(),
        is_confirmed: body.is_some() && (works_there || v.viewer.is_steward()),
        author: None,
        secret_hash: None,
        at: sighting.at,
        is_demo: false,
    };
    let tx = app.db.begin().await?;
    store::complete(&tx, &new).await?;
    store_log::commit_shown(tx, "trials").await?;
    let to = format!("{}?told=sighting-kept#here", hurdle.address());
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}

/// Confirms a report: its body's people may, and stewards.
pub async fn confirm(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let (sighting, hurdle, by) = kept(&v, &app, &id).await?;
    let tx = app.db.begin().await?;
    store::confirm(&tx, &sighting.id, &by).await?;
    store_log::commit_shown(tx, "trials").await?;
    Ok(back(&hurdle, "sighting-confirmed"))
}

/// Takes a report away.
pub async fn remove(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let (sighting, hurdle, _) = kept(&v, &app, &id).await?;
    let tx = app.db.begin().await?;
    store::remove(&tx, &sighting.id).await?;
    store_log::commit_shown(tx, "trials").await?;
    Ok(back(&hurdle, "sighting-removed"))
}

fn back(hurdle: &Record, told: &str) -> web::Page {
    let to = format!("{}/sightings?told={told}", hurdle.address());
    redirect(StatusCode::SEE_OTHER, &to)
}

/// Whether this viewer looks after a sighting: as a steward, its author, or one of its body.
pub fn keeps(v: &Visit, sighting: &Sighting) -> bool {
    let works_there = sighting.organisation_id.as_ref();
    v.viewer.is_steward() || works_there.is_some_and(|body| v.viewer.works_at(body))
}

async fn kept(v: &Visit, app: &App, id: &str) -> Answer<(Sighting, Record, String)> {
    let sighting = store::with_id(&app.db, &v.viewer, id)
        .await?
        .or_not_found()?;
    if !keeps(v, &sighting) {
        return Err(Trouble::Forbidden.into());
    }
    let hurdle = hurdle_of(v, app, &sighting).await?;
    Ok((sighting, hurdle, v.viewer.id().to_owned()))
}

async fn own(v: &Visit, app: &App, secret: &str) -> Answer<(Sighting, Record)> {
    let since = v.now().plus(-MORE_UNTIL);
    let sighting = store::own(&app.db, &v.viewer, &hashed(secret), since).await?;
    let sighting = sighting.or_not_found()?;
    let hurdle = hurdle_of(v, app, &sighting).await?;
    Ok((sighting, hurdle))
}

async fn hurdle_of(v: &Visit, app: &App, sighting: &Sighting) -> Answer<Record> {
    let number = sighting.hurdle;
    let hurdle = texts_store::record(&app.db, &v.viewer, "hurdle", number).await?;
    Ok(hurdle.filter(Record::is_live).or_not_found()?)
}

async fn body_of(
    v: &Visit,
    app: &App,
    words: &str,
    errors: &mut FieldErrors,
) -> Answer<Option<Organisation>> {
    if words.trim().is_empty() {
        return Ok(None);
    }
    match one_called(app, words).await? {
        Ok(body) if body.has_ended(&day_of(v.now())) => {
            errors.add("body", choosing::ended(v, app, &body).await?);
            Ok(None)
        }
        Ok(body) => Ok(Some(body)),
        Err(key) => {
            errors.add("body", v.with(key, "words", words));
            Ok(None)
        }
    }
}

fn visibility(v: &Visit, sent: &str, works_there: bool, errors: &mut FieldErrors) -> Visibility {
    if !v.viewer.is_member() {
        return Visibility::Public;
    }
    let sent = Visibility::parse(sent).filter(|one| VISIBILITIES.contains(one));
    let visibility = sent.unwrap_or_default();
    if visibility == Visibility::OwnOrganisation && !works_there {
        errors.add("visibility", v.say("wrong-not-yours"));
    }
    visibility
}

async fn shown(
    v: &Visit,
    app: &App,
    hurdle: &Record,
    secret: &str,
    status: StatusCode,
    (sent, errors): (Sent, FieldErrors),
) -> Answer {
    let page = MorePage {
        v,
        hurdle,
        action: format!("/sightings/{secret}"),
        names: choosing::names(v, app).await?,
        sent,
        errors,
    };
    Ok(v.page_with(status, &page)?.without_referrer())
}
