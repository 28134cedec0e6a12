//! `cargo xtask bench`: the figures, measured on a release build with the server on one core and
//! the load on another, printed as a table.

mod figures;
mod flood;
mod form;
mod keeping;
mod load;
mod pages;
mod peers;
mod quiet;
mod saving;
mod site;
mod trials;
mod wrk;

use std::fmt::Display;

use crate::command::{cargo, on_path, succeed};
use crate::postgres::{Durability, Postgres};
use crate::server::Server;
use crate::{Result, apt};

pub use load::run as load;

use site::{Database, Site};

/// The folder of the build that figures are measured with.
const RELEASE: &str = "release";
/// Pages walked on a large site, beside those that are walked on every one.
const MANY: u32 = 20_000;

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The script that measures other wikis in the same run.
    pub peers: Option<&'a str>,
    /// Only the flood of anonymous posts, on `SQLite`, with this build: `release` or `debug`.
    pub flood: Option<&'a str>,
    /// How many pages the site has; 1,000 when nothing is said.
    pub pages: Option<u32>,
    /// How many trials are told, where the pages that rank them are measured, and nothing else.
    pub trials: Option<u32>,
    /// Whether exports, backups and restores are measured, and nothing else.
    pub keeping: bool,
}

impl<'a> Asked<'a> {
    /// Reads the words after `bench`.
    pub fn of(words: &[&'a str]) -> Result<Self> {
        let mut asked = Self::default();
        let keeping = words.first() == Some(&"--keeping");
        asked.keeping = keeping;
        for pair in words[usize::from(keeping)..].chunks(2) {
            match pair {
                ["--peers", script] => asked.peers = Some(script),
                ["--flood", build @ ("release" | "debug")] => asked.flood = Some(build),
                ["--pages", number] => asked.pages = number.parse().ok(),
                ["--trials", number] => asked.trials = number.parse().ok(),
                _ => {
                    return Err("Usage: cargo xtask bench [--keeping] [--peers SCRIPT] \
                                [--pages N] [--trials N] [--flood release|debug]"
                        .into());
                }
            }
        }
        Ok(asked)
    }
}

/// Measures everything, on `SQLite` and on PostgreSQL.
pub fn run(asked: Asked) -> Result<()> {
    if asked.keeping {
        return keeping::run(asked.pages.unwrap_or(1000));
    }
    for (program, package) in [("wrk", "wrk"), ("taskset", "util-linux")] {
        if on_path(program).is_none() {
            if !apt::may_install() {
                return Err(format!(
                    "The figures need {program}: install the package {package}."
                ));
            }
            apt::install(&[package])?;
        }
    }
    let pages = asked.pages.unwrap_or(1000);
    if let Some(build) = asked.flood {
        return flooded(build, pages);
    }
    succeed(
        &mut cargo(&["build", "--release"]),
        "the product could not be built, see above.",
    )?;
    if let Some(trials) = asked.trials {
        return ranked(pages, trials);
    }
    let peer = asked.peers.map(peers::measure).transpose()?;
    print_heading(pages);
    Table {
        database: "SQLite",
        peer,
    }
    .fill(&Site::filled(&Database::Sqlite, (pages, 0), RELEASE)?)?;
    let postgres = Postgres::start(Durability::Durable)?;
    let database = Database::Postgres(postgres.fresh_database()?);
    Table {
        database: "PostgreSQL",
        peer,
    }
    .fill(&Site::filled(&database, (pages, 0), RELEASE)?)
}

/// Measures the pages that rank so many trials of so many hurdles.
fn ranked(pages: u32, trials: u32) -> Result<()> {
    print_heading(pages);
    let postgres = Postgres::start(Durability::Durable)?;
    for (name, database) in [
        ("SQLite", Database::Sqlite),
        ("PostgreSQL", Database::Postgres(postgres.fresh_database()?)),
    ] {
        let site = Site::filled(&database, (pages, trials), RELEASE)?;
        let table = Table {
            database: name,
            peer: None,
        };
        table.rankings(&site, trials)?;
    }
    Ok(())
}

/// Measures the flood alone, with a build that is there already.
fn flooded(build: &str, pages: u32) -> Result<()> {
    let site = Site::filled(&Database::Sqlite, (pages, 0), build)?;
    print_heading(pages);
    let table = Table {
        database: "SQLite",
        peer: None,
    };
    table.flood(&site)
}

/// The rows about one site.
struct Table {
    database: &'static str,
    peer: Option<f64>,
}

impl Table {
    fn fill(&self, site: &Site) -> Result<()> {
        quiet::wait();
        let what = "start until the first answer, 5 times";
        self.row(what, &site.start_times()?, "200 ms");
        let server = site.serve()?;
        let addresses = pages::addresses(&server, site.pages, pages::WALKED)?;
        self.views(&server, &addresses)?;
        if site.pages > MANY {
            self.views_of_many(&server, site.pages)?;
        }
        self.row(
            "resident memory",
            &pages::resident_memory(&server)?,
            "60 MB",
        );
        self.waits(&server)?;
        self.saves(site, &server)?;
        self.row(
            "resident memory at the end",
            &pages::resident_memory(&server)?,
            "60 MB",
        );
        drop(server);
        self.flood(site)
    }

    fn rankings(&self, site: &Site, trials: u32) -> Result<()> {
        quiet::wait();
        let server = site.serve()?;
        let what = format!("1,000 hurdles among {trials} trials, each for another reader");
        self.row(&what, &trials::spread(&server, site.pages)?, "p99 20 ms");
        for below in ["", "/worked", "/ranking", "/precedents"] {
            let what = format!("the hurdle with the most{}, 400 readers", spaced(below));
            self.row(&what, &trials::largest(&server, below)?, "p99 20 ms");
        }
        let memory = pages::resident_memory(&server)?;
        self.row("resident memory", &memory, "");
        Ok(())
    }

    fn flood(&self, site: &Site) -> Result<()> {
        quiet::wait();
        let what = "1,000 anonymous posts a minute, 8 readers";
        self.row(what, &flood::measure(site)?, "p99 50 ms");
        Ok(())
    }

    fn views(&self, server: &Server, addresses: &[String]) -> Result<()> {
        let views = wrk::run(server, addresses, 16, wrk::Coding::Plain)?;
        self.row("page views, 16 connections, 1 core", &views, "4,000/s");
        if let Some(peer) = self.peer {
            let times = format!("{:.1} (of {peer:.0}/s)", views.rate / peer);
            self.row("… times DokuWiki's", &times, "8");
        }
        let views = wrk::run(server, addresses, 16, wrk::Coding::Gzip)?;
        self.row("… as browsers ask, compressed", &views, "");
        quiet::wait();
        let steady = load::steady(server, addresses)?;
        self.row("2,000 requests/s over 64 connections", &steady, "p99 10 ms");
        Ok(())
    }

    /// More pages than a server remembers: most of them are made anew for each reader.
    fn views_of_many(&self, server: &Server, pages: u32) -> Result<()> {
        let addresses = pages::addresses(server, pages, MANY)?;
        let views = wrk::run(server, &addresses, 16, wrk::Coding::Plain)?;
        let what = format!("… of {} different pages", addresses.len());
        self.row(&what, &views, "");
        Ok(())
    }

    fn waits(&self, server: &Server) -> Result<()> {
        quiet::wait();
        self.row(
            "search, 200 different queries",
            &pages::search(server)?,
            "p99 5 ms",
        );
        for address in ["/changes", "/changes.atom", "/api/v1/changes"] {
            self.row(address, &pages::again(server, address)?, "p50 1 ms");
        }
        Ok(())
    }

    fn saves(&self, site: &Site, server: &Server) -> Result<()> {
        quiet::wait();
        self.row(
            "4 kB and fdatasync on the same disk, 200 times",
            &saving::disk(site)?,
            "",
        );
        let saves = saving::measure(server)?;
        self.row(
            "a save (POST), 200 pages",
            &saves.saved,
            "p50 fsync + 2 ms, p99 + 10 ms",
        );
        self.row("found by searching after a save", &saves.found, "1 s");
        self.row(
            "saves missing from recent changes or feed",
            &saves.stale,
            "0",
        );
        Ok(())
    }

    fn row(&self, what: &str, figure: &dyn Display, bar: &str) {
        println!("| {} | {what} | {figure} | {bar} |", self.database);
    }
}

fn spaced(below: &str) -> String {
    below.replace('/', " /")
}

fn print_heading(pages: u32) {
    let about = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = about
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(": "));
    let model = model.map_or("an unknown processor", |(_, name)| name);
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    println!("\n{pages} pages; {cores} cores of {model}; server on core 0, load on core 1.\n");
    println!("| database | what | measured | bar |\n|---|---|---|---|");
}
