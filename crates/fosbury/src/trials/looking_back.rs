//! A trial's history: its versions, what each changed in words, and erasing one for good.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, redirect};

use super::model::Trial;
use super::versions::{FACTS, Version, YES, facts_as_told};
use super::{store, store_bodies, store_versions};
use crate::history::diff::{self, Mark, PartDiff};
use crate::history::model::Parts;
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_in_words;
use crate::people::audit;
use crate::solutions::store as solutions;
use crate::state::App;
use crate::store_log;
use crate::viewer::{OrganisationId, Visibility};

/// Versions on one page of a history.
const ON_ONE_PAGE: i64 = 30;
/// Letters of a reason at the most.
const LONGEST_REASON: usize = 200;

/// A version with what it changed, for its reader.
pub struct Told {
    /// The version.
    pub version: Version,
    /// What it changed; nothing for the first, and where one of the two is not for this reader.
    pub changes: Vec<PartDiff>,
}

#[derive(Template)]
#[template(path = "trials/history.html")]
struct HistoryPage<'v> {
    v: &'v Visit,
    trial: &'v Trial,
    told: Vec<Told>,
    older: Option<i64>,
}

#[derive(Template)]
#[template(path = "trials/version.html")]
struct VersionPage<'v> {
    v: &'v Visit,
    trial: &'v Trial,
    told: Told,
    /// Its facts: labels and words.
    facts: Vec<(String, String)>,
    /// Its paragraphs: labels and words.
    paragraphs: Vec<(String, web::Rendered)>,
    why: String,
    errors: FieldErrors,
}

impl VersionPage<'_> {
    fn may_erase(&self) -> bool {
        let version = &self.told.version;
        self.v.viewer.is_owner() && version.facts.is_some() && version.seq < self.trial.version
    }
}

/// What numbers and ids in versions are called.
pub struct Names {
    ways: Vec<(String, String)>,
    bodies: Vec<(String, String, String)>,
}

impl Names {
    /// The names of all that these facts say, as far as the viewer may know them.
    pub async fn of(
        v: &Visit,
        app: &App,
        all: impl IntoIterator<Item = &Parts> + Clone,
    ) -> Answer<Self> {
        let mut numbers: Vec<i64> = Vec::new();
        let mut ids: Vec<String> = Vec::new();
        for facts in all {
            numbers.extend(facts.numbers("solution"));
            ids.extend(facts.list("organisation"));
            ids.extend(facts.list("readers"));
        }
        ids.sort();
        ids.dedup();
        numbers.sort_unstable();
        numbers.dedup();
        let mut ways = Vec::new();
        for number in numbers {
            let card = solutions::card(&app.db, &v.viewer, number).await?;
            ways.extend(card.map(|card| (number.to_string(), card.title)));
        }
        Ok(Self {
            ways,
            bodies: store_bodies::named(&app.db, ids).await?,
        })
    }

    /// What a fact is called.
    pub fn label(&self, v: &Visit, key: &str) -> String {
        let known = FACTS.iter().find(|(known, _)| *known == key);
        known.map_or_else(String::new, |(_, label)| v.say(label))
    }

    /// A fact in words.
    pub fn words(&self, v: &Visit, key: &str, value: &str) -> String {
        let body = |id: &str| {
            let known = self.bodies.iter().find(|(known, ..)| known == id);
            known.map_or_else(String::new, |(_, name, _)| name.clone())
        };
        match key {
            "solution" if value.is_empty() => v.say("trial-own-way"),
            "solution" => {
                let known = self.ways.iter().find(|(known, _)| known == value);
                known.map_or_else(|| v.say("version-other-way"), |(_, title)| title.clone())
            }
            _ if value.is_empty() => String::new(),
            "organisation" => body(value),
            "readers" => value.lines().map(body).collect::<Vec<_>>().join(", "),
            "outcome" => v.say_of("outcome", value),
            "visibility" => v.say_of("visibility", value),
            "begun" | "ended" => day_in_words(value).unwrap_or_default(),
            _ if value == YES && matches!(key, "unnamed" | "confirmed") => v.say("version-yes"),
            _ => value.to_owned(),
        }
    }

    fn changes(
        &self,
        v: &Visit,
        (before, after): (&Parts, &Parts),
        marks: fn(&str, &str) -> Vec<Mark>,
    ) -> Vec<PartDiff> {
        let differing = FACTS.iter().filter_map(|(key, _)| {
            let was = self.words(v, key, before.get(key));
            let is = self.words(v, key, after.get(key));
            (was != is).then(|| PartDiff {
                label: self.label(v, key),
                marks: marks(&was, &is),
            })
        });
        differing.collect()
    }
}

/// The versions of a trial below a number as their reader may know them, newest first. The first of a
/// trial that was never changed is the trial itself.
pub async fn versions(
    v: &Visit,
    app: &App,
    trial: &Trial,
    (below, at_most): (i64, i64),
) -> Answer<Vec<Version>> {
    let mut versions = store_versions::listed(&app.db, &trial.id, below, at_most).await?;
    if versions.is_empty() && trial.version == 1 && below > 1 {
        let readers = store::readers(&app.db, &trial.id).await?.into_iter();
        let readers = readers.map(|(id, ..)| OrganisationId(id)).collect();
        versions.push(Version {
            seq: 1,
            act: "tell".to_owned(),
            facts: Some(facts_as_told(trial, readers).to_json()),
            author_id: trial.author_id.clone(),
            author: trial.author.clone(),
            at: trial.changed_at,
            erased_at: None,
            erased_why: None,
        });
    }
    let seen = versions.into_iter();
    Ok(seen.map(|one| one.seen_by(&v.viewer, trial)).collect())
}

/// Versions, newest first, each with what it changed against the one after it in the list.
async fn told(
    v: &Visit,
    app: &App,
    versions: Vec<Version>,
    marks: fn(&str, &str) -> Vec<Mark>,
) -> Answer<Vec<Told>> {
    let facts: Vec<Option<Parts>> = versions.iter().map(Version::facts).collect();
    let names = Names::of(v, app, facts.iter().flatten()).await?;
    let before = facts.iter().skip(1).chain([&None]);
    let changes = facts.iter().zip(before).map(|pair| match pair {
        (Some(after), Some(before)) => names.changes(v, (before, after), marks),
        _ => Vec::new(),
    });
    let changes: Vec<Vec<PartDiff>> = changes.collect();
    let told = versions.into_iter().zip(changes);
    Ok(told
        .map(|(version, changes)| Told { version, changes })
        .collect())
}

/// One version with what it changed.
pub async fn told_at(
    v: &Visit,
    app: &App,
    trial: &Trial,
    seq: i64,
    marks: fn(&str, &str) -> Vec<Mark>,
) -> Answer<Told> {
    let versions = versions(v, app, trial, (seq.saturating_add(1), 2)).await?;
    let told = told(v, app, versions, marks).await?.into_iter();
    let mut told = told.filter(|one| one.version.seq == seq);
    Ok(told.next().or_not_found()?)
}

/// The facts of a trial as its reader may know them today, for whoever lists it.
pub fn facts_now(trial: &Trial) -> Parts {
    let mut facts = facts_as_told(trial, Vec::new());
    // Who may read the trial as it stands may read this.
    facts.set("visibility", Visibility::Public.name());
    facts
}

async fn found(v: &Visit, app: &App, number: &str) -> Answer<Trial> {
    let number = number.parse().ok().or_not_found()?;
    Ok(store::numbered(&app.db, &v.viewer, number)
        .await?
        .or_not_found()?)
}

/// All versions of a trial, newest first, each with what it changed.
pub async fn history(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let trial = found(&v, &app, &number).await?;
    let below = query.number("before").unwrap_or(i64::MAX);
    // One more than is shown: the last one is compared with it.
    let versions = versions(&v, &app, &trial, (below, ON_ONE_PAGE + 1)).await?;
    let mut told = told(&v, &app, versions, diff::around).await?;
    let has_older = told.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_older {
        told.pop();
    }
    let older = told.last().map(|one| one.version.seq).filter(|_| has_older);
    v.shared_page(&HistoryPage {
        v: &v,
        trial: &trial,
        told,
        older,
    })
}

/// One version as it was, and what it changed.
pub async fn version(
    v: Visit,
    State(app): State<App>,
    Path((number, seq)): Path<(String, String)>,
) -> Answer {
    let trial = found(&v, &app, &number).await?;
    let seq = seq.parse().ok().or_not_found()?;
    let page = version_page(&v, &app, &trial, seq).await?;
    v.shared_page(&page)
}

async fn version_page<'v>(
    v: &'v Visit,
    app: &App,
    trial: &'v Trial,
    seq: i64,
) -> Answer<VersionPage<'v>> {
    let told = told_at(v, app, trial, seq, diff::every).await?;
    let (mut facts, mut paragraphs) = (Vec::new(), Vec::new());
    if let Some(said) = told.version.facts() {
        let names = Names::of(v, app, [&said]).await?;
        for (key, _) in FACTS {
            let words = names.words(v, key, said.get(key));
            if words.is_empty() {
                continue;
            }
            let label = names.label(v, key);
            if matches!(key, "differently" | "learned") {
                paragraphs.push((label, web::render(&words, 3)));
            } else {
                facts.push((label, words));
            }
        }
    }
    Ok(VersionPage {
        v,
        trial,
        told,
        facts,
        paragraphs,
        why: String::new(),
        errors: FieldErrors::default(),
    })
}

/// Erases a version for good: a dated note and the chain of hashes stay.
pub async fn erase(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let trial = found(&v, &app, &number).await?;
    let seq = fields.number("version").or_not_found()?;
    let why: String = fields.get("why").chars().take(LONGEST_REASON).collect();
    let why = texts::one_line(&texts::tidy(&why));
    let mut page = version_page(&v, &app, &trial, seq).await?;
    if why.is_empty() || seq >= trial.version {
        let key = if why.is_empty() {
            "wrong-why"
        } else {
            "wrong-erase-standing"
        };
        page.errors.add("why", v.say(key));
        page.why = why;
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let tx = app.db.begin().await?;
    store_versions::erase(&tx, &trial.id, seq, &why, v.now()).await?;
    let subject = format!("trial {} version {seq}", trial.number);
    let by = v.viewer.person().map(|person| &person.id);
    audit::note(&tx, v.now(), by, "erase", &subject, &why).await?;
    store_log::commit_shown(tx, &trial.id).await?;
    interchange::keep_forgotten(&app).await;
    let to = format!("{}/history?told=version-erased", trial.address());
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}
