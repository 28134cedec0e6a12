//! A thousand anonymous posts a minute from as many addresses, while readers read on.

use std::fmt;
use std::net::SocketAddr;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::figures::Times;
use super::pages;
use super::site::Site;
use crate::Result;
use crate::http::Connection;

/// Between two posts: a thousand a minute.
const BETWEEN_POSTS: Duration = Duration::from_millis(60);
/// Between two requests of one reader.
const BETWEEN_READS: Duration = Duration::from_millis(40);
const READERS: u32 = 8;
const LASTING: Duration = Duration::from_mins(1);
/// Requests come as from a proxy that tells whose they are.
pub const SETTINGS: &str = "trusted-proxies = [\"127.0.0.1\"]\n";

/// What was measured.
#[derive(Default)]
pub struct Flood {
    posts: u32,
    kept: u32,
    read: Times,
    grown: u64,
}

impl fmt::Display for Flood {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            posts,
            kept,
            read,
            grown,
        } = self;
        write!(
            out,
            "readers {read}; {posts} posts, {kept} held, {} kB on disk",
            grown / 1024
        )
    }
}

/// Posts and reads at the same time.
pub fn measure(site: &Site) -> Result<Flood> {
    let server = site.serve_with(SETTINGS)?;
    let mut paths = pages::addresses(&server, site.pages, pages::WALKED)?;
    paths.truncate(200);
    let searches = ["filter", "policy", "phone"];
    paths.extend(searches.map(|words| format!("/search?q={words}")));
    let before = site.size();
    let address = server.address;
    let began = Instant::now() + Duration::from_millis(200);
    let mut flood = Flood::default();
    std::thread::scope(|threads| -> Result<()> {
        let posts = threads.spawn(move || post(address, began));
        let readers: Vec<_> = (0..READERS)
            .map(|number| (number, &paths))
            .map(|(number, paths)| threads.spawn(move || read(address, paths, number, began)))
            .collect();
        for reader in readers {
            let times = reader
                .join()
                .map_err(|_| "A reader's thread ended badly.")??;
            flood.read.and(times);
        }
        (flood.posts, flood.kept) = posts.join().map_err(|_| "The flood ended badly.")??;
        Ok(())
    })?;
    flood.grown = site.size().saturating_sub(before);
    Ok(flood)
}

/// Posts from a new address each time; how many, and how many of them were taken.
fn post(address: SocketAddr, began: Instant) -> Result<(u32, u32)> {
    let mut connection = Connection::open(address)?;
    let mut kept = 0;
    for turn in 0_u32.. {
        let due = BETWEEN_POSTS * turn;
        if due > LASTING {
            return Ok((turn, kept));
        }
        sleep((began + due).saturating_duration_since(Instant::now()));
        let [_, b, c, d] = turn.to_be_bytes();
        let from = format!("x-forwarded-for: 203.{b}.{c}.{d}\r\n");
        let words = "Buy+cheap+pills+at+our+place+".repeat(30);
        let form = format!("what=comment&words={words}{turn}");
        let number = turn % 100 + 1;
        let answer = connection.post(&format!("/hurdles/{number}/said"), &form, &from)?;
        match answer.status {
            303 => kept += 1,
            503 => {}
            other => return Err(format!("A post was answered {other}.")),
        }
    }
    Ok((0, kept))
}

/// Reads one page after the other, each time counted from when it was due.
fn read(address: SocketAddr, paths: &[String], number: u32, began: Instant) -> Result<Times> {
    let mut connection = Connection::open(address)?;
    let mut times = Times::default();
    for turn in 0_u32.. {
        let due = BETWEEN_READS * turn + BETWEEN_READS / READERS * number;
        if due > LASTING {
            break;
        }
        sleep((began + due).saturating_duration_since(Instant::now()));
        let place = usize::try_from(turn * READERS + number).unwrap_or_default();
        let path = &paths[place * 7919 % paths.len()];
        let answer = connection.get(path, "")?;
        times.add((began + due).elapsed());
        if answer.status != 200 {
            return Err(format!("{path} answered {}.", answer.status));
        }
    }
    Ok(times)
}
