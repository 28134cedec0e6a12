//! A fixed rate of requests over many connections. Each time counts from when a request was due,
//! not from when it could be sent, so that a server that stalls does not hide it.

use std::fs;
use std::net::SocketAddr;
use std::process::Command;
use std::time::{Duration, Instant};

use super::figures::Times;
use crate::Result;
use crate::command::quietly;
use crate::folder::Folder;
use crate::http::Connection;
use crate::server::Server;

const CONNECTIONS: u32 = 64;
const RATE: u32 = 2000;
const LASTING: Duration = Duration::from_secs(10);

/// Runs this same program on the second core and tells what it measured.
pub fn steady(server: &Server, addresses: &[String]) -> Result<String> {
    let folder = Folder::new("load")?;
    let paths = folder.join("paths");
    fs::write(&paths, addresses.join("\n"))
        .map_err(|wrong| format!("Cannot write {}: {wrong}.", paths.display()))?;
    let us = std::env::current_exe().map_err(|wrong| format!("Who are we? {wrong}."))?;
    let mut load = Command::new("taskset");
    load.args(["--cpu-list", "1"]).arg(us);
    load.args(["load", &server.address.to_string()]).arg(&paths);
    Ok(
        quietly(&mut load, "the load could not be made, see above.")?
            .trim()
            .to_owned(),
    )
}

/// `xtask load ADDRESS FILE`: makes the load and prints the times.
pub fn run(address: &str, paths: &str) -> Result<()> {
    let address: SocketAddr = address
        .parse()
        .map_err(|wrong| format!("{address}: {wrong}."))?;
    let text = fs::read_to_string(paths).map_err(|wrong| format!("{paths}: {wrong}."))?;
    let paths: Vec<&str> = text.lines().collect();
    let began = Instant::now() + Duration::from_millis(200);
    let mut all = Times::default();
    std::thread::scope(|threads| -> Result<()> {
        let workers: Vec<_> = (0..CONNECTIONS)
            .map(|number| (number, &paths))
            .map(|(number, paths)| threads.spawn(move || one(address, paths, number, began)))
            .collect();
        for worker in workers {
            all.and(
                worker
                    .join()
                    .map_err(|_| "A connection's thread ended badly.")??,
            );
        }
        Ok(())
    })?;
    println!("{all}");
    Ok(())
}

/// Every 64th request of the schedule.
fn one(address: SocketAddr, paths: &[&str], number: u32, began: Instant) -> Result<Times> {
    let mut connection = Connection::open(address)?;
    let mut times = Times::default();
    for turn in 0.. {
        let place = turn * CONNECTIONS + number;
        let due = Duration::from_secs(1) * place / RATE;
        if due > LASTING {
            return Ok(times);
        }
        std::thread::sleep((began + due).saturating_duration_since(Instant::now()));
        let path = paths[usize::try_from(place).unwrap_or_default() * 7919 % paths.len()];
        let answer = connection.get(path, "")?;
        times.add((began + due).elapsed());
        if answer.status != 200 {
            return Err(format!("{path} answered {}.", answer.status));
        }
    }
    Ok(times)
}
