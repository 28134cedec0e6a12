//! Changes of trials that somebody watches, in words: of each, which facts were told otherwise.

use super::looking_back::told_at;
use super::model::Trial;
use super::{store, store_watched};
use crate::history::diff;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::Moment;

/// A change of a trial.
pub struct Changed {
    /// The trial.
    pub trial: Trial,
    /// The number of the version.
    pub seq: i64,
    /// What made it; nothing where it is kept from the reader.
    pub act: String,
    /// Who, where the reader may know.
    pub author: String,
    /// The labels of the facts that it changed.
    pub facts: Vec<String>,
    /// When.
    pub at: Moment,
}

impl Changed {
    /// The version's address.
    pub fn address(&self) -> String {
        format!("{}/versions/{}", self.trial.address(), self.seq)
    }
}

/// Changes by others of trials that the viewer watches since they last looked, newest first.
pub async fn changes(v: &Visit, app: &App, at_most: i64) -> Answer<Vec<Changed>> {
    let found = store_watched::changed(&app.db, &v.viewer, at_most).await?;
    let numbers: Vec<i64> = found.iter().map(|(number, ..)| *number).collect();
    let trials = store::among(&app.db, &v.viewer, &numbers).await?;
    let mut changes = Vec::with_capacity(found.len());
    for (number, seq, at) in found {
        let Some(trial) = trials.iter().find(|trial| trial.number == number) else {
            continue;
        };
        let told = told_at(v, app, trial, seq, diff::around).await?;
        let act = if told.version.is_kept_back() {
            String::new()
        } else {
            told.version.act
        };
        changes.push(Changed {
            trial: trial.clone(),
            seq,
            act,
            author: told.version.author,
            facts: told.changes.into_iter().map(|part| part.label).collect(),
            at,
        });
    }
    Ok(changes)
}
