//! `fosbury import organisations`: public bodies, from a list.

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;

use super::{Outcome, opening, say};
use crate::organisations::importing::{self, CannotImport};
use crate::organisations::planning::{Files, Located, Plan};
use crate::settings::Settings;
use crate::time::Clock;
use crate::words::Words;

/// Bytes of a file at the most.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
/// Problems told at the most; the number of all is told as well.
const MOST_TOLD: usize = 50;

/// A list of bodies and what belongs to it.
#[derive(Args)]
pub struct Organisations {
    /// The list: CSV with a heading, see docs/organisations.md.
    file: PathBuf,
    /// Figures of deprivation and density for the same bodies.
    #[arg(long, value_name = "FILE")]
    deprivation: Option<PathBuf>,
    /// Homepages for the same bodies.
    #[arg(long, value_name = "FILE")]
    homepages: Option<PathBuf>,
    /// Says what would change, and changes nothing.
    #[arg(long)]
    dry_run: bool,
}

/// Brings it in.
pub async fn run(settings: Settings, asked: &Organisations) -> Outcome {
    let files = Files {
        list: read(&asked.file)?,
        figures: match &asked.deprivation {
            Some(path) => Some((name_of(path), read(path)?)),
            None => None,
        },
        homepages: asked.homepages.as_deref().map(read).transpose()?,
    };
    let db = opening::database(&settings).await?;
    let (now, began) = (Clock::Machine.now(), began());
    let done = if asked.dry_run {
        importing::look(&db, files, now).await
    } else {
        importing::run(&db, files, &name_of(&asked.file), now).await
    };
    let words = Words::english();
    let plan = done.map_err(|wrong| match wrong {
        CannotImport::File(located) => told(&words, &located),
        CannotImport::Database(error) => {
            format!("The database failed, nothing was imported: {error}.")
        }
    })?;
    report(&words, &plan, asked.dry_run);
    say(&format!("Took {:.2} s.", began.elapsed().as_secs_f64()));
    Ok(())
}

/// Only a duration is measured with it.
fn began() -> Instant {
    Instant::now()
}

fn name_of(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    let shown = path.display();
    let cannot = |error: std::io::Error| format!("{shown} cannot be read: {error}.");
    let length = std::fs::metadata(path).map_err(cannot)?.len();
    if length > MOST_BYTES {
        return Err(format!(
            "{shown} is larger than 64 MB: no list of public bodies is."
        ));
    }
    std::fs::read(path).map_err(cannot)
}

fn report(words: &Words, plan: &Plan, is_only_looking: bool) {
    for located in plan.problems.iter().take(MOST_TOLD) {
        say(&told(words, located));
    }
    if plan.problems.len() > MOST_TOLD {
        let more = plan.problems.len() - MOST_TOLD;
        say(&format!("… and {more} more of these."));
    }
    for (body, what) in plan.changed.iter().take(MOST_TOLD) {
        let what: Vec<_> = what.iter().map(|key| words.say(key)).collect();
        let own = &body.organisation;
        say(&format!("{} {}: {}", own.code, own.name, what.join(", ")));
    }
    say(&format!(
        "{} rows read: {} current, {} ended, {} with a problem.",
        plan.rows,
        plan.current,
        plan.ended,
        plan.problems.len()
    ));
    let would = if is_only_looking { "would be " } else { "" };
    say(&format!(
        "{} {would}new, {} {would}changed, {} unchanged; {} known here are not in the list.",
        plan.new.len(),
        plan.changed.len(),
        plan.unchanged,
        plan.elsewhere
    ));
}

fn told(words: &Words, located: &Located) -> String {
    let file = words.fill(&format!("file-{}", located.file), &[]);
    let problem = &located.problem;
    let what = words.fill(problem.key, &[("value", &problem.value)]);
    if problem.line == 0 {
        format!("{file}: {what}")
    } else {
        let line = words.fill("on-line", &[("line", &problem.line.to_string())]);
        format!("{file}, {line}: {what}")
    }
}
