//! `cargo xtask conformance`: data and suites that others wrote, from where they lie.
//!
//! A later issue adds its step to [`STEPS`]: a function of the run that returns what it counted.

use std::process::Command;
use std::thread;

use crate::browser::Visit;
use crate::command::succeed;
use crate::script::Script;
use crate::step::{Run, Step, take};
use crate::tally::Tally;
use crate::{Result, bodies, browser, fuzz, fuzzing, harvest, place, prerequisites, wikis};

const STEPS: &[Step] = &[
    Step {
        name: "prerequisites",
        does: "what the suites need is here",
        run: prerequisites::ensure,
    },
    Step {
        name: "build",
        does: "the product as people develop it",
        run: build,
    },
    Step {
        name: "search-quality",
        does: "phrasings that nobody wrote for the register",
        run: search_quality,
    },
    Step {
        name: "harvest",
        does: "the wiki page of 2009 line by line, pasted into a site too, and how often kinds are right",
        run: harvest::page,
    },
    Step {
        name: "organisations",
        does: "the open list of UK authorities, twice, on both databases, and who is like whom",
        run: bodies::imported,
    },
    Step {
        name: "naughty",
        does: "485 strings that break things, a part of them through each field, on both databases",
        run: naughty_strings,
    },
    Step {
        name: "api",
        does: "requests made up from the API's description, as a visitor and with a token",
        run: fuzz::api,
    },
    Step {
        name: "wikis",
        does: "wikis of three kinds come along twice, on both databases, and leave as a DokuWiki serves them",
        run: wikis::there_and_back,
    },
    Step {
        name: "fuzzing",
        does: "what others send, made up from what the program did with it",
        run: fuzzing::targets,
    },
];

/// Takes all steps, where there is something to measure against.
pub fn run() -> Result<()> {
    let shared = place::root().with_file_name("shared");
    if !shared.is_dir() {
        println!(
            "There is no {} here: nothing to conform to.",
            shared.display()
        );
        return Ok(());
    }
    take(STEPS)
}

/// One step alone.
pub fn only(name: &str) -> Result<()> {
    let at = STEPS.iter().position(|step| step.name == name);
    let at = at.ok_or_else(|| {
        let names: Vec<&str> = STEPS.iter().map(|step| step.name).collect();
        format!(
            "There is no step {name}. The steps are: {}.",
            names.join(", ")
        )
    })?;
    take(&STEPS[at..=at])
}

fn build(_: &mut Run) -> Result<Tally> {
    browser::build_product()?;
    Ok(Tally::ONE)
}

fn search_quality(_: &mut Run) -> Result<Tally> {
    let mut tally = Tally::default();
    for phrasings in ["phrasings.tsv", "phrasings-second.tsv"] {
        let mut measure = Command::new(place::product());
        measure
            .arg("search-quality")
            .arg(format!("crates/fosbury/tests/{phrasings}"))
            .current_dir(place::root());
        succeed(
            &mut measure,
            "searching finds the right hurdle too seldom, see above.",
        )?;
        tally += Tally::ONE;
    }
    Ok(tally)
}

/// A part of the strings through each form on `SQLite`, half of the forms each for two servers, and a
/// smaller part on PostgreSQL, all at once; `FOSBURY_NAUGHTY=all` takes every string through every form.
fn naughty_strings(run: &mut Run) -> Result<Tally> {
    let tools = browser::install_tools()?;
    let script = Script::read(&place::browser_scripts().join("naughty.mjs"))?;
    let mut visits = Vec::new();
    for (kind, part, parts) in [
        ("SQLite", "0", "2"),
        ("SQLite", "1", "2"),
        ("PostgreSQL", "0", "1"),
    ] {
        let database = match kind {
            "PostgreSQL" => Some(run.postgres()?.fresh_database()?),
            _ => None,
        };
        let mut node = Command::new("node");
        node.arg(&script.file)
            .env("FOSBURY_PART", part)
            .env("FOSBURY_PARTS", parts);
        let out = browser::out().join(format!("naughty-{kind}-{part}"));
        visits.push(Visit::begin(node, &script, kind, database, &tools, out)?);
    }
    let tally = thread::scope(|scope| {
        let running: Vec<_> = visits
            .into_iter()
            .map(|visit| scope.spawn(|| visit.end()))
            .collect();
        let mut tally = Tally::default();
        for one in running {
            let ended = one.join();
            tally += ended.map_err(|_| "a part ended without a word, see above.".to_owned())??;
        }
        Ok::<_, String>(tally)
    })?;
    if tally.failed == 0 {
        return Ok(tally);
    }
    run.tally += tally;
    Err(format!("{} findings, see above.", tally.failed))
}
