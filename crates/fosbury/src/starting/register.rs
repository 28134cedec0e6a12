//! Writing the starter register into a place where nothing was ever written.

use db::Db;

use super::files::{self, Entry, GUIDES, HURDLES, SOLUTIONS, Unreadable};
use super::store;
use crate::guides::Guides;
use crate::history::kind::Kind;
use crate::history::saving::{self, Author, Beginning, Note};
use crate::hurdles::Hurdles;
use crate::solutions::Solutions;
use crate::time::Moment;
use crate::viewer::Visibility;

/// The licence of the starter register.
pub const LICENCE: &str = "CC BY 4.0";
/// Whom to credit for it.
pub const CREDIT: &str = "Fosbury starter register";
/// Numbers below this belong to the hurdles of 2009 and of the starter register.
const FIRST_FREE_HURDLE: i64 = 100;

/// Why the starter register could not be written.
#[derive(Debug, thiserror::Error)]
pub enum CannotStart {
    /// A file is not as it should be.
    #[error(transparent)]
    File(#[from] Unreadable),
    /// The database said no.
    #[error(transparent)]
    Database(#[from] db::Error),
}

/// All entries with their kinds, as they came with the program.
pub fn entries() -> Result<Vec<(&'static dyn Kind, Entry)>, Unreadable> {
    let mut all: Vec<(&'static dyn Kind, Entry)> = Vec::new();
    for (name, file) in HURDLES {
        all.push((&Hurdles, files::hurdle(name, file)?));
    }
    for (name, file) in SOLUTIONS {
        all.push((&Solutions, files::solution(name, file)?));
    }
    for (name, file) in GUIDES {
        all.push((&Guides, files::guide(name, file)?));
    }
    Ok(all)
}

/// Writes the starter register down, in one change, if nothing was ever written here.
pub async fn write(db: &Db, now: Moment) -> Result<usize, CannotStart> {
    if !store::is_untouched(db).await? {
        return Ok(0);
    }
    let entries = entries()?;
    let count = entries.len();
    let tx = db.begin().await?;
    for (kind, entry) in entries {
        let author = Author {
            id: None,
            name: CREDIT.to_owned(),
            is_steward: false,
        };
        let beginning = Beginning {
            kind,
            id: None,
            number: Some(entry.number),
            parts: entry.parts,
            note: Note::of("start", author, now),
            is_unfinished: false,
            visibility: Visibility::Public,
            licence: LICENCE.to_owned(),
            credit: CREDIT.to_owned(),
            is_demo: false,
        };
        saving::begin(&tx, &beginning).await?;
    }
    crate::history::store::reserve_number(&tx, "hurdle", FIRST_FREE_HURDLE - 1).await?;
    tx.commit().await?;
    Ok(count)
}
