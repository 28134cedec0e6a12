//! What a trial said at each of its versions, and what of it a reader may know.

use texts::merge::{Chunk, Merge, Side, choose, merge};

use super::model::{Telling, Trial};
use crate::history::model::Parts;
use crate::time::Moment;
use crate::viewer::{OrganisationId, Viewer, Visibility};

/// The facts of a trial in the order in which they are shown, with the keys of their labels.
pub const FACTS: [(&str, &str); 15] = [
    ("outcome", "trial-outcome"),
    ("solution", "trial-solution"),
    ("organisation", "trial-body"),
    ("service", "trial-service"),
    ("begun", "trial-begun"),
    ("ended", "trial-ended"),
    ("differently", "trial-differently"),
    ("learned", "trial-learned"),
    ("cost", "trial-line-cost"),
    ("time", "trial-line-time"),
    ("agreed", "trial-line-agreed"),
    ("visibility", "visibility"),
    ("readers", "visibility-which-bodies"),
    ("unnamed", "trial-keep-unnamed"),
    ("confirmed", "version-confirmed"),
];
/// Facts that only make sense together: two people's changes of them are never mixed.
const TOGETHER: [&[&str]; 11] = [
    &["organisation", "visibility", "readers", "unnamed"],
    &["outcome"],
    &["solution"],
    &["service"],
    &["begun"],
    &["ended"],
    &["differently"],
    &["learned"],
    &["cost"],
    &["time"],
    &["agreed"],
];
/// Facts that are paragraphs: changes of them in different places fit together.
const PARAGRAPHS: [&str; 2] = ["differently", "learned"];
/// What a version says where a fact is as good as "yes".
pub const YES: &str = "yes";

/// A version of a trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Its number within the trial, from 1.
    pub seq: i64,
    /// What made it: `tell`, `change`, `answer`, `follow-up`, `join`, `confirm`,
    /// `hurdle-merged`, `solution-merged`.
    pub act: String,
    /// Its facts, unless they were erased or are not for this reader.
    pub facts: Option<String>,
    /// Who, where it is known.
    pub author_id: Option<String>,
    /// Their name.
    pub author: String,
    /// When.
    pub at: Moment,
    /// When its facts were erased.
    pub erased_at: Option<Moment>,
    /// Why they were erased.
    pub erased_why: Option<String>,
}
db::columns!(Version {
    seq,
    act,
    facts,
    author_id,
    author,
    at,
    erased_at,
    erased_why,
});

impl Version {
    /// Its facts; none where they were erased or are not for this reader.
    pub fn facts(&self) -> Option<Parts> {
        self.facts.as_deref().map(Parts::from_json)
    }

    /// Whether it is kept from this reader.
    pub fn is_kept_back(&self) -> bool {
        self.facts.is_none() && self.erased_at.is_none()
    }

    /// The version as far as a reader of the trial may know it: what was for fewer people stays with
    /// them; a body that was not named then, or is not named now, is not named. `trial` is what the reader may know of
    /// it today.
    #[must_use]
    pub fn seen_by(mut self, viewer: &Viewer, trial: &Trial) -> Self {
        let facts = self.facts();
        let is_told = facts
            .as_ref()
            .is_none_or(|facts| trial.is_by(viewer) || was_readable(facts, viewer));
        let is_named = trial.is_by(viewer)
            || facts.as_ref().is_some_and(|facts| {
                works_there(facts, viewer) || is_named_then_and_now(facts, trial)
            });
        if !is_told || !is_named {
            self.author.clear();
            self.author_id = None;
        }
        self.facts = facts.filter(|_| is_told).map(|mut facts| {
            if !is_named {
                facts.set("organisation", "");
                facts.set("service", "");
            }
            facts.to_json()
        });
        self
    }
}

/// Whether the version named its body, and the trial names the same one today.
fn is_named_then_and_now(facts: &Parts, trial: &Trial) -> bool {
    let is_same = facts.get("organisation") == trial.organisation_id.0;
    trial.is_known() && is_same && facts.get("unnamed").is_empty()
}

fn works_there(facts: &Parts, viewer: &Viewer) -> bool {
    viewer.works_at(&OrganisationId(facts.get("organisation").to_owned()))
}

fn was_readable(facts: &Parts, viewer: &Viewer) -> bool {
    match Visibility::parse(facts.get("visibility")) {
        Some(Visibility::Public) => true,
        Some(Visibility::Members) => viewer.is_member(),
        Some(Visibility::NamedBodies | Visibility::OwnOrganisation) => {
            let mut readers = facts.list("readers").into_iter();
            readers.any(|body| viewer.works_at(&OrganisationId(body)))
        }
        Some(Visibility::OnlyMe) | None => false,
    }
}

/// The facts that a telling amounts to.
pub fn facts_of(telling: &Telling, is_confirmed: bool) -> Parts {
    let mut facts = Parts::default();
    if telling.solution > 0 {
        facts.set("solution", &telling.solution.to_string());
    }
    let mut readers: Vec<String> = telling.audience().into_iter().map(|body| body.0).collect();
    readers.sort();
    readers.dedup();
    let yes = |is_so: bool| if is_so { YES } else { "" };
    for (key, words) in [
        ("outcome", telling.outcome.as_str()),
        ("organisation", &telling.organisation),
        ("service", &telling.service),
        ("begun", &telling.begun_on),
        ("ended", &telling.ended_on),
        ("differently", &telling.differently),
        ("learned", &telling.learned),
        ("cost", &telling.cost),
        ("time", &telling.time_taken),
        ("agreed", &telling.who_agreed),
        ("visibility", telling.visibility.name()),
        ("readers", &readers.join("\n")),
        ("unnamed", yes(!telling.is_named)),
        ("confirmed", yes(is_confirmed)),
    ] {
        facts.set(key, words);
    }
    facts
}

/// The facts of a trial that its reader may change; `readers` are the bodies that it was opened to.
pub fn facts_as_told(trial: &Trial, readers: Vec<OrganisationId>) -> Parts {
    let telling = Telling {
        hurdle: trial.hurdle,
        solution: trial.solution,
        organisation: trial.organisation_id.0.clone(),
        service: trial.service.clone(),
        outcome: trial.outcome.clone(),
        begun_on: trial.begun_on.clone(),
        ended_on: trial.ended_on.clone(),
        differently: trial.differently.clone(),
        learned: trial.learned.clone(),
        cost: trial.cost.clone(),
        time_taken: trial.time_taken.clone(),
        who_agreed: trial.who_agreed.clone(),
        visibility: Visibility::parse(&trial.visibility).unwrap_or(Visibility::OnlyMe),
        readers,
        is_named: trial.is_named,
        ask_at: None,
    };
    facts_of(&telling, trial.is_confirmed)
}

/// The telling that these facts amount to; the hurdle and when to ask are no facts of it.
pub fn telling_of(facts: &Parts, hurdle: i64, ask_at: Option<Moment>) -> Telling {
    let get = |key: &str| facts.get(key).to_owned();
    let visibility = Visibility::parse(facts.get("visibility")).unwrap_or(Visibility::OnlyMe);
    let readers = facts.list("readers").into_iter().map(OrganisationId);
    Telling {
        hurdle,
        solution: facts.get("solution").parse().unwrap_or(0),
        organisation: get("organisation"),
        service: get("service"),
        outcome: get("outcome"),
        begun_on: get("begun"),
        ended_on: get("ended"),
        differently: get("differently"),
        learned: get("learned"),
        cost: get("cost"),
        time_taken: get("time"),
        who_agreed: get("agreed"),
        visibility,
        readers: readers.collect(),
        is_named: facts.get("unnamed").is_empty(),
        ask_at,
    }
}

/// Two people's changes of one trial brought together, and the facts that both changed otherwise:
/// of these stands what this person says.
pub fn brought_together(base: &Parts, theirs: &Parts, mine: &Parts) -> (Parts, Vec<&'static str>) {
    let (mut both, mut clashes) = (mine.clone(), Vec::new());
    for unit in TOGETHER {
        let is_same =
            |one: &Parts, other: &Parts| unit.iter().all(|key| one.get(key) == other.get(key));
        if is_same(mine, theirs) || is_same(base, theirs) {
            continue;
        }
        if is_same(base, mine) {
            for key in unit {
                both.set(key, theirs.get(key));
            }
            continue;
        }
        let key = unit[0];
        match merge(base.get(key), theirs.get(key), mine.get(key)) {
            Merge::Clean(words) if PARAGRAPHS.contains(&key) => both.set(key, &words),
            Merge::Conflict(chunks) if PARAGRAPHS.contains(&key) => {
                both.set(key, &suggested(&chunks));
                clashes.push(key);
            }
            _ => clashes.extend(unit.iter().filter(|key| theirs.get(key) != mine.get(key))),
        }
    }
    (both, clashes)
}

fn suggested(chunks: &[Chunk]) -> String {
    choose(chunks, Side::Mine)
}

#[cfg(test)]
mod tests;
