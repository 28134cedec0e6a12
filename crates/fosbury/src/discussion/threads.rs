//! A record's whole discussion, as a page and as a feed.

use std::collections::BTreeMap;

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, Rendered};

use super::finding::{Sort, place};
use super::model::Said;
use super::places::Place;
use super::section::Sent;
use super::store;
use super::watching::is_watched;
use crate::changes::feeds::{self, Entry, Feed};
use crate::history::editing::number_of;
use crate::history::linking::Targets;
use crate::history::{removals, store as texts_store};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit, shared};
use crate::state::App;

/// Threads on one page.
const ON_ONE_PAGE: i64 = 20;

#[derive(Template)]
#[template(path = "discussion/discussion.html")]
struct DiscussionPage<'v> {
    v: &'v Visit,
    place: &'v Place,
    called: String,
    count: i64,
    threads: Vec<Thread>,
    sent: Sent,
    errors: FieldErrors,
    older: Option<i64>,
    is_watched: bool,
}

impl DiscussionPage<'_> {
    /// Whether somebody's answer in this thread has to be mended.
    fn is_answering(&self, thread: &i64) -> bool {
        self.sent.thread == Some(*thread)
    }
}

/// A comment with the answers to it.
struct Thread {
    first: Spoken,
    answers: Vec<Spoken>,
}

/// A comment as the page shows it.
struct Spoken {
    said: Said,
    words: Rendered,
    is_mine: bool,
}

/// The discussion of a record.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    Query(query): Query,
) -> Answer {
    if let Sort::Text(kind) = sort {
        let number = number_of(&at).or_not_found()?;
        let record = texts_store::record(&app.db, &v.viewer, kind.name(), number)
            .await?
            .or_not_found()?;
        if let Some(page) = removals::gone(&v, &record)? {
            return Ok(page);
        }
    }
    let place = place(&v, &app, sort, &at).await?;
    let mut sent = Sent::nothing();
    if let Some(number) = query.number("answer").filter(|_| v.viewer.is_member()) {
        let said = store::numbered(&app.db, &v.viewer, number).await?;
        sent.thread = said.map(|said| said.thread);
    }
    let before = query.number("before").unwrap_or_else(|| sent.page_of());
    let sent = (sent, FieldErrors::default());
    shown(&v, &app, &place, before, StatusCode::OK, sent).await
}

/// The same with a form to mend.
pub async fn shown(
    v: &Visit,
    app: &App,
    place: &Place,
    before: i64,
    status: StatusCode,
    (mut sent, errors): (Sent, FieldErrors),
) -> Answer {
    let (db, viewer) = (&app.db, &v.viewer);
    let mut firsts = store::threads(db, viewer, &place.id, before, ON_ONE_PAGE + 1).await?;
    let has_older = firsts.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_older {
        firsts.pop();
    }
    // An answer to what is not here begins a thread of its own.
    let is_here = |thread: &i64| firsts.iter().any(|first| first.number == *thread);
    sent.thread = sent.thread.filter(is_here);
    let older = firsts.last().map(|last| last.number).filter(|_| has_older);
    let is_watched = is_watched(v, app, place.id.watched_as(), place.id.id()).await?;
    let page = DiscussionPage {
        v,
        place,
        called: place.called(v),
        count: store::count(db, viewer, &place.id).await?,
        threads: threads(v, app, place, firsts).await?,
        sent,
        errors,
        older,
        is_watched,
    };
    if status == StatusCode::OK {
        v.shared_page(&page)
    } else {
        v.page_with(status, &page)
    }
}

async fn threads(v: &Visit, app: &App, place: &Place, firsts: Vec<Said>) -> Answer<Vec<Thread>> {
    let (Some(newest), Some(oldest)) = (firsts.first(), firsts.last()) else {
        return Ok(Vec::new());
    };
    let (oldest, newest) = (oldest.number, newest.number);
    let answers = store::answers(&app.db, &v.viewer, &place.id, oldest, newest).await?;
    let words = firsts
        .iter()
        .chain(&answers)
        .map(|said| said.words.as_str());
    let targets = Targets::of_texts(&app.db, &v.viewer, words).await?;
    let spoken = |said: Said| Spoken {
        words: if said.is("published") {
            targets.render(&said.words, 4)
        } else {
            Rendered::default()
        },
        is_mine: said.is_by(v.viewer.id()),
        said,
    };
    let mut by_thread: BTreeMap<i64, Vec<Spoken>> = BTreeMap::new();
    for answer in answers {
        by_thread
            .entry(answer.thread)
            .or_default()
            .push(spoken(answer));
    }
    let threads = firsts.into_iter().map(|first| Thread {
        answers: by_thread.remove(&first.number).unwrap_or_default(),
        first: spoken(first),
    });
    Ok(threads.collect())
}

/// The newest comments of a record as a feed.
pub async fn feed(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
) -> Answer {
    let place = place(&v, &app, sort, &at).await?;
    let newest = store::newest(&app.db, &v.viewer, &place.id, i64::MAX, feeds::ITEMS).await?;
    let words = newest.iter().map(|said| said.words.as_str());
    let targets = Targets::of_texts(&app.db, &v.viewer, words).await?;
    let base = &app.settings.base_url;
    let entries = newest.iter().map(|said| Entry {
        id: format!("{base}/comments/{}", said.number),
        address: format!("{base}/comments/{}", said.number),
        title: v.say_of("said", &said.what),
        author: author(&v, said),
        at: said.edited_at.unwrap_or(said.made_at).iso(),
        content: web::xml_safe(targets.render(&said.words, 3).as_html()),
    });
    let feed = Feed {
        title: v.with_two(
            "discussion-feed-of",
            ("page", &place.called(&v)),
            ("title", &place.title),
        ),
        about: format!("{}/discussion", place.address()),
        address: format!("{}/discussion.atom", place.address()),
    };
    let updated = newest.first().map(|said| said.made_at.iso());
    let page = feeds::written(&v, &feed, updated, entries.collect())?;
    Ok(if v.is_shared { shared(page) } else { page })
}

/// Who said something, in words.
pub fn author(v: &Visit, said: &Said) -> String {
    if said.author.is_empty() {
        v.say("said-visitor")
    } else {
        said.author.clone()
    }
}
