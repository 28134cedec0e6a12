//! The wiki page of 2009, harvested from where it lies and pasted into a site: nothing lost, nothing of
//! the page in it.

use std::collections::BTreeMap;
use std::fs;
use std::process::Command;

use crate::command::{quietly, succeed};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, pasted, place};

/// Lines of the page that are no notes: when it was changed, its licence, its menu.
const FURNITURE: usize = 3;
/// Groups of lines that say the same at the least.
const GROUPS: usize = 5;
/// What an object begins with, for each line.
const BEGINS: &str = "{\"line\":";

/// Harvests the page, and measures the kinds on our own sessions.
pub fn page(run: &mut Run) -> Result<Tally> {
    let notes = place::root()
        .with_file_name("shared")
        .join("data/notes/overcoming-the-barriers.txt");
    let page = fs::read_to_string(&notes)
        .map_err(|wrong| format!("{} cannot be read: {wrong}", notes.display()))?;
    let mut harvest = Command::new(place::product());
    harvest.arg("harvest").arg("--json").arg(&notes);
    let told = quietly(&mut harvest, "the notes cannot be harvested, see above.")?;
    let objects: Vec<&str> = told
        .lines()
        .filter(|line| line.starts_with(BEGINS))
        .collect();
    let mut lines: Vec<&str> = page
        .lines()
        .map(bare)
        .filter(|line| !line.is_empty())
        .collect();
    let furniture = lines.split_off(lines.len().saturating_sub(FURNITURE));
    let mut at = objects.iter();
    for line in &lines {
        let text = format!("\"text\":\"{}\"", line.replace('"', "\\\""));
        if !at.any(|object| object.contains(&text)) {
            return Err(format!("this line is lost or out of order: {line}"));
        }
    }
    if objects.len() != lines.len() {
        return Err(format!("{} lines came of {}", objects.len(), lines.len()));
    }
    if let Some(kept) = furniture.iter().find(|line| told.contains(**line)) {
        return Err(format!(
            "this belongs to the page and not to its notes: {kept}"
        ));
    }
    let (groups, kinds) = (
        counted(&objects, "\"group\":"),
        counted(&objects, "\"kind\":"),
    );
    let found = groups.keys().filter(|group| **group != "null").count();
    println!(
        "   {} lines of content, all there; {found} groups say the same.",
        lines.len()
    );
    let kinds = kinds
        .iter()
        .map(|(kind, count)| format!("{} {count}", kind.trim_matches('"')));
    println!("   Kinds: {}.", kinds.collect::<Vec<_>>().join(", "));
    if found < GROUPS {
        return Err(format!("at least {GROUPS} groups are known to be there"));
    }
    let pasted = pasted::harvested(run, &page, &lines, &furniture)?;
    let mut measure = Command::new("cargo");
    measure
        .args(["run", "--quiet", "-p", "harvest", "--example", "measure"])
        .current_dir(place::root());
    succeed(&mut measure, "the kinds are right too seldom, see above.")?;
    let mut tally = Tally {
        passed: lines.len() as u64 + 1,
        failed: 0,
    };
    tally += pasted;
    Ok(tally)
}

/// A line without its bullet.
fn bare(line: &str) -> &str {
    line.trim().trim_start_matches(['•', '*']).trim()
}

/// How often each value follows a name.
fn counted<'o>(objects: &[&'o str], name: &str) -> BTreeMap<&'o str, usize> {
    let mut counts = BTreeMap::new();
    for object in objects {
        let value = object.split_once(name).map(|(_, rest)| rest);
        let value = value.and_then(|rest| rest.split([',', '}']).next());
        *counts.entry(value.unwrap_or_default()).or_default() += 1;
    }
    counts
}
