//! Saying something about a page, suggesting a change, watching: by the rules of the forms.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use serde_json::json;
use web::Trouble;

use super::refusal::{Told, invalid, json_with};
use super::sent::{Sent, as_sent, id_of};
use super::writing::{Of, checked};
use crate::discussion::saying::{self, Heard};
use crate::discussion::{suggesting, watching};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::layout::Visit;
use crate::people::signing_in::From;
use crate::state::App;

/// Takes a comment, a way over, a call for help, or an answer to one.
pub async fn say(
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
    let among = ["comment", "way", "help"];
    sent.choice(&v, "what", &among, "wrong-api-what");
    sent.text(&v, "words");
    sent.number_if_sent(&v, "thread");
    let fields = sent.fields(&v)?;
    let heard = saying::heard(&v, &app, &record, (&fields, id), &from).await?;
    told(&app, kind, heard, |number| format!("/comments/{number}"))
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
    told(&app, kind, heard, |_| record.address())
}

fn told(app: &App, kind: &dyn Kind, heard: Heard, address: impl Fn(i64) -> String) -> Told {
    match heard {
        Heard::Wrong(status, errors) => Err(invalid(app, status, &as_sent(kind, errors))),
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
