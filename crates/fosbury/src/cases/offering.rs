//! What the form for a new case begins with: what its trials tell already.

use db::{Db, Result};

use crate::history::kind::Offered;
use crate::history::model::Parts;
use crate::trials::model::Trial;
use crate::trials::store;
use crate::viewer::{Viewer, Visibility};

/// Words and readers for a case that tells of the trials in these parts.
pub async fn of_trials(db: &Db, viewer: &Viewer, parts: &Parts) -> Result<Offered> {
    let numbers = parts.numbers("trials");
    if numbers.is_empty() {
        return Ok(Offered::default());
    }
    let mut trials = store::among(db, viewer, &numbers).await?;
    trials.reverse();
    let closed = trials
        .iter()
        .find(|trial| trial.visibility != Visibility::Public.name());
    let readers = match closed {
        None => None,
        Some(trial) => {
            // What was told to few is not told to all by the way.
            let readers = store::readers(db, &trial.id).await?.into_iter();
            let is_own = trial.visibility == Visibility::OwnOrganisation.name();
            let named = readers.map(|(_, name, slug)| if is_own { slug } else { name });
            Some((trial.visibility.clone(), named.collect()))
        }
    };
    Ok(Offered {
        parts: words(&trials),
        readers,
    })
}

/// What the trials say, in the parts of a story.
fn words(trials: &[Trial]) -> Parts {
    let mut parts = Parts::default();
    parts.set(
        "before",
        &joined(trials, |one| format!("[[{}]]", one.hurdle)),
    );
    parts.set("did", &joined(trials, done));
    parts.set("came", &joined(trials, |one| one.learned.clone()));
    let cost = trials.iter().find(|one| !one.cost.is_empty());
    parts.set("cost", cost.map_or("", |one| one.cost.as_str()));
    parts
}

fn done(trial: &Trial) -> String {
    let way = match trial.solution {
        0 => String::new(),
        number => format!("[[solution {number}]]"),
    };
    format!("{way}\n\n{}", trial.differently).trim().to_owned()
}

/// A paragraph for each trial that says something, none twice.
fn joined(trials: &[Trial], of: impl Fn(&Trial) -> String) -> String {
    let mut said: Vec<String> = Vec::new();
    for words in trials.iter().map(of) {
        if !words.is_empty() && !said.contains(&words) {
            said.push(words);
        }
    }
    said.join("\n\n")
}
