//! What can go wrong with a database, in the words of those who must act on it.

use rusqlite::ErrorCode;
use tokio_postgres::error::SqlState;

/// A result of this floor.
pub type Result<T> = std::result::Result<T, Error>;

/// What went wrong.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is neither `sqlite:PATH` nor `postgres://…`.
    #[error("the database address must begin with sqlite: or postgres://")]
    Address,
    /// The database does not answer, or its answer was cut off.
    #[error("the database does not answer: {0}")]
    Unavailable(String),
    /// The disk has no room left.
    #[error("there is no room left on the disk for the database")]
    Full,
    /// Another row already has this key.
    #[error("a row with this key exists already")]
    Duplicate,
    /// The file is not a database, or is damaged.
    #[error("the database is damaged: {0}. Restore a backup")]
    Damaged(String),
    /// The database was written by a newer Fosbury.
    #[error(
        "the database is of version {found}, newer than this program, which knows {known}: use a newer program or restore a backup"
    )]
    TooNew {
        /// The version found in the database.
        found: i64,
        /// The newest version this program knows.
        known: i64,
    },
    /// A migration uses a word outside the common ground of both engines.
    #[error("migration {migration} uses {word}, which is not among the common words")]
    ForeignWord {
        /// The migration's name.
        migration: String,
        /// The word.
        word: String,
    },
    /// What was read is not of the kind asked for, or a row that must be there is not.
    #[error("unexpected data: {0}")]
    Unexpected(String),
    /// The statement is wrong: a fault of ours.
    #[error("statement refused: {0}")]
    Statement(String),
}

impl From<rusqlite::Error> for Error {
    fn from(error: rusqlite::Error) -> Self {
        let text = error.to_string();
        match error {
            rusqlite::Error::SqliteFailure(cause, _) => match cause.code {
                ErrorCode::DiskFull => Self::Full,
                ErrorCode::DatabaseBusy
                | ErrorCode::DatabaseLocked
                | ErrorCode::CannotOpen
                | ErrorCode::ReadOnly
                | ErrorCode::SystemIoFailure => Self::Unavailable(text),
                ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase => Self::Damaged(text),
                ErrorCode::ConstraintViolation if is_duplicate(cause.extended_code) => {
                    Self::Duplicate
                }
                _ => Self::Statement(text),
            },
            rusqlite::Error::FromSqlConversionFailure(..)
            | rusqlite::Error::InvalidColumnType(..)
            | rusqlite::Error::IntegralValueOutOfRange(..) => Self::Unexpected(text),
            _ => Self::Statement(text),
        }
    }
}

fn is_duplicate(extended: i32) -> bool {
    [
        rusqlite::ffi::SQLITE_CONSTRAINT_UNIQUE,
        rusqlite::ffi::SQLITE_CONSTRAINT_PRIMARYKEY,
    ]
    .contains(&extended)
}

impl From<tokio_postgres::Error> for Error {
    fn from(error: tokio_postgres::Error) -> Self {
        let text = error
            .as_db_error()
            .map_or_else(|| error.to_string(), ToString::to_string);
        match error.code() {
            Some(code) if *code == SqlState::UNIQUE_VIOLATION => Self::Duplicate,
            Some(code) if *code == SqlState::DISK_FULL => Self::Full,
            Some(code) if is_outage(code) => Self::Unavailable(text),
            Some(_) => Self::Statement(text),
            None if error.is_closed() || is_io(&error) => Self::Unavailable(text),
            None => Self::Unexpected(text),
        }
    }
}

/// Classes 08 (connection), 53 (resources) and 57 (operator: shutting down, starting up).
fn is_outage(code: &SqlState) -> bool {
    ["08", "53", "57"]
        .iter()
        .any(|class| code.code().starts_with(class))
}

fn is_io(error: &tokio_postgres::Error) -> bool {
    let mut cause = std::error::Error::source(error);
    while let Some(inner) = cause {
        if inner.is::<std::io::Error>() {
            return true;
        }
        cause = inner.source();
    }
    false
}

impl From<deadpool_postgres::PoolError> for Error {
    fn from(error: deadpool_postgres::PoolError) -> Self {
        match error {
            deadpool_postgres::PoolError::Backend(inner) => match Self::from(inner) {
                Self::Unavailable(text) => Self::Unavailable(text),
                other => Self::Unavailable(other.to_string()),
            },
            other => Self::Unavailable(other.to_string()),
        }
    }
}
