//! Whether a place is being served: a place in use is not replaced under its server.

use std::fs::{File, OpenOptions, TryLockError};
use std::path::Path;

use super::files;
use super::refused::{Told, at, said};

/// Says, as long as it is held, that a place is in use.
pub struct InUse {
    _held: File,
}

/// Lies in the data folder while one place is exchanged for another.
const EXCHANGING: &str = "restoring";

/// Refuses a place in which a restore broke off: half of it is the old one.
pub fn refuse_broken_off(data: &Path) -> Told<()> {
    match std::fs::read_to_string(data.join(EXCHANGING)) {
        Ok(aside) => said(format!(
            "A restore into {} broke off. Restore again (fosbury restore FILE --replace); what was here before is in {}.",
            data.display(),
            aside.trim()
        )),
        Err(_) => Ok(()),
    }
}

/// Notes that one place is being exchanged for another, and where the old one is put.
pub fn exchange_begins(data: &Path, aside: &Path) -> Told<()> {
    let words = format!("{}\n", aside.display());
    files::write(&data.join(EXCHANGING), &words)?;
    files::flush_folder_of(&data.join(EXCHANGING))
}

/// Notes that the exchange is done.
pub fn exchange_ends(data: &Path) {
    files::remove(&data.join(EXCHANGING));
}

/// Says that a server uses this data folder.
pub fn share(data: &Path) -> Told<InUse> {
    refuse_broken_off(data)?;
    let file = opened(data)?;
    match file.try_lock_shared() {
        Ok(()) => Ok(InUse { _held: file }),
        Err(TryLockError::WouldBlock) => said(format!(
            "Something is being restored into {}: start again when that is done.",
            data.display()
        )),
        Err(TryLockError::Error(error)) => Err(at(data)(error)),
    }
}

/// Makes sure that nobody uses this data folder, and keeps it so.
pub fn alone(data: &Path) -> Told<InUse> {
    let file = opened(data)?;
    match file.try_lock() {
        Ok(()) => Ok(InUse { _held: file }),
        Err(TryLockError::WouldBlock) => said(format!(
            "A server is using {}: stop it first, nothing was changed.",
            data.display()
        )),
        Err(TryLockError::Error(error)) => Err(at(data)(error)),
    }
}

fn opened(data: &Path) -> Told<File> {
    std::fs::create_dir_all(data).map_err(at(data))?;
    let path = data.join("in-use");
    let mut options = OpenOptions::new();
    options.create(true).truncate(false).write(true);
    options.open(&path).map_err(at(&path))
}
