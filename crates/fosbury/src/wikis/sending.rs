//! An owner's wiki: sent, looked at, then brought along in the background.

use std::io::{Read, Seek};
use std::path::PathBuf;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use dokuwiki::read::lay_down;
use dokuwiki::{Folder, Limits};
use tokio::sync::Semaphore;
use web::{Fields, Trouble, redirect};

use super::coming::{self, Asked};
use super::model::{Line, Report};
use super::pages;
use super::receiving::Received;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::Person;

/// Lines of the report shown at the most.
const MOST_SHOWN: usize = 500;
/// Letters of a licence at the most.
const LONGEST_LICENCE: usize = 100;

/// One wiki comes at a time.
static COMING: Semaphore = Semaphore::const_new(1);

#[derive(Template)]
#[template(path = "wikis/preview.html")]
struct PreviewPage<'v> {
    v: &'v Visit,
    report: Report,
    licence: String,
    errors: FieldErrors,
}

impl PreviewPage<'_> {
    fn most(&self) -> usize {
        MOST_SHOWN
    }

    fn said(&self, line: &Line) -> String {
        pages::said(self.v, line)
    }
}

/// What an owner sent and has not brought along yet.
struct Waiting {
    folder: PathBuf,
}

impl Waiting {
    fn of(app: &App, person: &Person) -> Self {
        let folder = app.settings.data.join("wikis").join(&person.id.0);
        Self { folder }
    }

    fn files(&self) -> PathBuf {
        self.folder.join("files")
    }

    /// What it was called when it was sent; none where nothing waits.
    fn name(&self) -> Option<String> {
        std::fs::read_to_string(self.folder.join("name")).ok()
    }

    fn forget(&self) -> std::io::Result<()> {
        match std::fs::remove_dir_all(&self.folder) {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    fn keep(&self, name: &str, archive: impl Read + Seek) -> std::io::Result<()> {
        self.forget()?;
        std::fs::create_dir_all(self.files())?;
        let mut left_out = |line: String| tracing::info!(line, "Left out of a wiki that was sent");
        lay_down(archive, &self.files(), Limits::default(), &mut left_out)?;
        std::fs::write(self.folder.join("name"), name)
    }
}

/// Whether something waits to be looked at: what is on its way does not.
pub fn waits(app: &App, person: &Person) -> bool {
    COMING.available_permits() > 0 && Waiting::of(app, person).name().is_some()
}

/// Lays an archive out for its owner to look at; nothing comes yet.
pub async fn send(v: Visit, State(app): State<App>, received: Received) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let Some(file) = received.file else {
        return pages::refused(&v, &app, v.say("wrong-wiki-none")).await;
    };
    let waiting = Waiting::of(&app, person);
    let asked = asked_of(&stem(&received.name), "", person);
    let files = waiting.files();
    let looked = blocking(move || {
        waiting.keep(&asked.name, file)?;
        let source = Folder::at(&files);
        let looked = coming::look(&source, &asked).map(|_| ());
        if looked.is_err() {
            waiting.forget()?;
        }
        Ok(looked)
    });
    match looked.await? {
        Ok(()) => Ok(redirect(StatusCode::SEE_OTHER, "/place/wikis/previews")),
        Err(_) => pages::refused(&v, &app, v.say("wrong-wiki-unreadable")).await,
    }
}

fn stem(name: &str) -> String {
    let endings = [".tar", ".tgz", ".zip", ".xml"];
    let ends = endings.into_iter().filter_map(|ending| name.find(ending));
    name[..ends.min().unwrap_or(name.len())].to_owned()
}

fn asked_of(name: &str, licence: &str, person: &Person) -> Asked {
    Asked {
        name: name.to_owned(),
        licence: licence.to_owned(),
        by: Some(person.id.clone()),
        kind: None,
    }
}

/// Does what waits for the disk where it holds nobody else up.
async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> std::io::Result<T> + Send + 'static,
) -> Answer<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|error| Trouble::OurFault(error.to_string()))?;
    Ok(done.map_err(|error| Trouble::OurFault(error.to_string()))?)
}

/// What of it would come, and what cannot be read.
pub async fn preview(v: Visit, State(app): State<App>) -> Answer {
    shown(&v, &app, String::new(), FieldErrors::default()).await
}

async fn shown(v: &Visit, app: &App, licence: String, errors: FieldErrors) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let waiting = Waiting::of(app, person);
    let Some(name) = waiting.name() else {
        return Ok(redirect(StatusCode::SEE_OTHER, "/place/wikis"));
    };
    let (files, asked) = (waiting.files(), asked_of(&name, "", person));
    let looked = blocking(move || Ok(coming::look(&Folder::at(&files), &asked))).await?;
    let Ok(report) = looked else {
        return pages::refused(v, app, v.say("wrong-wiki-unreadable")).await;
    };
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = PreviewPage {
        v,
        report,
        licence,
        errors,
    };
    v.page_with(status, &page)
}

/// Brings along what was looked at.
pub async fn bring(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let waiting = Waiting::of(&app, person);
    let Some(name) = waiting.name() else {
        return Ok(redirect(StatusCode::SEE_OTHER, "/place/wikis"));
    };
    let licence = texts::one_line(fields.get("licence"));
    if fields.sent("licence").is_some() && (licence.is_empty() || licence.len() > LONGEST_LICENCE) {
        let mut errors = FieldErrors::default();
        errors.add("licence", v.say("wrong-wiki-licence"));
        return shown(&v, &app, licence, errors).await;
    }
    let Ok(turn) = COMING.try_acquire() else {
        return Ok(back("wiki-busy"));
    };
    let asked = asked_of(&name, &licence, person);
    let (app, now) = (app.clone(), v.now());
    tokio::task::spawn_blocking(move || {
        let _turn = turn;
        let files = waiting.files();
        let source = Folder::at(&files);
        let settings = &app.settings;
        let mut tell = |_, _| app.index_wake.notify_one();
        let came = coming::bring(&app.db, settings, &source, &asked, now, &mut tell);
        match tokio::runtime::Handle::current().block_on(came) {
            Ok(_) => forget(&waiting),
            // What was sent stays: the owner can look at it and go on.
            Err(error) => tracing::error!(%error, "A wiki came only in part"),
        }
    });
    Ok(back("wiki-comes"))
}

fn forget(waiting: &Waiting) {
    if let Err(error) = waiting.forget() {
        tracing::warn!(%error, "A wiki that came still lies in the data folder");
    }
}

fn back(told: &str) -> web::Page {
    redirect(StatusCode::SEE_OTHER, &format!("/place/wikis?told={told}"))
}

/// Throws away what was sent.
pub async fn give_up(v: Visit, State(app): State<App>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let waiting = Waiting::of(&app, person);
    blocking(move || waiting.forget()).await?;
    Ok(back("wiki-given-up"))
}
