//! Files and folders: written whole or not at all, and never outside their folder.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::refused::{Refused, Told, at, said};
use crate::ids::hex;

/// A folder or file that goes away unless it is kept.
pub struct Fleeting(Option<PathBuf>);

impl Fleeting {
    /// Makes a folder that nobody else uses, and where others may, nobody else reads.
    pub fn folder(path: PathBuf) -> Told<Self> {
        remove(&path);
        let above = folder_of(&path);
        fs::create_dir_all(&above).map_err(at(&above))?;
        let mut folder = fs::DirBuilder::new();
        #[cfg(unix)]
        std::os::unix::fs::DirBuilderExt::mode(&mut folder, 0o700);
        folder.create(&path).map_err(at(&path))?;
        Ok(Self(Some(path)))
    }

    /// Watches over a file that is being written.
    pub fn file(path: PathBuf) -> Self {
        remove(&path);
        Self(Some(path))
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        self.0.as_deref().unwrap_or(Path::new(""))
    }

    /// Gives it its name for good.
    pub fn keep_as(mut self, name: &Path) -> Told<()> {
        if let Some(path) = &self.0 {
            fs::rename(path, name).map_err(at(name))?;
            flush_folder_of(name)?;
        }
        self.0 = None;
        Ok(())
    }
}

impl Drop for Fleeting {
    fn drop(&mut self) {
        if let Some(path) = &self.0 {
            remove(path);
        }
    }
}

/// Takes a file or a folder away, if it is there.
pub fn remove(path: &Path) {
    // What is not there, or cannot be removed, shows when something new is put in its place.
    let _ = if path.is_dir() {
        fs::remove_dir_all(path)
    } else {
        fs::remove_file(path)
    };
}

/// Waits until the disk knows the names in the folder that this file is in.
pub fn flush_folder_of(path: &Path) -> Told<()> {
    let folder = folder_of(path);
    File::open(&folder)
        .and_then(|folder| folder.sync_all())
        .map_err(at(&folder))
}

/// The folder that a file is in.
pub fn folder_of(path: &Path) -> PathBuf {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder.to_owned(),
        _ => PathBuf::from("."),
    }
}

/// The path with this after its name.
pub fn beside(path: &Path, ending: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(ending);
    PathBuf::from(name)
}

/// Writes a small file whole.
pub fn write(path: &Path, words: &str) -> Told<()> {
    let mut file = File::create(path).map_err(at(path))?;
    file.write_all(words.as_bytes())
        .and_then(|()| file.sync_all())
        .map_err(at(path))
}

/// Every file below a folder, in the order of their names; links are left alone.
pub fn below(folder: &Path, each: &mut dyn FnMut(&str, &Path) -> Told<()>) -> Told<()> {
    walk(folder, "", 0, each)
}

fn walk(
    folder: &Path,
    above: &str,
    depth: usize,
    each: &mut dyn FnMut(&str, &Path) -> Told<()>,
) -> Told<()> {
    if !folder.exists() || depth > 6 {
        return Ok(());
    }
    let mut names = Vec::new();
    for found in fs::read_dir(folder).map_err(at(folder))? {
        names.push(found.map_err(at(folder))?.file_name());
    }
    names.sort();
    for name in names {
        let path = folder.join(&name);
        let Ok(about) = fs::symlink_metadata(&path) else {
            // Erased since the names were read.
            continue;
        };
        let name = format!("{above}{}", name.to_string_lossy());
        if about.is_dir() {
            walk(&path, &format!("{name}/"), depth + 1, each)?;
        } else if about.is_file() {
            each(&name, &path)?;
        }
    }
    Ok(())
}

/// Copies all that is read, and says how much it was and its SHA-256.
pub fn pass_on(from: &mut dyn Read, to: &mut dyn Write) -> std::io::Result<(u64, String)> {
    let (mut hash, mut bytes) = (Sha256::new(), 0);
    let mut buffer = vec![0_u8; 64 * 1024];
    loop {
        let read = from.read(&mut buffer)?;
        let Some(part) = buffer.get(..read).filter(|part| !part.is_empty()) else {
            return Ok((bytes, hex(&hash.finalize())));
        };
        hash.update(part);
        bytes += read as u64;
        to.write_all(part)?;
    }
}

/// The SHA-256 of a file.
pub fn hash_of(path: &Path) -> Told<String> {
    let mut file = File::open(path).map_err(at(path))?;
    let hashed = pass_on(&mut file, &mut std::io::sink());
    Ok(hashed.map_err(at(path))?.1)
}

/// The first line of a file with a secret in it.
pub fn secret_in(path: &Path) -> Told<String> {
    let text = fs::read_to_string(path).map_err(at(path))?;
    let is_comment = |line: &&str| line.starts_with('#') || line.trim().is_empty();
    match text.lines().find(|line| !is_comment(line)) {
        Some(line) => Ok(line.trim().to_owned()),
        None => said(format!("{} is empty.", path.display())),
    }
}

/// Moves every file of one folder into another; a file that is there already has the same contents.
pub fn move_below(from: &Path, to: &Path) -> Told<()> {
    below(from, &mut |name, path| {
        let new = to.join(name);
        let folder = folder_of(&new);
        fs::create_dir_all(&folder).map_err(at(&folder))?;
        move_file(path, &new)
    })
}

/// Moves a file, to another disk if need be.
pub fn move_file(from: &Path, to: &Path) -> Told<()> {
    match fs::rename(from, to) {
        Err(error) if error.kind() == std::io::ErrorKind::CrossesDevices => {
            let half = Fleeting::file(beside(to, ".partial"));
            fs::copy(from, half.path()).map_err(at(to))?;
            File::open(half.path())
                .and_then(|file| file.sync_all())
                .map_err(at(to))?;
            half.keep_as(to)?;
            fs::remove_file(from).map_err(at(from))
        }
        other => other.map_err(at(to)),
    }
}

/// Refuses where something is already.
pub fn refuse_existing(path: &Path) -> Told<()> {
    if path.symlink_metadata().is_ok() {
        return said(format!(
            "{} is there already: choose another name, nothing was written.",
            path.display()
        ));
    }
    Ok(())
}

impl From<std::io::Error> for Refused {
    fn from(error: std::io::Error) -> Self {
        Self::Said(format!("{error}."))
    }
}
