//! Other wikis, measured in the same run by a script that lies beside the project.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use crate::Result;
use crate::command::succeed;

/// Runs the script and returns DokuWiki's page views a second on one core at 16 connections.
pub fn measure(script: &str) -> Result<f64> {
    let work = std::env::var_os("WORK").map_or_else(|| "/var/tmp/wiki-peers".into(), PathBuf::from);
    // Whatever it measures, it weighs this folder too, and stops where there is none.
    let other = work.join("mwdata");
    fs::create_dir_all(&other)
        .map_err(|wrong| format!("Cannot make {}: {wrong}.", other.display()))?;
    let mut peers = Command::new("bash");
    peers
        .arg(script)
        .env("WORK", &work)
        .env("PEERS", "dokuwiki")
        .env("PINNED", "1");
    // Nobody goes before anybody else: our own server runs at this priority too.
    peers.env("PRIO", "0");
    succeed(&mut peers, "the peers could not be measured, see above.")?;
    let file = work.join("results.json");
    let results = fs::read_to_string(&file)
        .map_err(|wrong| format!("Cannot read {}: {wrong}.", file.display()))?;
    rate_on_one_core(&results).ok_or_else(|| format!("{} has no pinned figure.", file.display()))
}

fn rate_on_one_core(results: &str) -> Option<f64> {
    let pinned = results
        .split_once("\"dokuwiki\"")?
        .1
        .split_once("\"pinned_c16\"")?
        .1;
    let rate = pinned.split_once("\"rps\":")?.1;
    rate.split([',', '}']).next()?.trim().parse().ok()
}

#[cfg(test)]
#[path = "peers_tests.rs"]
mod tests;
