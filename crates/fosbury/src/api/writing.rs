//! Beginning and changing texts, by the rules of the form.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use serde_json::{Value, json};
use web::{OrNotFound, Trouble};

use super::refusal::{Told, invalid, json_with, refused};
use super::sent::{Sent, as_sent, id_of};
use super::{ties, views};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::history::model::{Record, RecordId};
use crate::history::saving::{Conflict, Saved};
use crate::history::seen::seen;
use crate::history::{mergers, moves, removals, store as texts_store, writing};
use crate::layout::Visit;
use crate::layout::field::FieldErrors;
use crate::state::App;

/// The kind of text that a route is about.
pub(super) type Of = Extension<&'static dyn Kind>;

/// The number in an address: digits and nothing else.
pub(super) fn checked(number: &str) -> Result<&str, Trouble> {
    let is_number = number.parse::<i64>().is_ok_and(|number| number > 0);
    is_number.then_some(number).or_not_found()
}

/// Begins a text.
pub async fn begin(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    headers: HeaderMap,
    mut sent: Sent,
) -> Told {
    let id = id_of(&v, &headers)?.map(RecordId);
    sent.parts(&v, kind);
    said_beside(&mut sent, &v);
    let fields = sent.fields(&v)?;
    let (record, is_new) = match writing::begin(&v, &app, kind, &fields, id).await? {
        Ok(begun) => begun,
        Err(errors) => return wrong(&app, kind, errors),
    };
    if !is_new {
        return written(&v, &app, (kind, &record), "unchanged").await;
    }
    let mut response = written(&v, &app, (kind, &record), "made").await?;
    *response.status_mut() = StatusCode::CREATED;
    let place = format!("/api/v1/{}/{}", kind.plural(), record.number);
    if let Ok(place) = HeaderValue::from_str(&place) {
        response.headers_mut().insert(header::LOCATION, place);
    }
    Ok(response)
}

fn said_beside(sent: &mut Sent, v: &Visit) {
    sent.text(v, "summary");
    sent.truth(v, "minor");
    sent.truth(v, "unfinished");
    sent.text(v, "visibility");
    sent.text(v, "own");
    sent.texts(v, "bodies", "body");
}

pub(super) fn wrong(app: &App, kind: &dyn Kind, errors: FieldErrors) -> Told {
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    Err(invalid(app, status, &as_sent(kind, errors)))
}

/// A record after an act, whole, and what became of the act.
pub(super) async fn written(
    v: &Visit,
    app: &App,
    (kind, record): (&dyn Kind, &Record),
    outcome: &str,
) -> Told {
    let head = texts_store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = seen(v, kind, head.parts()).await?;
    let mut shown = views::record(&app.settings.base_url, kind, record, &parts);
    ties::add(v, app, (kind, record), &mut shown).await?;
    let value = json!({ "outcome": outcome, "record": shown });
    Ok(json_with(StatusCode::OK, &value))
}

/// Changes a text, from the revision that its author began from.
pub async fn change(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    sent.number(&v, "base");
    sent.parts(&v, kind);
    said_beside(&mut sent, &v);
    let fields = sent.fields(&v)?;
    let base = fields.number("base").unwrap_or_default();
    let errors = ties::changed(&v, &app, (kind, &record), &fields).await?;
    if !errors.is_empty() {
        return wrong(&app, kind, errors);
    }
    match writing::change(&v, &app, kind, &record, &fields).await? {
        Ok(saved) => became(&v, &app, kind, saved, base).await,
        Err(errors) => wrong(&app, kind, errors),
    }
}

async fn became(v: &Visit, app: &App, kind: &dyn Kind, saved: Saved, base: i64) -> Told {
    match saved {
        Saved::Done(record) => written(v, app, (kind, &record), "saved").await,
        Saved::Merged(record) => written(v, app, (kind, &record), "merged").await,
        Saved::Unchanged(record) => written(v, app, (kind, &record), "unchanged").await,
        Saved::Gone => Err(Trouble::Gone.into()),
        Saved::Protected(_, until) => {
            let words = v.with("api-protected", "day", until.day());
            Err(refused(StatusCode::FORBIDDEN, "protected", &words))
        }
        Saved::Conflict(conflict) => clash(v, kind, &conflict, base).await,
    }
}

/// What two people made of the same words: nothing is saved, nothing is lost.
async fn clash(v: &Visit, kind: &dyn Kind, conflict: &Conflict, base: i64) -> Told {
    let of = |key: &str| match key {
        "title" => "title".to_owned(),
        part => format!("parts.{part}"),
    };
    let clashes: Vec<Value> = conflict
        .clashes
        .iter()
        .map(|one| {
            json!({
                "field": of(&one.key), "base": one.base, "theirs": one.theirs,
                "mine": one.mine, "suggested": one.suggested,
            })
        })
        .collect();
    let revision = conflict.record.head;
    let merged = seen(v, kind, conflict.parts.clone()).await?;
    let words = v.with_two("api-conflict", ("base", &base), ("revision", &revision));
    let value = json!({
        "error": "conflict",
        "message": words,
        "base": base,
        "revision": revision,
        "other": conflict.other,
        "clashes": clashes,
        "merged": {
            "title": merged.get("title"),
            "parts": views::parts(kind, &merged),
        },
    });
    Ok(json_with(StatusCode::CONFLICT, &value))
}

/// Makes an older revision the newest again.
pub async fn restore(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    sent.number(&v, "revision");
    sent.number(&v, "base");
    let fields = sent.fields(&v)?;
    let seq = fields.number("revision").unwrap_or_default();
    let base = fields.number("base").unwrap_or_default();
    texts_store::revision(&app.db, &record.id, base)
        .await?
        .or_not_found()?;
    let saved = moves::restored(&v, &app, kind, &record, (seq, base)).await?;
    became(&v, &app, kind, saved, base).await
}

/// Takes back what one revision changed, keeping all that came after it.
pub async fn undo(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    sent.number(&v, "revision");
    let fields = sent.fields(&v)?;
    let seq = fields.number("revision").unwrap_or_default();
    match moves::undone(&v, &app, kind, &record, seq).await? {
        Some(saved) => became(&v, &app, kind, saved, record.head).await,
        None => Err(refused(
            StatusCode::CONFLICT,
            "undo-clash",
            &v.say("api-undo-clash"),
        )),
    }
}

/// Deletes a page: its number and history stay, and it can be brought back.
pub async fn delete(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    sent.text(&v, "why");
    let fields = sent.fields(&v)?;
    match removals::deleted(&v, &app, kind, record, fields.get("why")).await? {
        Ok(record) => written(&v, &app, (kind, &record), "deleted").await,
        // A hurdle has a part of this name as well, which is not meant here.
        Err(errors) => Err(invalid(&app, StatusCode::UNPROCESSABLE_ENTITY, &errors)),
    }
}

/// Brings a deleted page back as it was.
pub async fn recover(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let record = removals::recovered(&v, &app, kind, checked(&number)?).await?;
    written(&v, &app, (kind, &record), "recovered").await
}

/// Merges a page into another of its kind: its address leads on, its text stays in history.
pub async fn merge(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    sent.number(&v, "into");
    let fields = sent.fields(&v)?;
    let into = mergers::merged(&v, &app, kind, record, fields.number("into")).await?;
    let Some(into) = into else {
        let mut errors = FieldErrors::default();
        errors.add("into", v.say("wrong-into"));
        return Err(invalid(&app, StatusCode::UNPROCESSABLE_ENTITY, &errors));
    };
    written(&v, &app, (kind, &into), "joined").await
}

/// Brings back a page that was merged into another.
pub async fn separate(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let record = mergers::separated(&v, &app, kind, checked(&number)?).await?;
    written(&v, &app, (kind, &record), "separated").await
}
