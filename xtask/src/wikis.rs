//! A DokuWiki comes along twice, and leaves again as one that Debian's DokuWiki serves with the same
//! pages and the same history.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::command::{cargo, quietly};
use crate::folder::Folder;
use crate::http::Connection;
use crate::server::{Server, Wish};
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place};

mod served;
mod thousand;

const WHAT: &str = "a wiki could not be brought along, see above.";
/// Pages of the sample say here what the wiki itself showed: its own renderings lie beside it.
fn rendered(archive: &Path) -> Result<Tally> {
    let folder = Folder::new("rendered")?;
    let mut unpack = Command::new("tar");
    unpack.arg("xzf").arg(archive).arg("-C").arg(folder.path());
    quietly(&mut unpack, "the sample cannot be unpacked.")?;
    let test = "wikis_rendered::pages_say_what_the_wiki_showed";
    let mut compare = cargo(&["test", "--workspace", "--test", "story", "--", test]);
    compare.env("FOSBURY_WIKI_SAMPLE", folder.join("dokuwiki-sample"));
    let told = quietly(
        &mut compare,
        "a page says something else than the wiki showed.",
    )?;
    if told.contains("1 passed") {
        println!("   The sample's pages say what the wiki showed.");
        return Ok(Tally::ONE);
    }
    Err(told)
}

/// Brings each wiki along on both databases, twice, and lets it leave again.
pub fn there_and_back(run: &mut Run) -> Result<Tally> {
    let data = place::root().with_file_name("shared").join("data/dokuwiki");
    let mut tally = Tally::default();
    let sample = data.join("sample.tar.gz");
    if sample.is_file() {
        tally += rendered(&sample)?;
    }
    for (wiki, came, least_files) in [
        (
            "sample.tar.gz",
            ["8 pages came", "2 files, 2 older versions of files"],
            4,
        ),
        (
            "bristol-hackspace-dokuwiki.tar.gz",
            ["87 pages came", "0 files"],
            0,
        ),
    ] {
        let archive = data.join(wiki);
        if !archive.is_file() {
            println!("   {} is not here.", archive.display());
            continue;
        }
        let postgres = run.postgres()?.fresh_database()?;
        for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
            let folder = Folder::new("wiki")?;
            let place = Place {
                data: folder.join("data"),
                database,
            };
            place.has_an_owner()?;
            println!("   {wiki}, {kind}:");
            place.imports("dokuwiki", &archive, &came)?;
            place.imports("dokuwiki", &archive, &[" 0 revisions"])?;
            tally += Tally::ONE;
            place.leaves(folder.path())?;
            // What leaves either database is the same: the second large wiki need not be served too.
            if kind == "SQLite" || wiki.starts_with("sample") {
                tally += served::compared(folder.path(), least_files)?;
            }
        }
    }
    tally += others(run)?;
    tally += thousand::comes(run)?;
    Ok(tally)
}

/// Wikis of other kinds, invented: each comes twice on both databases.
fn others(run: &mut Run) -> Result<Tally> {
    let samples = place::root().join("crates/dokuwiki/tests/samples");
    let mut tally = Tally::default();
    let postgres = run.postgres()?.fresh_database()?;
    for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
        let folder = Folder::new("others")?;
        let place = Place {
            data: folder.join("data"),
            database,
        };
        place.has_an_owner()?;
        for (written_in, sample, pages) in [
            ("mediawiki", "northshire.xml", "2 pages came"),
            ("markdown", "notes", "3 pages came"),
        ] {
            println!("   {sample}, {kind}:");
            let sample = samples.join(sample);
            place.imports(written_in, &sample, &[pages])?;
            place.imports(written_in, &sample, &[" 0 revisions"])?;
            tally += Tally::ONE;
        }
    }
    Ok(tally)
}

/// A place of our own.
struct Place {
    data: PathBuf,
    database: Option<String>,
}

impl Place {
    fn command(&self, words: &[&str]) -> Command {
        let mut command = Command::new(place::product());
        command.args(words).arg("--data").arg(&self.data);
        if let Some(database) = &self.database {
            command.args(["--database", database]);
        }
        command
    }

    /// Somebody in whose name files come.
    fn has_an_owner(&self) -> Result<()> {
        let program = place::product();
        let server = Server::start(&Wish {
            program: &program,
            database: self.database.clone(),
            arguments: Vec::new(),
            settings: String::new(),
            data: Some(self.data.clone()),
            cores: None,
        })?;
        let link = server.owner_link()?;
        let path = link.strip_prefix(&server.base()).unwrap_or_default();
        let mut connection = Connection::open(server.address)?;
        connection.post(path, "name=Ruth&address=ruth%40example.org", "")?;
        Ok(())
    }

    fn imports(&self, written_in: &str, from: &Path, expected: &[&str]) -> Result<()> {
        let from = from.display().to_string();
        let told = quietly(&mut self.command(&["import", written_in, &from]), WHAT)?;
        for line in told.lines().rev().take(2).collect::<Vec<_>>().iter().rev() {
            println!("     {line}");
        }
        match expected.iter().find(|words| !told.contains(**words)) {
            None => Ok(()),
            Some(words) => Err(format!("It should have told “{words}”: {told}")),
        }
    }

    fn leaves(&self, folder: &Path) -> Result<()> {
        let out = folder.join("out").display().to_string();
        quietly(&mut self.command(&["export", "dokuwiki", &out]), WHAT).map(drop)
    }
}
