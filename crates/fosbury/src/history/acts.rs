//! What acts on a whole text share: the page that asks first, and changes of a text's state.

use askama::Template;
use db::Tx;
use web::{OrNotFound, Trouble};

use super::editing::number_of;
use super::forms::called;
use super::kind::Kind;
use super::model::Record;
use super::saving::{self, Author, Note};
use super::store;
use crate::discussion::places::PlaceId;
use crate::discussion::store::{self as moderation, NewAct};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Person;

/// Asks before an act, and shows what is wrong with the answer.
#[derive(Template)]
#[template(path = "history/act.html")]
pub(super) struct ActPage<'v> {
    pub(super) v: &'v Visit,
    pub(super) record: &'v Record,
    pub(super) called: String,
    /// `delete`, `merge` or `erase`: names the words.
    pub(super) act: &'static str,
    pub(super) action: String,
    /// The field that the act needs: its name, its value.
    pub(super) field: Option<(&'static str, String)>,
    pub(super) seq: Option<i64>,
    pub(super) why: String,
    pub(super) errors: FieldErrors,
}

pub(super) fn author(v: &Visit) -> Answer<(&Person, Author)> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    Ok((person, Author::of(person)))
}

pub(super) fn act_page<'v>(
    v: &'v Visit,
    record: &'v Record,
    act: &'static str,
    action: &str,
) -> ActPage<'v> {
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

pub(super) async fn in_state(
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

pub(super) async fn change_state(
    app: &App,
    kind: &dyn Kind,
    mut record: Record,
    state: &str,
    into: Option<i64>,
    note: &Note,
) -> Answer<Record> {
    let tx = app.db.begin().await?;
    move_state(&tx, kind, &mut record, state, into, note).await?;
    note_act(&tx, &record, note, note.act).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(record)
}

pub(super) async fn move_state(
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

/// Notes in the public log what a steward did with a page; the person's id comes with the note.
pub(super) async fn note_act(tx: &Tx, record: &Record, note: &Note, act: &str) -> Answer<()> {
    let act = NewAct {
        act,
        what: "page",
        number: record.number,
        times: 1,
        about: Some(&PlaceId::Record(record.id.clone())),
        reason: &note.summary,
        by: note.author.id.as_deref().unwrap_or_default(),
    };
    moderation::note_act(tx, &act, note.at).await?;
    Ok(())
}

pub(super) fn short(words: &str) -> String {
    let words: String = words.chars().take(200).collect();
    texts::tidy(&words)
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
}
