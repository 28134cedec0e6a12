//! What waits for somebody: who named or answered them, what was decided, what changed that they
//! watch.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, Trouble, redirect};

use super::finding::place_with_id;
use super::model::handle;
use super::places::PlaceId;
use super::store::{self, Changed, News, Watched};
use crate::changes::pages::tag_address;
use crate::history::store::{self as texts_store, Listed};
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::search::pages::found_by;
use crate::sessions::after::model::Action;
use crate::sessions::after::store_actions;
use crate::sessions::model::day_in_words;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::trials::store as trials_store;

/// Entries of each list at the most.
const AT_MOST: i64 = 100;

#[derive(Template)]
#[template(path = "discussion/waiting.html")]
struct WaitingPage<'v> {
    v: &'v Visit,
    news: Vec<News>,
    changes: Vec<Changed>,
    searches: Vec<Search>,
    watched: Vec<Shown>,
    until: i64,
    /// Trials that can be told now: number, and the title of the hurdle.
    trials: Vec<(i64, String)>,
    /// What the viewer said that they do, in sessions.
    actions: Vec<Action>,
    /// Today, as days are kept.
    today: String,
    /// Items on pages kept to bodies that the viewer can decide; stewards have the desk for it.
    held: i64,
    /// How others name the viewer.
    handle: String,
}

impl WaitingPage<'_> {
    fn record(&self, news: &News) -> String {
        SubjectRef::new(&news.kind, news.record).address(&news.slug)
    }

    fn opening(&self, news: &News) -> String {
        if news.what == "change" || news.what == "flag" || news.why == "taken" {
            String::new()
        } else {
            web::summary(&news.words, 200)
        }
    }

    fn due(&self, action: &Action) -> String {
        day_in_words(&action.due_on)
    }

    fn has_unread(&self) -> bool {
        self.v.waiting > 0 || self.searches.iter().any(|one| !one.found.is_empty())
    }
}

/// What a watched search finds that changed since.
struct Search {
    words: String,
    address: String,
    found: Vec<Listed>,
}

/// Something watched, with its address.
struct Shown {
    watched: Watched,
    words: String,
    address: String,
}

/// The page of what waits.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let (db, viewer) = (&app.db, &v.viewer);
    let seen = store::seen_until(db, &person.id).await?;
    let (mut searches, mut shown) = (Vec::new(), Vec::new());
    for watched in store::watched(db, &person.id).await? {
        if watched.what == "search" {
            searches.push(search(&v, &app, &watched, seen).await?);
        }
        shown.extend(described(&v, &app, watched).await?);
    }
    let page = WaitingPage {
        v: &v,
        news: store::news(db, viewer, AT_MOST).await?,
        changes: store::changes_watched(db, viewer, AT_MOST).await?,
        searches,
        watched: shown,
        until: v.now().0,
        trials: trials_store::asked_about(db, viewer, v.now()).await?,
        actions: store_actions::waiting_for(db, viewer, AT_MOST).await?,
        today: day_of(v.now()),
        held: if viewer.is_steward() {
            0
        } else {
            store::held_counts(db, viewer).await?.items()
        },
        handle: handle(&person.name),
    };
    v.page(&page)
}

async fn search(v: &Visit, app: &App, watched: &Watched, seen: Moment) -> Answer<Search> {
    let since = seen.max(watched.at);
    let ids = found_by(v, app, &watched.subject)?;
    let mut found = Vec::new();
    for (id, listed) in texts_store::with_ids(&app.db, &v.viewer, &ids).await? {
        let record = texts_store::record(&app.db, &v.viewer, &listed.kind, listed.number).await?;
        if record.is_some_and(|record| record.id.0 == id && record.changed_at > since) {
            found.push(listed);
        }
    }
    Ok(Search {
        words: search_words(&watched.subject),
        address: format!("/search?{}", watched.subject),
        found,
    })
}

fn search_words(query: &str) -> String {
    let fields = Fields::parse(query.as_bytes());
    fields.get("q").to_owned()
}

/// Something watched in words; nothing where its page is hidden or gone.
async fn described(v: &Visit, app: &App, watched: Watched) -> Answer<Option<Shown>> {
    let (words, address) = match watched.what.as_str() {
        "page" | "trial" | "organisation" | "session" => {
            let id = PlaceId::of(&watched.what, &watched.subject);
            let Some(place) = place_with_id(v, app, &id).await? else {
                return Ok(None);
            };
            let address = place.address();
            (place.title, address)
        }
        "tag" => (watched.subject.clone(), tag_address(&watched.subject)),
        _ => (
            search_words(&watched.subject),
            format!("/search?{}", watched.subject),
        ),
    };
    Ok(Some(Shown {
        watched,
        words,
        address,
    }))
}

/// Notes that everything shown was read.
pub async fn read(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let until = Moment(fields.number("until").unwrap_or(v.now().0)).min(v.now());
    let tx = app.db.begin().await?;
    store::read_until(&tx, &person.id, until, v.now()).await?;
    store::set_seen(&tx, &person.id, until).await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/waiting?told=all-read"))
}
