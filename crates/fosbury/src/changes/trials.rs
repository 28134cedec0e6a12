//! Trials in lists of changes: told, told otherwise, answered, confirmed.

use std::collections::BTreeMap;

use askama::Template;
use web::{Trouble, xml_safe};

use super::feeds::Entry;
use super::lines::Line;
use crate::history::diff::{self, PartDiff};
use crate::history::store::{Cursor, Which};
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::Moment;
use crate::trials::looking_back;
use crate::trials::model::Trial;
use crate::trials::versions::Version;
use crate::trials::{store, store_recent};

/// What a trial is called among the kinds of records.
pub const NAME: &str = "trial";
/// Many of them.
pub const PLURAL: &str = "trials";

#[derive(Template)]
#[template(path = "changes/trial-item.html")]
struct Content<'v> {
    v: &'v Visit,
    trial: &'v Trial,
    act: String,
    changes: Vec<PartDiff>,
}

/// The newest versions of trials with their trials, as far as the viewer may know them.
async fn recent(
    v: &Visit,
    app: &App,
    which: &Which<'_>,
    at_most: i64,
) -> Answer<Vec<(Trial, Version)>> {
    let is_asked = which.kind.is_none_or(|kind| kind == NAME) && which.tag.is_none();
    if !is_asked {
        return Ok(Vec::new());
    }
    let (db, viewer, below) = (&app.db, &v.viewer, which.before.map(Cursor::place));
    let mut recent = store_recent::told(db, viewer, below, at_most).await?;
    if !which.is_new_only {
        recent.extend(store_recent::changes(db, viewer, below, at_most).await?);
    }
    let place = |one: &store_recent::Recent| (one.version.at, one.trial.clone(), one.version.seq);
    recent.sort_by_key(|one| std::cmp::Reverse(place(one)));
    recent.truncate(usize::try_from(at_most).unwrap_or_default());
    let mut ids: Vec<String> = recent.iter().map(|one| one.trial.clone()).collect();
    ids.sort();
    ids.dedup();
    let trials = store::with_ids(db, viewer, ids).await?.into_iter();
    let trials: BTreeMap<String, Trial> = trials.map(|one| (one.id.clone(), one)).collect();
    let with_trial = |one: store_recent::Recent| {
        let trial = trials.get(&one.trial)?;
        let mut version = one.version;
        if version.seq == 1 && trial.version == 1 {
            version.facts = Some(looking_back::facts_now(trial).to_json());
        }
        Some((trial.clone(), version.seen_by(viewer, trial)))
    };
    Ok(recent.into_iter().filter_map(with_trial).collect())
}

/// Changes of trials as lines, newest first.
pub async fn lines(v: &Visit, app: &App, which: &Which<'_>, at_most: i64) -> Answer<Vec<Line>> {
    let recent = recent(v, app, which, at_most).await?.into_iter();
    let lines = recent.map(|(trial, version)| Line {
        at: version.at,
        id: trial.id.clone(),
        seq: version.seq,
        title: title(v, &trial),
        address: trial.address(),
        called: v.with("trial-numbered", "number", trial.number),
        act: v.say_of("version-act", &version.act),
        summary: String::new(),
        is_minor: false,
        words: None,
        change: change(&trial, &version),
        revision: v.with("version-n", "seq", version.seq),
        is_shown: !version.is_kept_back(),
        author: version.author,
    });
    Ok(lines.collect())
}

/// Changes of trials as entries of a feed, newest first.
pub async fn entries(
    v: &Visit,
    app: &App,
    which: &Which<'_>,
    at_most: i64,
) -> Answer<Vec<(Moment, Entry)>> {
    let base = &app.settings.base_url;
    let mut entries = Vec::new();
    for (trial, version) in recent(v, app, which, at_most).await? {
        if version.is_kept_back() {
            continue;
        }
        let mut changes = Vec::new();
        if version.seq > 1 {
            let told = looking_back::told_at(v, app, &trial, version.seq, diff::around).await?;
            changes = told.changes;
        }
        let content = Content {
            v,
            trial: &trial,
            act: v.say_of("version-act", &version.act),
            changes,
        };
        let content = content
            .render()
            .map_err(|error| Trouble::OurFault(error.to_string()))?;
        let address = format!("{base}{}", change(&trial, &version));
        let author = match version.author {
            author if author.is_empty() => v.say("version-nobody"),
            author => author,
        };
        let entry = Entry {
            id: address.clone(),
            title: title(v, &trial),
            address,
            author,
            at: version.at.iso(),
            content: xml_safe(&content),
        };
        entries.push((version.at, entry));
    }
    Ok(entries)
}

fn title(v: &Visit, trial: &Trial) -> String {
    let way = match trial.solution {
        0 => v.say("trial-own-way"),
        _ => trial.solution_title.clone(),
    };
    format!("{}: {way}", v.say_of("outcome", &trial.outcome))
}

fn change(trial: &Trial, version: &Version) -> String {
    format!("{}/versions/{}", trial.address(), version.seq)
}
