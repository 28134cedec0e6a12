//! A wiki of a thousand pages, made by Debian's DokuWiki itself, comes along.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::Place;
use crate::apt::may_install;
use crate::command::quietly;
use crate::folder::Folder;
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, place};

const CAME: &str = "1000 pages came, 0 deleted there, 1400 revisions";

/// Brings it along on both databases, twice.
pub fn comes(run: &mut Run) -> Result<Tally> {
    let Some(wiki) = made()? else {
        return Ok(Tally::default());
    };
    let mut tally = Tally::default();
    let postgres = run.postgres()?.fresh_database()?;
    for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
        let folder = Folder::new("thousand")?;
        let place = Place {
            data: folder.join("data"),
            database,
        };
        place.has_an_owner()?;
        println!("   a thousand pages, {kind}:");
        place.imports("dokuwiki", &wiki, &[CAME])?;
        place.imports("dokuwiki", &wiki, &[" 0 revisions"])?;
        tally += Tally::ONE;
    }
    Ok(tally)
}

/// The wiki's folder: made by the script that lies beside the project, unless it is there already.
fn made() -> Result<Option<PathBuf>> {
    let script = place::root()
        .with_file_name("shared")
        .join("peers/wiki-peers.sh");
    let work = Path::new("/var/tmp/wiki-peers");
    let wiki = work.join("dokuwiki");
    // The last thing that is made.
    let whole = work.join("whole");
    if whole.is_file() {
        return Ok(Some(wiki));
    }
    if !script.is_file() || !may_install() {
        println!("   Nobody can make a wiki of a thousand pages here.");
        return Ok(None);
    }
    for stage in ["install", "seed"] {
        let mut make = Command::new("bash");
        make.arg(&script).arg(stage);
        make.env("WORK", work).env("PEERS", "dokuwiki");
        quietly(&mut make, "the wiki of a thousand pages cannot be made.")?;
    }
    fs::write(&whole, "").map_err(|wrong| format!("Cannot write {}: {wrong}.", whole.display()))?;
    Ok(Some(wiki))
}
