//! Write-ups: the edited text of a session, and what people thought of it later.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, Trouble, redirect};

use super::guests::Asker;
use super::model::Session;
use super::{WriteUps, store};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::discussion;
use crate::history::editing::{done, live_record, number_of};
use crate::history::linking::Targets;
use crate::history::model::{Parts, Record};
use crate::history::saving::{self, Author, Change, Note, Saved};
use crate::history::store::{self as texts_store, Listed};
use crate::history::store_protection::{self, Protection};
use crate::history::{protecting, removals};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;

/// Write-ups on one page of a list.
const ON_ONE_PAGE: i64 = 60;
/// Letters of a reflection at the most.
const LONGEST_REFLECTION: usize = 4_000;

#[derive(Template)]
#[template(path = "sessions/write-up.html")]
struct WriteUpPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    tags: Vec<String>,
    session: Option<Session>,
    text: Option<web::Rendered>,
    later: Option<web::Rendered>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    discussion: String,
    sent: &'v str,
    errors: &'v FieldErrors,
}

/// A write-up.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "write-up", number)
        .await?
        .or_not_found()?;
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/write-ups/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    shown(&v, &app, &record, ("", &FieldErrors::default())).await
}

async fn shown(
    v: &Visit,
    app: &App,
    record: &Record,
    (sent, errors): (&str, &FieldErrors),
) -> Answer {
    let (db, viewer) = (&app.db, &v.viewer);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &WriteUps, &parts).await?;
    let rendered = |key: &str| {
        let words = parts.get(key);
        (!words.is_empty()).then(|| targets.render(words, 3))
    };
    let to = SubjectRef::new("write-up", record.number);
    let page = WriteUpPage {
        v,
        record,
        readers: store_readers::named(db, &record.id.0).await?,
        protection: store_protection::of(db, &record.id, v.now()).await?,
        tags: parts.list("tags"),
        session: store::session_of_write_up(db, &Asker::of(viewer), record.number).await?,
        text: rendered("text"),
        later: rendered("later"),
        linking_here: texts_store::linking_here(db, viewer, &to).await?,
        files: attachments::on_page(v, app, record).await?,
        changed_by: head.author,
        discussion: discussion::section(v, app, record).await?,
        sent,
        errors,
    };
    if errors.is_empty() {
        v.shared_page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

#[derive(Template)]
#[template(path = "sessions/write-ups.html")]
struct ListPage<'v> {
    v: &'v Visit,
    write_ups: Vec<Listed>,
    more: Option<i64>,
}

/// All write-ups.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let after = query.number("after").unwrap_or(0);
    let mut write_ups =
        texts_store::listed(&app.db, &v.viewer, "write-up", after, ON_ONE_PAGE + 1).await?;
    let has_more = write_ups.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        write_ups.pop();
    }
    let more = write_ups.last().map(|last| last.number);
    v.shared_page(&ListPage {
        v: &v,
        more: more.filter(|_| has_more),
        write_ups,
    })
}

/// Adds what somebody thought later, under the day and their name.
pub async fn reflect(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let record = live_record(&v, &app, &WriteUps, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let sent = fields.get("reflection");
    let words = texts::tidy(sent);
    if words.trim().is_empty() || words.chars().count() > LONGEST_REFLECTION {
        let mut errors = FieldErrors::default();
        errors.add("reflection", v.say("wrong-reflection"));
        return shown(&v, &app, &record, (sent, &errors)).await;
    }
    let added = format!("### {}, {}\n\n{}", v.now().day(), person.name, words.trim());
    let saved = add(&app, &record, &added, Author::of(person), &v).await?;
    match saved {
        Saved::Done(record) | Saved::Merged(record) | Saved::Unchanged(record) => {
            app.index_wake.notify_one();
            Ok(done(&record, "reflection-kept"))
        }
        Saved::Protected(record, _) => Ok(done(&record, "protected")),
        Saved::Conflict(_) | Saved::Gone => Err(Trouble::Gone.into()),
    }
}

/// Adds below what is there, tried again where somebody else saved in between.
async fn add(app: &App, record: &Record, added: &str, author: Author, v: &Visit) -> Answer<Saved> {
    let mut tries = 0;
    loop {
        tries += 1;
        let now = texts_store::record_by_id(&app.db, &record.id).await?;
        let now = now.or_not_found()?;
        let head = texts_store::revision(&app.db, &now.id, now.head).await?;
        let mut parts: Parts = head.map(|head| head.parts()).unwrap_or_default();
        let later = format!("{}\n\n{added}", parts.get("later"));
        parts.set("later", later.trim());
        let change = Change {
            kind: &WriteUps,
            id: &record.id,
            base: now.head,
            parts,
            note: Note::of("edit", author.clone(), v.now()),
            is_unfinished: None,
            visibility: None,
        };
        let saved = saving::save(&app.db, &change).await?;
        if tries >= 5 || !matches!(saved, Saved::Conflict(_)) {
            return Ok(saved);
        }
    }
}
