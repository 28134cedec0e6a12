//! Looking back: the list of revisions, each of them, any two compared, and a feed.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, redirect};

use super::diff::{self, PartDiff};
use super::editing::number_of;
use super::forms::{called, label_key};
use super::kind::{Kind, Shape};
use super::linking::Targets;
use super::model::{Parts, Record, Revision};
use super::seen::seen;
use super::store;
use crate::changes::feeds;
use crate::layout::{Answer, Visit, shared};
use crate::state::App;

/// Revisions on one page of a history.
const ON_ONE_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "history/history.html")]
struct HistoryPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    revisions: Vec<Revision>,
    older: Option<i64>,
}

#[derive(Template)]
#[template(path = "history/revision.html")]
struct RevisionPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    revision: &'v Revision,
    parts: Vec<(String, Shown)>,
    changes: Vec<PartDiff>,
}

/// A part as an old revision shows it.
pub enum Shown {
    /// Markdown, rendered.
    Text(web::Rendered),
    /// Plain lines.
    Lines(Vec<String>),
}

#[derive(Template)]
#[template(path = "history/compare.html")]
struct ComparePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    from: &'v Revision,
    to: &'v Revision,
    changes: Vec<PartDiff>,
}

/// Goes on from a short address such as `/h/27`.
pub async fn short_address(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(number): Path<String>,
) -> Answer {
    let number = number_of(&number).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()))
}

async fn found(v: &Visit, app: &App, kind: &dyn Kind, slug: &str) -> Answer<Record> {
    let number = number_of(slug).or_not_found()?;
    Ok(store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?)
}

/// All revisions, newest first.
pub async fn history(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = found(&v, &app, kind, &slug).await?;
    let before = query.number("before").unwrap_or(i64::MAX);
    let mut revisions = store::revisions(&app.db, &record.id, before, ON_ONE_PAGE + 1).await?;
    let has_older = revisions.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_older {
        revisions.pop();
    }
    let older = revisions.last().map(|last| last.seq).filter(|_| has_older);
    let called = called(&v, &record);
    v.shared_page(&HistoryPage {
        v: &v,
        record: &record,
        called,
        revisions,
        older,
    })
}

/// One revision as it was, and what it changed.
pub async fn revision(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path((slug, seq)): Path<(String, String)>,
) -> Answer {
    let record = found(&v, &app, kind, &slug).await?;
    let seq: i64 = seq.parse().ok().or_not_found()?;
    let revision = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let before = store::revision(&app.db, &record.id, seq - 1).await?;
    let parts = seen(&v, kind, revision.parts()).await?;
    let before = before.map(|before| before.parts()).unwrap_or_default();
    let before = seen(&v, kind, before).await?;
    let targets = Targets::of(&app.db, &v.viewer, kind, &parts).await?;
    let changes = if revision.parts.is_some() && seq > 1 {
        diff::whole(&v, kind, &before, &parts)
    } else {
        Vec::new()
    };
    v.shared_page(&RevisionPage {
        v: &v,
        record: &record,
        called: called(&v, &record),
        revision: &revision,
        parts: shown(&v, kind, &parts, &targets),
        changes,
    })
}

fn shown(v: &Visit, kind: &dyn Kind, parts: &Parts, targets: &Targets) -> Vec<(String, Shown)> {
    let with_words = kind
        .parts()
        .iter()
        .filter(|part| !part.is_tied() && !parts.get(part.key).is_empty());
    with_words
        .map(|part| {
            let label = label_key(kind, part.key);
            let shown = match part.shape {
                Shape::Text => Shown::Text(targets.render(parts.get(part.key), 3)),
                Shape::Choice(_) => Shown::Lines(vec![v.say_of(&label, parts.get(part.key))]),
                _ => Shown::Lines(parts.list(part.key)),
            };
            (v.say(&label), shown)
        })
        .collect()
}

/// Two revisions, word by word.
pub async fn compare(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = found(&v, &app, kind, &slug).await?;
    let to = query.number("to").unwrap_or(record.head);
    // A page with one revision is compared with itself: its history offers that button too.
    let from = query.number("from").unwrap_or(to.saturating_sub(1).max(1));
    let (from, to) = (from.min(to), from.max(to));
    let from = store::revision(&app.db, &record.id, from)
        .await?
        .or_not_found()?;
    let to = store::revision(&app.db, &record.id, to)
        .await?
        .or_not_found()?;
    let (before, after) = (from.parts(), to.parts());
    let (before, after) = (seen(&v, kind, before).await?, seen(&v, kind, after).await?);
    let changes = diff::whole(&v, kind, &before, &after);
    let called = called(&v, &record);
    let page = ComparePage {
        v: &v,
        record: &record,
        called,
        from: &from,
        to: &to,
        changes,
    };
    v.shared_page(&page)
}

/// The newest revisions as an Atom feed whose items show the change.
pub async fn feed(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = found(&v, &app, kind, &slug).await?;
    let revisions = store::revisions(&app.db, &record.id, i64::MAX, feeds::ITEMS).await?;
    let changed = revisions.into_iter().map(|revision| store::Changed {
        id: record.id.clone(),
        kind: record.kind.clone(),
        number: record.number,
        title: record.title.clone(),
        slug: record.slug.clone(),
        revision,
    });
    let feed = feeds::Feed {
        title: v.with_two(
            "feed-of-page",
            ("page", &called(&v, &record)),
            ("title", &record.title),
        ),
        about: record.address(),
        address: format!("{}/changes.atom", record.address()),
    };
    let page = feeds::atom(&v, &feed, changed.collect()).await?;
    Ok(if v.is_shared { shared(page) } else { page })
}
