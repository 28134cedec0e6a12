//! Where a wiki's files come from: a folder, or memory; an archive is laid out in a folder first.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Path, PathBuf};

/// Files by their paths, with `/` between the parts.
pub trait Source {
    /// All plain files, sorted, each with the second of its last change. Links are not followed.
    fn files(&self) -> io::Result<Vec<(String, i64)>>;

    /// Opens a file of [`Source::files`].
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;

    /// Where a file is on the disk, if it is there.
    fn on_disk(&self, _: &str) -> Option<PathBuf> {
        None
    }
}

/// One file on the disk.
#[derive(Clone, Debug)]
pub struct OneFile(pub PathBuf);

impl Source for OneFile {
    fn files(&self) -> io::Result<Vec<(String, i64)>> {
        let name = self.0.file_name().unwrap_or_default();
        Ok(vec![(
            name.to_string_lossy().into_owned(),
            changed(&self.0),
        )])
    }

    fn open(&self, _: &str) -> io::Result<Box<dyn Read + '_>> {
        Ok(Box::new(File::open(&self.0)?))
    }

    fn on_disk(&self, _: &str) -> Option<PathBuf> {
        Some(self.0.clone())
    }
}

/// Files in memory: for tests, and for whoever has them there.
#[derive(Clone, Debug, Default)]
pub struct InMemory(pub BTreeMap<String, (i64, Vec<u8>)>);

impl Source for InMemory {
    fn files(&self) -> io::Result<Vec<(String, i64)>> {
        let files = self.0.iter().map(|(path, (at, _))| (path.clone(), *at));
        Ok(files.collect())
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let (_, bytes) = self.0.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(Box::new(bytes.as_slice()))
    }
}

/// A folder on the disk.
#[derive(Clone, Debug)]
pub struct Folder {
    root: PathBuf,
}

/// Files of a wiki at the most, and levels of folders.
pub(super) const MOST_FILES: usize = 1_000_000;
pub(super) const DEEPEST: usize = 40;

impl Folder {
    /// The folder at this path.
    #[must_use]
    pub fn at(root: &Path) -> Self {
        Self {
            root: root.to_owned(),
        }
    }
}

impl Source for Folder {
    fn files(&self) -> io::Result<Vec<(String, i64)>> {
        let mut found = Vec::new();
        gather(&self.root, "", 0, &mut found)?;
        found.sort();
        Ok(found)
    }

    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>> {
        let path = self.root.join(path);
        // A file that became a link since it was listed leads nowhere either.
        if !std::fs::symlink_metadata(&path)?.is_file() {
            return Err(io::ErrorKind::NotFound.into());
        }
        Ok(Box::new(File::open(path)?))
    }

    fn on_disk(&self, path: &str) -> Option<PathBuf> {
        Some(self.root.join(path))
    }
}

fn gather(
    folder: &Path,
    below: &str,
    depth: usize,
    found: &mut Vec<(String, i64)>,
) -> io::Result<()> {
    if depth > DEEPEST {
        return Ok(());
    }
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let Ok(name) = entry.file_name().into_string() else {
            continue;
        };
        let path = if below.is_empty() {
            name
        } else {
            format!("{below}/{name}")
        };
        let kind = entry.file_type()?;
        if kind.is_dir() {
            gather(&entry.path(), &path, depth + 1, found)?;
        } else if kind.is_file() {
            found.push((path, changed(&entry.path())));
        }
        if found.len() > MOST_FILES {
            return Err(io::Error::other("there are more than a million files"));
        }
    }
    Ok(())
}

fn changed(path: &Path) -> i64 {
    let at = std::fs::symlink_metadata(path).and_then(|about| about.modified());
    let since = at
        .ok()
        .and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    since
        .and_then(|since| i64::try_from(since.as_secs()).ok())
        .unwrap_or(0)
}
