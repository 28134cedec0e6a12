//! A step of a run: announced, timed, counted.

use std::time::Instant;

use crate::Result;
use crate::postgres::{Durability, Postgres};
use crate::tally::Tally;

/// One step.
pub struct Step {
    /// The word that `--only` and `--from` take.
    pub name: &'static str,
    /// What is announced.
    pub does: &'static str,
    /// Does it. Its counts so far belong in [`Run::tally`] when it fails half-way.
    pub run: fn(&mut Run) -> Result<Tally>,
}

/// What the steps of one run share.
#[derive(Default)]
pub struct Run {
    /// Everything counted so far.
    pub tally: Tally,
    postgres: Option<Postgres>,
}

impl Run {
    /// The PostgreSQL server of this run, started when first asked for.
    pub fn postgres(&mut self) -> Result<&Postgres> {
        if self.postgres.is_none() {
            println!("Starting a PostgreSQL server for this run.");
            self.postgres = Some(Postgres::start(Durability::Forgetful)?);
        }
        self.postgres
            .as_ref()
            .ok_or_else(|| "PostgreSQL was started and is gone.".into())
    }
}

/// Takes the steps in order until one fails, and ends with the total on a line of its own.
pub fn take(steps: &[Step]) -> Result<()> {
    let mut run = Run::default();
    let began = Instant::now();
    let ended = steps.iter().try_for_each(|step| take_one(step, &mut run));
    if ended.is_err() && run.tally.failed == 0 {
        run.tally.failed = 1;
    }
    println!("\nTook {} s in all.", began.elapsed().as_secs());
    println!("{} passed, {} failed", run.tally.passed, run.tally.failed);
    ended
}

fn take_one(step: &Step, run: &mut Run) -> Result<()> {
    println!("\n== {}: {}", step.name, step.does);
    let began = Instant::now();
    let tally = (step.run)(run).map_err(|wrong| format!("{}: {wrong}", step.name))?;
    run.tally += tally;
    println!(
        "   {} done in {:.1} s.",
        step.name,
        began.elapsed().as_secs_f64()
    );
    Ok(())
}
