//! Who is like whom among the UK's authorities, worked out for all of them in one pass.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;
use std::time::Instant;

use crate::command::quietly;
use crate::tally::Tally;
use crate::{Result, place};

const WHAT: &str = "who is like whom could not be told, see above.";
/// The nearest to Devon, computed from the same files by hand and by another program: Suffolk,
/// Lincolnshire, Cambridgeshire, Norfolk.
const DEVON: &str = "DEV";
const LIKE_DEVON: [&str; 4] = ["SFK", "LIN", "CAM", "NFK"];
/// Of the 397 bodies of today three combined authorities lack figures, and two are alone of their
/// kind: their codes, and what is said of them.
const TOTAL: &str = "397 bodies: 392 with peers, 5 without.";
const WITHOUT: [(&str, &str); 2] = [
    ("cannot be compared", "Combined authority"),
    ("It is the only one of its kind", ""),
];
const LACKING: [usize; 2] = [3, 2];
/// Peers of a body at the most.
const PEERS: usize = 10;

/// What is told of a body: its kind, and its peers or why there are none.
type Told<'a> = BTreeMap<&'a str, (&'a str, &'a str)>;

/// Asks for everybody's peers; prints how long that took, and refuses wrong ones.
pub fn compared(data: &Path, database: Option<&str>) -> Result<Tally> {
    let mut ask = Command::new(place::product());
    ask.arg("peers").arg("--data").arg(data);
    if let Some(database) = database {
        ask.args(["--database", database]);
    }
    let began = Instant::now();
    let told = quietly(&mut ask, WHAT)?;
    let took = began.elapsed().as_secs_f64();
    let total = told.lines().last().unwrap_or_default();
    println!("     {total} One pass, from starting the program: {took:.2} s.");
    if total != TOTAL {
        return Err(format!("it should be “{TOTAL}”"));
    }
    let rows = told.lines().filter_map(row);
    let rows: Told<'_> = rows.collect();
    let mut tally = Tally::ONE;
    tally += devon(&rows)?;
    tally += without(&rows)?;
    tally += of_one_kind(&rows)?;
    Ok(tally)
}

fn row(line: &str) -> Option<(&str, (&str, &str))> {
    let (code, rest) = line.split_once('\t')?;
    Some((code, rest.split_once('\t')?))
}

fn devon(rows: &Told<'_>) -> Result<Tally> {
    let (kind, peers) = rows.get(DEVON).ok_or("Devon is missing.")?;
    let nearest: Vec<&str> = peers.split(' ').take(LIKE_DEVON.len()).collect();
    println!("     Devon ({kind}): {}.", nearest.join(", "));
    if *kind == "County" && nearest == LIKE_DEVON {
        return Ok(Tally::ONE);
    }
    Err(format!(
        "the nearest to Devon should be the counties {}",
        LIKE_DEVON.join(", ")
    ))
}

/// Those without peers are those that must be.
fn without(rows: &Told<'_>) -> Result<Tally> {
    for ((words, of_kind), expected) in WITHOUT.into_iter().zip(LACKING) {
        let said = rows.values();
        let said = said.filter(|(kind, told)| told.contains(words) && kind.contains(of_kind));
        let found = said.count();
        if found != expected {
            return Err(format!(
                "of {found} bodies it is said “{words}”, which should be {expected}"
            ));
        }
    }
    Ok(Tally::ONE)
}

/// Peers are ten at the most, of the body's own kind, and never itself.
fn of_one_kind(rows: &Told<'_>) -> Result<Tally> {
    for (code, (kind, told)) in rows {
        let peers: Vec<&str> = told.split(' ').collect();
        // A sentence, not codes.
        if !rows.contains_key(peers[0]) {
            continue;
        }
        let is_like = |peer: &&str| rows.get(*peer).is_some_and(|(other, _)| other == kind);
        let is_right = peers.iter().all(is_like) && !peers.contains(code) && peers.len() <= PEERS;
        if !is_right {
            return Err(format!("the peers of {code} ({kind}) are wrong: {told}"));
        }
    }
    Ok(Tally::ONE)
}
