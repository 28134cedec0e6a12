//! The labelled notes that stand beside the crate.

use std::fs;
use std::path::{Path, PathBuf};

use harvest::{Hand, Session};

/// Notes to learn from, by the hand that wrote them.
pub fn hands() -> Vec<Hand> {
    let hand = |folder: PathBuf| Hand {
        name: name(&folder),
        sessions: all_in(&folder),
    };
    within(&beside("lessons")).map(hand).collect()
}

/// The notes of a folder: `sessions`, the test set in six styles, or `unseen`, of which nothing is learned.
pub fn sessions(folder: &str) -> Vec<Session> {
    all_in(&beside(folder))
}

fn beside(folder: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)
}

fn all_in(folder: &Path) -> Vec<Session> {
    let files = within(folder);
    let read = files.filter_map(|file| Some((name(&file), fs::read_to_string(&file).ok()?)));
    read.map(|(name, table)| Session::parse(&name, &table))
        .collect()
}

/// What a folder holds, in the order of its names.
fn within(folder: &Path) -> impl Iterator<Item = PathBuf> + use<> {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort();
    paths.into_iter()
}

fn name(path: &Path) -> String {
    path.file_stem()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}
