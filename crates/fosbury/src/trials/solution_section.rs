//! Where a solution worked, where it did not and what differed: a part of its page.

use std::collections::BTreeMap;

use askama::Template;
use ranking::{Plain, Tried, rank};
use web::Trouble;

use super::choosing::chosen;
use super::model::Trial;
use super::store::{self, Which};
use super::strip::Strip;
use super::{store_bodies, store_tallies, worked};
use crate::history::model::Record;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Trials shown of each kind.
const SHOWN: i64 = 5;

#[derive(Template)]
#[template(path = "trials/solution.html")]
struct Section<'v> {
    v: &'v Visit,
    record: &'v Record,
    strip: Strip,
    /// Types of body with their plain counts.
    kinds: Vec<(String, Plain)>,
    /// Years with how many worked, worked partly, did not, and are open.
    years: Vec<(i64, i64, i64, i64, i64)>,
    good: Vec<Trial>,
    bad: Vec<Trial>,
}

/// The part of a solution's page that tells of its trials.
pub async fn section(v: &Visit, app: &App, record: &Record) -> Answer<String> {
    let (db, viewer, number) = (&app.db, &v.viewer, record.number);
    let body = chosen(v, app).await?;
    let id = body.as_ref().map(|body| body.id.as_str());
    let weights = worked::weights(app, id, v.now()).await?;
    let mut kept = store_tallies::of_solution(db, viewer, number).await?;
    kept.extend(store_tallies::of_solution_to_few(db, viewer, number).await?);
    let told: Vec<_> = kept
        .into_iter()
        .map(|one| (one.organisation, one.tally))
        .collect();
    let kinds = if told.is_empty() {
        BTreeMap::new()
    } else {
        kinds_of(app).await?
    };
    let mut by_kind: BTreeMap<&str, Vec<_>> = BTreeMap::new();
    for one in &told {
        let kind = kinds.get(&one.0).map_or("", String::as_str);
        by_kind.entry(kind).or_default().push(one.clone());
    }
    let by_kind = by_kind.into_iter().map(|(kind, told)| Tried {
        solution: kind.to_owned(),
        told,
    });
    let by_kind = rank(by_kind.collect(), &weights);
    let whole = rank(
        vec![Tried {
            solution: number,
            told,
        }],
        &weights,
    );
    let so = |outcome: &'static str| Which {
        solution: Some(number),
        outcome: Some(outcome),
        is_confirmed: Some(true),
        ..Which::default()
    };
    let good = store::listed(db, viewer, &so("worked"), SHOWN).await?;
    let mut bad = store::listed(db, viewer, &so("worse"), SHOWN).await?;
    bad.extend(store::listed(db, viewer, &so("no-effect"), SHOWN).await?);
    let section = Section {
        v,
        record,
        strip: whole
            .first()
            .map(|one| Strip::of(v, one))
            .unwrap_or_default(),
        kinds: by_kind
            .into_iter()
            .map(|one| (one.solution, one.plain))
            .collect(),
        years: store_tallies::by_year(db, viewer, number).await?,
        good,
        bad,
    };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

async fn kinds_of(app: &App) -> Answer<BTreeMap<String, String>> {
    let kinds = store_bodies::kinds(&app.db).await?.into_iter();
    Ok(kinds.map(|(id, kind, _)| (id, kind)).collect())
}
