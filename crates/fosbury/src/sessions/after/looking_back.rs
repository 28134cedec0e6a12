//! Thirty days after an event everybody who was there is told by mail what came of it; whoever runs it
//! is asked to write down what is missing.

use serde::{Deserialize, Serialize};
use web::summary;

use super::asking::ASK_AFTER;
use super::letters::{handed_over, reader, secret_of};
use super::model::Action;
use super::store_actions::{self, Which};
use super::store_letters as letters;
use crate::ids::new_id;
use crate::sessions::guests::Asker;
use crate::sessions::model::Event;
use crate::sessions::store;
use crate::state::App;
use crate::time::DAY;
use crate::viewer::Viewer;

/// The kind of job that writes such a letter.
pub const LOOK_BACK_LETTER: &str = "look-back-letter";
/// Events that are older when they come in are not written about: their people have gone home long ago.
const AT_LATEST: i64 = 60 * DAY;
/// Events looked back at in one go.
const AT_ONCE: i64 = 20;
/// Actions of one event that are counted.
const COUNTED: i64 = 5_000;

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct LookBackLetter {
    /// Which event.
    pub event: i64,
    /// Who is told, by their id.
    pub person: String,
}

/// Puts the letters of events into the queue whose time has come.
pub async fn look_back(app: &App) -> db::Result<()> {
    if app.mailer.is_none() {
        return Ok(());
    }
    let now = app.clock.now();
    let days = (
        now.plus(-AT_LATEST).local_day(),
        now.plus(-ASK_AFTER).local_day(),
    );
    let tx = app.db.begin().await?;
    for (event,) in letters::to_look_back(&tx, (&days.0, &days.1), AT_ONCE).await? {
        if !letters::note_told(&tx, event, now).await? {
            continue;
        }
        for (person,) in letters::were_there(&tx, event).await? {
            let letter = LookBackLetter { event, person };
            let job = jobs::Job::at_once(
                new_id(now),
                LOOK_BACK_LETTER,
                serde_json::to_string(&letter).unwrap_or_default(),
                now.0,
            );
            jobs::enqueue(&tx, &job).await?;
        }
    }
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    Ok(())
}

/// Writes and sends one of them: it says what its reader may read when it is sent.
pub async fn send(app: &App, letter: &LookBackLetter) -> jobs::Ended {
    let key = format!("event-{}-{}", letter.event, letter.person);
    handed_over(app, &key, write(app, letter)).await
}

async fn write(
    app: &App,
    letter: &LookBackLetter,
) -> db::Result<Option<(mail::Letter, mail::Ways)>> {
    let Some((to, viewer)) = reader(&app.db, &letter.person).await? else {
        return Ok(None);
    };
    let asker = Asker::of(&viewer);
    let Some(event) = store::event(&app.db, &asker, letter.event).await? else {
        return Ok(None);
    };
    if letters::is_quiet(&app.db, event.number, &letter.person).await? {
        return Ok(None);
    }
    let which = Which {
        event: Some(event.number),
        ..Which::default()
    };
    let actions = store_actions::actions(&app.db, &asker, which, COUNTED).await?;
    let new = letters::New {
        event: event.number,
        person: &letter.person,
        session: None,
        thread: 0,
    };
    let secret = secret_of(app, new, app.clock.now()).await?;
    let look = app.looks.today(&app.db).await?;
    let base = &app.settings.base_url;
    let leave = format!("{base}/letters/{secret}");
    let words = |key: &str, n: usize| look.words.count(key, i64::try_from(n).unwrap_or(i64::MAX));
    let of = |state: &str| actions.iter().filter(|one| one.state == state).count();
    let counts = [
        words("letter-back-done", of("done")),
        words("letter-back-open", of("open")),
        words("letter-back-dropped", of("dropped")),
    ];
    let title = summary(&event.title, 150);
    let values = [
        ("site", look.site.name.as_str()),
        ("title", &title),
        ("counts", &counts.join("\n")),
        ("yours", &yours(&look.words, &viewer, &actions)),
        ("asked", &asked(&look.words, &viewer, &event, &actions)),
        ("address", &format!("{base}{}/came-of-it", event.address())),
        ("leave", &leave),
    ];
    let written = mail::Letter {
        to,
        subject: look.words.fill("letter-back-subject", &values),
        text: look.words.fill("letter-back", &values),
    };
    let ways = mail::Ways {
        leave: Some(leave),
        thread: Some(format!("event-{}", event.number)),
        ..mail::Ways::default()
    };
    Ok(Some((written, ways)))
}

/// What its reader took on and has not done yet.
fn yours(words: &crate::words::Words, viewer: &Viewer, actions: &[Action]) -> String {
    let person = viewer.person().map(|person| &person.id);
    let own = actions
        .iter()
        .filter(|one| one.is_open() && one.owner_id.as_ref() == person)
        .map(|one| format!("- {}", one.what));
    let own: Vec<String> = own.collect();
    if own.is_empty() {
        return String::new();
    }
    let words = words.fill("letter-back-yours", &[("actions", &own.join("\n"))]);
    format!("{words}\n\n")
}

/// What is asked of whoever runs the event.
fn asked(
    words: &crate::words::Words,
    viewer: &Viewer,
    event: &Event,
    actions: &[Action],
) -> String {
    let is_theirs = event.author_id.as_ref() == viewer.person().map(|person| &person.id);
    if !is_theirs {
        return String::new();
    }
    let nobodys = actions
        .iter()
        .filter(|one| one.is_open() && one.owner.is_empty())
        .count();
    let nobodys = i64::try_from(nobodys).unwrap_or(i64::MAX);
    let asked = words.fill("letter-back-asked", &[]);
    format!(
        "{asked} {}\n\n",
        words.count("letter-back-nobodys", nobodys)
    )
}
