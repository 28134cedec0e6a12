//! The precedents of a hurdle, as a page and as a table.

use askama::Template;
use axum::extract::{Path, State};

use super::finding::{Found, Precedent, found};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::table;

#[derive(Template)]
#[template(path = "precedents/precedents.html")]
struct PrecedentsPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    found: Found,
}

impl PrecedentsPage<'_> {
    /// When a body cleared it, and since when it had known it.
    fn when(&self, one: &Precedent) -> String {
        let (since, on) = (one.cleared.since_in_words(), one.cleared.day_in_words());
        if since.is_empty() {
            return self.v.with("precedents-cleared", "on", on);
        }
        let key = "precedents-cleared-since";
        self.v.with_two(key, ("since", &since), ("on", &on))
    }
}

/// Who cleared the hurdle, those most like the reader's organisation first.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    v.shared_page(&PrecedentsPage {
        v: &v,
        record: &record,
        found: found(&v, &app, record.number).await?,
    })
}

/// The same as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let found = found(&v, &app, record.number).await?;
    let rows = found.precedents.into_iter().map(|one| {
        let trials = one.trials.iter().map(|trial| trial.number.to_string());
        let cases = one.cases.iter().map(|case| case.number.to_string());
        let cases = cases.collect::<Vec<_>>().join(" ");
        vec![
            one.name,
            one.kind_name,
            one.nation,
            if one.is_like_yours { "yes" } else { "no" }.to_owned(),
            one.cleared.since.clone().unwrap_or_default(),
            one.cleared.on.clone(),
            one.cleared
                .days()
                .map(|n| n.to_string())
                .unwrap_or_default(),
            trials.collect::<Vec<_>>().join(" "),
            cases,
        ]
    });
    let columns = [
        "organisation",
        "type",
        "nation",
        "like_yours",
        "since",
        "cleared_on",
        "days",
        "trials",
        "cases",
    ];
    let name = format!("hurdle-{}-precedents", record.number);
    table::csv(&name, &columns, rows)
}
