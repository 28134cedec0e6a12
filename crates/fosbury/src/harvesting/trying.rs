//! Examples become trials: half-told ones, that whoever was there completes.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use ranking::Outcome;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::acts::{opening, overtaken, passage, person};
use super::becoming::{named_in, quoted};
use super::model::{Passage, Session};
use super::store_trials;
use super::triage::{again, table};
use crate::history::model::Record;
use crate::history::{one_called, store as records};
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::organisations::store_readers;
use crate::solutions::store as solutions;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;
use crate::trials::model::{ASK_AFTER, LONGEST_LESSON, Telling};
use crate::trials::store_writing::{self, Teller};
use crate::trials::{show, store as trials};
use crate::viewer::{Person, Visibility};

/// What an example has to say to be a trial.
pub struct Tried {
    /// The number of the hurdle.
    pub hurdle: i64,
    /// The number of the solution; 0 for a way of their own.
    pub solution: i64,
    /// The id of the body.
    pub organisation: String,
}

/// What a passage seems to tell: the body that it names, and the hurdle that it is likest to. Nothing
/// where either is not known.
pub async fn guessed(v: &Visit, app: &App, passage: &Passage) -> Answer<Option<Tried>> {
    let Some(guess) = &passage.guess else {
        return Ok(None);
    };
    let of = |kind: &str| {
        let mut twins = guess.twins.iter().filter(|twin| twin.kind == kind);
        twins.next().map(|twin| twin.number)
    };
    let (mut hurdle, mut solution) = (of("hurdle"), None);
    if let Some(number) = of("solution") {
        let over = solutions::hurdles_of(&app.db, &v.viewer, number).await?;
        hurdle = hurdle.or(over.first().map(|one| one.number));
        solution = Some(number).filter(|_| over.iter().any(|one| Some(one.number) == hurdle));
    }
    let Some(hurdle) = hurdle else {
        return Ok(None);
    };
    let bodies = store_trials::bodies(&app.db).await?;
    let place = guess.place.as_deref().unwrap_or_default();
    let named = named_in(place, &bodies).or_else(|| named_in(&passage.text, &bodies));
    Ok(named.map(|body| Tried {
        hurdle,
        solution: solution.unwrap_or(0),
        organisation: body.0.clone(),
    }))
}

/// Tells a passage as a trial, inside the change that writes the harvest down; the trial's number. It
/// counts once somebody of the body, or a steward, completed it, and is shown to no more people than
/// the notes are.
pub async fn tell(
    tx: &Tx,
    (session, passage): (&Session, &Passage),
    (tried, visibility): (&Tried, Visibility),
    person: &Person,
    now: Moment,
) -> db::Result<i64> {
    let is_for_bodies = visibility.is_for_bodies();
    let learned = quoted(&passage.text);
    let telling = Telling {
        hurdle: tried.hurdle,
        solution: tried.solution,
        organisation: tried.organisation.clone(),
        outcome: Outcome::TooEarly.name().to_owned(),
        learned: learned.chars().take(LONGEST_LESSON).collect(),
        // The people of the trial's own body may be others than those who may read the notes.
        visibility: if is_for_bodies {
            Visibility::NamedBodies
        } else {
            visibility
        },
        readers: if is_for_bodies {
            store_readers::of(tx, &session.record_id).await?
        } else {
            Vec::new()
        },
        is_named: true,
        ask_at: Some(now.plus(ASK_AFTER)),
        ..Telling::default()
    };
    let teller = Teller {
        id: &new_id(now),
        author: Some(&person.id.0),
        is_confirmed: false,
        now,
        today: &day_of(now),
        is_demo: session.is_demo,
    };
    store_writing::record(tx, &telling, teller).await
}

/// Takes a trial back that was made of a passage; false where somebody said more of it since.
pub async fn take_back(tx: &Tx, trial: i64, person: &Person, now: Moment) -> db::Result<bool> {
    let Some((id, is_untouched)) = store_trials::made(tx, trial).await? else {
        return Ok(true);
    };
    if is_untouched {
        show::take_back(tx, (&id, trial), Some(&person.id), now).await?;
    }
    Ok(is_untouched)
}

/// Notes as which trial an example was told, or tells it as one: over a hurdle, by a body.
pub async fn tell_kept(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let passage = passage(&table, &fields)?;
    let act = passage.outcome.as_ref().map(|outcome| outcome.act.as_str());
    let act = act.or_not_found()?;
    let (person, now) = (person(&v)?, v.now());
    let mut errors = FieldErrors::default();
    let (known, tried) = if fields.get("trial").trim().is_empty() {
        (None, said(&v, &app, &fields, &mut errors).await?)
    } else {
        (noted(&v, &app, &fields, &mut errors).await?, None)
    };
    if !errors.is_empty() {
        return again(&v, &table, &fields, &errors);
    }
    let tx = app.db.begin().await?;
    let told = match (known, &tried) {
        (Some(number), _) => (number, "kept"),
        (None, Some(tried)) => {
            let made = (tried, opening(&table, &fields));
            (
                tell(&tx, (&table.session, passage), made, person, now).await?,
                "made",
            )
        }
        (None, None) => return Err(Trouble::NotFound.into()),
    };
    if !store_trials::tell(&tx, &table.session.id, act, told).await? {
        return Ok(overtaken(&table, passage));
    }
    store_log::commit_shown(tx, "harvest").await?;
    let back = format!(
        "{}/harvest?told=harvest-told#{}",
        table.session.address(),
        passage.anchor()
    );
    Ok(redirect(StatusCode::SEE_OTHER, &back))
}

/// The trial that a form names.
async fn noted(
    v: &Visit,
    app: &App,
    fields: &Fields,
    errors: &mut FieldErrors,
) -> Answer<Option<i64>> {
    let words = fields.get("trial").trim().to_lowercase();
    let number = words.trim_start_matches("trial").trim().parse::<i64>();
    let trial = match number {
        Ok(number) => trials::numbered(&app.db, &v.viewer, number).await?,
        Err(_) => None,
    };
    if trial.is_none() {
        errors.add("trial", v.say("wrong-trial"));
    }
    Ok(trial.map(|trial| trial.number))
}

/// The hurdle and the body that a form names.
async fn said(
    v: &Visit,
    app: &App,
    fields: &Fields,
    errors: &mut FieldErrors,
) -> Answer<Option<Tried>> {
    let words = fields.get("hurdle").trim().to_lowercase();
    let number = words.trim_start_matches("hurdle").trim().parse::<i64>();
    let hurdle = match number {
        Ok(number) => records::record(&app.db, &v.viewer, "hurdle", number).await?,
        Err(_) => None,
    };
    let hurdle = hurdle.filter(Record::is_live);
    if hurdle.is_none() {
        errors.add("hurdle", v.say("wrong-harvest-hurdle"));
    }
    let body = fields.get("body").trim();
    let body = if body.is_empty() {
        errors.add("body", v.say("wrong-harvest-body"));
        None
    } else {
        match one_called(app, body).await? {
            Ok(body) => Some(body),
            Err(key) => {
                errors.add("body", v.with(key, "words", body));
                None
            }
        }
    };
    let both = hurdle.zip(body);
    Ok(both.map(|(hurdle, body)| Tried {
        hurdle: hurdle.number,
        solution: 0,
        organisation: body.id,
    }))
}
