//! Programs turn guides into hurdles, solutions or notes of a session, and back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Trouble};

use super::refusal::{Refusal, Told, invalid, refused};
use super::sent::Sent;
use super::writing::{checked, written};
use crate::guides::Guides;
use crate::history::editing::{live_record, number_of};
use crate::history::store as texts;
use crate::layout::Visit;
use crate::layout::field::FieldErrors;
use crate::state::App;
use crate::subjects::kind_called;
use crate::turning::doing::{self, Outcome};
use crate::turning::merging;
use crate::turning::model::Becomes;
use crate::turning::pages::{named, wanted};
use crate::turning::returning::{self, Returned};

fn wrong(v: &Visit, app: &App, field: &str, key: &str) -> Refusal {
    let mut errors = FieldErrors::default();
    errors.add(field, v.say(key));
    invalid(app, StatusCode::UNPROCESSABLE_ENTITY, &errors)
}

/// Turns a guide into a hurdle, a solution or the notes of a session, or merges it into a page that
/// says the same already. What it became is told.
pub async fn turn(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    mut sent: Sent,
) -> Told {
    let record = live_record(&v, &app, &Guides, checked(&number)?).await?;
    sent.choice(&v, "as", &Becomes::NAMES, "wrong-turn-as");
    for name in ["heading", "day", "young", "into"] {
        sent.text(&v, name);
    }
    let fields = sent.fields(&v)?;
    if let Some(into) = fields.sent("into") {
        let into = named(into);
        let page = match &into {
            Some((kind, number)) => merging::merged(&v, &app, &record, (kind, *number)).await?,
            None => None,
        };
        let page = page.ok_or_else(|| wrong(&v, &app, "into", "wrong-turn-into"))?;
        let kind = kind_called(&page.kind).or_not_found()?;
        return written(&v, &app, (kind, &page), "joined").await;
    }
    let wanted = match wanted(&v, &app, &record, &fields).await? {
        Ok(wanted) => wanted,
        Err(errors) => return Err(invalid(&app, StatusCode::UNPROCESSABLE_ENTITY, &errors)),
    };
    match doing::turned(&v, &app, &record, &wanted).await? {
        Outcome::Done(record, _) => {
            let kind = kind_called(&record.kind).or_not_found()?;
            written(&v, &app, (kind, &record), "turned").await
        }
        Outcome::Protected => Err(Trouble::Forbidden.into()),
        Outcome::Nothing => Err(wrong(&v, &app, "as", "wrong-turn-nothing")),
    }
}

/// Makes a guide again of what became something else.
pub async fn come_back(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    sent: Sent,
) -> Told {
    sent.fields(&v)?;
    let number = number_of(checked(&number)?).or_not_found()?;
    let record = texts::record(&app.db, &v.viewer, "guide", number).await?;
    let record = record.filter(|record| record.state == "turned");
    let record = record.or_not_found()?;
    match returning::returned(&v, &app, record).await? {
        Returned::Done(record) => written(&v, &app, (&Guides, &record), "returned").await,
        Returned::Protected => Err(Trouble::Forbidden.into()),
        Returned::Used => Err(refused(
            StatusCode::CONFLICT,
            "used",
            &v.say("told-turned-used"),
        )),
    }
}
