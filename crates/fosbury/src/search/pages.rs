//! The search page, and what it offers while somebody types.

use std::collections::BTreeMap;
use std::time::Duration;

use askama::Template;
use axum::extract::State;
use index::{Fragment, Question};
use web::{Fields, Query};

use super::found::{self, TRIAL};
use super::store;
use crate::discussion::watching::is_watched;
use crate::evidence::model::STRENGTHS;
use crate::history::store::{self as texts_store, Listed};
use crate::hurdles::HEADINGS;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::KINDS;

/// Results on one page.
const ON_ONE_PAGE: usize = 10;
/// Results at the most; who needs more needs other words.
const DEEPEST: usize = 400;
/// Results of a kept search that are looked through.
const KEPT_SEARCH: usize = 50;
/// How long a search waits for the newest change to be findable.
const PATIENCE: Duration = Duration::from_millis(900);

#[derive(Template)]
#[template(path = "search/results.html")]
struct ResultsPage<'v> {
    v: &'v Visit,
    words: String,
    hits: Vec<Result>,
    total: usize,
    from: usize,
    groups: Vec<FacetGroup>,
    corrected: Option<String>,
    next: Option<String>,
    is_narrowed: bool,
    /// The search as somebody can watch it, and whether the viewer does.
    query: String,
    is_watched: bool,
}

struct Result {
    listed: Listed,
    snippet: Vec<Fragment>,
}

/// Boxes to tick under one legend.
struct FacetGroup {
    legend: String,
    choices: Vec<Choice>,
}

struct Choice {
    name: &'static str,
    value: String,
    label: String,
    count: usize,
    is_chosen: bool,
}

/// What was asked for, with its filters.
struct Asked {
    words: String,
    kinds: Vec<String>,
    facets: Vec<(String, String)>,
    from: usize,
}

impl Asked {
    fn of(query: &Fields) -> Self {
        let words: String = texts::tidy(query.get("q")).chars().take(256).collect();
        let narrowing = ["heading", "tag", "sort", "from", "nobody", "strength"];
        let facets = narrowing.into_iter().flat_map(|name| {
            query
                .all(name)
                .filter(|value| !value.is_empty())
                .take(10)
                .map(move |value| (name.to_owned(), value.chars().take(60).collect()))
        });
        let kinds = query
            .all("kind")
            .filter(|kind| !kind.is_empty() && *kind != "all")
            .take(KINDS.len() + 1);
        Self {
            words: words.split_whitespace().collect::<Vec<_>>().join(" "),
            kinds: kinds.map(str::to_owned).collect(),
            facets: facets.collect(),
            from: query
                .number("after")
                .and_then(|after| usize::try_from(after).ok())
                .unwrap_or_default()
                .min(DEEPEST),
        }
    }

    fn question(&self, v: &Visit) -> Question {
        Question {
            words: self.words.clone(),
            kinds: self.kinds.clone(),
            facets: self.facets.clone(),
            seen_by: v.viewer.seen_by(),
            offset: self.from,
            limit: ON_ONE_PAGE,
        }
    }

    /// The words and filters as an address says them.
    fn query(&self) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("q", &self.words);
        query.extend_pairs(self.kinds.iter().map(|kind| ("kind", kind)));
        query.extend_pairs(self.facets.iter().map(|(name, value)| (name, value)));
        query.finish()
    }

    fn address(&self, after: usize) -> String {
        format!("/search?{}&after={after}", self.query())
    }
}

/// The ids of what a kept search finds, as its address's query tells it.
pub fn found_by(v: &Visit, app: &App, query: &str) -> Answer<Vec<String>> {
    let mut question = Asked::of(&Fields::parse(query.as_bytes())).question(v);
    question.limit = KEPT_SEARCH;
    let found = app.index.find(&question)?;
    Ok(found.hits.into_iter().map(|hit| hit.id).collect())
}

/// Waits until what was saved before this request can be found; whether it can be now.
pub async fn catch_up(app: &App) -> Answer<bool> {
    let newest = store::newest(&app.db).await?;
    if app.index.position() < newest {
        app.index_wake.notify_one();
        // A search that finds all but the newest is better than none.
        let _ = tokio::time::timeout(PATIENCE, app.index.caught_up(newest)).await;
    }
    Ok(app.index.position() >= newest)
}

/// The results for some words, or everything where there are none.
pub async fn results(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let asked = Asked::of(&query);
    let is_whole = catch_up(&app).await?;
    let found = app.index.find(&asked.question(&v))?;
    let ids: Vec<String> = found.hits.iter().map(|hit| hit.id.clone()).collect();
    let live = found::with_ids(&v, &app, &ids).await?;
    let hits: Vec<Result> = found
        .hits
        .into_iter()
        .filter_map(|hit| {
            Some(Result {
                listed: live.get(&hit.id)?.clone(),
                snippet: hit.snippet,
            })
        })
        .collect();
    let is_narrowed = !asked.kinds.is_empty() || !asked.facets.is_empty();
    // Stewards look at what others missed: that is nothing missed again.
    let is_counted = is_whole && !is_narrowed && !asked.words.is_empty() && !v.viewer.is_steward();
    if found.total == 0 && is_counted {
        note_missed(&app, &asked.words, &v).await;
    }
    let last = asked.from + ON_ONE_PAGE;
    let next = (found.total > last && last < DEEPEST).then(|| asked.address(last));
    let kept = asked.query();
    let page = ResultsPage {
        v: &v,
        is_watched: is_watched(&v, &app, "search", &kept).await?,
        query: kept,
        hits,
        total: found.total,
        from: asked.from,
        groups: groups(&v, &asked, &found.facet_counts),
        corrected: found.corrected,
        next,
        is_narrowed,
        words: asked.words,
    };
    v.page(&page)
}

/// Counts words that found nothing, unless they look like somebody's address or number.
async fn note_missed(app: &App, words: &str, v: &Visit) {
    let is_personal = words.contains('@') || words.chars().filter(char::is_ascii_digit).count() > 5;
    if is_personal || words.chars().count() > 120 {
        return;
    }
    let noted = async {
        let tx = app.db.begin().await?;
        store::found_nothing(&tx, &words.to_lowercase(), v.now()).await?;
        tx.commit_quietly().await
    };
    if let Err(error) = noted.await {
        tracing::warn!(%error, "A search that found nothing was not counted");
    }
}

fn groups(v: &Visit, asked: &Asked, counts: &[index::FacetCount]) -> Vec<FacetGroup> {
    let choice = |facet: &'static str, value: &str, label: String| {
        let is_chosen = if facet == "kind" {
            asked.kinds.iter().any(|kind| kind == value)
        } else {
            asked
                .facets
                .iter()
                .any(|(name, chosen)| name == facet && chosen == value)
        };
        let count = counts
            .iter()
            .find(|one| one.name == facet && one.value == value);
        let count = count.map_or(0, |one| one.count);
        Choice {
            name: facet,
            value: value.to_owned(),
            label,
            count,
            is_chosen,
        }
    };
    let names = KINDS.iter().map(|kind| kind.name()).chain([TRIAL]);
    let kinds = names.map(|name| choice("kind", name, v.say_of("many", name)));
    let ways = [("nobody", "1"), ("from", "top"), ("from", "below")]
        .map(|(facet, value)| choice(facet, value, v.say(&format!("facet-{facet}-{value}"))));
    let headings = HEADINGS
        .map(|heading| choice("heading", heading, v.say_of("part-hurdle-heading", heading)));
    let strengths = STRENGTHS.map(|strength| {
        choice(
            "strength",
            strength,
            v.say_of("part-evidence-strength", strength),
        )
    });
    let mut tags: Vec<&index::FacetCount> = counts.iter().filter(|one| one.name == "tag").collect();
    tags.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
    let tags = tags
        .into_iter()
        .take(12)
        .map(|one| choice("tag", &one.value, one.value.clone()));
    [
        ("facet-kind", kinds.collect()),
        ("facet-ways", Vec::from(ways)),
        ("facet-heading", Vec::from(headings)),
        ("part-evidence-strength", Vec::from(strengths)),
        ("facet-tag", tags.collect()),
    ]
    .into_iter()
    .map(|(legend, choices)| FacetGroup {
        legend: v.say(legend),
        choices: choices
            .into_iter()
            .filter(|one| one.count > 0 || one.is_chosen)
            .collect(),
    })
    .filter(|group| !group.choices.is_empty())
    .collect()
}

#[derive(Template)]
#[template(path = "search/suggest.html")]
struct Suggestions<'v> {
    v: &'v Visit,
    hits: Vec<Listed>,
}

/// A short list for what was typed so far, as a piece of a page.
pub async fn suggest(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let words: String = texts::tidy(query.get("q")).chars().take(256).collect();
    let hits = app.index.suggest(&words, &v.viewer.seen_by(), 8)?;
    let ids: Vec<String> = hits.iter().map(|hit| hit.id.clone()).collect();
    let live: BTreeMap<String, Listed> = texts_store::with_ids(&app.db, &v.viewer, &ids)
        .await?
        .into_iter()
        .collect();
    let hits = ids.iter().filter_map(|id| live.get(id).cloned()).collect();
    v.page(&Suggestions { v: &v, hits })
}
