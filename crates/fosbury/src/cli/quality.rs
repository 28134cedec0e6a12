//! `fosbury search-quality`: does searching find the right hurdle?

use std::path::PathBuf;

use clap::Args;
use index::{Batch, Change, Index, Vocabulary};

use super::{Outcome, say};
use crate::history::model::{Parts, Record, RecordId};
use crate::search::documents::document;
use crate::search::{VOCABULARY, quality};
use crate::starting::register;
use crate::time::Moment;

/// Shares that we aim at, in per cent: first, and among the first three.
const GOAL: (f64, f64) = (90.0, 98.0);
/// Shares below which something that worked was broken.
const FLOOR: (f64, f64) = (88.0, 95.5);

/// With which phrasings.
#[derive(Args)]
pub struct SearchQuality {
    /// A file with a phrasing, a tab and the right hurdle's number on each line.
    #[arg(default_value = "crates/fosbury/tests/phrasings.tsv")]
    phrasings: PathBuf,
}

/// Indexes the starter register, asks every phrasing, and prints what was found.
pub fn run(asked: &SearchQuality) -> Outcome {
    let vocabulary = Vocabulary::parse(VOCABULARY).map_err(|error| error.to_string())?;
    let folder = std::env::temp_dir().join(format!("fosbury-quality-{}", std::process::id()));
    let index = Index::open(&folder, vocabulary).map_err(|error| error.to_string())?;
    let entries = register::entries().map_err(|error| error.to_string())?;
    let changes: Vec<Change> = entries
        .iter()
        .map(|(kind, entry)| {
            let record = record(kind.name(), entry.number, &entry.parts);
            Change::put(document(*kind, &record, &entry.parts, &[]))
        })
        .collect();
    index
        .apply(&Batch {
            changes,
            position: 1,
        })
        .map_err(|error| error.to_string())?;
    let found = quality::measure(&index, &asked.phrasings);
    drop(index);
    // A folder that cannot be removed now is removed with the temporary files.
    let _ = std::fs::remove_dir_all(&folder);
    let found = found?;
    for (words, wanted, numbers) in &found.missed {
        say(&format!("{words}: wanted {wanted}, found {numbers:?}"));
    }
    say(&format!(
        "{} phrasings: right hurdle first {} ({:.1} %), among the first three {} ({:.1} %)",
        found.asked,
        found.first,
        found.first_share(),
        found.among_three,
        found.among_three_share()
    ));
    let shares = (found.first_share(), found.among_three_share());
    let reached = |is: bool| if is { "reached" } else { "not reached" };
    say(&format!(
        "The goal of {} % first is {}, that of {} % among three is {}.",
        GOAL.0,
        reached(shares.0 >= GOAL.0),
        GOAL.1,
        reached(shares.1 >= GOAL.1)
    ));
    if shares.0 < FLOOR.0 || shares.1 < FLOOR.1 {
        return Err(format!(
            "Searching was better before: {} % and {} %.",
            FLOOR.0, FLOOR.1
        ));
    }
    Ok(())
}

fn record(kind: &str, number: i64, parts: &Parts) -> Record {
    Record {
        id: RecordId(format!("{kind}-{number}")),
        kind: kind.to_owned(),
        number,
        title: parts.get("title").to_owned(),
        slug: String::new(),
        summary: String::new(),
        visibility: "public".to_owned(),
        author_id: None,
        is_unfinished: false,
        state: "live".to_owned(),
        into_number: None,
        head: 1,
        made_at: Moment(0),
        changed_at: Moment(0),
        licence: String::new(),
        credit: String::new(),
        is_demo: false,
    }
}
