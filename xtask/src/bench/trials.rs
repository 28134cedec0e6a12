//! Pages that rank what worked, among many trials, each for another reader.

use std::time::Instant;

use super::figures::Times;
use crate::Result;
use crate::http::Connection;
use crate::server::Server;

/// Bodies that `fosbury seed --trials` makes up.
const BODIES: u32 = 400;
/// Pages asked for.
const ASKED: u32 = 1000;
/// Pages asked for before any is counted: PostgreSQL plans a statement anew for its first five
/// times on a connection, and a server that has run for a minute is past that.
const FIRST: u32 = 100;

/// Pages of hurdles that are spread as their trials are: large ones are asked for more often.
pub fn spread(server: &Server, hurdles: u32) -> Result<Times> {
    // u ↦ n^u spreads evenly drawn u as 1/rank does (Zipf's law).
    let hurdle = |turn: u32| {
        let drawn = f64::from(turn * 619 % ASKED) / f64::from(ASKED);
        f64::from(hurdles).powf(drawn).floor()
    };
    asked(server, ASKED, |turn| format!("/hurdles/{}", hurdle(turn)))
}

/// One page below the hurdle with the most trials, for every body.
pub fn largest(server: &Server, below: &str) -> Result<Times> {
    asked(server, BODIES, |_| format!("/hurdles/1{below}"))
}

fn asked(server: &Server, times: u32, address: impl Fn(u32) -> String) -> Result<Times> {
    let mut connection = Connection::open(server.address)?;
    let mut measured = Times::default();
    for turn in 0..FIRST + times {
        let address = canonical(&mut connection, server, &address(turn))?;
        let reader = format!(
            "cookie: __Host-fosbury-body=made-up-{}\r\n",
            turn * 7 % BODIES
        );
        let began = Instant::now();
        let answer = connection.get(&address, &reader)?;
        if turn >= FIRST {
            measured.add(began.elapsed());
        }
        if answer.status != 200 {
            return Err(format!("{address} answered {}.", answer.status));
        }
    }
    Ok(measured)
}

fn canonical(connection: &mut Connection, server: &Server, address: &str) -> Result<String> {
    let answer = connection.get(address, "")?;
    let moved = answer.header("location").map(str::to_owned);
    let Some(moved) = moved else {
        return Ok(address.to_owned());
    };
    Ok(moved
        .strip_prefix(&server.base())
        .unwrap_or(&moved)
        .to_owned())
}
