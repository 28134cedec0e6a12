//! Coverage-guided fuzzing of the instrument that reads what others send.

use std::path::Path;
use std::process::Command;
use std::thread;

use crate::command::{on_path, succeed};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, apt, place};

const TARGETS: [&str; 7] = [
    "words", "log", "facts", "archive", "wikitext", "dump", "notes",
];
/// Seconds for each target unless `SECONDS_EACH` says otherwise.
const SECONDS: &str = "30";
/// What makes a stable compiler count where a program was.
const FLAGS: &str = "-Cpasses=sancov-module -Cllvm-args=-sanitizer-coverage-level=4 \
                     -Cllvm-args=-sanitizer-coverage-inline-8bit-counters \
                     -Cllvm-args=-sanitizer-coverage-pc-table \
                     -Cllvm-args=-sanitizer-coverage-trace-compares -Ccodegen-units=1";

/// Runs every target from its corpus; what is found anew stays below `target`.
pub fn targets(_: &mut Run) -> Result<Tally> {
    if on_path("g++").is_none() && apt::may_install() {
        apt::install(&["g++"])?;
    }
    let folder = place::root().join("fuzz");
    let built = place::target().join("fuzzing");
    let triple = "x86_64-unknown-linux-gnu";
    let mut build = Command::new("cargo");
    build
        .args(["build", "--release", "--quiet", "--target", triple])
        .current_dir(&folder)
        .env("CARGO_TARGET_DIR", &built)
        .env("RUSTFLAGS", FLAGS);
    succeed(&mut build, "the targets cannot be built, see above.")?;
    let seconds = std::env::var("SECONDS_EACH").unwrap_or_else(|_| SECONDS.to_owned());
    let mut tally = Tally::default();
    let programs = built.join(triple).join("release");
    // Two cores, two targets.
    for pair in TARGETS.chunks(2) {
        println!("   {}, {seconds} seconds:", pair.join(" and "));
        tally += thread::scope(|scope| {
            let running: Vec<_> = pair
                .iter()
                .map(|target| {
                    let (programs, folder, seconds) = (&programs, &folder, &seconds);
                    scope.spawn(move || fuzzed(programs, folder, target, seconds))
                })
                .collect();
            let mut tally = Tally::default();
            for one in running {
                let ended = one.join();
                tally += ended.map_err(|_| "a target ended without a word.".to_owned())??;
            }
            Ok::<_, String>(tally)
        })?;
    }
    Ok(tally)
}

fn fuzzed(programs: &Path, folder: &Path, target: &str, seconds: &str) -> Result<Tally> {
    let found = place::target().join("fuzzing/found").join(target);
    std::fs::create_dir_all(&found).map_err(|error| error.to_string())?;
    let mut run = Command::new(programs.join(target));
    run.arg(&found)
        .arg(folder.join("corpus").join(target))
        .arg(format!("-max_total_time={seconds}"))
        .args([
            "-max_len=4096",
            "-timeout=20",
            "-print_final_stats=1",
            "-verbosity=0",
        ])
        .current_dir(&found);
    succeed(&mut run, "a target failed; what made it fail lies there.")?;
    Ok(Tally::ONE)
}
