//! The `SQLite` side: one writer connection, as many read-only ones as threads that read at once.

use std::borrow::Cow;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, OpenFlags, params_from_iter};
use tokio::sync::OwnedMutexGuard;

use crate::{FromRow, Result, Row, Value};

/// How many prepared statements a connection keeps.
const STATEMENTS_KEPT: usize = 200;
/// Readers kept open when idle: more are opened when more threads read at once.
const READERS_KEPT: usize = 4;

/// An open database file.
pub(crate) struct File {
    path: String,
    writer: Arc<tokio::sync::Mutex<Connection>>,
    readers: Mutex<Vec<Connection>>,
}

impl File {
    pub(crate) fn open(path: &str) -> Result<Self> {
        if let Some(folder) = Path::new(path).parent() {
            std::fs::create_dir_all(folder).map_err(|error| {
                crate::Error::Unavailable(format!("{}: {error}", folder.display()))
            })?;
        }
        let writer = Connection::open(path)?;
        // WAL: readers never wait for the writer. FULL: a commit that returned survives a crash.
        writer.execute_batch(
            "PRAGMA busy_timeout = 10000;
             PRAGMA journal_mode = WAL;
             PRAGMA synchronous = FULL;
             PRAGMA foreign_keys = ON;
             PRAGMA secure_delete = ON;
             PRAGMA cache_size = -4000;
             PRAGMA journal_size_limit = 16777216;",
        )?;
        writer.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(Self {
            path: path.to_owned(),
            writer: Arc::new(tokio::sync::Mutex::new(writer)),
            readers: Mutex::new(Vec::new()),
        })
    }

    /// Waits for its turn to write.
    pub(crate) async fn writer(&self) -> OwnedMutexGuard<Connection> {
        Arc::clone(&self.writer).lock_owned().await
    }

    /// Runs `read` on a read-only connection, on this thread: reads here take microseconds.
    pub(crate) fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let kept = self
            .readers
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .pop();
        let connection = match kept {
            Some(connection) => connection,
            None => self.reader()?,
        };
        let answer = read(&connection);
        let mut readers = self.readers.lock().unwrap_or_else(PoisonError::into_inner);
        if readers.len() < READERS_KEPT {
            readers.push(connection);
        }
        answer
    }

    pub(crate) fn reader(&self) -> Result<Connection> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(&self.path, flags)?;
        connection.execute_batch(
            "PRAGMA busy_timeout = 10000; PRAGMA query_only = ON; PRAGMA cache_size = -2000;",
        )?;
        connection.set_prepared_statement_cache_capacity(STATEMENTS_KEPT);
        Ok(connection)
    }

    pub(crate) fn prepare(&self, text: &str) -> Result<()> {
        self.read(|connection| Ok(connection.prepare(&numbered(text)).map(drop)?))
    }
}

/// All rows of a statement.
pub(crate) fn all<T: FromRow>(
    connection: &Connection,
    text: &str,
    values: &[Value],
) -> Result<Vec<T>> {
    let mut statement = connection.prepare_cached(&numbered(text))?;
    let mut rows = statement.query(params_from_iter(values))?;
    let mut found = Vec::new();
    while let Some(row) = rows.next()? {
        found.push(T::from_row(&mut Row::sqlite(row))?);
    }
    Ok(found)
}

/// Runs a change; the number of rows it touched.
pub(crate) fn run(connection: &Connection, text: &str, values: &[Value]) -> Result<u64> {
    let mut statement = connection.prepare_cached(&numbered(text))?;
    let mut rows = statement.query(params_from_iter(values))?;
    while rows.next()?.is_some() {}
    drop(rows);
    drop(statement);
    Ok(connection.changes())
}

/// `$1` is a name to `SQLite`, numbered in the order of appearance; `?1` is the number it says.
fn numbered(text: &str) -> Cow<'_, str> {
    if text.contains('$') {
        Cow::Owned(text.replace('$', "?"))
    } else {
        Cow::Borrowed(text)
    }
}

/// Does what may wait for the disk without holding up the other tasks of this thread.
pub(crate) fn waiting<T>(work: impl FnOnce() -> T) -> T {
    match tokio::runtime::Handle::try_current().map(|handle| handle.runtime_flavor()) {
        Ok(tokio::runtime::RuntimeFlavor::MultiThread) => tokio::task::block_in_place(work),
        _ => work(),
    }
}
