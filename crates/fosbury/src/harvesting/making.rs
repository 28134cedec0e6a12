//! Making a record of a passage, inside the change that writes the harvest down.

use db::Tx;
use harvest::Kind as Is;

use super::becoming::made_of;
use super::model::{Passage, Session};
use crate::discussion::model::What;
use crate::discussion::places::PlaceId;
use crate::discussion::publishing;
use crate::discussion::store::{self as said, NewSaid};
use crate::discussion::store_saying;
use crate::history::model::{Record, RecordId};
use crate::history::saving::{self, Author, Beginning, Note};
use crate::history::store as texts;
use crate::hurdles::HEADINGS;
use crate::ids::new_id;
use crate::organisations::store_readers;
use crate::subjects::kind_called;
use crate::time::Moment;
use crate::viewer::{Person, Visibility};

/// What a person decided of a passage.
pub struct Decided<'a> {
    /// What it is.
    pub is: Is,
    /// The title of what is made.
    pub title: &'a str,
    /// Who may see it.
    pub visibility: Visibility,
    /// Under which heading a hurdle stands.
    pub heading: &'a str,
    /// The licence of the words.
    pub licence: &'a str,
    /// Whom to credit.
    pub credit: &'a str,
}

/// Makes a record; nothing for what the session keeps. It stands there unfinished, and is shown to
/// no more than the session is.
pub async fn make(
    tx: &Tx,
    (session, passage): (&Session, &Passage),
    decided: &Decided<'_>,
    person: &Person,
    now: Moment,
) -> db::Result<Option<Record>> {
    let Some((name, mut parts)) = made_of(decided.is, decided.title, passage, session) else {
        return Ok(None);
    };
    let Some(kind) = kind_called(name) else {
        return Ok(None);
    };
    if decided.is == Is::Hurdle {
        parts.set("heading", decided.heading);
    }
    let mut note = Note::of("create", Author::of(person), now);
    note.summary = session.title.chars().take(200).collect();
    let beginning = Beginning {
        kind,
        id: None,
        number: None,
        parts,
        note,
        is_unfinished: true,
        visibility: decided.visibility,
        licence: decided.licence.to_owned(),
        credit: decided.credit.to_owned(),
        is_demo: session.is_demo,
    };
    let record = saving::begin(tx, &beginning).await?;
    if decided.visibility.is_for_bodies() {
        let readers = store_readers::of(tx, &session.record_id).await?;
        store_readers::replace(tx, &record.id.0, &readers).await?;
    }
    Ok(Some(record))
}

/// The heading that a new hurdle stands under: that of the nearest hurdle, until somebody says
/// otherwise.
pub fn heading(nearest: Option<&str>) -> &'static str {
    HEADINGS
        .into_iter()
        .find(|heading| Some(*heading) == nearest)
        .unwrap_or("structures")
}

/// Repeats a passage on a record's discussion; the comment's id. A newcomer's links wait for a
/// steward.
pub async fn repeat(
    tx: &Tx,
    (record, what): (&Record, What),
    words: (&str, bool),
    person: &Person,
    now: Moment,
) -> db::Result<String> {
    let place = PlaceId::Record(record.id.clone());
    say(tx, (&place, what), words, person, now).await
}

/// Says words of the notes in a discussion; the comment's id. Where they are held, a steward looks first.
pub async fn say(
    tx: &Tx,
    (place, what): (&PlaceId, What),
    (words, is_held): (&str, bool),
    person: &Person,
    now: Moment,
) -> db::Result<String> {
    let id = new_id(now);
    let new = NewSaid {
        id: &id,
        place,
        what,
        is_held,
        thread: None,
        base: 0,
        now,
        author_id: Some(&person.id.0),
        author_name: &person.name,
        secret_hash: None,
        note: "",
        words,
    };
    said::insert(tx, &new).await?;
    if !is_held {
        publishing::published(tx, (place, &id), &person.id.0, now).await?;
    }
    Ok(id)
}

/// Takes back what an act left behind; false where others have changed it since.
pub async fn take_back(
    tx: &Tx,
    (record, said): (Option<&RecordId>, Option<&str>),
    is_made: bool,
    person: &Person,
    now: Moment,
) -> db::Result<bool> {
    if let Some(said) = said {
        store_saying::remove(tx, said, now).await?;
    }
    let Some(id) = record.filter(|_| is_made) else {
        return Ok(true);
    };
    let Some(mut record) = texts::record_by_id(tx, id).await? else {
        return Ok(true);
    };
    if !record.is_live() {
        return Ok(true);
    }
    let Some(kind) = kind_called(&record.kind).filter(|_| record.head == 1) else {
        return Ok(false);
    };
    let Some(head) = texts::revision(tx, id, record.head).await? else {
        return Ok(false);
    };
    let parts = head.parts();
    "deleted".clone_into(&mut record.state);
    let note = Note::of("delete", Author::of(person), now);
    saving::advance(tx, kind, &mut record, &parts, &parts, &note).await
}
