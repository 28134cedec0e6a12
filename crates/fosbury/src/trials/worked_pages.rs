//! See what worked: a hurdle's ways over, ranked for the reader, and how that is done.

use askama::Template;
use axum::extract::{Path, State};
use web::{Fields, Query};

use super::store::{self, Narrowed};
use super::ways::{self, Near, Way, Ways};
use super::{store_bodies, table};
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::hurdles::Hurdles;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::organisations::store as bodies;
use crate::peers::store as groups;
use crate::state::App;

/// Near places shown.
const NEAREST: usize = 3;
/// Bodies in a table of numbers at the most.
const NUMBERED: usize = 60;
/// Sizes of bodies, by people: as filters name them, from, below.
const SIZES: [(&str, i64, i64); 4] = [
    ("under-50000", 0, 50_000),
    ("50000-200000", 50_000, 200_000),
    ("200000-500000", 200_000, 500_000),
    ("over-500000", 500_000, i64::MAX),
];

/// What the reader asked to narrow by.
#[derive(Clone, Debug, Default)]
struct Asked {
    kind: String,
    nation: String,
    size: String,
    service: String,
    year: Option<i64>,
    group: Option<i64>,
}

impl Asked {
    /// What was asked for, of the groups that there are.
    fn of(query: &Fields, groups: &[(i64, String)]) -> Self {
        let get = |name: &str| query.get(name).trim().to_owned();
        Self {
            kind: get("type"),
            nation: get("nation"),
            size: get("size"),
            service: get("service"),
            year: query
                .number("year")
                .filter(|year| (1900..2200).contains(year)),
            group: query
                .number("group")
                .filter(|group| groups.iter().any(|(known, _)| known == group)),
        }
    }

    fn narrowed(&self) -> Narrowed<'_> {
        let size = SIZES.iter().find(|(name, ..)| *name == self.size);
        Narrowed {
            kind: some(&self.kind),
            nation: some(&self.nation),
            size: size.map(|(_, from, below)| (*from, *below)),
            service: some(&self.service),
            year: self.year,
            group: self.group,
        }
    }
}

fn some(words: &str) -> Option<&str> {
    (!words.is_empty()).then_some(words)
}

#[derive(Template)]
#[template(path = "trials/worked.html")]
struct WorkedPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    ways: Ways,
    near: Vec<Near>,
    asked: Asked,
    kinds: Vec<String>,
    nations: Vec<String>,
    services: Vec<String>,
    years: Vec<i64>,
    groups: Vec<(i64, String)>,
}

impl WorkedPage<'_> {
    fn sizes(&self) -> Vec<&'static str> {
        SIZES.iter().map(|(name, ..)| *name).collect()
    }

    fn is_year(&self, year: &i64) -> bool {
        self.asked.year == Some(*year)
    }

    fn is_group(&self, group: &i64) -> bool {
        self.asked.group == Some(*group)
    }

    fn is_narrowed(&self) -> bool {
        !self.asked.narrowed().is_everything()
    }
}

/// A hurdle's ways over, ranked.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let groups = groups::offered(&app.db).await?;
    let asked = Asked::of(&query, &groups);
    let ways = ways::over(&v, &app, record.number, &asked.narrowed()).await?;
    let counts = bodies::counts(&app.db, &day_of(v.now()), true).await?;
    let mut kinds: Vec<String> = counts.iter().map(|(_, kind, _)| kind.clone()).collect();
    let mut nations: Vec<String> = counts.into_iter().map(|(nation, ..)| nation).collect();
    for names in [&mut kinds, &mut nations] {
        names.retain(|name| !name.is_empty());
        names.sort();
        names.dedup();
    }
    let services = store::services(&app.db, record.number).await?;
    let years = store::years(&app.db, record.number).await?;
    let page = WorkedPage {
        v: &v,
        record: &record,
        near: ways::nearest(&app, &ways, NEAREST).await?,
        ways,
        asked,
        kinds,
        nations,
        services: services.into_iter().map(|(name,)| name).collect(),
        years: years.into_iter().map(|(year,)| year).collect(),
        groups,
    };
    v.shared_page(&page)
}

/// The same as a table for other programs.
pub async fn csv(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let groups = groups::offered(&app.db).await?;
    let asked = Asked::of(&query, &groups);
    let ways = ways::over(&v, &app, record.number, &asked.narrowed()).await?;
    let rows = ways.ways.iter().map(|way| {
        let plain = &way.ranked.plain;
        let counts = [
            plain.worked,
            plain.partly,
            plain.did_not,
            plain.worse,
            plain.undecided,
        ];
        let numbers = [way.ranked.a, way.ranked.b, way.ranked.lower];
        let mut row = vec![way.card.number.to_string(), way.card.title.clone()];
        row.extend(counts.map(|n| n.to_string()));
        row.extend(numbers.map(|n| n.to_string()));
        row
    });
    let columns = [
        "solution",
        "title",
        "worked",
        "partly",
        "did_not",
        "made_worse",
        "undecided",
        "a",
        "b",
        "lower_end",
    ];
    table::csv(&format!("hurdle-{}-worked", record.number), &columns, rows)
}

#[derive(Template)]
#[template(path = "trials/ranking.html")]
struct RankingPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    ways: Ways,
    names: Vec<(String, String, String)>,
    typical: Option<f64>,
}

impl RankingPage<'_> {
    fn name(&self, id: &str) -> &str {
        let known = self.names.iter().find(|(known, ..)| known == id);
        known.map_or("", |(_, name, _)| name.as_str())
    }

    fn parts<'w>(&self, way: &'w Way) -> &'w [ranking::Counted] {
        let all = &way.ranked.counted;
        &all[..all.len().min(NUMBERED)]
    }

    fn left_out(&self, way: &Way) -> usize {
        way.ranked.counted.len().saturating_sub(NUMBERED)
    }

    fn number(&self, number: &f64) -> String {
        format!("{number:.4}")
    }
}

/// How the ways over are ranked: the very numbers.
pub async fn explained(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Hurdles, &slug).await?;
    let ways = ways::over(&v, &app, record.number, &Narrowed::default()).await?;
    let shown = ways
        .ways
        .iter()
        .flat_map(|way| way.ranked.counted.iter().take(NUMBERED));
    let mut ids: Vec<String> = shown.map(|one| one.body.clone()).collect();
    ids.sort();
    ids.dedup();
    let places = app.memory.places(&app.db, v.now()).await?;
    let kind = ways.body.as_ref().map(|body| &body.kind_name);
    let page = RankingPage {
        v: &v,
        record: &record,
        typical: kind.and_then(|kind| places.typical_distance(kind)),
        names: store_bodies::named(&app.db, ids).await?,
        ways,
    };
    v.shared_page(&page)
}
