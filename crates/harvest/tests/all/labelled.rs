//! The labelled notes that stand beside the crate.

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use harvest::{Hand, Session};

/// What was read, or what is wrong with a file.
type Read<T> = Result<T, Box<dyn Error>>;

/// Notes to learn from, by the hand that wrote them.
pub fn hands() -> Read<Vec<Hand>> {
    let hand = |folder: PathBuf| {
        Ok(Hand {
            name: name(&folder),
            sessions: all_in(&folder)?,
        })
    };
    within(&beside("lessons"))?.into_iter().map(hand).collect()
}

/// The notes of a folder: `sessions`, the test set in six styles, or `unseen`, of which nothing is learned.
pub fn sessions(folder: &str) -> Read<Vec<Session>> {
    all_in(&beside(folder))
}

fn beside(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn all_in(folder: &Path) -> Read<Vec<Session>> {
    let read = |file: PathBuf| Ok(Session::parse(&name(&file), &fs::read_to_string(&file)?)?);
    within(folder)?.into_iter().map(read).collect()
}

/// What a folder holds, in the order of its names.
fn within(folder: &Path) -> Read<Vec<PathBuf>> {
    let paths = fs::read_dir(folder)?.map(|entry| Ok(entry?.path()));
    let mut paths: Vec<PathBuf> = paths.collect::<Read<_>>()?;
    paths.sort();
    Ok(paths)
}

fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
