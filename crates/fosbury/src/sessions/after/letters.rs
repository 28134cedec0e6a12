//! Letters about what is said of a session: to whom it concerns, each with an address of its own to
//! answer to and a link that ends such letters.

use db::Db;
use serde::{Deserialize, Serialize};
use web::summary;

use super::store_letters as letters;
use crate::discussion::store as said_store;
use crate::ids::{hashed, new_id, new_secret};
use crate::people::letters::after_sending;
use crate::people::store as people_store;
use crate::sessions::guests::Asker;
use crate::sessions::store;
use crate::state::App;
use crate::time::{DAY, Moment};
use crate::viewer::{Person, PersonId, Role, Viewer};

/// The kind of job that writes one letter about something that was said.
pub const SAID_LETTER: &str = "said-letter";
/// How long a letter can be answered, and its link ends such letters.
const LASTS: i64 = 90 * DAY;
/// Letters of a secret: an address's first part has 64 at the most.
const SECRET: usize = 40;
/// Letters of what was said that a letter repeats.
const REPEATED: usize = 4_000;

/// What the job carries.
#[derive(Debug, Serialize, Deserialize)]
pub struct SaidLetter {
    /// What was said, by its id.
    pub said: String,
    /// Who is told, by their id.
    pub person: String,
}

/// Puts a letter into the queue for everybody who was told of something and wants to hear of its event.
pub async fn fan_out(app: &App, said: &str) -> db::Result<()> {
    if app.mailer.is_none() {
        return Ok(());
    }
    let now = app.clock.now();
    let tx = app.db.begin().await?;
    for (person,) in letters::to_tell(&tx, said).await? {
        let letter = SaidLetter {
            said: said.to_owned(),
            person,
        };
        let job = jobs::Job::at_once(
            new_id(now),
            SAID_LETTER,
            serde_json::to_string(&letter).unwrap_or_default(),
            now.0,
        );
        jobs::enqueue(&tx, &job).await?;
    }
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    Ok(())
}

/// Writes and sends one of them: it says what its reader may read when it is sent.
pub async fn send(app: &App, letter: &SaidLetter) -> jobs::Ended {
    let key = format!("{}-{}", letter.said, letter.person);
    handed_over(app, &key, write(app, letter)).await
}

/// Writes a letter and hands it over, once for each key; nothing is written where no mail goes out.
pub(super) async fn handed_over(
    app: &App,
    key: &str,
    writing: impl Future<Output = db::Result<Option<(mail::Letter, mail::Ways)>>>,
) -> jobs::Ended {
    let Some(mailer) = &app.mailer else {
        return jobs::Ended::Done;
    };
    match writing.await {
        Ok(Some((letter, ways))) => after_sending(mailer.send_with(key, &letter, &ways).await),
        Ok(None) => jobs::Ended::Done,
        Err(error) => jobs::Ended::Again(error.to_string()),
    }
}

/// Somebody with an account, as a viewer to whom a letter can be sent.
pub(super) async fn reader(db: &Db, person: &str) -> db::Result<Option<(mail::Address, Viewer)>> {
    let id = PersonId(person.to_owned());
    let Some(listed) = people_store::person(db, &id).await? else {
        return Ok(None);
    };
    let to = mail::Address::parse(&listed.address);
    let (Ok(to), Some(role)) = (to, Role::parse(&listed.role)) else {
        return Ok(None);
    };
    let viewer = Viewer::Person(Person {
        id,
        name: listed.name,
        role,
        sign_in: String::new(),
        bodies: Vec::new(),
    });
    Ok(Some((to, viewer)))
}

/// A letter's secret, written down by its hash.
pub(super) async fn secret_of(app: &App, new: letters::New<'_>, now: Moment) -> db::Result<String> {
    let secret = new_secret()[..SECRET].to_owned();
    let tx = app.db.begin().await?;
    letters::insert(&tx, &hashed(&secret), &new, (now, now.plus(LASTS))).await?;
    tx.commit_quietly().await?;
    Ok(secret)
}

async fn write(app: &App, letter: &SaidLetter) -> db::Result<Option<(mail::Letter, mail::Ways)>> {
    let Some((to, viewer)) = reader(&app.db, &letter.person).await? else {
        return Ok(None);
    };
    let Some(number) = letters::number_of(&app.db, &letter.said).await? else {
        return Ok(None);
    };
    let said = said_store::numbered(&app.db, &viewer, number).await?;
    let Some(said) = said.filter(|said| said.is("published")) else {
        return Ok(None);
    };
    let session = store::session(&app.db, &Asker::of(&viewer), said.record).await?;
    let Some(session) = session else {
        return Ok(None);
    };
    if letters::is_quiet(&app.db, session.event, &letter.person).await? {
        return Ok(None);
    }
    let new = letters::New {
        event: session.event,
        person: &letter.person,
        session: Some(&session.id),
        thread: said.thread,
    };
    let secret = secret_of(app, new, app.clock.now()).await?;
    let look = app.looks.today(&app.db).await?;
    let base = &app.settings.base_url;
    let leave = format!("{base}/letters/{secret}");
    let answers = app.settings.answers_to(&secret);
    let author = if said.author.is_empty() {
        look.words.fill("said-visitor", &[])
    } else {
        said.author.clone()
    };
    let values = [
        ("site", look.site.name.as_str()),
        ("title", &session.title),
        ("name", &author),
        ("words", &summary_of(&said.words)),
        ("address", &format!("{base}/comments/{number}")),
        ("leave", &leave),
    ];
    let mut text = look.words.fill("letter-said", &values);
    if answers.is_some() {
        let mark = look.words.fill("letter-mark", &[]);
        text = format!("--- {mark} ---\n\n{text}");
    }
    let written = mail::Letter {
        to,
        subject: summary(&look.words.fill("letter-said-subject", &values), 200),
        text,
    };
    let ways = mail::Ways {
        answers,
        leave: Some(leave),
        thread: Some(format!("session-{}", session.number)),
    };
    Ok(Some((written, ways)))
}

fn summary_of(words: &str) -> String {
    words.chars().take(REPEATED).collect()
}
