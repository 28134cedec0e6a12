//! What people decide of passages. Who decides second sees what the first decided.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use harvest::Kind as Is;
use web::{Fields, OrNotFound, Page, Trouble, redirect};

use super::keeping;
use super::making::{self, Decided};
use super::model::Passage;
use super::store::{self, New};
use super::triage::{Table, again, table};
use super::trying;
use crate::discussion::model::What;
use crate::discussion::saying;
use crate::history::model::Record;
use crate::history::store as records;
use crate::ids::new_id;
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::store_log;
use crate::subjects::kind_called;
use crate::viewer::{Person, Visibility, may_be_repeated};

/// What shows on its page which lines it cites.
const CITING: [&str; 4] = ["hurdle", "solution", "guide", "evidence"];
/// Letters of a title at the most, as every text's.
const LONGEST_TITLE: usize = 140;

pub(super) fn person(v: &Visit) -> Answer<&Person> {
    Ok(v.viewer.person().ok_or(Trouble::SignInFirst)?)
}

/// The passage that a form is about.
pub(super) fn passage<'t>(table: &'t Table, fields: &Fields) -> Answer<&'t Passage> {
    let line = fields.number("line").or_not_found()?;
    let part = fields.number("part").unwrap_or(0);
    let found = table
        .passages
        .iter()
        .find(|one| one.number == line && one.part == part);
    Ok(found.or_not_found()?)
}

/// Back to the page, to the passage after this one.
pub(super) fn onwards(table: &Table, fields: &Fields, passage: &Passage, told: &str) -> Page {
    let back = format!(
        "{}/harvest?after={}-{}&for={}{told}#next",
        table.session.address(),
        passage.number,
        passage.part,
        Visibility::parse(fields.get("visibility")).map_or("", Visibility::name),
    );
    redirect(StatusCode::SEE_OTHER, &back)
}

/// Back to the page, to what somebody else decided first.
pub(super) fn overtaken(table: &Table, passage: &Passage) -> Page {
    let back = format!(
        "{}/harvest?told=harvest-first&after={}-{}#{}",
        table.session.address(),
        passage.number,
        passage.part,
        passage.anchor()
    );
    redirect(StatusCode::SEE_OTHER, &back)
}

pub(super) async fn claimed(
    tx: &Tx,
    table: &Table,
    passage: &Passage,
    fields: &Fields,
) -> Answer<bool> {
    let seen = fields.number("seen").unwrap_or(-1);
    let is_decided = passage.outcome.is_some();
    Ok(!is_decided && store::claim(tx, &table.session.id, &passage.line, seen).await?)
}

pub(super) fn ids(passage: &Passage) -> Vec<String> {
    passage.lines.iter().map(|(id, _)| id.clone()).collect()
}

/// Makes a passage into what somebody says that it is; an aside is left as it is.
pub async fn make(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let passage = passage(&table, &fields)?;
    let is =
        Is::named(fields.get("kind")).ok_or(Trouble::Unreadable(v.say("wrong-harvest-kind")))?;
    let title = texts::one_line(fields.get("title"));
    let mut errors = FieldErrors::default();
    let length = title.chars().count();
    if length == 0 && is != Is::Aside {
        errors.add("title", v.say("wrong-harvest-title"));
    } else if length > LONGEST_TITLE {
        let over = length - LONGEST_TITLE;
        errors.add("title", v.with("wrong-harvest-long", "over", over));
    }
    let visibility = opening(&table, &fields);
    if !errors.is_empty() {
        return again(&v, &table, &fields, &errors);
    }
    let person = person(&v)?;
    if matches!(is, Is::Action | Is::Question) {
        return keeping::keep(&v, &app, &table, (passage, is), &fields, person).await;
    }
    let (now, look) = (v.now(), v.site());
    let decided = Decided {
        is,
        title: &title,
        visibility,
        heading: making::heading(nearest_heading(&table, passage)),
        licence: &look.licence,
        credit: &look.credit,
    };
    let tried = match is {
        Is::Example => trying::guessed(&v, &app, passage).await?,
        _ => None,
    };
    let tx = app.db.begin().await?;
    if !claimed(&tx, &table, passage, &fields).await? {
        return Ok(overtaken(&table, passage));
    }
    let trial = match &tried {
        Some(tried) => {
            let (of, tried) = ((&table.session, passage), (tried, visibility));
            Some(trying::tell(&tx, of, tried, person, now).await?)
        }
        None => None,
    };
    let made = making::make(&tx, (&table.session, passage), &decided, person, now).await?;
    let new = New {
        session: &table.session.id,
        part: passage.part,
        act: &new_id(now),
        became: match (&made, is) {
            (Some(_), _) => "made",
            (None, _) if trial.is_some() => "made",
            (None, Is::Aside) => "left",
            (None, _) => "kept",
        },
        kind: is.name(),
        record_id: made.as_ref().map(|record| &record.id),
        said_id: None,
        trial,
        by_id: &person.id.0,
        by_name: &person.name,
        at: now,
    };
    store::insert(&tx, &new, &ids(passage)).await?;
    store_log::commit_shown(tx, "harvest").await?;
    app.index_wake.notify_one();
    let told = trial.map_or("", |_| "&told=harvest-half");
    Ok(onwards(&table, &fields, passage, told))
}

/// Who may see what is made: as the person chose, and never more than may see the notes.
pub(super) fn opening(table: &Table, fields: &Fields) -> Visibility {
    let openings = table.session.openings();
    let chosen = openings
        .iter()
        .find(|one| **one == fields.get("visibility"));
    let name = chosen.or(openings.first()).copied().unwrap_or_default();
    Visibility::parse(name).unwrap_or(Visibility::OnlyMe)
}

fn nearest_heading<'t>(table: &'t Table, passage: &Passage) -> Option<&'t str> {
    let twins = passage.guess.as_ref().map(|guess| guess.twins.as_slice());
    let hurdle = twins?.iter().find(|twin| twin.kind == "hurdle")?;
    let found = table
        .headings
        .iter()
        .find(|(number, _)| *number == hurdle.number);
    found.map(|(_, heading)| heading.as_str())
}

/// Merges a passage into a record that is there already: it cites the lines from now on, and its
/// discussion repeats them where somebody wants that.
pub async fn merge(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let passage = passage(&table, &fields)?;
    let mut errors = FieldErrors::default();
    let Some(record) = target(&v, &app, &fields).await? else {
        errors.add("other", v.say("wrong-harvest-other"));
        return again(&v, &table, &fields, &errors);
    };
    let how = match fields.get("how") {
        "way" => Some(What::Way),
        "help" => Some(What::Help),
        "comment" => Some(What::Comment),
        _ => None,
    };
    if how.is_some() && !is_repeatable(&app, &table, &record).await? {
        errors.add("how", v.say("wrong-harvest-how"));
        return again(&v, &table, &fields, &errors);
    }
    let (person, now) = (person(&v)?, v.now());
    let is_held = saying::is_held(&v, &app, &passage.text).await?;
    let tx = app.db.begin().await?;
    if !claimed(&tx, &table, passage, &fields).await? {
        return Ok(overtaken(&table, passage));
    }
    let said = match how {
        Some(what) => {
            let words = format!(
                "> {}\n\n[{}]({})",
                passage.text,
                table.session.title.replace(['[', ']'], ""),
                passage.address(&table.session)
            );
            Some(making::repeat(&tx, (&record, what), (&words, is_held), person, now).await?)
        }
        None => None,
    };
    let guess = passage.guess.as_ref().and_then(|guess| guess.kinds.first());
    let new = New {
        session: &table.session.id,
        part: passage.part,
        act: &new_id(now),
        became: "merged",
        kind: guess.copied().unwrap_or("aside"),
        record_id: Some(&record.id),
        said_id: said.as_deref(),
        trial: None,
        by_id: &person.id.0,
        by_name: &person.name,
        at: now,
    };
    store::insert(&tx, &new, &ids(passage)).await?;
    store_log::commit_shown(tx, "harvest").await?;
    app.index_wake.notify_one();
    Ok(onwards(&table, &fields, passage, ""))
}

/// The record that a form names: by a press, or in words such as "hurdle 27".
pub(super) async fn target(v: &Visit, app: &App, fields: &Fields) -> Answer<Option<Record>> {
    let sent = match fields.get("to") {
        "" => fields.get("other"),
        pressed => pressed,
    };
    let words = sent.trim().to_lowercase().replace(['-', '/', '#'], " ");
    let mut words = words.split_whitespace();
    let (Some(kind), Some(number)) = (words.next(), words.next()) else {
        return Ok(None);
    };
    let (Some(kind), Ok(number)) = (kind_called(kind), number.parse::<i64>()) else {
        return Ok(None);
    };
    if !CITING.contains(&kind.name()) {
        return Ok(None);
    }
    let found = records::record(&app.db, &v.viewer, kind.name(), number).await?;
    Ok(found.filter(Record::is_live))
}

pub(super) async fn is_repeatable(app: &App, table: &Table, record: &Record) -> Answer<bool> {
    let session = &table.session;
    let names = |readers: Vec<crate::viewer::OrganisationId>| -> Vec<String> {
        readers.into_iter().map(|reader| reader.0).collect()
    };
    let notes = names(store_readers::of(&app.db, &session.record_id).await?);
    let page = names(store_readers::of(&app.db, &record.id.0).await?);
    Ok(may_be_repeated(
        (session.seen_by(), &notes),
        (&record.visibility, &page),
    ))
}

/// Undoes an act: the lines wait again, and what was made is deleted if nobody changed it since.
pub async fn undo(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let (person, now) = (person(&v)?, v.now());
    let act = fields.get("act");
    let tx = app.db.begin().await?;
    let left = store::left(&tx, &table.session.id, act).await?;
    // Undone already: there is nothing to do, and nothing to say.
    let Some(left) = left else {
        let back = format!("{}/harvest", table.session.address());
        return Ok(redirect(StatusCode::SEE_OTHER, &back));
    };
    let is_own = left.by_id.as_deref() == Some(person.id.0.as_str());
    if !is_own && !v.viewer.is_steward() {
        return Err(Trouble::Forbidden.into());
    }
    let (record, said) = (left.record_id.as_ref(), left.said_id.as_deref());
    let is_made = left.became == "made";
    let of = table.passages.iter().find(|one| one.line == left.line);
    let number = of.map_or(0, |passage| passage.number);
    let trial = left.trial.filter(|_| is_made);
    let is_back = keeping::take_back(&tx, (&table.session.id, act), now).await?
        && match trial {
            Some(trial) => trying::take_back(&tx, trial, person, now).await?,
            None => making::take_back(&tx, (record, said), is_made, person, now).await?,
        };
    if !is_back {
        let back = format!(
            "{}/harvest?told=harvest-changed#p-{number}-0",
            table.session.address()
        );
        return Ok(redirect(StatusCode::SEE_OTHER, &back));
    }
    store::forget(&tx, &table.session.id, act).await?;
    store_log::commit_shown(tx, "harvest").await?;
    app.index_wake.notify_one();
    if trial.is_some() || left.kind == "action" {
        // What was made is erased, and stays away when an older backup comes back.
        interchange::keep_forgotten(&app).await;
    }
    let back = format!(
        "{}/harvest?told=harvest-undone&after={number}--1#next",
        table.session.address()
    );
    Ok(redirect(StatusCode::SEE_OTHER, &back))
}
