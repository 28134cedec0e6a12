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
    older: Option<String>,
}

impl ModerationPage<'_> {
    fn address(&self, act: &Act) -> String {
        SubjectRef::new(&act.kind, act.record).address(&act.slug)
    }
}

/// The log of acts.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let (at, id) = query.get("before").split_once('_').unwrap_or_default();
    let before = (Moment(at.parse().unwrap_or(i64::MAX)), id);
    let mut acts = store::acts(&app.db, &v.viewer, before, ON_ONE_PAGE + 1).await?;
    let has_older = acts.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_older {
        acts.pop();
    }
    let last = acts.last().filter(|_| has_older);
    let older = last.map(|last| format!("{}_{}", last.at.0, last.id));
    v.shared_page(&ModerationPage { v: &v, acts, older })
}
