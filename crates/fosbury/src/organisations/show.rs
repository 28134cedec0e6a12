//! A body's own page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, redirect};

use super::model::{Alias, Organisation, Service, day_of};
use super::store::{self, Listed};
use super::store_members::{self, Colleague};
use crate::cases::section as cases;
use crate::cases::store::Which as CasesOf;
use crate::discussion::places::Place;
use crate::discussion::section as discussion;
use crate::history::store::{self as texts_store, Listed as Text};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::peers::finding::{Found, similar};
use crate::precedents::line::standing_at;
use crate::precedents::model::Stood;
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store::{self as trials, Which};

/// Similar bodies shown; the others have a page of their own.
const NEAREST: usize = 3;
/// Trials shown; the others have a page of their own.
const TRIALS: i64 = 5;
/// Bodies that followed one another, looked through at the most.
const LONGEST_CHAIN: usize = 20;

#[derive(Template)]
#[template(path = "organisations/show.html")]
struct BodyPage<'v> {
    v: &'v Visit,
    body: &'v Organisation,
    has_ended: bool,
    came_from: Option<String>,
    county: Option<(String, String)>,
    combined: Option<(String, String)>,
    aliases: Vec<Alias>,
    /// What is counted, and how much with where it comes from.
    figures: Vec<(String, String)>,
    predecessors: Vec<Listed>,
    successors: Vec<Listed>,
    services: Vec<Service>,
    members: i64,
    /// Whether this viewer's own membership is confirmed; none where they never asked.
    own: Option<bool>,
    colleagues: Vec<Colleague>,
    /// Hurdles by the stage they stand at.
    standing: Vec<(&'static str, Vec<Stood>)>,
    /// The newest.
    trials: Vec<Trial>,
    cases: String,
    discussion: String,
    pages: Vec<Text>,
    /// The bodies that are most like it.
    nearest: Vec<Listed>,
    sent: &'v Sent,
    errors: &'v FieldErrors,
}

/// What a form of this page sent, where something was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// Which service; empty for a new one.
    pub service: Option<String>,
    /// Its name.
    pub name: String,
    /// Its note.
    pub note: String,
    /// The body's mail domain.
    pub mail_domain: Option<String>,
}

impl BodyPage<'_> {
    /// Whether this viewer keeps the body's services and sees who works there.
    fn is_keeper(&self) -> bool {
        keeps(self.v, self.body)
    }

    fn names(&self) -> Vec<&str> {
        let told = |name: &str| name.chars().any(char::is_uppercase);
        let own = [self.body.name.as_str(), self.body.short_name.as_str()];
        let others = self.aliases.iter().filter(|one| !one.is_code);
        let others = others.map(|one| one.alias.as_str());
        others
            .filter(|one| told(one) && !own.contains(one))
            .collect()
    }

    fn codes(&self) -> Vec<&str> {
        let codes = self.aliases.iter().filter(|one| one.is_code);
        codes.map(|one| one.alias.as_str()).collect()
    }

    fn waiting(&self) -> Vec<&Colleague> {
        let waiting = self.colleagues.iter().filter(|one| !one.is_confirmed);
        waiting.collect()
    }

    fn confirmed(&self) -> Vec<&Colleague> {
        let confirmed = self.colleagues.iter().filter(|one| one.is_confirmed);
        confirmed.collect()
    }

    fn is_own(&self, colleague: &Colleague) -> bool {
        self.v.viewer.id() == colleague.person_id.0
    }

    fn is_wrong(&self, service: &str) -> bool {
        self.sent.service.as_deref() == Some(service)
    }

    fn domain_shown(&self) -> &str {
        let sent = self.sent.mail_domain.as_deref();
        sent.unwrap_or(&self.body.mail_domain)
    }
}

/// Whether this viewer works at the body or is a steward.
pub fn keeps(v: &Visit, body: &Organisation) -> bool {
    v.viewer.works_at(&body.key()) || v.viewer.is_steward()
}

/// The body with this word in its address, and nothing else.
pub async fn body_at(app: &App, slug: &str) -> Answer<Organisation> {
    Ok(store::by_slug(&app.db, slug).await?.or_not_found()?)
}

/// A body; an old code or the address of one that was followed leads on. Who works at one that is
/// no more is not led on, and neither are stewards: they have something to do there.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let Some(body) = store::by_slug(&app.db, &slug).await? else {
        let code = slug.to_uppercase();
        let mut found = store::called(&app.db, &slug, &code).await?;
        let known = found.pop().filter(|_| found.is_empty()).or_not_found()?;
        return Ok(redirect(StatusCode::FOUND, &known.address()));
    };
    if !has_business(&v, &app, &body).await?
        && let Some(to) = followed_by(&v, &app, &body).await?
    {
        let next = format!("{}?from={}", to.address(), body.slug);
        return Ok(redirect(StatusCode::FOUND, &next));
    }
    let before = store::by_slug(&app.db, query.get("from")).await?;
    let today = day_of(v.now());
    let before = before.filter(|before| before.has_ended(&today));
    let came_from = before.map(|before| before.name);
    let (sent, errors) = (Sent::default(), FieldErrors::default());
    shown(&v, &app, &body, StatusCode::OK, came_from, (&sent, &errors)).await
}

/// Whether this viewer works at the body, or says so, or keeps the place in order.
async fn has_business(v: &Visit, app: &App, body: &Organisation) -> Answer<bool> {
    Ok(match v.viewer.person() {
        None => false,
        Some(_) if v.viewer.is_steward() => true,
        Some(person) => store_members::state(&app.db, &person.id, &body.key())
            .await?
            .is_some(),
    })
}

/// The one living body that followed this one, directly or through others.
async fn followed_by(v: &Visit, app: &App, body: &Organisation) -> Answer<Option<Listed>> {
    let today = day_of(v.now());
    if !body.has_ended(&today) {
        return Ok(None);
    }
    let mut at = body.key();
    for _ in 0..LONGEST_CHAIN {
        let mut successors = store::successors(&app.db, &at).await?;
        let Some(next) = successors.pop().filter(|_| successors.is_empty()) else {
            return Ok(None);
        };
        if !next.has_ended(&today) {
            return Ok(Some(next));
        }
        at = next.id;
    }
    Ok(None)
}

/// The page, with a form to mend where something was wrong.
pub async fn shown(
    v: &Visit,
    app: &App,
    body: &Organisation,
    status: StatusCode,
    came_from: Option<String>,
    (sent, errors): (&Sent, &FieldErrors),
) -> Answer {
    let (db, id) = (&app.db, body.key());
    let own = match v.viewer.person() {
        Some(person) => store_members::state(db, &person.id, &id).await?,
        None => None,
    };
    let colleagues = if keeps(v, body) {
        store_members::colleagues(db, &id).await?
    } else {
        Vec::new()
    };
    let figures = store::figures(db, &id).await?.into_iter();
    let which = Which {
        organisation: Some(&body.id),
        ..Which::default()
    };
    let of_this = CasesOf {
        organisation: Some(&body.id),
        ..CasesOf::default()
    };
    let page = BodyPage {
        v,
        body,
        has_ended: body.has_ended(&day_of(v.now())),
        came_from,
        county: around(app, &body.county).await?,
        combined: around(app, &body.combined).await?,
        aliases: store::aliases(db, &id).await?,
        figures: figures
            .map(|(name, value, source)| {
                let value = figure(&name, value);
                let key = "organisation-figure";
                let shown = v.with_two(key, ("value", &value), ("source", &source));
                (name, shown)
            })
            .collect(),
        predecessors: store::predecessors(db, &id).await?,
        successors: store::successors(db, &id).await?,
        services: store::services(db, &id).await?,
        members: store_members::count(db, &id).await?,
        own,
        colleagues,
        standing: standing_at(v, app, body).await?,
        trials: trials::listed(db, &v.viewer, &which, TRIALS).await?,
        cases: cases::section(v, app, "organisation", &of_this, None).await?,
        discussion: discussion::of_place(v, app, &Place::of_body(body)).await?,
        pages: texts_store::begun_at(db, &v.viewer, &id).await?,
        nearest: nearest(v, app, body).await?,
        sent,
        errors,
    };
    if status == StatusCode::OK {
        v.shared_page(&page)
    } else {
        v.page_with(status, &page)
    }
}

/// The bodies that are most like this one, if it can be compared.
async fn nearest(v: &Visit, app: &App, body: &Organisation) -> Answer<Vec<Listed>> {
    let similar = similar(&app.db, &app.memory, body, v.now()).await?;
    Ok(match similar.found {
        Found::Peers(peers) => {
            let peers = peers.into_iter().take(NEAREST);
            peers.map(|like| like.body).collect()
        }
        Found::Instead(..) | Found::Ended(_) => Vec::new(),
    })
}

/// The name and address of a body by its code; the code alone where nobody knows it.
async fn around(app: &App, code: &str) -> Answer<Option<(String, String)>> {
    if code.is_empty() {
        return Ok(None);
    }
    let known = store::by_code(&app.db, &code.to_uppercase()).await?;
    Ok(Some(match known {
        Some(body) => (body.short_name.clone(), body.address()),
        None => (code.to_owned(), String::new()),
    }))
}

fn figure(name: &str, value: f64) -> String {
    if name.ends_with("-deprivation") {
        format!("{:.0} %", value * 100.0)
    } else {
        format!("{value:.0}")
    }
}

/// A whole number with commas between thousands.
pub fn with_commas(number: &i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut shown = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    shown
}
