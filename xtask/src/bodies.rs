//! The open list of UK authorities, whole, on both databases: brought in once, and again without
//! change.

use std::path::Path;
use std::process::Command;

use crate::command::quietly;
use crate::folder::Folder;
use crate::step::Run;
use crate::tally::Tally;
use crate::{Result, peers, place};

const WHAT: &str = "the list of authorities could not be brought in, see above.";

/// Imports the list twice on each database; prints what the program told.
pub fn imported(run: &mut Run) -> Result<Tally> {
    let data = place::root()
        .with_file_name("shared")
        .join("data/organisations");
    let list = data.join("uk_local_authorities_current.csv");
    if !list.is_file() {
        println!("   {} is not here: nothing to import.", list.display());
        return Ok(Tally::default());
    }
    let postgres = run.postgres()?.fresh_database()?;
    let mut tally = Tally::default();
    for (kind, database) in [("SQLite", None), ("PostgreSQL", Some(postgres))] {
        let folder = Folder::new("bodies")?;
        for (time, change) in [("first", "470 new"), ("again", "0 new")] {
            let mut import = Command::new(place::product());
            import
                .args(["import", "organisations"])
                .arg(&list)
                .arg("--deprivation")
                .arg(data.join("uk_la_imd.csv"))
                .arg("--homepages")
                .arg(data.join("uk_la_homepages.csv"))
                .arg("--data")
                .arg(folder.path());
            if let Some(database) = &database {
                import.args(["--database", database]);
            }
            let told = quietly(&mut import, WHAT)?;
            println!("   {kind}, {time}:");
            for line in told.lines() {
                println!("     {line}");
            }
            expect(&told, change, Path::new(&list))?;
            tally += Tally::ONE;
        }
        println!("   {kind}, who is like whom:");
        tally += peers::compared(folder.path(), database.as_deref())?;
    }
    Ok(tally)
}

fn expect(told: &str, change: &str, list: &Path) -> Result<()> {
    if told.lines().any(|line| line.starts_with(change)) {
        return Ok(());
    }
    Err(format!(
        "{} should have brought “{change}”, see above.",
        list.display()
    ))
}
