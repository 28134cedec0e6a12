//! Where the bytes lie: each file once, under its hash.

use std::io::Write;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;
use tokio::fs::File;
use web::Trouble;

use crate::ids::hex;
use crate::layout::Stopped;
use crate::settings::Settings;
use crate::time::Moment;

/// What names of files begin with until all of them is there.
const ARRIVING: &str = ".arriving-";

/// The folder of all files on pages.
#[derive(Clone, Debug)]
pub struct Folder(PathBuf);

impl Folder {
    /// The folder that these settings name.
    pub fn of(settings: &Settings) -> Self {
        Self(settings.data.join("attachments"))
    }

    /// Where the file of this hash lies: `ab/ab12…`.
    pub fn path(&self, sha256: &str) -> PathBuf {
        self.0
            .join(sha256.get(..2).unwrap_or_default())
            .join(sha256)
    }

    /// Keeps these bytes: after this they survive a crash, and nobody ever sees half of them.
    pub async fn keep(&self, sha256: &str, bytes: Vec<u8>) -> std::io::Result<()> {
        let path = self.path(sha256);
        tokio::task::spawn_blocking(move || write(&path, &bytes)).await?
    }

    /// Opens a file to read.
    pub async fn open(&self, sha256: &str) -> std::io::Result<File> {
        File::open(self.path(sha256)).await
    }

    /// Takes a file away; one that is gone already is no trouble.
    pub async fn remove(&self, sha256: &str) -> std::io::Result<()> {
        match tokio::fs::remove_file(self.path(sha256)).await {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(error),
            _ => Ok(()),
        }
    }

    /// The hashes of all files that are there. Anything with another name is not ours.
    pub async fn all(&self) -> std::io::Result<Vec<String>> {
        let folder = self.0.clone();
        tokio::task::spawn_blocking(move || hashes(&folder)).await?
    }

    /// Whether what lies under a hash has this hash still; `None` where nothing is.
    pub async fn is_whole(&self, sha256: &str) -> std::io::Result<Option<bool>> {
        let (path, expected) = (self.path(sha256), sha256.to_owned());
        tokio::task::spawn_blocking(move || {
            let mut file = match std::fs::File::open(path) {
                Ok(file) => file,
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
                Err(error) => return Err(error),
            };
            let mut digest = Sha256::new();
            std::io::copy(&mut file, &mut digest)?;
            Ok(Some(hex(&digest.finalize()) == expected))
        })
        .await?
    }
}

/// The hash that bytes are kept under.
pub fn hash(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

fn write(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    std::fs::create_dir_all(folder)?;
    let mut file = NamedTempFile::with_prefix_in(ARRIVING, folder)?;
    file.write_all(bytes)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    std::fs::File::open(folder)?.sync_all()
}

fn hashes(folder: &Path) -> std::io::Result<Vec<String>> {
    let mut found = Vec::new();
    for name in names(folder)?.into_iter().filter(|name| name.len() == 2) {
        let is_hash = |name: &String| {
            name.len() == 64
                && name
                    .bytes()
                    .all(|b| b.is_ascii_hexdigit() && !b.is_ascii_uppercase())
        };
        found.extend(names(&folder.join(&name))?.into_iter().filter(is_hash));
    }
    found.sort();
    Ok(found)
}

fn names(folder: &Path) -> std::io::Result<Vec<String>> {
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error),
    };
    let mut found = Vec::new();
    for entry in entries {
        found.extend(entry?.file_name().into_string());
    }
    Ok(found)
}

/// What can go wrong where files and rows belong together.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The database failed.
    #[error(transparent)]
    Database(#[from] db::Error),
    /// The folder of files failed: it is full, or not ours to write.
    #[error("the folder of attachments: {0}")]
    Folder(#[from] std::io::Error),
}

impl From<Error> for Stopped {
    fn from(error: Error) -> Self {
        match error {
            Error::Database(error) => error.into(),
            Error::Folder(_) => Trouble::OutOfService(error.to_string()).into(),
        }
    }
}

impl Folder {
    /// Takes away what a crash left half-written before this moment.
    pub async fn sweep(&self, before: Moment) -> std::io::Result<()> {
        let folder = self.0.clone();
        tokio::task::spawn_blocking(move || swept(&folder, before)).await?
    }
}

fn swept(folder: &Path, before: Moment) -> std::io::Result<()> {
    for name in names(folder)?.into_iter().filter(|name| name.len() == 2) {
        let inner = folder.join(name);
        let left = names(&inner)?;
        for name in left.iter().filter(|name| name.starts_with(ARRIVING)) {
            let path = inner.join(name);
            let written = std::fs::metadata(&path)?.modified()?;
            let age = written.duration_since(std::time::UNIX_EPOCH);
            let at = age.map_or(0, |age| i64::try_from(age.as_millis()).unwrap_or(i64::MAX));
            if at < before.0 {
                std::fs::remove_file(path)?;
            }
        }
    }
    Ok(())
}
