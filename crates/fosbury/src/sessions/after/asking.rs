//! Whoever said that they do something is asked by mail, once, when its day is over; or thirty days
//! after the event where no day was said. Each action has a link in the letter that answers once.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State as Shared};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use web::{Fields, redirect};

use super::letters::reader;
use super::model::{Action, LONGEST_NAME, State, tidied};
use super::store_actions::{self, Doing};
use super::store_links as links;
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::letters::after_sending;
use crate::people::signing_in::{From, ended};
use crate::sessions::model::day_in_words;
use crate::sessions::store_lines::Writer;
use crate::state::App;
use crate::store_log;
use crate::time::DAY;
use crate::viewer::PersonId;

/// The kind of job that writes such a letter.
pub const ACTION_LETTER: &str = "action-letter";
/// How long after an event it is asked what came of it.
pub(super) const ASK_AFTER: i64 = 30 * DAY;
/// How long a link answers.
const LINK_LASTS: i64 = 60 * DAY;
/// Actions that are asked about at once.
const AT_ONCE: i64 = 500;
/// Actions named in one letter.
const NAMED: i64 = 20;

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct ActionLetter {
    /// Whom it asks, by their id.
    pub person: String,
}

/// Puts a letter into the queue for everybody who has something open whose time has come.
pub async fn ask(app: &App) -> db::Result<()> {
    if app.mailer.is_none() {
        return Ok(());
    }
    let now = app.clock.now();
    let (today, long_ago) = (now.local_day(), now.plus(-ASK_AFTER).local_day());
    let tx = app.db.begin().await?;
    let found = store_actions::to_ask(&tx, (&today, &long_ago), AT_ONCE).await?;
    let mut whom: BTreeMap<PersonId, Vec<String>> = BTreeMap::new();
    for (id, owner) in found {
        whom.entry(owner).or_default().push(id);
    }
    for (person, actions) in whom {
        for id in actions {
            store_actions::note_asked(&tx, &id, now).await?;
        }
        let letter = ActionLetter { person: person.0 };
        let job = jobs::Job::at_once(
            new_id(now),
            ACTION_LETTER,
            serde_json::to_string(&letter).unwrap_or_default(),
            now.0,
        );
        jobs::enqueue(&tx, &job).await?;
    }
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    Ok(())
}

/// Writes and sends a letter: it names what the person may read when it is sent.
pub async fn send(app: &App, letter: &ActionLetter) -> jobs::Ended {
    let Some(mailer) = &app.mailer else {
        return jobs::Ended::Never("mail is not set up".to_owned());
    };
    let written = match write(app, &letter.person).await {
        Ok(Some(written)) => written,
        Ok(None) => return jobs::Ended::Done,
        Err(error) => return jobs::Ended::Again(error.to_string()),
    };
    after_sending(mailer.send(&written).await)
}

async fn write(app: &App, person: &str) -> db::Result<Option<mail::Letter>> {
    let Some((to, viewer)) = reader(&app.db, person).await? else {
        return Ok(None);
    };
    let actions = store_actions::waiting_for(&app.db, &viewer, NAMED).await?;
    if actions.is_empty() {
        return Ok(None);
    }
    let look = app.looks.today(&app.db).await?;
    let (now, base) = (app.clock.now(), &app.settings.base_url);
    let mut list = Vec::with_capacity(actions.len());
    let tx = app.db.begin().await?;
    for action in &actions {
        let secret = new_secret();
        let about = (action.id.as_str(), person);
        let times = (now, now.plus(LINK_LASTS));
        links::make(&tx, &new_id(now), about, &hashed(&secret), times).await?;
        let due = if action.due_on.is_empty() {
            String::new()
        } else {
            let day = day_in_words(&action.due_on);
            format!(
                " {}",
                look.words.fill("letter-action-due", &[("day", &day)])
            )
        };
        list.push(format!(
            "- {}{due}\n  {base}/how-it-went/{secret}",
            action.what
        ));
    }
    tx.commit_quietly().await?;
    let waiting = format!("{base}/waiting");
    let values = [
        ("site", look.site.name.as_str()),
        ("actions", &list.join("\n")),
        ("address", &waiting),
    ];
    Ok(Some(mail::Letter {
        to,
        subject: look.words.fill("letter-action-subject", &values),
        text: look.words.fill("letter-action", &values),
    }))
}

#[derive(Template)]
#[template(path = "sessions/after/asked.html")]
struct AskedPage<'v> {
    v: &'v Visit,
    what: String,
    action: String,
    state: String,
    why: String,
    errors: FieldErrors,
}

impl AskedPage<'_> {
    fn states(&self) -> Vec<&'static str> {
        State::ALL.iter().map(|state| state.name()).collect()
    }
}

/// Where the link leads: a question and a button, since mail scanners open links.
pub(super) async fn page(
    v: Visit,
    Shared(app): Shared<App>,
    from: From,
    Path(token): Path<String>,
) -> Answer {
    let Some((_, action)) = links::link(&app.db, &hashed(&token), v.now()).await? else {
        app.limits.try_from(from.0)?;
        return ended(&v);
    };
    asked(&v, &token, &action, None, FieldErrors::default())
}

fn asked(
    v: &Visit,
    token: &str,
    action: &Action,
    sent: Option<&Fields>,
    errors: FieldErrors,
) -> Answer {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = AskedPage {
        v,
        what: action.what.clone(),
        action: format!("/how-it-went/{token}"),
        state: sent.map_or(String::new(), |fields| fields.get("state").to_owned()),
        why: sent.map_or(String::new(), |fields| fields.get("why").to_owned()),
        errors,
    };
    Ok(v.page_with(status, &page)?.without_referrer())
}

/// Takes the answer, once; nobody is signed in by it.
pub(super) async fn answer(
    v: Visit,
    Shared(app): Shared<App>,
    from: From,
    Path(token): Path<String>,
    fields: Fields,
) -> Answer {
    app.limits.try_from(from.0)?;
    let now = v.now();
    let Some((link, action)) = links::link(&app.db, &hashed(&token), now).await? else {
        return ended(&v);
    };
    let why = tidied(fields.get("why"));
    let mut errors = FieldErrors::default();
    let state = State::parse(fields.get("state"));
    if state.is_none() {
        errors.add("state", v.say("wrong-action-state"));
    } else if state == Some(State::Dropped) && why.is_empty() {
        errors.add("why", v.say("wrong-action-why"));
    }
    if why.chars().count() > LONGEST_NAME {
        errors.add("why", v.with("wrong-told-long", "most", LONGEST_NAME));
    }
    let Some(state) = state.filter(|_| errors.is_empty()) else {
        return asked(&v, &token, &action, Some(&fields), errors);
    };
    let doing = Doing {
        owner: action.owner_id.clone(),
        due_on: action.due_on.clone(),
        state: state.name(),
        why,
        ..Doing::default()
    };
    let writer = Writer {
        person: action.owner_id.clone(),
        guest: String::new(),
        name: String::new(),
    };
    let tx = app.db.begin().await?;
    let seen = (action.id.as_str(), action.steps);
    if !links::use_up(&tx, &link, now).await?
        || !store_actions::step(&tx, seen, &doing, &writer, now).await?
    {
        return ended(&v);
    }
    store_log::commit_shown(tx, "sessions").await?;
    let told = redirect(StatusCode::SEE_OTHER, "/?told=action-changed");
    Ok(told.without_referrer())
}
