//! `fosbury notes-load`: so many people take notes in one session; how soon do the others see them?

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::Body;
use axum::http::{Method, Request, header};
use clap::Args;
use futures_util::StreamExt;
use serde_json::json;
use tower::ServiceExt;

use super::serve::{self, Serve};
use super::{Outcome, say, seed};
use crate::history::model::Parts;
use crate::history::saving::{self, Beginning, Note};
use crate::ids::{hashed, new_id, new_secret};
use crate::router;
use crate::sessions::Events;
use crate::sessions::guests::GUEST_COOKIE;
use crate::sessions::store_guests;
use crate::sessions::store_writing::{self, Planned};
use crate::settings::Settings;
use crate::starting::store;
use crate::state::App;
use crate::time::{DAY, Moment};
use crate::viewer::Visibility;

/// Ticks of a processor's clock in a second, as Linux counts them.
const TICKS: f64 = 100.0;

/// How many, and for how long.
#[derive(Args)]
pub struct NotesLoad {
    /// People who write and watch.
    #[arg(long, default_value_t = 50)]
    people: u32,
    /// Seconds that they write.
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// Seconds between two lines of one person.
    #[arg(long, default_value_t = 4)]
    pause: u64,
}

/// What was seen: milliseconds from a line sent to the same line seen by somebody.
#[derive(Default)]
struct Seen(Mutex<Vec<f64>>);

/// Writes and watches, and prints how soon lines were seen.
pub async fn run(settings: Settings, load: &NotesLoad) -> Outcome {
    let app = serve::app(settings, &Serve::nothing()).await?;
    let told = |error: db::Error| format!("The database failed: {error}.");
    if !store::is_untouched(&app.db).await.map_err(told)? {
        return Err("This place is not empty: made-up notes would mix with real ones.".to_owned());
    }
    let guests = furnished(&app, load.people).await.map_err(told)?;
    let (router, seen, begun) = (
        router::router(app.clone()),
        Arc::new(Seen::default()),
        now(),
    );
    let processor = processor_seconds();
    let mut watching = Vec::new();
    for secret in &guests {
        let watched = watch(router.clone(), secret.clone(), Arc::clone(&seen), begun);
        watching.push(tokio::spawn(watched));
    }
    let writing = guests.iter().zip(0_u32..).map(|(secret, at)| {
        let router = router.clone();
        async move {
            // People do not begin at once.
            tokio::time::sleep(Duration::from_secs(load.pause) * at / load.people).await;
            for line in 0..load.seconds / load.pause.max(1) {
                write(&router, secret, at, line, begun).await?;
                tokio::time::sleep(Duration::from_secs(load.pause)).await;
            }
            Ok::<(), String>(())
        }
    });
    for written in futures_util::future::join_all(writing).await {
        written?;
    }
    tokio::time::sleep(Duration::from_secs(1)).await;
    let (elapsed, used) = (
        begun.elapsed().as_secs_f64(),
        processor_seconds() - processor,
    );
    app.live.close();
    for one in watching {
        one.abort();
    }
    let mut seen = seen
        .0
        .lock()
        .unwrap_or_else(PoisonError::into_inner)
        .clone();
    seen.sort_by(f64::total_cmp);
    let expected = guests.len() * guests.len() * count(load.seconds / load.pause.max(1));
    say(&format!(
        "{} people on one session for {elapsed:.0} s ({}): {} of {expected} lines seen, p50 {:.0} ms, p99 {:.0} ms, longest {:.0} ms; {:.1} % of one core",
        guests.len(),
        app.db.engine_name(),
        seen.len(),
        at(&seen, 50),
        at(&seen, 99),
        at(&seen, 100),
        100.0 * used / elapsed,
    ));
    Ok(())
}

fn count(lines: u64) -> usize {
    usize::try_from(lines).unwrap_or_default()
}

fn now() -> Instant {
    Instant::now()
}

/// The value below which so many of a hundred lie.
fn at(sorted: &[f64], percent: usize) -> f64 {
    let place = (sorted.len() * percent).div_ceil(100).max(1) - 1;
    sorted.get(place).copied().unwrap_or_default()
}

/// Seconds of processor that this program has used; 0 where the system does not say.
fn processor_seconds() -> f64 {
    let told = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = told.rsplit(')').next().unwrap_or_default();
    let ticks = after.split_whitespace().skip(11).take(2);
    ticks
        .filter_map(|ticks| ticks.parse::<f64>().ok())
        .sum::<f64>()
        / TICKS
}

/// An event with a session, and so many people whom its link let in.
async fn furnished(app: &App, people: u32) -> db::Result<Vec<String>> {
    let now = app.clock.now();
    let day = now.local_day();
    let mut parts = Parts::default();
    for (key, words) in [
        ("title", "Load"),
        ("first", &day),
        ("last", &day),
        ("young", "no"),
    ] {
        parts.set(key, words);
    }
    let beginning = Beginning {
        kind: &Events,
        id: None,
        number: None,
        parts,
        note: Note::of("create", seed::author(), now),
        is_unfinished: false,
        visibility: Visibility::Public,
        licence: "CC BY 4.0".to_owned(),
        credit: "made up".to_owned(),
        is_demo: false,
    };
    let planned = Planned {
        day,
        starts: "10:00".to_owned(),
        title: "Load".to_owned(),
        ..Planned::default()
    };
    let tx = app.db.begin().await?;
    let event = saving::begin(&tx, &beginning).await?;
    store_writing::add(&tx, event.number, &planned, false, now).await?;
    let link = new_id(now);
    let ends_at: Moment = now.plus(DAY);
    let hash = hashed(&new_secret());
    store_guests::make_link(&tx, &link, event.number, &hash, None, (now, ends_at)).await?;
    let mut secrets = Vec::new();
    for at in 0..people {
        let secret = new_secret();
        let name = format!("Person {at}");
        store_guests::let_in(&tx, &new_id(now), &link, &hashed(&secret), &name, now).await?;
        secrets.push(secret);
    }
    tx.commit().await?;
    Ok(secrets)
}

fn request(method: Method, path: &str, secret: &str) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(path)
        .header(header::HOST, "load.example")
        .header("sec-fetch-site", "same-origin")
        .header(header::COOKIE, format!("__Host-{GUEST_COOKIE}={secret}"))
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
}

async fn watch(router: Router, secret: String, seen: Arc<Seen>, begun: Instant) {
    let asked = request(Method::GET, "/sessions/1-load/live?since=0", &secret).body(Body::empty());
    let Ok(asked) = asked else { return };
    let answer = match router.oneshot(asked).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let mut news = answer.into_body().into_data_stream();
    // A line may come twice, at the beginning and as news; browsers know it by its id.
    let mut known = HashSet::new();
    while let Some(Ok(piece)) = news.next().await {
        let at = begun.elapsed().as_secs_f64() * 1000.0;
        let piece = String::from_utf8_lossy(&piece);
        let lines = piece.split("sent at ").skip(1);
        let lines = lines.filter_map(|rest| rest.split('"').next());
        let new = lines.filter(|line| known.insert((*line).to_owned()));
        let sent = new.filter_map(|line| line.split(' ').next()?.parse::<f64>().ok());
        let mut seen = seen.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.extend(sent.map(|sent| at - sent));
    }
}

async fn write(
    router: &Router,
    secret: &str,
    person: u32,
    line: u64,
    begun: Instant,
) -> Result<(), String> {
    let sent = begun.elapsed().as_secs_f64() * 1000.0;
    let lines = json!([{
        "id": format!("load-{person}-{line}"), "place": line, "together": false, "edition": 1,
        "text": format!("sent at {sent:.3} by person {person}"),
    }]);
    let body = url::form_urlencoded::Serializer::new(String::new())
        .append_pair("lines", &lines.to_string())
        .finish();
    let asked = request(Method::POST, "/sessions/1-load/lines", secret)
        .body(Body::from(body))
        .map_err(|error| error.to_string())?;
    let answer = router.clone().oneshot(asked).await;
    match answer {
        Ok(answer) if answer.status().is_success() => Ok(()),
        Ok(answer) => Err(format!("A line was answered {}", answer.status())),
        Err(never) => match never {},
    }
}
