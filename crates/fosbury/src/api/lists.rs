//! Lists and single records: `{"results": […], "next": …}`, `limit` up to 200.

use axum::extract::{Path, State};
use index::Question;
use serde_json::{Value, json};
use web::{Fields, OrNotFound, Query, Trouble};

use super::{json_page, ties, views};
use crate::cases::Cases;
use crate::evidence::Evidence;
use crate::guides::Guides;
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::history::seen::seen;
use crate::history::store::{self as texts_store, Cursor, Which};
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit, shared};
use crate::search::found::with_ids as found_with_ids;
use crate::search::pages::catch_up;
use crate::sessions::{Events, WriteUps};
use crate::solutions::Solutions;
use crate::state::App;

/// Results of a list where nothing is said.
const USUAL: i64 = 50;
/// Results of a list at the most.
const MOST: i64 = 200;

pub(super) fn limit(query: &Fields) -> Answer<i64> {
    match query.sent("limit") {
        None => Ok(USUAL),
        Some(sent) => match sent.parse::<i64>() {
            Ok(limit) if (1..=MOST).contains(&limit) => Ok(limit),
            _ => Err(Trouble::Unreadable(format!("limit: a number from 1 to {MOST}")).into()),
        },
    }
}

pub(super) fn after(query: &Fields) -> Answer<i64> {
    match query.sent("after") {
        None => Ok(0),
        Some(sent) => match sent.parse::<i64>() {
            Ok(after) if after >= 0 => Ok(after),
            _ => Err(Trouble::Unreadable("after: a number from 0".to_owned()).into()),
        },
    }
}

pub(super) fn answer(v: &Visit, results: &[Value], next: Option<String>) -> web::Page {
    let next = next.map(|next| format!("{}{next}", v.app.settings.base_url));
    let page = json_page(&json!({ "results": results, "next": next }));
    if v.is_shared { shared(page) } else { page }
}

/// The hurdles, by number.
pub async fn hurdles(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Hurdles, &query).await
}

/// One hurdle.
pub async fn hurdle(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &Hurdles, &number).await
}

/// The solutions, by number.
pub async fn solutions(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Solutions, &query).await
}

/// One solution.
pub async fn solution(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &Solutions, &number).await
}

/// The guides, by number.
pub async fn guides(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Guides, &query).await
}

/// One guide.
pub async fn guide(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &Guides, &number).await
}

/// The evidence, by number.
pub async fn evidence(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Evidence, &query).await
}

/// One item of evidence.
pub async fn one_of_evidence(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
) -> Answer {
    one(&v, &app, &Evidence, &number).await
}

/// The cases, by number.
pub async fn cases(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Cases, &query).await
}

/// One case.
pub async fn case(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &Cases, &number).await
}

/// The events, by number.
pub async fn events(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &Events, &query).await
}

/// One event.
pub async fn event(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &Events, &number).await
}

/// The write-ups, by number.
pub async fn write_ups(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    list(&v, &app, &WriteUps, &query).await
}

/// One write-up.
pub async fn write_up(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    one(&v, &app, &WriteUps, &number).await
}

async fn list(v: &Visit, app: &App, kind: &dyn Kind, query: &Fields) -> Answer {
    let (limit, after) = (limit(query)?, after(query)?);
    let listed = texts_store::listed(&app.db, &v.viewer, kind.name(), after, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let has_more = listed.len() > wanted;
    let base = &app.settings.base_url;
    let shown = &listed[..listed.len().min(wanted)];
    let results: Vec<Value> = shown.iter().map(|one| views::listed(base, one)).collect();
    let next = shown.last().filter(|_| has_more).map(|last| {
        format!(
            "/api/v1/{}?limit={limit}&after={}",
            kind.plural(),
            last.number
        )
    });
    Ok(answer(v, &results, next))
}

async fn one(v: &Visit, app: &App, kind: &dyn Kind, number: &str) -> Answer {
    let number: i64 = number.parse().ok().or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, kind.name(), number).await?;
    let record = record.or_not_found()?;
    if !Record::is_live(&record) {
        return Err(Trouble::Gone.into());
    }
    let head = texts_store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = seen(v, kind, head.parts()).await?;
    let mut shown = views::record(&app.settings.base_url, kind, &record, &parts);
    ties::add(v, app, (kind, &record), &mut shown).await?;
    let page = json_page(&shown);
    Ok(if v.is_shared { shared(page) } else { page })
}

/// What is found for some words.
pub async fn search(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let (limit, after) = (limit(&query)?, after(&query)?.min(1000));
    let words: String = texts::tidy(query.get("q")).chars().take(256).collect();
    let kinds: Vec<String> = query.all("kind").take(6).map(str::to_owned).collect();
    catch_up(&app).await?;
    let question = Question {
        words: words.clone(),
        kinds: kinds.clone(),
        facets: Vec::new(),
        seen_by: v.viewer.seen_by(),
        offset: usize::try_from(after).unwrap_or_default(),
        limit: usize::try_from(limit).unwrap_or_default(),
    };
    let found = app.index.find(&question)?;
    let ids: Vec<String> = found.hits.iter().map(|hit| hit.id.clone()).collect();
    let live = found_with_ids(&v, &app, &ids).await?;
    let results: Vec<Value> = found
        .hits
        .iter()
        .filter_map(|hit| {
            let mut value = views::listed(&app.settings.base_url, live.get(&hit.id)?);
            let snippet: String = hit.snippet.iter().map(|part| part.text.as_str()).collect();
            value["snippet"] = json!(snippet);
            Some(value)
        })
        .collect();
    let reached = after + limit;
    let has_more = found.total > usize::try_from(reached).unwrap_or(usize::MAX);
    let next = has_more.then(|| {
        let mut next = url::form_urlencoded::Serializer::new(String::new());
        next.append_pair("q", &words);
        next.extend_pairs(kinds.iter().map(|kind| ("kind", kind)));
        next.append_pair("limit", &limit.to_string())
            .append_pair("after", &reached.to_string());
        format!("/api/v1/search?{}", next.finish())
    });
    let next = next.map(|next| format!("{}{next}", app.settings.base_url));
    Ok(json_page(&json!({ "results": results, "next": next })))
}

/// What changed, newest first.
pub async fn changes(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let limit = limit(&query)?;
    let before = Cursor::parse(query.get("before"));
    if before.is_none() && query.sent("before").is_some() {
        return Err(Trouble::Unreadable("before: as the last answer gave it".to_owned()).into());
    }
    let which = Which {
        before,
        ..Which::default()
    };
    let list = texts_store::changes(&app.db, &v.viewer, &which, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &list[..list.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| views::changed(base, one)).collect();
    let next = shown.last().filter(|_| list.len() > wanted).map(|last| {
        format!(
            "/api/v1/changes?limit={limit}&before={}",
            Cursor::written((last.revision.at.0, &last.id.0, last.revision.seq))
        )
    });
    Ok(answer(&v, &results, next))
}
