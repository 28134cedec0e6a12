//! Laying out what was sent: archives, and dumps.

use std::fs::File;
use std::io::{self, Read};
use std::path::{Component, Path, PathBuf};

use bzip2::read::BzDecoder;
use flate2::read::GzDecoder;

use super::source::{DEEPEST, MOST_FILES};

/// What a dump that was sent is called where it lies.
pub const DUMP: &str = "dump.xml";
/// Endings of files that a folder of notes may hold: texts, a dump, and what pages show.
const ENDINGS: [&str; 21] = [
    "md", "markdown", "mkd", "xml", "json", "png", "jpg", "jpeg", "gif", "webp", "svg", "pdf",
    "txt", "csv", "docx", "xlsx", "pptx", "odt", "ods", "odp", "toml",
];

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

/// Lays an archive (tar, in gzip or plain) out in an empty folder. Only plain files that are useful
/// are written, and only below it; a line is told for each that is left out.
pub fn lay_out(
    archive: impl Read,
    folder: &Path,
    is_useful: &dyn Fn(&str) -> bool,
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
        if kind.is_dir() || !is_useful(&name) {
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

/// The same of a zip file.
pub fn lay_out_zip(
    archive: impl Read + io::Seek,
    folder: &Path,
    is_useful: &dyn Fn(&str) -> bool,
    limits: Limits,
    tell: &mut dyn FnMut(String),
) -> io::Result<()> {
    let mut archive = zip::ZipArchive::new(archive).map_err(io::Error::other)?;
    if archive.len() > MOST_FILES {
        return Err(io::Error::other("there are more than a million entries"));
    }
    let mut left = limits.all;
    for at in 0..archive.len() {
        let mut entry = match archive.by_index(at) {
            Ok(entry) => entry,
            Err(error) => {
                tell(format!("A file cannot be read: {error}."));
                continue;
            }
        };
        let name = entry.name().to_owned();
        if entry.is_dir() || !is_useful(&name) {
            continue;
        }
        let is_plain = entry.is_file() && !entry.is_symlink();
        let Some(path) = safe(&name).filter(|_| is_plain) else {
            tell(format!("{name} is no plain file inside the wiki."));
            continue;
        };
        // What it says of its size is not believed: no more is unpacked than may be.
        let most = limits.file.min(left);
        let path = folder.join(path);
        let mut bounded = (&mut entry).take(most + 1);
        if let Err(error) = write(&mut bounded, &path, 0) {
            tell(format!("{name} could not be unpacked: {error}."));
            continue;
        }
        let length = most + 1 - bounded.limit();
        if length > most {
            std::fs::remove_file(&path)?;
            tell(format!("{name} is too large."));
        }
        left = left.saturating_sub(length);
    }
    Ok(())
}

/// Lays out whatever a wiki is sent as: an archive of its folder (tar, in gzip or plain, or zip), or a
/// dump (XML, in gzip, in bzip2 or plain), which becomes the one file [`DUMP`].
pub fn lay_down(
    mut sent: impl Read + io::Seek,
    folder: &Path,
    limits: Limits,
    tell: &mut dyn FnMut(String),
) -> io::Result<()> {
    let mut head = Vec::new();
    sent.by_ref().take(3).read_to_end(&mut head)?;
    sent.rewind()?;
    if head.starts_with(b"PK") {
        return lay_out_zip(sent, folder, &is_of_any, limits, tell);
    }
    let is_gzip = head.starts_with(&[0x1f, 0x8b]);
    let opened: Box<dyn Read + '_> = match head.as_slice() {
        _ if is_gzip => Box::new(GzDecoder::new(&mut sent)),
        b"BZh" => Box::new(BzDecoder::new(&mut sent)),
        _ => Box::new(&mut sent),
    };
    let mut opened = io::BufReader::new(opened);
    let begins = io::BufRead::fill_buf(&mut opened)?;
    let begins = begins.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(begins);
    if begins.trim_ascii_start().starts_with(b"<") {
        let mut file = File::create_new(folder.join(DUMP))?;
        let mut bounded = opened.take(limits.all);
        if let Err(error) = io::copy(&mut bounded, &mut file) {
            tell(format!("The dump ends early: {error}."));
        }
        return Ok(());
    }
    drop(opened);
    sent.rewind()?;
    lay_out(sent, folder, &is_of_any, limits, tell)
}

/// Whether a file is of use in a wiki of any kind.
fn is_of_any(name: &str) -> bool {
    let ending = name.rsplit('.').next().unwrap_or_default();
    let ending = ending.to_ascii_lowercase();
    let is_plain = name.contains('.') && ENDINGS.contains(&ending.as_str());
    is_of_a_wiki(name) || (is_plain && crate::notes::is_of_notes(name))
}

/// Whether a file of a DokuWiki can be of use: its text, its history, its files or its settings.
#[must_use]
pub fn is_of_a_wiki(name: &str) -> bool {
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
    if at == 0 {
        return Ok(());
    }
    let at = std::time::UNIX_EPOCH.checked_add(std::time::Duration::from_secs(at));
    at.map_or(Ok(()), |at| file.set_modified(at))
}
