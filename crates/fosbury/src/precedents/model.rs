//! What happened at a body, in the order in which it happened, and how long it took to clear a hurdle.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::organisations::model::{day_in_words, day_of};
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::trials::model::{STAGES, Trial, mark};
use crate::viewer::OrganisationId;

/// Days in a month on average, in hundredths: 365.25 / 12.
const MONTH: i64 = 3044;

/// What was said of a hurdle at a body, with the hurdle's title.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Said {
    /// Which body.
    pub organisation_id: OrganisationId,
    /// The number of the hurdle.
    pub hurdle: i64,
    /// Its title.
    pub title: String,
    /// Its words in addresses.
    pub slug: String,
    /// In which part of the body.
    pub service: String,
    /// `facing`, `trying`, `cleared` or `stuck`.
    pub stage: String,
    /// Who may read it.
    pub visibility: String,
    /// Whether it counts.
    pub is_confirmed: bool,
    /// When.
    pub at: Moment,
}
db::columns!(Said {
    organisation_id,
    hurdle,
    title,
    slug,
    service,
    stage,
    visibility,
    is_confirmed,
    at,
});

/// One point on a body's line of time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Happening {
    /// The day, `2026-05-03`.
    pub day: String,
    /// What happened, as the interface's words call it: `stage-cleared`, `line-began`,
    /// `outcome-worked`.
    pub what: String,
    /// The mark of a trial's outcome; nothing for what was said of a hurdle.
    pub mark: &'static str,
    /// The address of the trial; nothing for what was said of a hurdle.
    pub trial: String,
    /// The title of the hurdle.
    pub title: String,
    /// Its address.
    pub address: String,
    /// The title of the solution tried; nothing for a way of their own.
    pub solution: String,
    /// Its address.
    pub solution_address: String,
    /// In which part of the body.
    pub service: String,
    /// Who may read it.
    pub visibility: String,
    /// Whether it counts.
    pub is_confirmed: bool,
}

impl Happening {
    /// Its day as people write it.
    pub fn day_in_words(&self) -> String {
        day_in_words(&self.day).unwrap_or_default()
    }
}

/// What happened in one year, the first first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Year {
    /// `2026`.
    pub year: String,
    /// What happened.
    pub happenings: Vec<Happening>,
}

/// Everything on one line of time, the first first.
pub fn line(said: &[Said], trials: &[Trial]) -> Vec<Year> {
    let mut all: Vec<Happening> = said.iter().map(stage_reached).collect();
    for trial in trials {
        let last = last_day(trial);
        if !trial.begun_on.is_empty() && trial.begun_on < last {
            all.push(tried(
                trial,
                trial.begun_on.clone(),
                "line-began".to_owned(),
            ));
        }
        all.push(tried(trial, last, format!("outcome-{}", trial.outcome)));
    }
    all.sort();
    let mut years: Vec<Year> = Vec::new();
    for one in all {
        let year = one.day.get(..4).unwrap_or_default();
        match years.last_mut().filter(|last| last.year == year) {
            Some(last) => last.happenings.push(one),
            None => years.push(Year {
                year: year.to_owned(),
                happenings: vec![one],
            }),
        }
    }
    years
}

fn stage_reached(said: &Said) -> Happening {
    Happening {
        day: day_of(said.at),
        what: format!("stage-{}", said.stage),
        mark: "",
        trial: String::new(),
        title: said.title.clone(),
        address: SubjectRef::new("hurdle", said.hurdle).address(&said.slug),
        solution: String::new(),
        solution_address: String::new(),
        service: said.service.clone(),
        visibility: said.visibility.clone(),
        is_confirmed: said.is_confirmed,
    }
}

fn tried(trial: &Trial, day: String, what: String) -> Happening {
    let has_solution = trial.solution > 0;
    Happening {
        day,
        mark: if what == "line-began" {
            mark("too-early")
        } else {
            trial.mark()
        },
        what,
        trial: trial.address(),
        title: trial.hurdle_title.clone(),
        address: trial.hurdle_address(),
        solution: trial.solution_title.clone(),
        solution_address: if has_solution {
            trial.solution_address()
        } else {
            String::new()
        },
        service: trial.service.clone(),
        visibility: trial.visibility.clone(),
        is_confirmed: trial.is_confirmed,
    }
}

/// The day on which a trial's outcome stands: its last, or its first, or that of its telling.
fn last_day(trial: &Trial) -> String {
    let told = [&trial.ended_on, &trial.begun_on];
    let told = told.into_iter().find(|day| !day.is_empty());
    told.map_or_else(|| day_of(trial.told_at), String::clone)
}

/// The services that something happened in, by name.
pub fn services(said: &[Said], trials: &[Trial]) -> Vec<String> {
    let said = said.iter().map(|one| &one.service);
    let mut names: Vec<String> = said
        .chain(trials.iter().map(|one| &one.service))
        .filter(|name| !name.is_empty())
        .cloned()
        .collect();
    names.sort();
    names.dedup();
    names
}

/// When a body cleared a hurdle, and since when it had been known there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cleared {
    /// The day it was cleared.
    pub on: String,
    /// The first day on which it was faced, or something was tried; nothing if that was not told.
    pub since: Option<String>,
}

impl Cleared {
    /// How many days it took.
    pub fn days(&self) -> Option<i64> {
        let since: Date = self.since.as_ref()?.parse().ok()?;
        let on: Date = self.on.parse().ok()?;
        Some(since.until(on).ok()?.get_days().into())
    }

    /// How long that is, as people say it: the key of the words, and the number.
    pub fn length(&self) -> Option<(&'static str, i64)> {
        Some(match self.days()? {
            days @ ..14 => ("took-days", days.max(1)),
            days @ 14..60 => ("took-weeks", (days + 3) / 7),
            days @ 60..700 => ("took-months", (days * 100 + MONTH / 2) / MONTH),
            days => ("took-years", (days * 100 + 6 * MONTH) / (12 * MONTH)),
        })
    }

    /// Its day as people write it.
    pub fn day_in_words(&self) -> String {
        day_in_words(&self.on).unwrap_or_default()
    }

    /// The first day as people write it.
    pub fn since_in_words(&self) -> String {
        let since = self.since.as_deref().and_then(day_in_words);
        since.unwrap_or_default()
    }
}

/// When a body cleared a hurdle, of which all this was said and tried there. The newest word counts:
/// a hurdle that is back is not cleared. Only what is confirmed counts.
pub fn cleared(said: &[&Said], trials: &[&Trial]) -> Option<Cleared> {
    let counted = trials.iter().filter(|one| one.is_confirmed);
    let (mut worked, mut begun) = (Vec::new(), Vec::new());
    for one in counted {
        if one.outcome == "worked" {
            worked.push(last_day(one));
        }
        begun.push(one.begun_on.clone());
    }
    cleared_by(said, &worked, &begun)
}

/// The same of the days on which something had worked, and of those on which something was begun.
fn cleared_by(said: &[&Said], worked: &[String], begun: &[String]) -> Option<Cleared> {
    let mut said: Vec<&Said> = said
        .iter()
        .filter(|one| one.is_confirmed)
        .copied()
        .collect();
    said.sort_by_key(|one| one.at);
    let is_open = |one: &&Said| one.stage != "cleared";
    let after = said.iter().rposition(is_open).map_or(0, |at| at + 1);
    let on = said.get(after).map(|one| day_of(one.at));
    let newest = said.last().map(|one| day_of(one.at));
    let worked = worked.iter().filter(|day| newest.as_ref() <= Some(day));
    let on = on.or_else(|| worked.min().cloned())?;
    let faced = said
        .iter()
        .filter(|one| is_open(one))
        .map(|one| day_of(one.at));
    let since = faced
        .chain(begun.iter().cloned())
        .filter(|day| !day.is_empty() && *day < on)
        .min();
    Some(Cleared { on, since })
}

/// What was tried on a hurdle at a body, taken together: confirmed trials alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tried {
    /// The number of the hurdle.
    pub hurdle: i64,
    /// Its title.
    pub title: String,
    /// Its words in addresses.
    pub slug: String,
    /// The first day on which something was begun; nothing if that was not told.
    pub begun: String,
    /// The newest day of an outcome.
    pub last: String,
    /// Days on which something had worked; of many, the first and the last are enough.
    pub worked: Vec<String>,
    /// Whether something goes on.
    pub is_going_on: bool,
}

/// Trials of a body taken together by hurdle.
pub fn tried_of(trials: &[Trial]) -> Vec<Tried> {
    let mut by_hurdle: BTreeMap<i64, Tried> = BTreeMap::new();
    for one in trials.iter().filter(|one| one.is_confirmed) {
        let tried = by_hurdle.entry(one.hurdle).or_insert_with(|| Tried {
            hurdle: one.hurdle,
            title: one.hurdle_title.clone(),
            slug: one.hurdle_slug.clone(),
            ..Tried::default()
        });
        let is_earlier = tried.begun.is_empty() || one.begun_on < tried.begun;
        if !one.begun_on.is_empty() && is_earlier {
            tried.begun.clone_from(&one.begun_on);
        }
        tried.last = std::mem::take(&mut tried.last).max(last_day(one));
        tried.is_going_on |= one.outcome == "too-early";
        if one.outcome == "worked" {
            tried.worked.push(last_day(one));
        }
    }
    by_hurdle.into_values().collect()
}

/// The day of the newest word about a hurdle, where it lies between the days on which something had
/// worked: then the first of those since has to be looked up.
pub fn newest_between(said: &[Said], tried: &Tried) -> Option<String> {
    let said = said
        .iter()
        .filter(|one| one.is_confirmed && one.hurdle == tried.hurdle);
    let newest = day_of(said.map(|one| one.at).max()?);
    let (first, last) = (tried.worked.iter().min()?, tried.worked.iter().max()?);
    (*first < newest && newest <= *last).then_some(newest)
}

/// The days on which these trials had worked, from this one.
pub fn days_worked(trials: &[Trial], since: &str) -> Vec<String> {
    let days = trials.iter().map(last_day);
    days.filter(|day| day.as_str() >= since).collect()
}

/// A hurdle as it stands at a body.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stood {
    /// Its title.
    pub title: String,
    /// Its address.
    pub address: String,
    /// The day of the newest word about it, or of clearing it.
    pub day: String,
    /// When it was cleared, where it was.
    pub cleared: Option<Cleared>,
}

impl Stood {
    /// Its day as people write it.
    pub fn day_in_words(&self) -> String {
        day_in_words(&self.day).unwrap_or_default()
    }
}

/// Hurdles by the stage they stand at: what was cleared first comes first.
pub fn standing(said: &[Said], tried: &[Tried]) -> Vec<(&'static str, Vec<Stood>)> {
    let mut by_hurdle: BTreeMap<i64, (Vec<&Said>, Option<&Tried>)> = BTreeMap::new();
    for one in said.iter().filter(|one| one.is_confirmed) {
        by_hurdle.entry(one.hurdle).or_default().0.push(one);
    }
    for one in tried {
        by_hurdle.entry(one.hurdle).or_default().1 = Some(one);
    }
    let mut stages: Vec<(&'static str, Vec<Stood>)> = STAGES
        .into_iter()
        .map(|stage| (stage, Vec::new()))
        .collect();
    for (number, (said, tried)) in by_hurdle {
        let newest = said.iter().max_by_key(|one| one.at);
        let (worked, begun) = tried.map_or((&[][..], String::new()), |tried| {
            (&tried.worked, tried.begun.clone())
        });
        let cleared = cleared_by(&said, worked, &[begun]);
        let stage = match (&cleared, newest) {
            (Some(_), _) => "cleared",
            (None, Some(newest)) => newest.stage.as_str(),
            (None, None) if tried.is_some_and(|tried| tried.is_going_on) => "trying",
            // Tried and over, and nobody said where that leaves them.
            (None, None) => continue,
        };
        let (title, slug) = match (newest, tried) {
            (Some(said), _) => (&said.title, &said.slug),
            (None, Some(tried)) => (&tried.title, &tried.slug),
            (None, None) => continue,
        };
        let day = match (&cleared, newest) {
            (Some(cleared), _) => cleared.on.clone(),
            (None, Some(newest)) => day_of(newest.at),
            (None, None) => tried.map_or_else(String::new, |tried| tried.last.clone()),
        };
        if let Some((_, stood)) = stages.iter_mut().find(|(name, _)| *name == stage) {
            stood.push(Stood {
                title: title.clone(),
                address: SubjectRef::new("hurdle", number).address(slug),
                day,
                cleared,
            });
        }
    }
    for (_, stood) in &mut stages {
        stood.sort_by(|one, other| one.day.cmp(&other.day));
    }
    stages.retain(|(_, stood)| !stood.is_empty());
    stages
}
