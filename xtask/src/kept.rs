//! A server that never outlives us, however we end.

use std::fs;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::Result;
use crate::folder::Folder;

/// Waits at the end of a pipe that only we hold. When it closes, because we are done, were
/// interrupted or were killed, it stops the server and removes its folder.
const KEEPER: &str = r#"
folder=$1 signal=$2
shift 2
"$@" </dev/null >"$folder/log" 2>&1 &
server=$!
echo "$server" >"$folder/pid.new" && mv "$folder/pid.new" "$folder/pid"
cat >/dev/null
( tries=0
  while kill -s "$signal" "$server" && [ "$tries" -lt 15 ]; do tries=$((tries + 1)); sleep 1; done
  kill -s KILL "$server" ) >/dev/null 2>&1 &
asking=$!
wait "$server"
kill "$asking" 2>/dev/null
rm -rf "$folder"
"#;

/// How a server is asked to stop.
#[derive(Clone, Copy)]
pub enum Stop {
    /// `SIGTERM`: finish what is open.
    Politely,
    /// `SIGINT`: what PostgreSQL calls a fast shutdown.
    Fast,
}

/// A running server with a folder of its own.
pub struct Kept {
    keeper: Child,
    folder: Folder,
}

impl Kept {
    /// Starts `server` in `folder`; what it prints goes into a log there.
    pub fn start(server: &Command, folder: Folder, stop: Stop) -> Result<Self> {
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEPER, "keeper"])
            .arg(folder.path())
            .arg(match stop {
                Stop::Politely => "TERM",
                Stop::Fast => "INT",
            });
        keeper.arg(server.get_program()).args(server.get_args());
        for (name, value) in server.get_envs() {
            match value {
                Some(value) => keeper.env(name, value),
                None => keeper.env_remove(name),
            };
        }
        keeper.current_dir(folder.path()).process_group(0);
        keeper
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null());
        let keeper = keeper
            .spawn()
            .map_err(|wrong| format!("Cannot run sh: {wrong}."))?;
        Ok(Self { keeper, folder })
    }

    /// Asks `ready` again and again until it says yes; a server that ends or takes too long is
    /// an error that shows its last lines.
    pub fn wait_until(&self, name: &str, mut ready: impl FnMut(&Self) -> bool) -> Result<()> {
        let deadline = Instant::now() + Duration::from_mins(1);
        while !ready(self) {
            if self.has_ended() {
                return Err(format!(
                    "{name} ended at once. It said:\n{}",
                    self.last_lines()
                ));
            }
            if Instant::now() > deadline {
                return Err(format!(
                    "{name} was not ready in a minute. It said:\n{}",
                    self.last_lines()
                ));
            }
            std::thread::sleep(Duration::from_millis(1));
        }
        Ok(())
    }

    /// All it printed so far.
    pub fn said(&self) -> String {
        fs::read(self.log())
            .map(|log| String::from_utf8_lossy(&log).into_owned())
            .unwrap_or_default()
    }

    /// The last things it printed, for a person to read.
    pub fn last_lines(&self) -> String {
        let said = self.said();
        let lines: Vec<&str> = said.lines().collect();
        lines[lines.len().saturating_sub(20)..].join("\n")
    }

    /// Its process number, once it has one.
    pub fn process(&self) -> Option<u32> {
        fs::read_to_string(self.folder.join("pid"))
            .ok()?
            .trim()
            .parse()
            .ok()
    }

    /// Its folder.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    /// True when it surely ended; where there is no `/proc` nobody can tell.
    fn has_ended(&self) -> bool {
        let Some(process) = self.process() else {
            return false;
        };
        if !Path::new("/proc/self").exists() {
            return false;
        }
        match fs::read_to_string(format!("/proc/{process}/stat")) {
            Ok(stat) => stat
                .rsplit(") ")
                .next()
                .is_some_and(|state| state.starts_with('Z')),
            Err(_) => true,
        }
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        drop(self.keeper.stdin.take());
        let _ = self.keeper.wait();
    }
}
