//! Page views as fast as one core answers them, by `wrk` with one thread.

use std::fmt;
use std::fs;
use std::process::Command;

use crate::Result;
use crate::command::quietly;
use crate::folder::Folder;
use crate::server::Server;

use super::quiet;

const SECONDS: u32 = 8;

/// The same walk as the peers' script: every page, in an order that repeats.
const WALK: &str = r#"
local paths = {}
for line in io.lines(os.getenv("PATHS")) do paths[#paths + 1] = line end
local x = 12345
wrk.headers["accept-encoding"] = os.getenv("CODING")
request = function()
  x = (1103515245 * x + 12345) % 2147483648
  return wrk.format("GET", paths[1 + (x % #paths)])
end
done = function(summary, latency)
  local errors = summary.errors
  io.write(string.format("MEASURED %.1f %.3f %.3f %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    errors.status + errors.connect + errors.read + errors.write + errors.timeout))
end
"#;

/// What `wrk` measured.
#[derive(Debug, PartialEq)]
pub struct Views {
    /// Requests a second.
    pub rate: f64,
    half: f64,
    most: f64,
    errors: u64,
}

impl fmt::Display for Views {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            rate,
            half,
            most,
            errors,
        } = self;
        write!(
            out,
            "{rate:.0}/s, p50 {half:.2} ms, p99 {most:.2} ms, {errors} errors"
        )
    }
}

/// How answers are asked for.
#[derive(Clone, Copy)]
pub enum Coding {
    /// As they are, which is how the peers' script asks.
    Plain,
    /// Compressed, which is how every browser asks.
    Gzip,
}

/// Walks the addresses over so many connections, on the second core.
pub fn run(
    server: &Server,
    addresses: &[String],
    connections: u32,
    coding: Coding,
) -> Result<Views> {
    quiet::wait();
    let folder = Folder::new("wrk")?;
    let (walk, paths) = (folder.join("walk.lua"), folder.join("paths"));
    fs::write(&walk, WALK)
        .and_then(|()| fs::write(&paths, addresses.join("\n") + "\n"))
        .map_err(|wrong| format!("Cannot write {}: {wrong}.", walk.display()))?;
    let mut wrk = Command::new("taskset");
    wrk.args([
        "--cpu-list",
        "1",
        "wrk",
        "--threads",
        "1",
        "--timeout",
        "30s",
        "--latency",
    ]);
    wrk.args([
        "--connections",
        &connections.to_string(),
        "--duration",
        &format!("{SECONDS}s"),
    ]);
    wrk.arg("--script")
        .arg(&walk)
        .arg(server.base())
        .env("PATHS", &paths);
    if matches!(coding, Coding::Gzip) {
        wrk.env("CODING", "gzip");
    }
    let said = quietly(&mut wrk, "wrk failed, see above.")?;
    read(&said).ok_or_else(|| format!("wrk measured nothing. It said:\n{said}"))
}

fn read(said: &str) -> Option<Views> {
    let line = said
        .lines()
        .find_map(|line| line.strip_prefix("MEASURED "))?;
    let mut figures = line.split(' ');
    Some(Views {
        rate: figures.next()?.parse().ok()?,
        half: figures.next()?.parse().ok()?,
        most: figures.next()?.parse().ok()?,
        errors: figures.next()?.parse().ok()?,
    })
}

#[cfg(test)]
#[path = "wrk_tests.rs"]
mod tests;
