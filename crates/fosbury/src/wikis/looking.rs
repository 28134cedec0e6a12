//! The pages of a wiki that look like hurdles, solutions or notes, each turned with one key.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, redirect};

use super::model::Wiki;
use super::pages::found;
use super::store_looks::{self, Came, Decided};
use crate::guides::Guides;
use crate::history::editing::live_record;
use crate::history::model::Parts;
use crate::history::store as texts;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::subjects::SubjectRef;
use crate::turning::looks::{Look, Why, look};
use crate::turning::model::Becomes;
use crate::turning::pages::{Known, acted, said};
use crate::turning::returning::{self, Returned};

/// Pages looked at at once, at the most.
const LOOKED_AT: i64 = 400;
/// Pages shown at once.
const SHOWN: usize = 50;
/// A key for each thing that a page can become.
const KEYS: [(Becomes, &str); 3] = [
    (Becomes::Hurdle, "h"),
    (Becomes::Solution, "s"),
    (Becomes::Capture, "c"),
];

/// A page that looks like something.
struct Row {
    came: Came,
    look: Look,
    summary: String,
    twins: Vec<(SubjectRef, String)>,
}

impl Row {
    fn address(&self) -> String {
        SubjectRef::new("guide", self.came.number).address(&self.came.slug)
    }

    /// What it looks like first, then the others, each with its key.
    fn choices(&self) -> Vec<(&'static str, String)> {
        let mut keys = KEYS.to_vec();
        keys.sort_by_key(|(becomes, _)| *becomes != self.look.becomes);
        let keyed = keys.into_iter().enumerate().map(|(at, (becomes, key))| {
            let first = if at == 0 { " a" } else { "" };
            (becomes.name(), format!("{key}{first}"))
        });
        keyed.collect()
    }
}

#[derive(Template)]
#[template(path = "wikis/looking.html")]
struct LookingPage<'v> {
    v: &'v Visit,
    wiki: Wiki,
    rows: Vec<Row>,
    decided: Vec<Decided>,
    /// Pages that look like nothing of this.
    others: usize,
    from: i64,
    more: Option<i64>,
    errors: FieldErrors,
}

impl LookingPage<'_> {
    fn said(&self, why: &Why) -> String {
        said(self.v, why)
    }

    fn key_of(&self, at: &usize) -> &'static str {
        ["m", "n", ","].get(*at).copied().unwrap_or_default()
    }

    fn guide(&self, one: &Decided) -> String {
        SubjectRef::new("guide", one.number).address(&one.slug)
    }

    fn became(&self, one: &Decided) -> String {
        match one.kind.as_str() {
            "" => self.v.say("wiki-left"),
            kind => self.v.say_of("wiki-became", kind),
        }
    }
}

/// The pages of a wiki that nobody decided on yet.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let wiki = found(&app, &number).await?;
    let from = query.number("from").unwrap_or(0);
    shown(&v, &app, wiki, from, FieldErrors::default()).await
}

async fn shown(v: &Visit, app: &App, wiki: Wiki, from: i64, errors: FieldErrors) -> Answer {
    let came = store_looks::undecided(&app.db, &v.viewer, &wiki.id, from, LOOKED_AT).await?;
    let known = Known::of(v, app).await?;
    let is_full = i64::try_from(came.len()).is_ok_and(|pages| pages == LOOKED_AT);
    let (mut rows, mut others, mut last) = (Vec::new(), 0, None);
    for came in came {
        if rows.len() == SHOWN {
            break;
        }
        last = Some(came.number);
        let parts = Parts::from_json(&came.parts);
        let text = parts.get("text");
        match look(&came.page, &came.title, text) {
            Some(look) => rows.push(Row {
                summary: crate::history::saving::in_short(text, 160),
                twins: known.twins(&came.title, text),
                look,
                came,
            }),
            None => others += 1,
        }
    }
    let more = last.filter(|_| is_full || rows.len() == SHOWN);
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = LookingPage {
        v,
        decided: store_looks::decided(&app.db, &v.viewer, &wiki.id).await?,
        wiki,
        rows,
        others,
        from,
        more,
        errors,
    };
    v.page_with(status, &page)
}

fn back(wiki: &Wiki, fields: &Fields, told: &str) -> web::Page {
    let from = fields.number("from").unwrap_or(0);
    let next = format!(
        "/place/wikis/{}/pages?told={told}&from={from}#next",
        wiki.number
    );
    redirect(StatusCode::SEE_OTHER, &next)
}

/// Turns a page into what the owner says that it is, or leaves it as it is.
pub async fn turn(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let wiki = found(&app, &number).await?;
    let record = live_record(&v, &app, &Guides, fields.get("page")).await?;
    if fields.get("as") == "guide" {
        let tx = app.db.begin().await?;
        store_looks::leave(&tx, &record.id, v.now()).await?;
        store_log::commit_shown(tx, "wikis").await?;
        return Ok(back(&wiki, &fields, "wiki-page-left"));
    }
    match acted(&v, &app, &record, &fields).await? {
        Ok(_) => Ok(back(&wiki, &fields, "wiki-page-turned")),
        Err(errors) => {
            let mut named = FieldErrors::default();
            for error in errors.0 {
                named.add("pages", format!("{}: {}", record.title, error.words));
            }
            let from = fields.number("from").unwrap_or(0);
            shown(&v, &app, wiki, from, named).await
        }
    }
}

/// Takes a decision back: the page is a guide again, and waits again.
pub async fn come_back(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let wiki = found(&app, &number).await?;
    let number = fields.number("page").or_not_found()?;
    let record = texts::record(&app.db, &v.viewer, "guide", number).await?;
    let record = record.or_not_found()?;
    if record.state == "turned" {
        return Ok(match returning::returned(&v, &app, record).await? {
            Returned::Done(_) => back(&wiki, &fields, "turned-back"),
            Returned::Protected => back(&wiki, &fields, "protected"),
            Returned::Used => back(&wiki, &fields, "turned-used"),
        });
    }
    let tx = app.db.begin().await?;
    store_looks::look_again(&tx, &record.id).await?;
    store_log::commit_shown(tx, "wikis").await?;
    Ok(back(&wiki, &fields, "turned-back"))
}
