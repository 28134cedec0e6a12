//! The folder an index lives in, written without waiting for the disk.
//!
//! Tantivy flushes about a dozen files to the disk for each commit. An index can be made again from
//! its log, so it need not; and those who save are not held up by it. A process that dies loses
//! nothing: what it wrote is with the system. Only a machine that dies may leave files torn, so the
//! first opening after a restart of the machine reads them all ([`was_restarted`]).

use std::fs::{File, OpenOptions};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, Directory, DirectoryLock, FileHandle, Lock, MmapDirectory, TerminatingWrite,
    WatchCallback, WatchHandle, WritePtr,
};

/// Tells one run of the machine from the next, on Linux.
const THIS_RUN: &str = "/proc/sys/kernel/random/boot_id";
/// Where the run is noted in which the index was opened last.
const LAST_RUN: &str = "machine-run";

/// A folder whose files are read as tantivy does and written without flushing.
#[derive(Debug, Clone)]
pub(crate) struct Folder {
    path: PathBuf,
    mapped: MmapDirectory,
}

impl Folder {
    /// The folder at a path, which must exist.
    pub fn at(path: &Path) -> Result<Self, tantivy::TantivyError> {
        Ok(Self {
            path: path.to_owned(),
            mapped: MmapDirectory::open(path)?,
        })
    }
}

/// Whether the machine may have stopped since the index was opened last, and notes this run.
pub(crate) fn was_restarted(path: &Path) -> bool {
    let last_run = path.join(LAST_RUN);
    let this_run = std::fs::read_to_string(THIS_RUN).unwrap_or_default();
    let same = std::fs::read_to_string(&last_run).is_ok_and(|last| last == this_run);
    !same || this_run.is_empty()
}

/// Notes that the index is whole in this run of the machine.
pub(crate) fn note_run(path: &Path) -> io::Result<()> {
    let this_run = std::fs::read_to_string(THIS_RUN).unwrap_or_default();
    std::fs::write(path.join(LAST_RUN), this_run)
}

struct Unflushed(File);

impl Write for Unflushed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl TerminatingWrite for Unflushed {
    fn terminate_ref(&mut self, _: AntiCallToken) -> io::Result<()> {
        Ok(())
    }
}

impl Directory for Folder {
    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        let file = OpenOptions::new()
            .write(true)
            .create_new(true)
            .open(self.path.join(path));
        let file = file.map_err(|error| match error.kind() {
            io::ErrorKind::AlreadyExists => OpenWriteError::FileAlreadyExists(path.to_owned()),
            _ => OpenWriteError::wrap_io_error(error, path.to_owned()),
        })?;
        Ok(BufWriter::new(Box::new(Unflushed(file))))
    }

    fn atomic_write(&self, path: &Path, content: &[u8]) -> io::Result<()> {
        // One process writes, and tantivy one of these files at a time: the name is free.
        let full = self.path.join(path);
        let beside = full.with_extension("new");
        std::fs::write(&beside, content)?;
        std::fs::rename(beside, full)
    }

    fn sync_directory(&self) -> io::Result<()> {
        Ok(())
    }

    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.mapped.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.mapped.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.mapped.exists(path)
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.mapped.atomic_read(path)
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.mapped.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.mapped.watch(callback)
    }
}
