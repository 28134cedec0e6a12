//! `cargo xtask bench`: the figures, measured on a release build with the server on one core and
//! the load on another, printed as a table.

mod figures;
mod form;
mod load;
mod pages;
mod peers;
mod saving;
mod site;
mod wrk;

use crate::command::{cargo, on_path, succeed};
use crate::postgres::{Durability, Postgres};
use crate::{Result, apt};

pub use load::run as load;

use site::{Database, Site};

/// What was asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Asked<'a> {
    /// The script that measures other wikis in the same run.
    pub peers: Option<&'a str>,
    /// How many pages the site has; 1,000 when nothing is said.
    pub pages: Option<u32>,
}

impl<'a> Asked<'a> {
    /// Reads the words after `bench`.
    pub fn of(words: &[&'a str]) -> Result<Self> {
        let mut asked = Self::default();
        for pair in words.chunks(2) {
            match pair {
                ["--peers", script] => asked.peers = Some(script),
                ["--pages", number] => asked.pages = number.parse().ok(),
                _ => return Err("Usage: cargo xtask bench [--peers SCRIPT] [--pages N]".into()),
            }
        }
        Ok(asked)
    }
}

/// Measures everything, on `SQLite` and on PostgreSQL.
pub fn run(asked: Asked) -> Result<()> {
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
    succeed(
        &mut cargo(&["build", "--release"]),
        "the product could not be built, see above.",
    )?;
    let peer = asked.peers.map(peers::measure).transpose()?;
    let pages = asked.pages.unwrap_or(1000);
    print_heading(pages);
    one_site(&Site::filled(&Database::Sqlite, pages)?, "SQLite", peer)?;
    let postgres = Postgres::start(Durability::Durable)?;
    let database = Database::Postgres(postgres.fresh_database()?);
    one_site(&Site::filled(&database, pages)?, "PostgreSQL", peer)
}

fn one_site(site: &Site, name: &str, peer: Option<f64>) -> Result<()> {
    let row = |what: &str, figure: String, bar: &str| {
        println!("| {name} | {what} | {figure} | {bar} |");
    };
    row(
        "start until the first answer, median of 5",
        site.start_times()?.to_string(),
        "200 ms",
    );
    let server = site.serve()?;
    let addresses = pages::addresses(&server, site.pages)?;
    let views = wrk::run(&server, &addresses, 16)?;
    let bar = "4,000/s, 8 times DokuWiki's";
    row("page views, 16 connections, 1 core", views.to_string(), bar);
    if let Some(peer) = peer {
        row(
            "… times DokuWiki's",
            format!("{:.1} (of {peer:.0}/s)", views.rate / peer),
            "8",
        );
    }
    let steady = load::steady(&server, &addresses)?;
    row("2,000 requests/s over 64 connections", steady, "p99 10 ms");
    row(
        "search, 200 different queries",
        pages::search(&server)?.to_string(),
        "p99 5 ms",
    );
    for address in ["/changes", "/changes.atom", "/api/v1/changes"] {
        row(
            address,
            pages::again(&server, address)?.to_string(),
            "p50 1 ms",
        );
    }
    row("resident memory", pages::resident_memory(&server)?, "60 MB");
    let saves = saving::measure(&server)?;
    row(
        "a write of 4 kB with fdatasync, same disk",
        saving::disk(site)?.to_string(),
        "",
    );
    row(
        "a save (POST), 200 pages",
        saves.saved.to_string(),
        "fsync + 2 ms / + 10 ms",
    );
    row(
        "found by searching after a save",
        saves.found.to_string(),
        "1 s",
    );
    row(
        "missing from recent changes right after a save",
        saves.stale.to_string(),
        "0",
    );
    row(
        "resident memory at the end",
        pages::resident_memory(&server)?,
        "60 MB",
    );
    Ok(())
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
