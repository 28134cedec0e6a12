//! Where a wiki's files come from: a folder, or memory; an archive is laid out in a folder first.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use flate2::read::GzDecoder;

/// Files by their paths, with `/` between the parts.
pub trait Source {
    /// All plain files, sorted, each with the second of its last change. Links are not followed.
    fn files(&self) -> io::Result<Vec<(String, i64)>>;

    /// Opens a file of [`Source::files`].
    fn open(&self, path: &str) -> io::Result<Box<dyn Read + '_>>;
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
const MOST_FILES: usize = 1_000_000;
const DEEPEST: usize = 40;

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

/// How much an archive may bring.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Bytes of one file.
    pub file: u64,
    /// Bytes of all files.
    pub all: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file: 64 << 20,
            all: 8 << 30,
        }
    }
}

/// Lays an archive (tar, in gzip or plain) out in an empty folder. Only plain files that a wiki has
/// are written, and only below it; a line is told for each that is left out.
pub fn lay_out(
    archive: impl Read,
    folder: &Path,
    limits: Limits,
    tell: &mut dyn FnMut(String),
) -> io::Result<()> {
    let mut archive = io::BufReader::new(archive);
    let is_packed = io::BufRead::fill_buf(&mut archive)?.starts_with(&[0x1f, 0x8b]);
    let plain: Box<dyn Read> = if is_packed {
        Box::new(GzDecoder::new(archive))
    } else {
        Box::new(archive)
    };
    let mut left = limits.all;
    let mut entries = tar::Archive::new(plain.take(limits.all.saturating_mul(2)));
    for (count, entry) in entries.entries()?.enumerate() {
        let mut entry = match entry {
            Ok(entry) if count < MOST_FILES => entry,
            Ok(_) => return Err(io::Error::other("there are more than a million entries")),
            Err(error) => {
                tell(format!("The archive ends early: {error}."));
                break;
            }
        };
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        let kind = entry.header().entry_type();
        if kind.is_dir() || !is_of_a_wiki(&name) {
            continue;
        }
        let Some(path) = safe(&name).filter(|_| kind.is_file()) else {
            tell(format!("{name} is no plain file inside the wiki."));
            continue;
        };
        if entry.size() > limits.file.min(left) {
            tell(format!("{name} is too large ({} bytes).", entry.size()));
            continue;
        }
        left -= entry.size();
        let at = entry.header().mtime().unwrap_or(0);
        if let Err(error) = write(&mut entry, &folder.join(path), at) {
            tell(format!("{name} could not be unpacked: {error}."));
        }
    }
    Ok(())
}

/// Whether a file can be of use: its text, its history, its files or its settings.
fn is_of_a_wiki(name: &str) -> bool {
    let useful = [
        "pages",
        "attic",
        "meta",
        "media",
        "media_attic",
        "media_meta",
        "conf",
    ];
    name.split('/').any(|part| useful.contains(&part))
}

fn safe(name: &str) -> Option<PathBuf> {
    let path = Path::new(name.trim_start_matches("./"));
    let is_plain = path
        .components()
        .all(|part| matches!(part, Component::Normal(_)));
    (is_plain && name.len() < 1_000 && path.components().count() <= DEEPEST)
        .then(|| path.to_owned())
}

fn write(entry: &mut impl Read, path: &Path, at: u64) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = File::create_new(path)?;
    io::copy(entry, &mut file)?;
    let at = std::time::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(at));
    at.map_or(Ok(()), |at| file.set_modified(at))
}
