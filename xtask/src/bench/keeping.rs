//! `cargo xtask bench --keeping`: how long it takes to take everything away and bring it back, and
//! how much memory that needs.

use std::fmt::Display;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::quiet;
use crate::command::{cargo, succeed};
use crate::folder::Folder;
use crate::postgres::{Durability, Postgres};
use crate::{Result, place};

/// Files of a megabyte beside the pages.
const FILES: u32 = 1_000;
/// How often a program is asked how much memory it had at the most.
const LOOK_EVERY: Duration = Duration::from_millis(20);

/// Fills a place with so many pages and measures each way out of it and into it.
pub fn run(pages: u32) -> Result<()> {
    succeed(
        &mut cargo(&["build", "--release"]),
        "the product could not be built, see above.",
    )?;
    let folder = Folder::new("keeping")?;
    let postgres = Postgres::start(Durability::Durable)?;
    let database = postgres.fresh_database()?;
    let (pages, files) = (pages.to_string(), FILES.to_string());
    let at = |name: &str| folder.join(name).display().to_string();
    let (export, file) = (at("export"), at("backup.tar.gz"));
    let sqlite = |name: &str| format!("sqlite:{}", at(&format!("{name}/fosbury.db")));
    println!("\n{pages} pages of about 5 KB and {files} files of 1 MB.\n");
    println!("| what | time | memory at the most |\n|---|---|---|");
    let step = |what: &str, data: &str, database: &str, words: &[&str]| -> Result<()> {
        quiet::wait();
        let mut command = Command::new(place::target().join("release/fosbury"));
        command
            .args(words)
            .args(["--data", &at(data), "--database", database]);
        command.current_dir(folder.path());
        let measured = measured(&mut command, &folder.join("said.txt"))?;
        println!("| {what} | {measured} |");
        Ok(())
    };
    let (first, second) = (sqlite("first"), sqlite("third"));
    let seed = ["seed", "--pages", &pages, "--files", &files];
    step("seeding", "first", &first, &seed)?;
    step("export from SQLite", "first", &first, &["export", &export])?;
    step("backup from SQLite", "first", &first, &["backup", &file])?;
    step(
        "its verification",
        "first",
        &first,
        &["backup", "verify", &file],
    )?;
    step(
        "restore to PostgreSQL",
        "second",
        &database,
        &["restore", &file],
    )?;
    let file = at("second.tar.gz");
    step(
        "backup from PostgreSQL",
        "second",
        &database,
        &["backup", &file],
    )?;
    step("restore to SQLite", "third", &second, &["restore", &file])?;
    step(
        "import of the export to SQLite",
        "fourth",
        &sqlite("fourth"),
        &["import", "site", &export],
    )?;
    step("check", "third", &second, &["check"])
}

/// How long a program ran and what memory it had at the most.
struct Measured {
    time: Duration,
    kilobytes: u64,
}

impl Display for Measured {
    fn fmt(&self, to: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let megabytes = self.kilobytes / 1024;
        write!(to, "{:.1} s | {megabytes} MB", self.time.as_secs_f64())
    }
}

fn measured(command: &mut Command, said: &Path) -> Result<Measured> {
    let wrong = |error: std::io::Error| format!("The program could not be run: {error}");
    let log = std::fs::File::create(said).map_err(wrong)?;
    let began = Instant::now();
    let mut child = command.stdout(Stdio::from(log)).spawn().map_err(wrong)?;
    let mut kilobytes = 0;
    let status = loop {
        kilobytes = kilobytes.max(most_memory(&child));
        if let Some(status) = child.try_wait().map_err(wrong)? {
            break status;
        }
        std::thread::sleep(LOOK_EVERY);
    };
    if !status.success() {
        return Err(format!("{command:?} failed, see above."));
    }
    Ok(Measured {
        time: began.elapsed(),
        kilobytes,
    })
}

/// What the system says of the most memory that a program had so far.
fn most_memory(child: &Child) -> u64 {
    let status = std::fs::read_to_string(format!("/proc/{}/status", child.id()));
    let status = status.unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let number = line.and_then(|line| line.trim().split(' ').next()?.parse().ok());
    number.unwrap_or(0)
}
