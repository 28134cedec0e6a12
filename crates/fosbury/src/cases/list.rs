//! All cases, or those that fit; as a page and as a table.

use askama::Template;
use axum::extract::State;
use web::{Fields, Query};

use super::model::{Lead, Story};
use super::store::{self, Which};
use super::store_ties;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::table;
use ranking::Outcome;

/// Cases on one page of the list.
const ON_ONE_PAGE: i64 = 30;
/// Rows of the table at the most.
const ROWS: i64 = 5_000;

/// What is asked for.
struct Asked {
    outcome: Option<&'static str>,
    kind: String,
    tag: String,
    before: Option<i64>,
}

impl Asked {
    fn of(query: &Fields) -> Self {
        let outcome = query.get("outcome");
        let bounded = |name: &str| query.get(name).trim().chars().take(80).collect();
        Self {
            outcome: Outcome::parse(outcome).map(Outcome::name),
            kind: bounded("type"),
            tag: bounded("tag"),
            before: query.number("before"),
        }
    }

    fn which(&self) -> Which<'_> {
        Which {
            outcome: self.outcome,
            kind: said(&self.kind),
            tag: said(&self.tag),
            before: self.before,
            ..Which::default()
        }
    }

    fn is_narrowed(&self) -> bool {
        self.outcome.is_some() || !self.kind.is_empty() || !self.tag.is_empty()
    }

    /// The same list as a table, or from another place on.
    fn address(&self, path: &str, before: Option<i64>) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.outcome.map(|outcome| ("outcome", outcome)));
        for (name, words) in [("type", &self.kind), ("tag", &self.tag)] {
            if !words.is_empty() {
                query.append_pair(name, words);
            }
        }
        query.extend_pairs(before.map(|before| ("before", before.to_string())));
        match query.finish() {
            query if query.is_empty() => path.to_owned(),
            query => format!("{path}?{query}"),
        }
    }
}

fn said(words: &str) -> Option<&str> {
    (!words.is_empty()).then_some(words)
}

#[derive(Template)]
#[template(path = "cases/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    asked: Asked,
    stories: Vec<Story>,
    more: Option<i64>,
    kinds: Vec<String>,
    tags: Vec<String>,
}

impl ListPage<'_> {
    fn outcomes(&self) -> Vec<&'static str> {
        Outcome::ALL.iter().map(|one| one.name()).collect()
    }

    fn next(&self, before: &i64) -> String {
        self.asked.address("/cases", Some(*before))
    }

    fn table(&self) -> String {
        self.asked.address("/cases.csv", None)
    }
}

/// All cases, the newest first.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = Asked::of(&query);
    let (db, viewer) = (&app.db, &v.viewer);
    let mut cards = store::listed(db, viewer, &asked.which(), ON_ONE_PAGE + 1).await?;
    let has_more = cards.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        cards.pop();
    }
    let more = cards.last().map(|last| last.number).filter(|_| has_more);
    let page = ListPage {
        v: &v,
        stories: store_ties::told(db, viewer, cards).await?,
        more,
        kinds: store::kinds(db, viewer).await?,
        tags: store::tags(db, viewer).await?,
        asked,
    };
    v.shared_page(&page)
}

/// The same as a table for other programs.
pub async fn csv(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = Asked::of(&query);
    let (db, viewer) = (&app.db, &v.viewer);
    let cards = store::listed(db, viewer, &asked.which(), ROWS).await?;
    let stories = store_ties::told(db, viewer, cards).await?;
    let base = &app.settings.base_url;
    let numbers = |leads: Vec<Lead>| -> String {
        let numbers: Vec<String> = leads.iter().map(|one| one.number.to_string()).collect();
        numbers.join(" ")
    };
    let rows = stories.iter().map(|story| {
        let places: Vec<String> = story.places().into_iter().map(|one| one.name).collect();
        let trials = story.trials.iter().map(|trial| trial.number.to_string());
        vec![
            story.card.number.to_string(),
            story.card.title.clone(),
            story.card.summary.clone(),
            story.card.result.clone(),
            story.card.cost.clone(),
            places.join("; "),
            story.outcomes().join(" "),
            story.years(),
            numbers(story.hurdles()),
            numbers(story.solutions()),
            trials.collect::<Vec<_>>().join(" "),
            format!("{base}{}", story.card.address()),
        ]
    });
    let columns = [
        "case",
        "title",
        "sentence",
        "result",
        "cost",
        "organisations",
        "outcomes",
        "years",
        "hurdles",
        "solutions",
        "trials",
        "address",
    ];
    table::csv("cases", &columns, rows)
}
