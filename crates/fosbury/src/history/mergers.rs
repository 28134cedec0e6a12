//! Merging a text into another, and separating the two again.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use texts::merge::merge_list;
use web::{Fields, OrNotFound, Trouble};

use super::acts::{act_page, author, in_state, move_state, note_act};
use super::editing::{done, live_record};
use super::forms::called;
use super::kind::{Kind, Shape};
use super::model::{Parts, Record};
use super::saving::{self, Note};
use super::store;
use crate::cases::store_ties as case_ties;
use crate::discussion::going_along::may_go_along;
use crate::discussion::store_along;
use crate::evidence::store_ties as evidence_ties;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::store_merging as trials;

/// Asks which page this one is to be merged into.
pub async fn merge_form(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let mut page = act_page(&v, &record, "merge", "mergers");
    page.field = Some(("into", String::new()));
    v.page(&page)
}

/// Merges a page into another: lists are joined, the address leads on, the text stays in history, what
/// was said of it goes along unless the other is open to more people.
pub async fn merge(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let sent = fields.get("into").trim().to_owned();
    let number = sent.parse().ok();
    if let Some(into) = merged(&v, &app, kind, record.clone(), number).await? {
        return Ok(done(&into, "joined"));
    }
    let mut page = act_page(&v, &record, "merge", "mergers");
    page.field = Some(("into", sent));
    page.errors.add("into", v.say("wrong-into"));
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The page with this number, into which the other was merged; nothing where there is no such page.
pub async fn merged(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    mut record: Record,
    into: Option<i64>,
) -> Answer<Option<Record>> {
    let (_, author) = author(v)?;
    let into = match into {
        Some(number) if number != record.number => {
            store::record(&app.db, &v.viewer, kind.name(), number).await?
        }
        _ => None,
    };
    let Some(mut into) = into.filter(Record::is_live) else {
        return Ok(None);
    };
    let tx = app.db.begin().await?;
    let own = store::revision(&tx, &record.id, record.head)
        .await?
        .or_not_found()?
        .parts();
    let theirs = store::revision(&tx, &into.id, into.head)
        .await?
        .or_not_found()?
        .parts();
    let mut note = Note::of("absorb", author.clone(), v.now());
    note.summary = v.with_two(
        "merge-summary",
        ("page", &called(v, &record)),
        ("title", &record.title),
    );
    let joined = joined(kind, &own, &theirs);
    if !saving::advance(&tx, kind, &mut into, &theirs, &joined, &note).await? {
        return Err(Trouble::OutOfService("somebody changed the page".to_owned()).into());
    }
    let note = Note::of("merge", author, v.now());
    move_state(&tx, kind, &mut record, "merged", Some(into.number), &note).await?;
    note_act(&tx, &record, &note, "merge").await?;
    let (moves, when) = (
        (record.number, into.number),
        (note.author.id.as_deref(), note.at),
    );
    trials::follow(&tx, kind.name(), moves, when).await?;
    if may_go_along(&tx, &record, &into).await? {
        store_along::bring_along(&tx, &record.id, &into.id).await?;
    }
    match kind.name() {
        "case" => case_ties::follow(&tx, record.number, into.number).await?,
        "evidence" => evidence_ties::follow(&tx, record.number, into.number).await?,
        _ => {}
    }
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(Some(into))
}

/// Brings back a page that was merged into another.
pub async fn separate(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = separated(&v, &app, kind, &slug).await?;
    Ok(done(&record, "separated"))
}

/// The page at this address, separated again from the one that it was merged into.
pub async fn separated(v: &Visit, app: &App, kind: &dyn Kind, slug: &str) -> Answer<Record> {
    let (_, author) = author(v)?;
    let mut record = in_state(v, app, kind, slug, "merged").await?;
    let note = Note::of("separate", author, v.now());
    let tx = app.db.begin().await?;
    move_state(&tx, kind, &mut record, "live", None, &note).await?;
    note_act(&tx, &record, &note, note.act).await?;
    store_along::bring_back(&tx, &record.id).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(record)
}

/// The lists of both texts joined; the words of the one that stays.
fn joined(kind: &dyn Kind, own: &Parts, theirs: &Parts) -> Parts {
    let mut joined = theirs.clone();
    for part in kind.parts() {
        let is_list = matches!(part.shape, Shape::Lines | Shape::Tags | Shape::Numbers(_));
        if is_list {
            let both = merge_list(&[], &theirs.list(part.key), &own.list(part.key));
            joined.set(part.key, &both.join("\n"));
        } else if theirs.get(part.key).is_empty() {
            joined.set(part.key, own.get(part.key));
        }
    }
    if own.get("title") != theirs.get("title") && kind.part("phrases").is_some() {
        let mut phrases = joined.list("phrases");
        phrases.push(own.get("title").to_owned());
        joined.set("phrases", &phrases.join("\n"));
    }
    joined
}
