//! The owner's page of backups.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::model::Kept;
use super::scheduled;
use crate::layout::{Answer, Visit};
use crate::settings::Backups;
use crate::state::App;
use crate::time::{DAY, HOUR, MINUTE};

#[derive(Template)]
#[template(path = "interchange/backups.html")]
struct BackupsPage<'v> {
    v: &'v Visit,
    settings: Option<&'v Backups>,
    /// The key of the words that say how things are.
    state: &'static str,
    what_to_do: String,
    kept: Vec<Kept>,
}

/// The backups there are, how old, and what to do.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    let settings = app.settings.backup.as_ref();
    let (kept, trouble) = settings.map_or_else(Default::default, |backup| {
        (
            scheduled::kept(&backup.folder),
            scheduled::trouble(&app.settings.data),
        )
    });
    let (state, what_to_do) = state(&v, settings, kept.first(), trouble);
    v.page(&BackupsPage {
        v: &v,
        settings,
        state,
        what_to_do,
        kept,
    })
}

fn state(
    v: &Visit,
    settings: Option<&Backups>,
    newest: Option<&Kept>,
    trouble: Option<String>,
) -> (&'static str, String) {
    let Some(backup) = settings else {
        return ("backups-none-set", v.say("backups-none-set-do"));
    };
    if let Some(words) = trouble {
        return (
            "backups-trouble",
            v.with("backups-trouble-do", "words", words.trim()),
        );
    }
    let (every, folder) = (every(v, backup), backup.folder.display().to_string());
    let Some(newest) = newest else {
        return (
            "backups-none-yet",
            v.with("backups-none-yet-do", "every", every),
        );
    };
    let age = age(v, newest);
    if newest.at.plus(2 * backup.every.0) < v.now() {
        let words = [("age", &*age), ("every", &*every), ("folder", &*folder)];
        return ("backups-old", v.look.words.fill("backups-old-do", &words));
    }
    let keep = backup.keep.to_string();
    let words = [
        ("age", &*age),
        ("every", &*every),
        ("keep", &*keep),
        ("folder", &*folder),
    ];
    ("backups-good", v.look.words.fill("backups-good-do", &words))
}

fn age(v: &Visit, newest: &Kept) -> String {
    match v.now().0 - newest.at.0 {
        age if age >= 2 * DAY => v.count("age-days", age / DAY),
        age if age >= HOUR => v.count("age-hours", age / HOUR),
        age => v.count("age-minutes", age / MINUTE),
    }
}

fn every(v: &Visit, backup: &Backups) -> String {
    match backup.every.0 {
        period if period % DAY == 0 => v.count("every-days", period / DAY),
        period if period % HOUR == 0 => v.count("every-hours", period / HOUR),
        period => v.count("every-minutes", period / MINUTE),
    }
}

/// Makes a backup now, in the background.
pub async fn make(State(app): State<App>) -> Answer {
    app.settings.backup.as_ref().or_not_found()?;
    tokio::spawn(scheduled::make(app));
    Ok(redirect(
        StatusCode::SEE_OTHER,
        "/place/backups?told=backup-begun",
    ))
}
