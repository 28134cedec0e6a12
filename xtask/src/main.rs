//! What is done around Fosbury: `cargo xtask test`, `check`, `conformance` and `bench`.
//!
//! It has no dependencies, so that it is built in a moment on a bare machine.
#![expect(
    clippy::print_stdout,
    clippy::disallowed_methods,
    reason = "the harness talks to the person who called it and runs other programs"
)]

mod apt;
mod bench;
mod bodies;
mod browser;
mod command;
mod conformance;
mod folder;
mod fuzz;
mod fuzzing;
mod harvest;
mod http;
mod kept;
mod pasted;
mod peers;
mod place;
mod postgres;
mod prerequisites;
mod program;
mod script;
mod server;
mod source;
mod step;
mod tally;
mod test;
mod wikis;

use std::process::ExitCode;

/// Everything that may go wrong here is told in one sentence to the person who called it.
pub type Result<T> = std::result::Result<T, String>;

const HELP: &str = "cargo xtask COMMAND

test [--only STEP | --from STEP]   everything a change must pass, cheapest first
check                              formatting, our own source rules and clippy alone
conformance [--only STEP]          the suites and data that others wrote
bench [--peers SCRIPT] [--pages N] the figures, on a release build
bench --keeping [--pages N]        exports, backups and restores alone
bench --flood release|debug        only readers during a flood of anonymous posts

Steps of `test`: ";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&words) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("\n{sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(words: &[&str]) -> Result<()> {
    match words {
        ["test"] => test::run(test::STEPS),
        ["test", "--only", name] => test::run(test::only(name)?),
        ["test", "--from", name] => test::run(test::from(name)?),
        ["conformance"] => conformance::run(),
        ["conformance", "--only", name] => conformance::only(name),
        ["bench", asked @ ..] => bench::run(bench::Asked::of(asked)?),
        ["load", address, paths] => bench::load(address, paths),
        ["check"] => test::run(test::CHECKS),
        _ => Err(format!("{HELP}{}.", test::names())),
    }
}
