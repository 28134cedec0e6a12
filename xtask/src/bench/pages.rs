//! Pages asked for one after the other over one connection.

use std::collections::BTreeSet;
use std::time::{Duration, Instant};

use super::figures::Times;
use crate::Result;
use crate::http::Connection;
use crate::server::Server;

const AGAIN: u32 = 200;
const QUERIES: usize = 200;
/// Hundredths of a second in each second that a server uses for nothing in particular.
const IDLE: u64 = 3;
/// As many addresses as the peers' script walks.
pub const WALKED: u32 = 1000;

/// The canonical addresses of so many pages, evenly spread over all, each fetched once.
pub fn addresses(server: &Server, pages: u32, walked: u32) -> Result<Vec<String>> {
    let mut connection = Connection::open(server.address)?;
    let apart = (pages / walked).max(1);
    let mut addresses = Vec::new();
    for number in (1..=pages).step_by(usize::try_from(apart).unwrap_or(1)) {
        let mut address = format!("/hurdles/{number}");
        let mut answer = connection.get(&address, "")?;
        if let Some(moved) = answer.header("location") {
            let path = moved.strip_prefix(&server.base()).unwrap_or(moved);
            address = String::from(path);
            answer = connection.get(&address, "")?;
        }
        if answer.status != 200 {
            return Err(format!(
                "{address} answered {}: is the site filled?",
                answer.status
            ));
        }
        addresses.push(address);
    }
    Ok(addresses)
}

/// Asks for one address again and again.
pub fn again(server: &Server, address: &str) -> Result<Times> {
    let mut connection = Connection::open(server.address)?;
    let mut times = Times::default();
    for _ in 0..AGAIN {
        timed(&mut connection, address, &mut times)?;
    }
    Ok(times)
}

/// Searches for different words and pairs of words that are in the pages.
pub fn search(server: &Server) -> Result<Times> {
    let words = words(server)?;
    let mut connection = Connection::open(server.address)?;
    let mut times = Times::default();
    for number in 0..QUERIES {
        let one = &words[number % words.len()];
        let other = &words[(number * 7 + 3) % words.len()];
        let query = if number % 2 == 0 {
            one.clone()
        } else {
            format!("{one}+{other}")
        };
        timed(&mut connection, &format!("/search?q={query}"), &mut times)?;
    }
    Ok(times)
}

/// `VmRSS` of the server, and how much of it is not files that the system may put away.
pub fn resident_memory(server: &Server) -> Result<String> {
    let process = server
        .process()
        .ok_or("The server has no process number.")?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).unwrap_or_default();
    let megabytes = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes: Option<f64> = line.and_then(|it| it.trim().split(' ').next()?.parse().ok());
        kilobytes.map_or("unknown".into(), |kilobytes| {
            format!("{:.1} MB", kilobytes / 1024.0)
        })
    };
    let (all, own) = (megabytes("VmRSS:"), megabytes("RssAnon:"));
    Ok(format!("{all}, of them {own} not files"))
}

/// Waits until the server has had nothing to do for a second: what it makes at its first start,
/// such as the index, is made.
pub fn wait_until_idle(server: &Server) -> Result<()> {
    loop {
        let before = ticks(server)?;
        std::thread::sleep(Duration::from_secs(1));
        if ticks(server)? - before <= IDLE {
            return Ok(());
        }
    }
}

/// Hundredths of seconds of processor time that the server has used: the fields `utime` and
/// `stime` of `/proc/PID/stat`.
fn ticks(server: &Server) -> Result<u64> {
    let process = server
        .process()
        .ok_or("The server has no process number.")?;
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat"))
        .map_err(|wrong| format!("The server is not there: {wrong}."))?;
    let after_name = stat.rsplit_once(')').map_or("", |(_, rest)| rest);
    let used = after_name.split_whitespace().skip(11).take(2);
    Ok(used.filter_map(|it| it.parse::<u64>().ok()).sum())
}

fn timed(connection: &mut Connection, address: &str, times: &mut Times) -> Result<()> {
    let began = Instant::now();
    let answer = connection.get(address, "")?;
    times.add(began.elapsed());
    if answer.status == 200 {
        return Ok(());
    }
    Err(format!("{address} answered {}.", answer.status))
}

fn words(server: &Server) -> Result<Vec<String>> {
    let text = Connection::open(server.address)?
        .get("/api/v1/hurdles?limit=200", "")?
        .text();
    let words: BTreeSet<String> = text
        .split(|letter: char| !letter.is_ascii_alphabetic())
        .filter(|word| word.len() > 3)
        .map(str::to_ascii_lowercase)
        .collect();
    if words.is_empty() {
        return Err("There are no words to search for: is the site filled?".into());
    }
    Ok(words.into_iter().collect())
}
