//! The product, running with a fresh folder on a free port.

use std::fs;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Result;
use crate::folder::Folder;
use crate::http::Connection;
use crate::kept::{Kept, Stop};
use crate::postgres::free_port;

/// How a server is to be started.
pub struct Wish<'a> {
    /// The file of the program.
    pub program: &'a Path,
    /// The database, where it is not the file in the data folder.
    pub database: Option<String>,
    /// Further words after `serve`.
    pub arguments: Vec<String>,
    /// Its settings file.
    pub settings: String,
    /// A data folder that is there already, instead of a fresh one.
    pub data: Option<PathBuf>,
    /// The processor cores it must keep to, such as `0`.
    pub cores: Option<&'static str>,
}

impl Wish<'_> {
    fn command(&self) -> Command {
        let Some(cores) = self.cores else {
            return Command::new(self.program);
        };
        let mut command = Command::new("taskset");
        command.args(["--cpu-list", cores]).arg(self.program);
        command
    }
}

/// The running server.
pub struct Server {
    kept: Kept,
    /// Where it listens.
    pub address: SocketAddr,
}

impl Server {
    /// Starts it and waits until it answers.
    pub fn start(wish: &Wish) -> Result<Self> {
        let address = SocketAddr::from(([127, 0, 0, 1], free_port()?));
        let folder = Folder::new("server")?;
        let config = folder.join("fosbury.toml");
        fs::write(&config, &wish.settings)
            .map_err(|wrong| format!("Cannot write {}: {wrong}.", config.display()))?;
        let data = wish.data.clone().unwrap_or_else(|| folder.join("data"));
        let mut serve = wish.command();
        serve.args(["serve", "--listen", &address.to_string(), "--config"]);
        serve.arg(&config).arg("--data").arg(data);
        if let Some(database) = &wish.database {
            serve.args(["--database", database]);
        }
        serve.args(&wish.arguments);
        let running = Self {
            kept: Kept::start(&serve, folder, Stop::Politely)?,
            address,
        };
        running
            .kept
            .wait_until("Fosbury", |_| running.is_healthy())?;
        Ok(running)
    }

    /// Where a browser finds it.
    pub fn base(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The one-time link that makes its reader the owner, as printed.
    pub fn owner_link(&self) -> Result<String> {
        let base = format!("{}/", self.base());
        let mut link = None;
        self.kept.wait_until("The owner link", |kept| {
            link = kept
                .said()
                .split_whitespace()
                .find_map(|word| link_in(word, &base));
            link.is_some()
        })?;
        link.ok_or_else(|| "Fosbury printed no owner link.".into())
    }

    /// Its settings file.
    pub fn config(&self) -> PathBuf {
        self.kept.folder().join("fosbury.toml")
    }

    /// Its process number.
    pub fn process(&self) -> Option<u32> {
        self.kept.process()
    }

    /// The last things it printed.
    pub fn last_lines(&self) -> String {
        self.kept.last_lines()
    }

    fn is_healthy(&self) -> bool {
        Connection::open(self.address)
            .and_then(|mut connection| connection.get("/healthz", ""))
            .is_ok_and(|answer| answer.status == 200)
    }
}

/// The link in a word such as `<http://127.0.0.1:8080/welcome/abc>`: more than the address alone.
fn link_in(word: &str, base: &str) -> Option<String> {
    let link = &word[word.find(base)?..];
    let link = link.trim_end_matches(['.', ',', ')', '>', '"', '\'']);
    (link.len() > base.len()).then(|| link.to_owned())
}

#[cfg(test)]
#[path = "server_tests.rs"]
mod tests;
