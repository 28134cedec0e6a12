//! The list of bodies, narrowed by name, nation and type.

use askama::Template;
use axum::extract::State;
use web::Query;

use super::model::day_of;
use super::store::{self, Listed, Which};
use crate::layout::{Answer, Visit};
use crate::naming::sort_key;
use crate::state::App;

/// Bodies on one page of the list.
const ON_ONE_PAGE: usize = 60;
/// Letters of a name that count.
const LONGEST_NAME: usize = 80;

#[derive(Template)]
#[template(path = "organisations/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    name: String,
    nation: Option<String>,
    kind: Option<String>,
    with_ended: bool,
    nations: Vec<(String, i64)>,
    kinds: Vec<(String, i64)>,
    today: String,
    bodies: Vec<Listed>,
    more: Option<String>,
    /// All that fit, on this page and others.
    total: i64,
    is_nothing_known: bool,
}

impl ListPage<'_> {
    fn next(&self, after: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if !self.name.is_empty() {
            query.append_pair("name", &self.name);
        }
        query.extend_pairs(self.nation.iter().map(|one| ("nation", one)));
        query.extend_pairs(self.kind.iter().map(|one| ("type", one)));
        query.extend_pairs(self.with_ended.then_some(("ended", "1")));
        query.append_pair("after", after);
        format!("/organisations?{}", query.finish())
    }

    fn is_nation(&self, nation: &str) -> bool {
        self.nation.as_deref() == Some(nation)
    }

    fn is_kind(&self, kind: &str) -> bool {
        self.kind.as_deref() == Some(kind)
    }

    fn has_ended(&self, body: &Listed) -> bool {
        body.has_ended(&self.today)
    }

    /// Which part of what fits stands on this page, where it is only a part.
    fn part(&self) -> Option<String> {
        let is_part = usize::try_from(self.total).is_ok_and(|total| total > self.bodies.len());
        let (first, last) = (self.bodies.first()?, self.bodies.last()?);
        let key = "organisations-from-to";
        let (first, last) = (&first.short_name, &last.short_name);
        is_part.then(|| self.v.with_two(key, ("first", first), ("last", last)))
    }
}

/// All bodies, or those that fit.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let today = day_of(v.now());
    let with_ended = query.ticked("ended");
    let counts = store::counts(&app.db, &today, with_ended).await?;
    let nations = summed(counts.iter().map(|(nation, _, n)| (nation, *n)));
    let kinds = summed(counts.iter().map(|(_, kind, n)| (kind, *n)));
    let one_of = |all: &[(String, i64)], sent: &str| {
        let found = all.iter().find(|(one, _)| one == sent && !one.is_empty());
        found.map(|(one, _)| one.clone())
    };
    let (nation, kind) = (
        one_of(&nations, query.get("nation")),
        one_of(&kinds, query.get("type")),
    );
    let name: String = query.get("name").chars().take(LONGEST_NAME).collect();
    let which = Which {
        words: sort_key(&name)
            .split_whitespace()
            .map(str::to_owned)
            .collect(),
        nation: nation.as_deref(),
        kind: kind.as_deref(),
        with_ended,
        after: query.get("after"),
        today: &today,
    };
    let at_most = i64::try_from(ON_ONE_PAGE + 1).unwrap_or(i64::MAX);
    let total = store::counted(&app.db, &which).await?;
    let mut bodies = store::listed(&app.db, &which, at_most).await?;
    let has_more = bodies.len() > ON_ONE_PAGE;
    bodies.truncate(ON_ONE_PAGE);
    let more = bodies.last().filter(|_| has_more);
    let page = ListPage {
        v: &v,
        more: more.map(|last| last.sort_key.clone()),
        total,
        is_nothing_known: store::counts(&app.db, &today, true).await?.is_empty(),
        name,
        nation,
        kind,
        with_ended,
        nations,
        kinds,
        today: today.clone(),
        bodies,
    };
    v.shared_page(&page)
}

/// Numbers summed by name, in the order of the names.
fn summed<'a>(counts: impl Iterator<Item = (&'a String, i64)>) -> Vec<(String, i64)> {
    let mut sums = std::collections::BTreeMap::new();
    for (name, n) in counts.filter(|(name, _)| !name.is_empty()) {
        *sums.entry(name.clone()).or_insert(0) += n;
    }
    sums.into_iter().collect()
}
