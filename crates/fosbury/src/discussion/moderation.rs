//! What stewards decided, for everybody to see: never about whom.

use askama::Template;
use axum::extract::State;
use web::Query;

use super::store::{self, Act};
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::time::Moment;

/// Acts on one page.
const ON_ONE_PAGE: i64 = 50;

#[derive(Template)]
#[template(path = "discussion/moderation.html")]
struct ModerationPage<'v> {
    v: &'v Visit,
    acts: Vec<Act>,
    older: Option<i64>,
}

impl ModerationPage<'_> {
    fn address(&self, act: &Act) -> String {
        SubjectRef::new(&act.kind, act.record).address("")
    }
}

/// The log of acts.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let before = Moment(query.number("before").unwrap_or(i64::MAX));
    let mut acts = store::acts(&app.db, &v.viewer, before, ON_ONE_PAGE + 1).await?;
    let has_older = acts.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_older {
        acts.pop();
    }
    let older = acts.last().map(|last| last.at.0).filter(|_| has_older);
    v.shared_page(&ModerationPage { v: &v, acts, older })
}
