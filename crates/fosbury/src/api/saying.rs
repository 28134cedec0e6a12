//! Saying something about a page, suggesting a change, watching: by the rules of the forms.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::{Value, json};
use web::{Query, Trouble};

use super::lists::{answer, limit};
use super::refusal::{Told, invalid, json_with};
use super::sent::{Sent, as_sent, id_of};
use super::writing::{Of, checked};
use crate::discussion::finding::{Sort, place};
use crate::discussion::model::Said;
use crate::discussion::saying::{self, Heard};
use crate::discussion::{store, suggesting, watching};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::layout::{Answer, Visit};
use crate::people::signing_in::From;
use crate::state::App;
use crate::time::Moment;

/// Takes a comment, a way over, a call for help, or an answer to one.
pub async fn say(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    from: From,
    headers: HeaderMap,
    mut sent: Sent,
) -> Told {
    let place = place(&v, &app, sort, named(sort, &at)?).await?;
    let id = id_of(&v, &headers)?;
    let among = ["comment", "way", "help"];
    sent.choice(&v, "what", &among, "wrong-api-what");
    sent.text(&v, "words");
    sent.number_if_sent(&v, "thread");
    let fields = sent.fields(&v)?;
    let heard = saying::heard(&v, &app, &place, (&fields, id), &from).await?;
    told(&app, heard, |number| format!("/comments/{number}"))
}

/// A page as an address of the API names it: a public body by its word, the others by number.
fn named(sort: Sort, at: &str) -> Result<&str, Trouble> {
    match sort {
        Sort::Organisation => Ok(at),
        Sort::Text(_) | Sort::Trial | Sort::Session => checked(at),
    }
}

/// What was said about a page, newest first.
pub async fn said(
    v: Visit,
    State(app): State<App>,
    Extension(sort): Extension<Sort>,
    Path(at): Path<String>,
    Query(query): Query,
) -> Answer {
    let place = place(&v, &app, sort, named(sort, &at)?).await?;
    let limit = limit(&query)?;
    let before = match query.sent("before") {
        None => i64::MAX,
        Some(sent) => match sent.parse::<i64>() {
            Ok(before) if before > 0 => before,
            _ => return Err(Trouble::Unreadable("before: a number from 1".to_owned()).into()),
        },
    };
    let newest = store::newest(&app.db, &v.viewer, &place.id, before, limit + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let shown = &newest[..newest.len().min(wanted)];
    let base = &app.settings.base_url;
    let results: Vec<Value> = shown.iter().map(|one| comment(base, one)).collect();
    let next = shown.last().filter(|_| newest.len() > wanted).map(|last| {
        let page = match sort {
            Sort::Organisation => place.address(),
            Sort::Text(_) | Sort::Trial | Sort::Session => {
                format!("/{}/{}", place.plural(), place.number)
            }
        };
        format!(
            "/api/v1{page}/discussion?limit={limit}&before={}",
            last.number
        )
    });
    Ok(answer(&v, &results, next))
}

fn comment(base: &str, said: &Said) -> Value {
    let author = (!said.author.is_empty()).then_some(&said.author);
    json!({
        "number": said.number,
        "url": format!("{base}/comments/{}", said.number),
        "what": said.what,
        "words": said.words,
        "author": author,
        "thread": said.thread,
        "thanks": said.thanks,
        "at": said.made_at.iso(),
        "edited_at": said.edited_at.map(Moment::iso),
    })
}

/// Takes a suggested change for a steward to look at.
pub async fn suggest(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    from: From,
    headers: HeaderMap,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    let id = id_of(&v, &headers)?;
    sent.number(&v, "base");
    sent.parts(&v, kind);
    sent.text(&v, "summary");
    let fields = sent.fields(&v)?;
    let heard = suggesting::heard(&v, &app, (kind, &record), (&fields, id), &from).await?;
    told(&app, named_as_sent(kind, heard), |_| record.address())
}

/// The same with the parts of a text named as programs send them.
fn named_as_sent(kind: &dyn Kind, heard: Heard) -> Heard {
    match heard {
        Heard::Wrong(status, errors) => Heard::Wrong(status, as_sent(kind, errors)),
        kept @ Heard::Kept(_) => kept,
    }
}

fn told(app: &App, heard: Heard, address: impl Fn(i64) -> String) -> Told {
    match heard {
        Heard::Wrong(status, errors) => Err(invalid(app, status, &errors)),
        Heard::Kept(spoken) => {
            let status = if spoken.is_new {
                StatusCode::CREATED
            } else {
                StatusCode::OK
            };
            let url = format!("{}{}", app.settings.base_url, address(spoken.number));
            let value = json!({ "number": spoken.number, "held": spoken.is_held, "url": url });
            Ok(json_with(status, &value))
        }
    }
}

/// Watches a page.
pub async fn watch(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    watching::begin(&v, &app, person, ("page", &record.id.0)).await?;
    Ok(json_with(StatusCode::OK, &json!({ "watching": true })))
}

/// Watches a page no longer.
pub async fn unwatch(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    watching::end(&app, person, ("page", &record.id.0)).await?;
    Ok(json_with(StatusCode::OK, &json!({ "watching": false })))
}
