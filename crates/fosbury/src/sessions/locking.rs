//! The capture locks: nothing of it changes from then on, and a write-up opens, seeded from it.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Db, Tx};
use web::redirect;

use super::WriteUps;
use super::guests::Seat;
use super::model::{Line, Session, as_markdown, columns};
use super::{store_captures, store_writing};
use crate::history::model::{Parts, Record};
use crate::history::saving::{self, Author, Beginning, Change, Note, Opening};
use crate::history::store as texts_store;
use crate::layout::Answer;
use crate::organisations::store_readers;
use crate::settings::Site;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::Visibility;
use crate::words::Words;

/// Letters of a write-up as it begins at the most.
const LONGEST_BEGINNING: usize = 100_000;

/// What a write-up begins with, beside the capture.
pub struct Beginner<'a> {
    /// The record of the event: who may read it may read the write-up.
    pub event: &'a Record,
    /// Whether young people were there: visitors wait until a second person published it.
    pub is_young: bool,
    /// Who locked the capture.
    pub author: Author,
    /// The licence and credit of words written here.
    pub site: &'a Site,
    /// The interface's words.
    pub words: &'a Words,
    /// When.
    pub now: Moment,
}

/// Locks a session's capture.
pub async fn lock(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let person = seat.running(&event)?;
    let v = &seat.v;
    let beginner = Beginner {
        event: &event_record(&app.db, &session).await?,
        is_young: event.is_young,
        author: Author::of(person),
        site: v.site(),
        words: &v.look.words,
        now: v.now(),
    };
    let tx = app.db.begin().await?;
    if let Some(lines) = store_captures::lock(&tx, &session.id, Some(&person.id), v.now()).await? {
        write_up(&tx, &session, lines, &beginner).await?;
        store_log::commit_shown(tx, "sessions").await?;
        app.live.wake(&session.id);
        app.index_wake.notify_one();
    }
    let told = format!("{}?told=session-locked", session.address());
    Ok(redirect(StatusCode::SEE_OTHER, &told))
}

pub(super) async fn event_record(db: &Db, session: &Session) -> db::Result<Record> {
    let missing = || db::Error::Unexpected(format!("no event {} for its session", session.event));
    let id = store_writing::record_of_event(db, session.event).await?;
    let id = id.ok_or_else(missing)?;
    texts_store::record_by_id(db, &id)
        .await?
        .ok_or_else(missing)
}

/// Begins the write-up of a session whose capture was just locked, in the same change.
pub async fn write_up(
    tx: &Tx,
    session: &Session,
    lines: Vec<Line>,
    beginner: &Beginner<'_>,
) -> db::Result<()> {
    if lines.is_empty() {
        return Ok(());
    }
    let together = beginner.words.say("notes-together").into_owned();
    let columns = columns(&session.id, lines);
    let mut text = as_markdown(&columns, &together);
    if text.chars().count() > LONGEST_BEGINNING {
        text = text.chars().take(LONGEST_BEGINNING).collect();
        text.push_str("\n\n");
        text.push_str(&beginner.words.say("write-up-cut"));
    }
    let mut parts = Parts::default();
    parts.set("title", &session.title);
    parts.set("text", &text);
    parts.set("session", &session.number.to_string());
    let event = beginner.event;
    let to = Visibility::parse(&event.visibility).unwrap_or(Visibility::OnlyMe);
    let to = match to {
        Visibility::Public if beginner.is_young => Visibility::Members,
        other => other,
    };
    let mut author = beginner.author.clone();
    if to == Visibility::OnlyMe {
        author.id.clone_from(&event.author_id);
    }
    let beginning = Beginning {
        kind: &WriteUps,
        id: None,
        number: None,
        parts,
        note: Note::of("create", author, beginner.now),
        is_unfinished: true,
        visibility: to,
        licence: beginner.site.licence.clone(),
        credit: beginner.site.credit.clone(),
        is_demo: session.is_demo,
    };
    let record = saving::begin(tx, &beginning).await?;
    if to.is_for_bodies() {
        let readers = store_readers::of(tx, &event.id.0).await?;
        store_readers::replace(tx, &record.id.0, &readers).await?;
    }
    store_writing::written_up(tx, &session.id, record.number).await
}

/// Locks what nobody locked although the event's last day is over.
pub async fn lock_left_open(app: &App) -> db::Result<()> {
    let now = app.clock.now();
    for (session, event) in store_writing::left_open(&app.db, &now.local_day()).await? {
        let Some(event) = texts_store::record_by_id(&app.db, &event).await? else {
            continue;
        };
        let look = app.looks.last();
        let beginner = Beginner {
            is_young: store_writing::is_young(&app.db, session.event).await?,
            author: Author {
                id: event.author_id.clone(),
                name: look.words.say("session-locks-itself").into_owned(),
                is_steward: false,
            },
            site: &look.site,
            words: &look.words,
            event: &event,
            now,
        };
        let tx = app.db.begin().await?;
        if let Some(lines) = store_captures::lock(&tx, &session.id, None, now).await? {
            write_up(&tx, &session, lines, &beginner).await?;
            store_log::commit_shown(tx, "sessions").await?;
            app.live.wake(&session.id);
        }
    }
    app.index_wake.notify_one();
    Ok(())
}

/// Asks for a session's notes to be published, or publishes them where somebody else asked.
pub async fn publish(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let person = seat.running(&event)?;
    let now = seat.v.now();
    let told = |word: &str| {
        let to = format!("{}?told={word}", session.address());
        Ok(redirect(StatusCode::SEE_OTHER, &to))
    };
    let tx = app.db.begin().await?;
    if store_writing::ask_to_publish(&tx, &session.id, &person.id, now).await? {
        store_log::commit_shown(tx, "sessions").await?;
        return told("publish-asked");
    }
    if !store_writing::publish(&tx, &session.id, &person.id, now).await? {
        return told("publish-another");
    }
    open_write_up(&app, &tx, &session, Author::of(person), now).await?;
    store_log::commit_shown(tx, "sessions").await?;
    app.index_wake.notify_one();
    told("published")
}

/// Opens the write-up of a session to whom its event is open to, now that two people agreed.
async fn open_write_up(
    app: &App,
    tx: &Tx,
    session: &Session,
    author: Author,
    now: Moment,
) -> db::Result<()> {
    let event = event_record(&app.db, session).await?;
    let record = store_writing::record_of_write_up(tx, session.number).await?;
    let Some(id) = record.filter(|_| event.visibility == Visibility::Public.name()) else {
        return Ok(());
    };
    let Some(record) = texts_store::record_by_id(tx, &id).await? else {
        return Ok(());
    };
    let head = texts_store::revision(tx, &id, record.head).await?;
    let change = Change {
        kind: &WriteUps,
        id: &id,
        base: record.head,
        parts: head.map(|head| head.parts()).unwrap_or_default(),
        note: Note::of("edit", author, now),
        is_unfinished: None,
        visibility: Some(Opening {
            to: Visibility::Public,
            readers: Some(Vec::new()),
        }),
    };
    saving::try_save(tx, &change).await?;
    Ok(())
}
