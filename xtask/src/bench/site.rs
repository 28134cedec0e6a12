//! A site filled with made-up pages, served again and again.

use std::path::PathBuf;
use std::process::Command;
use std::time::Instant;

use super::figures::Times;
use super::pages;
use crate::command::quietly;
use crate::folder::Folder;
use crate::server::{Server, Wish};
use crate::{Result, place};

const STARTS: u32 = 5;

/// Where the site is kept.
pub enum Database {
    /// A file in the data folder.
    Sqlite,
    /// An empty database at this address.
    Postgres(String),
}

/// The site and its data folder.
pub struct Site {
    data: Folder,
    database: Option<String>,
    program: PathBuf,
    /// How many pages it has.
    pub pages: u32,
}

impl Site {
    /// Fills an empty site with so many pages and so many trials.
    pub fn filled(database: &Database, (pages, trials): (u32, u32), build: &str) -> Result<Self> {
        let database = match database {
            Database::Sqlite => None,
            Database::Postgres(url) => Some(url.clone()),
        };
        let program = place::target().join(build).join("fosbury");
        let site = Self {
            data: Folder::new("bench")?,
            database,
            program,
            pages,
        };
        let mut seed = Command::new(&site.program);
        seed.args(["seed", "--pages", &pages.to_string()]);
        seed.args(["--trials", &trials.to_string(), "--data"]);
        seed.arg(site.data.path());
        seed.current_dir(site.data.path());
        if let Some(database) = &site.database {
            seed.args(["--database", database]);
        }
        quietly(&mut seed, "the site could not be filled, see above.")?;
        // The index is made at the first start, which is therefore not one of those measured.
        let server = site.serve()?;
        pages::wait_until_idle(&server)?;
        drop(server);
        Ok(site)
    }

    /// Starts the server on the first core.
    pub fn serve(&self) -> Result<Server> {
        self.serve_with("")
    }

    /// The same with this settings file.
    pub fn serve_with(&self, settings: &str) -> Result<Server> {
        Server::start(&Wish {
            program: &self.program,
            database: self.database.clone(),
            arguments: Vec::new(),
            settings: settings.to_owned(),
            data: Some(self.data.path().to_owned()),
            cores: Some("0"),
        })
    }

    /// From the command until the first answer.
    pub fn start_times(&self) -> Result<Times> {
        let mut times = Times::default();
        for _ in 0..STARTS {
            let began = Instant::now();
            let server = self.serve()?;
            times.add(began.elapsed());
            drop(server);
        }
        Ok(times)
    }

    /// The bytes of the files in its data folder.
    pub fn size(&self) -> u64 {
        let files = std::fs::read_dir(self.data.path()).into_iter().flatten();
        let sizes = files.filter_map(|file| file.ok()?.metadata().ok());
        sizes.map(|file| file.len()).sum()
    }

    /// A file on the same disk as its data.
    pub fn scratch(&self) -> PathBuf {
        self.data.join("scratch")
    }
}
