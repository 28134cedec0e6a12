//! What comes in: a backup's file, or an export's folder.

use std::fs::File;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;

use super::archive::{self, Key};
use super::files;
use super::model::{Entry, Heading, LONGEST, Manifest, Room, is_safe_name};
use super::refused::{Told, at, said};
use super::staging::{Staging, broken};

/// Characters of a table's lines written at once.
const LINES_AT_ONCE: usize = 500_000;
/// What may come after a tar archive's end: zeros that fill it up.
const LONGEST_PADDING: u64 = 64 * 1024;

/// Reads a backup's file into a place of its own.
pub fn backup(path: &Path, key: &Key, staging: &mut Staging) -> Told<Manifest> {
    let mut room = Room::of(path.metadata().map_err(at(path))?.len());
    let mut unzipped = archive::open(path, key)?;
    let manifest = entries(&mut unzipped, &mut room, staging)?;
    // Only the last bytes say whether all that came before is as it was written.
    let mut padding = Vec::new();
    let mut rest = unzipped.by_ref().take(LONGEST_PADDING);
    rest.read_to_end(&mut padding).map_err(broken)?;
    let is_padding = padding.iter().all(|byte| *byte == 0);
    let is_all = unzipped.read(&mut [0]).map_err(broken)? == 0;
    let mut packed = unzipped.into_inner();
    if !is_padding || !is_all || !packed.fill_buf().map_err(broken)?.is_empty() {
        return said("Something was added after its end.");
    }
    match manifest {
        Some(manifest) => Ok(manifest),
        None => said("It is cut off: its end is missing."),
    }
}

fn entries(
    unzipped: &mut impl Read,
    room: &mut Room,
    staging: &mut Staging,
) -> Told<Option<Manifest>> {
    let mut manifest = None;
    let mut tar = tar::Archive::new(unzipped);
    // As they are: what tar would do with entries about entries is not for strangers to say.
    for entry in tar.entries().map_err(broken)?.raw(true) {
        let mut entry = entry.map_err(broken)?;
        let name = String::from_utf8_lossy(&entry.path_bytes()).into_owned();
        if !entry.header().entry_type().is_file() || manifest.is_some() {
            return said(format!("It holds {name:?}, which is not one of ours."));
        }
        if !room.has(entry.size()) {
            return said("It would unpack to far more than ours ever do.");
        }
        match Entry::parse(&name) {
            Some(Entry::Heading) => staging.heading(json(&words(&mut entry)?)?)?,
            Some(Entry::Lines(table)) => staging.lines(&table, &words(&mut entry)?)?,
            Some(Entry::File(name)) => staging.file(&name, &mut entry)?,
            Some(Entry::Manifest) => manifest = Some(json(&words(&mut entry)?)?),
            None => return said(format!("It holds {name:?}, which is not one of ours.")),
        }
    }
    Ok(manifest)
}

fn words(from: &mut impl Read) -> Told<String> {
    let mut text = String::new();
    let read = from
        .take(LONGEST)
        .read_to_string(&mut text)
        .map_err(broken)?;
    if read as u64 == LONGEST {
        return said("A part of it is longer than ours ever are.");
    }
    Ok(text)
}

fn json<T: serde::de::DeserializeOwned>(text: &str) -> Told<T> {
    match serde_json::from_str(text) {
        Ok(read) => Ok(read),
        Err(error) => said(format!("What it says of itself cannot be read: {error}.")),
    }
}

/// Reads an export's folder into a place of its own.
pub fn export(folder: &Path, staging: &mut Staging) -> Told<Manifest> {
    let path = folder.join("manifest.json");
    if !path.is_file() {
        return said(format!(
            "{} is not an export: there is no manifest.json in it.",
            folder.display()
        ));
    }
    let manifest: Manifest = json(&words(&mut plain_file(&path)?)?)?;
    let heading: Heading = manifest.heading.clone();
    staging.heading(heading)?;
    for table in &manifest.tables {
        if !is_safe_name(&table.name) || table.name.contains('/') {
            return said(format!("It names a table {:?}.", table.name));
        }
        let path = folder.join("tables").join(format!("{}.jsonl", table.name));
        lines(&path, &table.name, staging)?;
    }
    files::below(&folder.join("attachments"), &mut |name, path| {
        if !is_safe_name(name) {
            return said(format!("attachments/{name} is not one of ours."));
        }
        staging.file(name, &mut plain_file(path)?)
    })?;
    Ok(manifest)
}

fn lines(path: &Path, table: &str, staging: &mut Staging) -> Told<()> {
    let mut file = BufReader::new(plain_file(path)?);
    let mut some = String::new();
    loop {
        let before = some.len();
        let read = (&mut file)
            .take(LONGEST)
            .read_line(&mut some)
            .map_err(at(path))?;
        if read as u64 == LONGEST {
            return said(format!("{} has a line that is too long.", path.display()));
        }
        let is_end = some.len() == before;
        if is_end || some.len() > LINES_AT_ONCE {
            staging.lines(table, &some)?;
            some.clear();
        }
        if is_end {
            return Ok(());
        }
    }
}

/// Opens a file, but nothing that leads elsewhere.
fn plain_file(path: &Path) -> Told<File> {
    let about = path.symlink_metadata().map_err(at(path))?;
    if !about.is_file() {
        return said(format!("{} is not a plain file.", path.display()));
    }
    File::open(path).map_err(at(path))
}
