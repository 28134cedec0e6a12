//! What speaks for the invented county's hurdles, ways over and trials.

use std::collections::BTreeMap;

use db::{Db, Error, Result};
use serde::Deserialize;

use super::demo::{INVENTED, author};
use super::register::LICENCE;
use crate::evidence::Evidence;
use crate::history::model::Parts;
use crate::history::saving::{self, Beginning, Note};
use crate::time::{DAY, Moment};
use crate::viewer::Visibility;

/// An invented item.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InventedEvidence {
    author: String,
    days_ago: i64,
    /// The trials it is about, by their places in the file, from 1.
    #[serde(default)]
    trials: Vec<usize>,
    /// Who may read it; everybody where nothing is said.
    #[serde(default)]
    visibility: String,
    parts: BTreeMap<String, String>,
}

/// Writes the items down; `trials` are the numbers that the file's trials were given.
pub(super) async fn add(
    db: &Db,
    all: &[InventedEvidence],
    trials: &[i64],
    now: Moment,
) -> Result<()> {
    for one in all {
        let mut parts = Parts::default();
        for (key, words) in &one.parts {
            parts.set(key, words);
        }
        let mut about = Vec::new();
        for place in &one.trials {
            let number = place.checked_sub(1).and_then(|at| trials.get(at));
            let unknown = || Error::Unexpected(format!("no trial {place} in the demo"));
            about.push(number.ok_or_else(unknown)?.to_string());
        }
        parts.set("trials", &about.join("\n"));
        let at = now.plus(-one.days_ago * DAY);
        let beginning = Beginning {
            kind: &Evidence,
            id: None,
            number: None,
            parts,
            note: Note::of("create", author(db, &one.author).await?, at),
            is_unfinished: false,
            visibility: Visibility::parse(&one.visibility).unwrap_or_default(),
            licence: LICENCE.to_owned(),
            credit: INVENTED.to_owned(),
            is_demo: true,
        };
        let tx = db.begin().await?;
        saving::begin(&tx, &beginning).await?;
        tx.commit().await?;
    }
    Ok(())
}
