//! A backup's file: a tar archive, compressed with gzip, and encrypted with age where asked for.

use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;
use std::str::FromStr;

use age::secrecy::SecretString;
use flate2::Compression;
use flate2::bufread::GzDecoder;
use flate2::write::GzEncoder;

use super::carrying::Outlet;
use super::files::{self, Fleeting, beside};
use super::model::{Heading, Manifest};
use super::refused::{Told, at, said};

/// What a backup's name ends in until all of it is there.
pub const HALF: &str = ".partial";

/// How a backup is locked.
#[derive(Clone, Debug, Default)]
pub enum Lock {
    /// Not at all.
    #[default]
    Open,
    /// By words, which open it as well.
    Passphrase(SecretString),
    /// For whoever holds the key to `age1…`.
    Recipient(String),
}

/// What opens a backup.
#[derive(Clone, Debug, Default)]
pub enum Key {
    /// Nothing is needed.
    #[default]
    None,
    /// The words it was locked with.
    Passphrase(SecretString),
    /// A key as `age-keygen` writes it: `AGE-SECRET-KEY-1…`.
    Identity(SecretString),
}

impl Lock {
    /// The words in a file.
    pub fn passphrase_in(path: &Path) -> Told<Self> {
        Ok(Self::Passphrase(SecretString::from(files::secret_in(
            path,
        )?)))
    }

    /// Whether a backup locked so is encrypted.
    pub fn is_encrypted(&self) -> bool {
        !matches!(self, Self::Open)
    }

    /// What opens it, where we know.
    pub fn key(&self) -> Option<Key> {
        match self {
            Self::Open => Some(Key::None),
            Self::Passphrase(words) => Some(Key::Passphrase(words.clone())),
            Self::Recipient(_) => None,
        }
    }
}

impl Key {
    /// The words or the key in a file.
    pub fn in_file(path: &Path) -> Told<Self> {
        let secret = files::secret_in(path)?;
        let is_identity = secret.starts_with("AGE-SECRET-KEY-");
        let secret = SecretString::from(secret);
        Ok(if is_identity {
            Self::Identity(secret)
        } else {
            Self::Passphrase(secret)
        })
    }
}

/// What bytes go through on their way to the disk.
enum Sealing {
    Open(BufWriter<File>),
    Locked(Box<age::stream::StreamWriter<BufWriter<File>>>),
}

impl Write for Sealing {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self {
            Self::Open(file) => file.write(bytes),
            Self::Locked(file) => file.write(bytes),
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self {
            Self::Open(file) => file.flush(),
            Self::Locked(file) => file.flush(),
        }
    }
}

impl Sealing {
    fn begin(file: File, lock: &Lock) -> Told<Self> {
        let file = BufWriter::new(file);
        let encryptor = match lock {
            Lock::Open => return Ok(Self::Open(file)),
            Lock::Passphrase(words) => age::Encryptor::with_user_passphrase(words.clone()),
            Lock::Recipient(key) => {
                let Ok(recipient) = age::x25519::Recipient::from_str(key) else {
                    return said(format!(
                        "{key} is not a recipient such as age1… (make one with age-keygen)."
                    ));
                };
                let one = std::iter::once(&recipient as &dyn age::Recipient);
                match age::Encryptor::with_recipients(one) {
                    Ok(encryptor) => encryptor,
                    Err(error) => return said(format!("It cannot be encrypted: {error}.")),
                }
            }
        };
        Ok(Self::Locked(Box::new(encryptor.wrap_output(file)?)))
    }

    /// Waits until everything is on the disk.
    fn finish(self) -> Told<()> {
        let file = match self {
            Self::Open(file) => file,
            Self::Locked(file) => file.finish()?,
        };
        let file = file
            .into_inner()
            .map_err(std::io::IntoInnerError::into_error)?;
        Ok(file.sync_all()?)
    }
}

/// A backup's file being written, under another name until it is whole.
pub struct Packing {
    tar: tar::Builder<GzEncoder<Sealing>>,
    part: u64,
    half: Fleeting,
}

impl Packing {
    /// Begins the file that will be called `path`.
    pub fn begin(path: &Path, lock: &Lock) -> Told<Self> {
        files::refuse_existing(path)?;
        let half = Fleeting::file(beside(path, HALF));
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create_new(true);
        private(&mut options);
        let file = options.open(half.path()).map_err(at(half.path()))?;
        let sealing = Sealing::begin(file, lock)?;
        let tar = tar::Builder::new(GzEncoder::new(sealing, Compression::fast()));
        Ok(Self { tar, part: 0, half })
    }

    /// Gives the file its name, once it is whole and on the disk.
    pub fn finish(mut self, path: &Path) -> Told<()> {
        self.tar.finish()?;
        self.tar.into_inner()?.finish()?.finish()?;
        self.half.keep_as(path)
    }

    fn entry(&mut self, name: &str, bytes: u64, from: &mut dyn Read) -> Told<()> {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes);
        header.set_mode(0o600);
        header.set_entry_type(tar::EntryType::Regular);
        Ok(self.tar.append_data(&mut header, name, from)?)
    }

    fn json(&mut self, name: &str, what: &impl serde::Serialize) -> Told<()> {
        let text = serde_json::to_string_pretty(what).map_err(std::io::Error::from)? + "\n";
        self.entry(name, text.len() as u64, &mut text.as_bytes())
    }
}

/// Only its owner reads what is written.
#[cfg(unix)]
fn private(options: &mut std::fs::OpenOptions) {
    std::os::unix::fs::OpenOptionsExt::mode(options, 0o600);
}

#[cfg(not(unix))]
fn private(_: &mut std::fs::OpenOptions) {}

impl Outlet for Packing {
    fn heading(&mut self, heading: &Heading) -> Told<()> {
        self.json("fosbury.json", heading)
    }

    fn lines(&mut self, table: &str, lines: &str) -> Told<()> {
        if lines.is_empty() {
            return Ok(());
        }
        self.part += 1;
        let name = format!("tables/{table}/{:06}.jsonl", self.part);
        self.entry(&name, lines.len() as u64, &mut lines.as_bytes())
    }

    fn file(&mut self, name: &str, bytes: u64, from: &mut dyn Read) -> Told<(u64, String)> {
        let mut hashing = Hashing::new(from.take(bytes));
        self.entry(&format!("attachments/{name}"), bytes, &mut hashing)?;
        hashing.told(name, bytes)
    }

    fn manifest(&mut self, manifest: &Manifest) -> Told<()> {
        self.json("manifest.json", manifest)
    }
}

/// Hashes what passes through.
struct Hashing<R> {
    from: R,
    bytes: u64,
    hash: sha2::Sha256,
}

impl<R: Read> Hashing<R> {
    fn new(from: R) -> Self {
        Self {
            from,
            bytes: 0,
            hash: sha2::Digest::new(),
        }
    }

    fn told(self, name: &str, expected: u64) -> Told<(u64, String)> {
        if self.bytes != expected {
            return said(format!(
                "attachments/{name} became shorter while it was read."
            ));
        }
        Ok((
            self.bytes,
            crate::ids::hex(&sha2::Digest::finalize(self.hash)),
        ))
    }
}

impl<R: Read> Read for Hashing<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let read = self.from.read(buffer)?;
        sha2::Digest::update(&mut self.hash, buffer.get(..read).unwrap_or_default());
        self.bytes += read as u64;
        Ok(read)
    }
}

/// Opens a backup's file to read its entries.
pub fn open(path: &Path, key: &Key) -> Told<GzDecoder<Box<dyn std::io::BufRead>>> {
    let mut file = BufReader::new(File::open(path).map_err(at(path))?);
    let is_locked = std::io::BufRead::fill_buf(&mut file)
        .map_err(at(path))?
        .starts_with(b"age-encryption.org/");
    let inside: Box<dyn std::io::BufRead> = if is_locked {
        Box::new(BufReader::with_capacity(64 * 1024, unlocked(file, key)?))
    } else {
        Box::new(file)
    };
    Ok(GzDecoder::new(inside))
}

fn unlocked(file: BufReader<File>, key: &Key) -> Told<impl Read + 'static> {
    let wrong = |error: age::DecryptError| match error {
        age::DecryptError::NoMatchingKeys
        | age::DecryptError::DecryptionFailed
        | age::DecryptError::KeyDecryptionFailed => {
            said("This backup does not open with that passphrase or key.")
        }
        other => said(format!("This backup is damaged: {other}.")),
    };
    let decryptor = match age::Decryptor::new_buffered(file) {
        Ok(decryptor) => decryptor,
        Err(error) => return wrong(error),
    };
    let identity: Box<dyn age::Identity> = match key {
        Key::None => {
            return said(
                "This backup is encrypted: say --passphrase-file FILE or --key-file FILE.",
            );
        }
        Key::Passphrase(words) => Box::new(age::scrypt::Identity::new(words.clone())),
        Key::Identity(secret) => {
            match age::x25519::Identity::from_str(age::secrecy::ExposeSecret::expose_secret(secret))
            {
                Ok(identity) => Box::new(identity),
                Err(error) => return said(format!("The key cannot be used: {error}.")),
            }
        }
    };
    match decryptor.decrypt(std::iter::once(identity.as_ref())) {
        Ok(reader) => Ok(reader),
        Err(error) => wrong(error),
    }
}
