//! What was found, as lists show it: texts and trials that the viewer may read.

use std::collections::BTreeMap;

use crate::history::store::{self as texts_store, Listed};
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store as trials;

/// The kind of a trial in the index.
pub const TRIAL: &str = "trial";

/// What is found under these ids and can be read, by id.
pub async fn with_ids(v: &Visit, app: &App, ids: &[String]) -> Answer<BTreeMap<String, Listed>> {
    let texts = texts_store::with_ids(&app.db, &v.viewer, ids).await?;
    let mut found: BTreeMap<String, Listed> = texts.into_iter().collect();
    let others = ids.iter().filter(|id| !found.contains_key(*id)).cloned();
    let others: Vec<String> = others.collect();
    if !others.is_empty() {
        let trials = trials::with_ids(&app.db, &v.viewer, others).await?;
        found.extend(
            trials
                .into_iter()
                .map(|one| (one.id.clone(), listed(v, &one))),
        );
    }
    Ok(found)
}

/// A trial as lists of what was found show it.
fn listed(v: &Visit, trial: &Trial) -> Listed {
    let way = match trial.solution {
        0 => v.say("trial-own-way"),
        _ => trial.solution_title.clone(),
    };
    let whose = match trial.organisation.as_str() {
        "" => v.say("trial-unnamed"),
        name => name.to_owned(),
    };
    let came = v.say_of("outcome", &trial.outcome);
    Listed {
        kind: TRIAL.to_owned(),
        number: trial.number,
        title: format!("{whose}: {way} – {came}"),
        slug: String::new(),
        summary: trial.hurdle_title.clone(),
        is_unfinished: false,
    }
}
