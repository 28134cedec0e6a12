//! `cargo xtask test`: everything a change must pass, cheapest first.

use crate::command::{cargo, counted, succeed};
use crate::step::{Run, Step, take};
use crate::tally::Tally;
use crate::{Result, browser, prerequisites, source};

const FMT: Step = Step {
    name: "fmt",
    does: "the code is laid out by rustfmt",
    run: fmt,
};
const SOURCE: Step = Step {
    name: "source",
    does: "our own rules about files, names and attributes",
    run: source::check,
};
const CLIPPY: Step = Step {
    name: "clippy",
    does: "no warning in any target",
    run: clippy,
};

/// All steps.
pub const STEPS: &[Step] = &[
    FMT,
    SOURCE,
    Step {
        name: "prerequisites",
        does: "what the tests need is here",
        run: prerequisites::ensure,
    },
    CLIPPY,
    Step {
        name: "test",
        does: "every test of every crate, on both databases",
        run: test,
    },
    Step {
        name: "doc",
        does: "the documentation builds without a warning",
        run: doc,
    },
    Step {
        name: "browser",
        does: "journeys and every page, in Chromium, on both databases",
        run: browser::journeys,
    },
];

/// The steps of `cargo xtask check`.
pub const CHECKS: &[Step] = &[FMT, SOURCE, CLIPPY];

/// Takes the steps given.
pub fn run(steps: &[Step]) -> Result<()> {
    take(steps)
}

/// The one step of that name.
pub fn only(name: &str) -> Result<&'static [Step]> {
    let at = position(name)?;
    Ok(&STEPS[at..=at])
}

/// That step and those after it.
pub fn from(name: &str) -> Result<&'static [Step]> {
    Ok(&STEPS[position(name)?..])
}

/// The names of the steps, for the help text.
pub fn names() -> String {
    STEPS
        .iter()
        .map(|step| step.name)
        .collect::<Vec<_>>()
        .join(", ")
}

fn position(name: &str) -> Result<usize> {
    STEPS
        .iter()
        .position(|step| step.name == name)
        .ok_or_else(|| format!("There is no step {name}. The steps are: {}.", names()))
}

fn fmt(_: &mut Run) -> Result<Tally> {
    succeed(
        &mut cargo(&["fmt", "--all", "--check"]),
        "the code is not laid out by rustfmt. Run: cargo fmt --all",
    )?;
    Ok(Tally::ONE)
}

fn clippy(_: &mut Run) -> Result<Tally> {
    succeed(
        &mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--",
            "-D",
            "warnings",
        ]),
        "clippy has something to say about the code, see above.",
    )?;
    Ok(Tally::ONE)
}

fn test(run: &mut Run) -> Result<Tally> {
    let mut tests = cargo(&["test", "--workspace", "--no-fail-fast"]);
    // A server that the caller names is used as it is.
    if std::env::var_os("FOSBURY_TEST_POSTGRES").is_none() {
        tests.env("FOSBURY_TEST_POSTGRES", run.postgres()?.url());
    }
    let (status, tally) = counted(&mut tests)?;
    if status.success() {
        return Ok(tally);
    }
    run.tally += tally;
    Err(match tally.failed {
        0 => "the tests could not be built or run, see above.".into(),
        failed => format!("{failed} tests failed, see above."),
    })
}

fn doc(_: &mut Run) -> Result<Tally> {
    let mut doc = cargo(&["doc", "--workspace", "--no-deps"]);
    succeed(
        doc.env("RUSTDOCFLAGS", "-D warnings"),
        "the documentation has a broken link or a warning, see above.",
    )?;
    Ok(Tally::ONE)
}
