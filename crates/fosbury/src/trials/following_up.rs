//! "Did it work?": a letter when a trial's time has come, whose link answers that once and no more.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use web::{Fields, redirect};

use super::model::{FOLLOW_UP_LASTS, LONGEST_LESSON};
use super::store_follow_up as store;
use super::store_versions::Act;
use super::store_writing;
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::letters::after_sending;
use crate::people::signing_in::{From, ended};
use crate::state::App;
use crate::store_log;
use ranking::Outcome;

/// The kind of job that writes such a letter.
pub const FOLLOW_UP_LETTER: &str = "follow-up-letter";
/// Letters put into the queue at once.
const AT_ONCE: i64 = 200;

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct FollowUpLetter {
    /// The trial's id.
    pub trial: String,
}

#[derive(Template)]
#[template(path = "trials/follow-up.html")]
struct AskPage<'v> {
    v: &'v Visit,
    title: String,
    action: String,
    learned: String,
    chosen: String,
    errors: FieldErrors,
}

impl AskPage<'_> {
    fn outcomes(&self) -> Vec<&'static str> {
        Outcome::ALL.iter().map(|one| one.name()).collect()
    }
}

/// Puts letters into the queue for every trial whose time has come.
pub async fn ask(app: &App) -> db::Result<()> {
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    store::forget_ended(&tx, now).await?;
    if app.mailer.is_some() {
        for (trial, _) in store::due(&tx, now, AT_ONCE).await? {
            store::note_asked(&tx, &trial, now).await?;
            let body = serde_json::to_string(&FollowUpLetter { trial }).unwrap_or_default();
            let job = jobs::Job::at_once(new_id(now), FOLLOW_UP_LETTER, body, now.0);
            jobs::enqueue(&tx, &job).await?;
        }
    }
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    Ok(())
}

/// Writes and sends a letter; its secret is made now, so that it never lies in the queue.
pub async fn send(app: &App, letter: &FollowUpLetter) -> jobs::Ended {
    let Some(mailer) = &app.mailer else {
        return jobs::Ended::Never("mail is not set up".to_owned());
    };
    let written = match write(app, &letter.trial).await {
        Ok(Some(written)) => written,
        Ok(None) => return jobs::Ended::Done,
        Err(error) => return jobs::Ended::Again(error.to_string()),
    };
    after_sending(mailer.send(&written).await)
}

async fn write(app: &App, trial: &str) -> db::Result<Option<mail::Letter>> {
    let Some((address, title, _)) = store::letter(&app.db, trial).await? else {
        return Ok(None);
    };
    let Ok(to) = mail::Address::parse(&address) else {
        return Ok(None);
    };
    let (now, secret) = (app.clock.now(), new_secret());
    let tx = app.db.begin().await?;
    let times = (now, now.plus(FOLLOW_UP_LASTS));
    store::make(&tx, (&new_id(now), trial), &hashed(&secret), times).await?;
    tx.commit_quietly().await?;
    let link = format!("{}/follow-up/{secret}", app.settings.base_url);
    let look = app.looks.today(&app.db).await?;
    let values = [
        ("site", look.site.name.as_str()),
        ("title", &title),
        ("address", &link),
    ];
    Ok(Some(mail::Letter {
        to,
        subject: look.words.fill("letter-follow-up-subject", &values),
        text: look.words.fill("letter-follow-up", &values),
    }))
}

/// Where the link leads: a question and a button, since mail scanners open links.
pub async fn page(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let link = store::link(&app.db, &hashed(&token), v.now()).await?;
    let Some((.., title)) = link else {
        return ended(&v);
    };
    let page = AskPage {
        v: &v,
        title,
        action: format!("/follow-up/{token}"),
        learned: String::new(),
        chosen: String::new(),
        errors: FieldErrors::default(),
    };
    Ok(v.page(&page)?.without_referrer())
}

/// Takes the answer, once; nobody is signed in by it.
pub async fn answer(
    v: Visit,
    State(app): State<App>,
    Path(token): Path<String>,
    from: From,
    fields: Fields,
) -> Answer {
    app.limits.try_from(from.0)?;
    let link = store::link(&app.db, &hashed(&token), v.now()).await?;
    let Some((id, trial, _, title)) = link else {
        return ended(&v);
    };
    let learned = texts::tidy(fields.get("learned")).trim().to_owned();
    let outcome = Outcome::parse(fields.get("outcome"));
    let mut errors = FieldErrors::default();
    if outcome.is_none() {
        errors.add("outcome", v.say("wrong-outcome"));
    }
    if learned.chars().count() > LONGEST_LESSON {
        errors.add(
            "learned",
            v.with("wrong-lesson-long", "most", LONGEST_LESSON),
        );
    }
    let Some(outcome) = outcome.filter(|_| errors.is_empty()) else {
        let page = AskPage {
            v: &v,
            title,
            action: format!("/follow-up/{token}"),
            learned: fields.get("learned").to_owned(),
            chosen: fields.get("outcome").to_owned(),
            errors,
        };
        let page = v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
        return Ok(page.without_referrer());
    };
    let tx = app.db.begin().await?;
    if !store::use_up(&tx, &id, v.now()).await? {
        return ended(&v);
    }
    if outcome == Outcome::TooEarly {
        let later = v.now().plus(super::model::ASK_AFTER);
        store_writing::ask_later(&tx, &trial, later).await?;
    } else {
        let act = Act {
            name: "follow-up",
            by: None,
            at: v.now(),
        };
        store_writing::answer(&tx, &trial, (outcome.name(), &learned), act).await?;
    }
    store_log::commit_shown(tx, &trial).await?;
    let is_failure = matches!(
        outcome,
        Outcome::NoEffect | Outcome::Worse | Outcome::Stopped
    );
    let told = if is_failure {
        "/?told=failure-told"
    } else {
        "/?told=trial-answered"
    };
    Ok(redirect(StatusCode::SEE_OTHER, told).without_referrer())
}
