//! What the session itself keeps of its notes: an action that somebody does by a day, a question for
//! its thread or for the discussion of a record.

use db::Tx;
use harvest::Kind as Is;
use web::{Fields, Page};

use super::acts::{claimed, is_repeatable, onwards, overtaken, target};
use super::making;
use super::model::Passage;
use super::store_kept::{self, Kept};
use super::taking_on::taken_on;
use super::triage::{Table, again};
use crate::discussion::model::What;
use crate::discussion::places::PlaceId;
use crate::discussion::saying;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::sessions::after::model::{LONGEST, tidied};
use crate::sessions::after::store as told_store;
use crate::sessions::after::store_actions::{self, Doing};
use crate::sessions::model::initials;
use crate::sessions::store_lines::Writer;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::{Person, PersonId};

/// Keeps a passage as what it is.
pub(super) async fn keep(
    v: &Visit,
    app: &App,
    table: &Table,
    (passage, is): (&Passage, Is),
    fields: &Fields,
    person: &Person,
) -> Answer<Page> {
    let act = new_id(v.now());
    if is == Is::Action {
        return act_on(v, app, table, (passage, &act), fields, person).await;
    }
    ask(v, app, table, (passage, &act), fields, person).await
}

/// Makes it an action of the session. Who does it by when is read from the words, and can be changed on
/// the action's page.
async fn act_on(
    v: &Visit,
    app: &App,
    table: &Table,
    (passage, act): (&Passage, &str),
    fields: &Fields,
    person: &Person,
) -> Answer<Page> {
    let (session, now) = (&table.session, v.now());
    let taken = taken_on(&passage.text, &session.day);
    let title = texts::one_line(fields.get("title"));
    let guessed = passage.guess.as_ref().map_or("", |guess| &guess.title);
    let what = if title == guessed {
        web::summary(&tidied(&passage.text), LONGEST)
    } else {
        title
    };
    let tx = app.db.begin().await?;
    if !claimed(&tx, table, passage, fields).await? {
        return Ok(overtaken(table, passage));
    }
    let owner = account(&tx, &session.id, &taken.owner).await?;
    let doing = Doing {
        what,
        line: passage.line.clone(),
        owner_name: match (&owner, session.is_young) {
            (Some(_), _) => String::new(),
            (None, true) => initials(&taken.owner),
            (None, false) => taken.owner,
        },
        owner,
        due_on: taken.due_on,
        state: "open",
        why: String::new(),
    };
    let writer = Writer {
        person: Some(person.id.clone()),
        guest: String::new(),
        name: person.name.clone(),
    };
    let action = new_id(now);
    if !store_actions::add(&tx, (&session.id, &action), &doing, &writer, now).await? {
        let mut errors = FieldErrors::default();
        errors.add("title", v.say("wrong-told-full"));
        return again(v, table, fields, &errors);
    }
    let kept = Kept {
        act,
        kind: "action",
        action: Some(&action),
        said: None,
        record: None,
    };
    store_kept::insert(&tx, (session, passage), &kept, person, now).await?;
    store_log::commit_shown(tx, "harvest").await?;
    Ok(onwards(table, fields, passage, ""))
}

/// The account of whom a line names, among those who were there: by their name, or by their first name
/// where nobody else has it.
async fn account(tx: &Tx, session: &str, name: &str) -> Answer<Option<PersonId>> {
    if name.is_empty() {
        return Ok(None);
    }
    let name = name.to_lowercase();
    let there = told_store::there(tx, session).await?;
    let first = |whole: &str| whole.split_whitespace().next().map(str::to_lowercase);
    let mut found = there.iter().filter(|(whole,)| {
        whole.to_lowercase() == name || first(whole).as_deref() == Some(name.as_str())
    });
    match (found.next(), found.next()) {
        (Some((whole,)), None) => Ok(told_store::called(tx, whole).await?),
        _ => Ok(None),
    }
}

/// Asks it in the session's thread, or on the discussion of a record that is named.
async fn ask(
    v: &Visit,
    app: &App,
    table: &Table,
    (passage, act): (&Passage, &str),
    fields: &Fields,
    person: &Person,
) -> Answer<Page> {
    let (session, now) = (&table.session, v.now());
    let mut errors = FieldErrors::default();
    let mut record = None;
    if !fields.get("other").trim().is_empty() {
        record = target(v, app, fields).await?;
        match &record {
            None => errors.add("other", v.say("wrong-harvest-other")),
            Some(record) if !is_repeatable(app, table, record).await? => {
                errors.add("other", v.say("wrong-harvest-how"));
            }
            Some(_) => {}
        }
    }
    if !errors.is_empty() {
        return again(v, table, fields, &errors);
    }
    let line = v.with("harvest-line", "number", passage.number);
    let from = format!("[{line}]({})", passage.address(session));
    let words = format!("> {}\n\n{from}", passage.text);
    let is_held = saying::is_held(v, app, &passage.text).await?;
    let tx = app.db.begin().await?;
    if !claimed(&tx, table, passage, fields).await? {
        return Ok(overtaken(table, passage));
    }
    let place = match &record {
        Some(record) => PlaceId::Record(record.id.clone()),
        None => PlaceId::Session(session.id.clone()),
    };
    let about = (&place, What::Comment);
    let said = making::say(&tx, about, (&words, is_held), person, now).await?;
    let kept = Kept {
        act,
        kind: "question",
        action: None,
        said: Some(&said),
        record: record.as_ref().map(|record| &record.id),
    };
    store_kept::insert(&tx, (session, passage), &kept, person, now).await?;
    store_log::commit_shown(tx, "harvest").await?;
    app.index_wake.notify_one();
    app.jobs_wake.notify_one();
    Ok(onwards(table, fields, passage, ""))
}

/// Takes the action back that an act made; false where somebody changed it since.
pub(super) async fn take_back(
    tx: &Tx,
    (session, act): (&str, &str),
    now: Moment,
) -> db::Result<bool> {
    match store_kept::action_of(tx, session, act).await? {
        Some((_, steps)) if steps > 1 => Ok(false),
        Some((action, _)) => {
            store_actions::erase(tx, &action, now).await?;
            Ok(true)
        }
        None => Ok(true),
    }
}
