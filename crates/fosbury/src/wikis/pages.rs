//! The owner's pages of wikis that came: what came, what could not be read, what is still wanted.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Trouble, redirect};

use super::model::{Line, Wiki};
use super::{sending, store_seen, undoing};
use crate::history::saving::Author;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::SubjectRef;

/// Lines of the report shown at the most.
const MOST_SHOWN: i64 = 1_000;

#[derive(Template)]
#[template(path = "wikis/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    wikis: Vec<Wiki>,
    waits: bool,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "wikis/show.html")]
struct ShowPage<'v> {
    v: &'v Visit,
    wiki: Wiki,
    numbered: i64,
    written: i64,
    live: i64,
    revisions: i64,
    older_files: i64,
    lines: Vec<Line>,
    wanted: Vec<(String, i64)>,
    pages: Vec<(String, String)>,
}

impl ShowPage<'_> {
    fn said(&self, line: &Line) -> String {
        said(self.v, line)
    }

    fn so_far(&self) -> String {
        let (written, all) = (&self.written, &self.numbered);
        self.v
            .with_two("wiki-so-far", ("written", written), ("all", all))
    }
}

/// What a line of the report says.
pub fn said(v: &Visit, line: &Line) -> String {
    let value = match line.what.as_str() {
        "refused-file" | "refused-older" => v.say_of("refused", &line.value),
        _ => line.value.clone(),
    };
    v.with_of("wiki-line", &line.what, "value", value)
}

/// The wikis that came, and a form to send one with.
pub async fn list(v: Visit, State(app): State<App>) -> Answer {
    shown(&v, &app, FieldErrors::default(), StatusCode::OK).await
}

/// The same with what is wrong with the file that was sent.
pub async fn refused(v: &Visit, app: &App, why: String) -> Answer {
    let mut errors = FieldErrors::default();
    errors.add("archive", why);
    shown(v, app, errors, StatusCode::UNPROCESSABLE_ENTITY).await
}

async fn shown(v: &Visit, app: &App, errors: FieldErrors, status: StatusCode) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let page = ListPage {
        v,
        wikis: store_seen::all(&app.db).await?,
        waits: sending::waits(app, person),
        errors,
    };
    v.page_with(status, &page)
}

/// One wiki: how far it is, what came, what could not be read.
pub async fn show(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let wiki = found(&app, &number).await?;
    let (numbered, written, live, revisions) = store_seen::counts(&app.db, &wiki.id).await?;
    let pages = store_seen::live(&app.db, &v.viewer, &wiki.id).await?;
    let address = |kind: &str, number, slug: &str| SubjectRef::new(kind, number).address(slug);
    let page = ShowPage {
        v: &v,
        numbered,
        written,
        live,
        revisions,
        older_files: store_seen::older_files(&app.db, &wiki.id).await?,
        lines: store_seen::lines(&app.db, &wiki.id, MOST_SHOWN).await?,
        wanted: store_seen::wanted(&app.db, &v.viewer, &wiki.id).await?,
        pages: pages
            .into_iter()
            .map(|(kind, number, slug, title)| (address(&kind, number, &slug), title))
            .collect(),
        wiki,
    };
    v.page(&page)
}

pub(super) async fn found(app: &App, number: &str) -> Answer<Wiki> {
    let number = number.parse().ok().or_not_found()?;
    Ok(store_seen::numbered(&app.db, number)
        .await?
        .or_not_found()?)
}

/// Takes a wiki back in one act.
pub async fn undo(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let wiki = found(&app, &number).await?;
    let summary = v.with("wiki-undo-summary", "title", &wiki.title);
    undoing::undo(&app.db, &wiki, Author::of(person), &summary, v.now()).await?;
    app.index_wake.notify_one();
    let next = format!("/place/wikis/{}?told=wiki-undone", wiki.number);
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}
