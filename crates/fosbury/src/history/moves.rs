//! Acts on a whole text: restoring, undoing, deleting, merging, erasing.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use texts::merge::merge_list;
use web::{Fields, OrNotFound, Page, Query, Trouble, redirect};

use super::editing::{done, live_record, number_of};
use super::forms::called;
use super::kind::{Kind, Shape};
use super::model::{Parts, Record, merge_parts};
use super::saving::{self, Author, Change, Note, Saved};
use super::store;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::viewer::Person;

#[derive(Template)]
#[template(path = "history/act.html")]
struct ActPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    /// `delete`, `merge` or `erase`: names the words.
    act: &'static str,
    action: String,
    /// The field that the act needs: its name, its value.
    field: Option<(&'static str, String)>,
    seq: Option<i64>,
    why: String,
    errors: FieldErrors,
}

fn author(v: &Visit) -> Answer<(&Person, Author)> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    Ok((person, Author::of(person)))
}

/// Makes an older revision the newest again.
pub async fn restore(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
    let old = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    if old.parts.is_none() {
        return Err(Trouble::Gone.into());
    }
    let mut note = Note::of("restore", author, v.now());
    note.other_seq = Some(seq);
    let base = fields.number("base").unwrap_or(record.head);
    apply(&v, &app, kind, &record, base, old.parts(), note, "restored").await
}

/// Takes back what one revision changed, keeping all that came after it.
pub async fn undo(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    let seq = fields.number("revision").or_not_found()?;
    let undone = store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let before = store::revision(&app.db, &record.id, seq - 1)
        .await?
        .or_not_found()?;
    if undone.parts.is_none() || before.parts.is_none() {
        return Err(Trouble::Gone.into());
    }
    let head = store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let merged = merge_parts(kind, &undone.parts(), &head.parts(), &before.parts());
    if !merged.clashes.is_empty() {
        let next = format!(
            "{}/compare?from={}&to={seq}&told=undo-clash",
            record.address(),
            seq - 1
        );
        return Ok(redirect(StatusCode::SEE_OTHER, &next));
    }
    let mut note = Note::of("undo", author, v.now());
    note.other_seq = Some(seq);
    apply(
        &v,
        &app,
        kind,
        &record,
        record.head,
        merged.parts,
        note,
        "undone",
    )
    .await
}

#[expect(
    clippy::too_many_arguments,
    reason = "a private step of two acts, which differ in all"
)]
async fn apply(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    base: i64,
    parts: Parts,
    note: Note,
    told: &str,
) -> Answer {
    let change = Change {
        kind,
        id: &record.id,
        base,
        parts,
        note,
        is_unfinished: None,
        visibility: None,
    };
    match saving::save(&app.db, &change).await? {
        Saved::Done(record) | Saved::Merged(record) => {
            app.index_wake.notify_one();
            let next = format!("{}?told={told}&revision={}", record.address(), record.head);
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
        Saved::Unchanged(record) => Ok(done(&record, "unchanged")),
        Saved::Gone => Err(Trouble::Gone.into()),
        Saved::Conflict(conflict) => {
            let next = format!("{}/history?told=moved-on", conflict.record.address());
            let _ = v;
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
    }
}

fn act_page<'v>(v: &'v Visit, record: &'v Record, act: &'static str, action: &str) -> ActPage<'v> {
    ActPage {
        v,
        record,
        called: called(v, record),
        act,
        action: format!("{}/{action}", record.address()),
        field: None,
        seq: None,
        why: String::new(),
        errors: FieldErrors::default(),
    }
}

/// Asks before deleting.
pub async fn confirm_deletion(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    v.page(&act_page(&v, &record, "delete", "deletions"))
}

/// Deletes a page: its number and history stay, and it can be brought back.
pub async fn delete(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    let why = short(fields.get("why"));
    if why.is_empty() {
        let mut page = act_page(&v, &record, "delete", "deletions");
        page.errors.add("why", v.say("wrong-why"));
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let mut note = Note::of("delete", author, v.now());
    note.summary = why;
    let record = change_state(&app, kind, record, "deleted", None, &note).await?;
    Ok(done(&record, "deleted"))
}

/// Brings a deleted page back as it was.
pub async fn recover(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = in_state(&v, &app, kind, &slug, "deleted").await?;
    let note = Note::of("recover", author, v.now());
    let record = change_state(&app, kind, record, "live", None, &note).await?;
    Ok(done(&record, "recovered"))
}

/// Brings back a page that was merged into another.
pub async fn separate(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let (_, author) = author(&v)?;
    let record = in_state(&v, &app, kind, &slug, "merged").await?;
    let note = Note::of("separate", author, v.now());
    let record = change_state(&app, kind, record, "live", None, &note).await?;
    Ok(done(&record, "separated"))
}

async fn in_state(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    slug: &str,
    state: &str,
) -> Answer<Record> {
    let number = number_of(slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number).await?;
    Ok(record
        .filter(|record| record.state == state)
        .or_not_found()?)
}

async fn change_state(
    app: &App,
    kind: &dyn Kind,
    mut record: Record,
    state: &str,
    into: Option<i64>,
    note: &Note,
) -> Answer<Record> {
    let tx = app.db.begin().await?;
    move_state(&tx, kind, &mut record, state, into, note).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(record)
}

async fn move_state(
    tx: &Tx,
    kind: &dyn Kind,
    record: &mut Record,
    state: &str,
    into: Option<i64>,
    note: &Note,
) -> Answer<()> {
    let head = store::revision(tx, &record.id, record.head)
        .await?
        .or_not_found()?;
    if head.parts.is_none() {
        // Nothing is left that could come back.
        return Err(Trouble::Gone.into());
    }
    let parts = head.parts();
    state.clone_into(&mut record.state);
    record.into_number = into;
    if saving::advance(tx, kind, record, &parts, &parts, note).await? {
        return Ok(());
    }
    Err(Trouble::OutOfService("somebody changed the page at the same instant".to_owned()).into())
}

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

/// Merges a page into another: lists are joined, the address leads on, the text stays in history.
pub async fn merge(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let mut record = live_record(&v, &app, kind, &slug).await?;
    let sent = fields.get("into").trim().to_owned();
    let into = match sent.parse::<i64>() {
        Ok(number) if number != record.number => {
            store::record(&app.db, &v.viewer, kind.name(), number).await?
        }
        _ => None,
    };
    let Some(mut into) = into.filter(Record::is_live) else {
        let mut page = act_page(&v, &record, "merge", "mergers");
        page.field = Some(("into", sent));
        page.errors.add("into", v.say("wrong-into"));
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
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
        ("page", &called(&v, &record)),
        ("title", &record.title),
    );
    let joined = joined(kind, &own, &theirs);
    if !saving::advance(&tx, kind, &mut into, &theirs, &joined, &note).await? {
        return Err(Trouble::OutOfService("somebody changed the page".to_owned()).into());
    }
    let note = Note::of("merge", author, v.now());
    move_state(&tx, kind, &mut record, "merged", Some(into.number), &note).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(done(&into, "joined"))
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

/// Asks before erasing one revision's text for good.
pub async fn confirm_erasure(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let seq = query.number("revision").or_not_found()?;
    store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let mut page = act_page(&v, &record, "erase", "erasures");
    page.seq = Some(seq);
    v.page(&page)
}

/// Erases one revision's text for good: a dated tombstone and the chain of hashes stay.
pub async fn erase(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (person, _) = author(&v)?;
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let seq = fields.number("revision").or_not_found()?;
    store::revision(&app.db, &record.id, seq)
        .await?
        .or_not_found()?;
    let why = short(fields.get("why"));
    let is_head = seq == record.head && record.is_live();
    if why.is_empty() || is_head {
        let mut page = act_page(&v, &record, "erase", "erasures");
        page.seq = Some(seq);
        page.why = why;
        let key = if is_head {
            "wrong-erase-head"
        } else {
            "wrong-why"
        };
        page.errors.add("why", v.say(key));
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let tx = app.db.begin().await?;
    store::erase_revision(&tx, &record.id, seq, &person.id.0, &why, v.now()).await?;
    if seq == record.head {
        // The page is gone already: what lists and addresses still say of it goes as well.
        store::forget_words(&tx, &record.id, &called(&v, &record)).await?;
        store::replace_links(&tx, &record.id, &[], &[], &[]).await?;
        kind.keep(&tx, &record.id, record.number, &Parts::default()).await?;
    }
    store::index_changed(&tx, &record.id).await?;
    let subject = format!("{} {} revision {seq}", record.kind, record.number);
    audit::note(&tx, v.now(), Some(&person.id), "erase", &subject, &why).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    let address = SubjectRef::new(&record.kind, record.number).address("");
    let next = format!("{address}/history?told=erased");
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

fn short(words: &str) -> String {
    let words: String = words.chars().take(200).collect();
    texts::tidy(&words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}

/// What a visitor of a page that was deleted or merged is told.
pub fn gone(v: &Visit, record: &Record) -> Answer<Option<Page>> {
    if record.state == "merged"
        && let Some(number) = record.into_number
    {
        let to = SubjectRef::new(&record.kind, number).address("");
        return Ok(Some(redirect(
            StatusCode::MOVED_PERMANENTLY,
            &format!("{to}?from={}", record.number),
        )));
    }
    if record.is_live() {
        return Ok(None);
    }
    let page = Tombstone {
        v,
        called: called(v, record),
        record,
    };
    Ok(Some(v.page_with(StatusCode::GONE, &page)?))
}

#[derive(Template)]
#[template(path = "history/tombstone.html")]
struct Tombstone<'v> {
    v: &'v Visit,
    called: String,
    record: &'v Record,
}
