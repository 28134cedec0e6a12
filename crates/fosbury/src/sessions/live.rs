//! Lines as they are written: one follower for each session that somebody watches, however many do.
//!
//! Whoever watches holds a connection and a place in a channel, nothing of the database. The follower
//! asks for what is new when somebody here wrote, and twice a second for what other nodes wrote.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::body::{Body, Bytes};
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, header};
use axum::response::Response;
use futures_util::stream::{self, StreamExt};
use serde_json::{Value, json};
use tokio::sync::broadcast::error::RecvError;
use tokio::sync::{Notify, broadcast};
use tokio::time::{Instant, sleep, timeout};
use web::{Page, Query, Trouble};

use super::guests::Seat;
use super::model::{Event, Line, Session, name_in};
use super::{store, store_lines};
use crate::layout::Answer;
use crate::state::App;

/// How often lines of other nodes are looked for.
const ASKED: Duration = Duration::from_millis(500);
/// Lines that are written at once are fetched at once.
const GATHERED: Duration = Duration::from_millis(25);
/// A sign of life, for what stands between and closes what is silent.
const BEAT: Duration = Duration::from_secs(15);
/// How long somebody watches before the browser asks again, and is looked at again.
const LONGEST: Duration = Duration::from_mins(4);
/// Connections that watch one session, and all of them on one node, at the most.
const MOST_HERE: usize = 250;
const MOST_EVERYWHERE: usize = 1_000;
/// Pieces of news that wait for a slow connection.
const ROOM: usize = 256;

/// What is watched.
#[derive(Default)]
pub struct Live(Mutex<Watched>);

#[derive(Default)]
struct Watched {
    is_closed: bool,
    followed: HashMap<String, Followed>,
}

#[derive(Clone)]
struct Followed {
    news: broadcast::Sender<Bytes>,
    wake: Arc<Notify>,
}

impl Live {
    /// Tells whoever watches a session here that something was written in it.
    pub fn wake(&self, session: &str) {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(one) = state.followed.get(session) {
            one.wake.notify_one();
        }
    }

    /// Ends all watching, so that the program can stop.
    pub fn close(&self) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.is_closed = true;
        state.followed.clear();
    }

    /// A place among those who watch a session, and whether nobody follows it yet.
    fn join(&self, session: &str) -> Option<(broadcast::Receiver<Bytes>, Option<Followed>)> {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let watching = |one: &Followed| one.news.receiver_count();
        let all: usize = state.followed.values().map(watching).sum();
        if state.is_closed || all >= MOST_EVERYWHERE {
            return None;
        }
        if let Some(one) = state.followed.get(session) {
            let has_room = watching(one) < MOST_HERE;
            return has_room.then(|| (one.news.subscribe(), None));
        }
        let (news, receiver) = broadcast::channel(ROOM);
        let one = Followed {
            news,
            wake: Arc::new(Notify::new()),
        };
        state.followed.insert(session.to_owned(), one.clone());
        Some((receiver, Some(one)))
    }

    /// Ends following a session that nobody watches any more; whether it ended.
    fn leave(&self, session: &str) -> bool {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let is_alone = state
            .followed
            .get(session)
            .is_none_or(|one| one.news.receiver_count() == 0);
        if is_alone {
            state.followed.remove(session);
        }
        is_alone
    }
}

/// Follows a session until nobody watches it.
async fn follow(app: App, session: Session, event: Event, followed: Followed) {
    let mut seen = session.version;
    let (news, wake) = (followed.news.downgrade(), followed.wake);
    // The list of what is followed holds the one sender that counts: without it watching ends.
    drop(followed.news);
    loop {
        if timeout(ASKED, wake.notified()).await.is_ok() {
            sleep(GATHERED).await;
        }
        if app.live.leave(&session.id) {
            return;
        }
        let Ok(Some((version, is_locked))) = store_lines::version(&app.db, &session.id).await
        else {
            continue;
        };
        if version == seen {
            continue;
        }
        let Ok(lines) = store_lines::since(&app.db, &session.id, seen).await else {
            continue;
        };
        seen = version;
        let told = frame(
            version,
            &answer(&session.id, &event, version, is_locked, &lines),
        );
        match news.upgrade() {
            // Nobody there to hear it is no fault.
            Some(news) => drop(news.send(told)),
            None => return,
        }
    }
}

/// Lines and how far they go, as scripts read them.
pub fn answer(
    session: &str,
    event: &Event,
    version: i64,
    is_locked: bool,
    lines: &[Line],
) -> Value {
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| told(session, event, line))
        .collect();
    json!({ "version": version, "locked": is_locked, "lines": lines })
}

fn told(session: &str, event: &Event, line: &Line) -> Value {
    json!({
        "id": line.id,
        "place": line.place,
        "together": line.is_together,
        "by": line.by(session),
        "name": name_in(event, &line.author),
        "text": line.text,
        "edition": line.edition,
        "at": line.written_at.clock(),
    })
}

fn frame(version: i64, value: &Value) -> Bytes {
    Bytes::from(format!("id: {version}\ndata: {value}\n\n"))
}

/// Lines as they are written, for scripts.
pub async fn watch(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    headers: HeaderMap,
    Query(query): Query,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let asker = seat.asker();
    if !store::may_read_notes(&app.db, &asker, session.number).await? {
        return Err(Trouble::NotFound.into());
    }
    let last = headers.get(HeaderName::from_static("last-event-id"));
    let last = last.and_then(|last| last.to_str().ok()?.parse().ok());
    let since = last.or(query.number("since")).unwrap_or(0);
    let (receiver, begun) = app.live.join(&session.id).ok_or(Trouble::TooMany(10))?;
    if let Some(followed) = begun {
        tokio::spawn(follow(
            app.clone(),
            session.clone(),
            event.clone(),
            followed,
        ));
    }
    // After joining, so that nothing falls between.
    let missed = store::lines(&app.db, &asker, session.number, Some(since)).await?;
    let reached = missed
        .iter()
        .map(|line| line.version)
        .max()
        .unwrap_or(since);
    let missed = answer(&session.id, &event, reached, session.is_locked(), &missed);
    let first = Bytes::from(format!("retry: 1500\nid: {reached}\ndata: {missed}\n\n"));
    let until = Instant::now() + LONGEST;
    let first = stream::once(async move { Ok::<_, std::io::Error>(first) });
    let rest = stream::unfold(receiver, move |mut receiver| async move {
        if Instant::now() >= until {
            return None;
        }
        match timeout(BEAT, receiver.recv()).await {
            Ok(Ok(news)) => Some((Ok(news), receiver)),
            // A connection too slow for the news asks again for all it missed.
            Ok(Err(RecvError::Lagged(_) | RecvError::Closed)) => None,
            Err(_) => Some((Ok(Bytes::from_static(b":\n\n")), receiver)),
        }
    });
    let mut response = Response::new(Body::from_stream(first.chain(rest)));
    let headers = response.headers_mut();
    let kind = HeaderValue::from_static("text/event-stream");
    headers.insert(header::CONTENT_TYPE, kind);
    // What stands between must not gather.
    let no = HeaderValue::from_static("no");
    headers.insert(HeaderName::from_static("x-accel-buffering"), no);
    Ok(Page::from(response))
}
