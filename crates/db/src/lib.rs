//! One text for two databases: the only place that names `SQLite` or `PostgreSQL`.
//!
//! [`Db`] reads, [`Tx`] changes; both run `db.query(TEXT).bind(x).all::<Row>()` with `$1`
//! placeholders. See the README for the portable words and the limits.
#![expect(
    clippy::disallowed_types,
    reason = "this is the floor that names the databases so that no other has to"
)]

mod copy;
mod error;
mod filter;
mod insert;
mod lines;
mod log;
mod migrate;
mod postgres;
mod query;
mod row;
mod snapshot;
mod soundness;
mod sqlite;
mod tx;
mod value;

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

pub use copy::{Copied, copy_all, copy_over};
pub use error::{Error, Result};
pub use filter::Filter;
pub use log::{Log, log_of};
pub use migrate::{Migration, Migrations, Schema, TableColumns, sqlite_words};
pub use query::{Query, Reads};
pub use row::{Column, FromRow, Row};
pub use snapshot::{Pages, Snapshot};
pub use tx::Tx;
pub use value::Value;

/// A database of either kind: cheap to clone, shared by the whole program.
#[derive(Clone)]
pub struct Db {
    engine: Engine,
    generation: Arc<AtomicU64>,
}

#[derive(Clone)]
enum Engine {
    Sqlite(Arc<sqlite::File>),
    Postgres(Arc<postgres::Server>),
}

impl Db {
    /// Opens the database at `address`: `sqlite:PATH` or `postgres://…`.
    ///
    /// A missing `SQLite` file is made; a server that does not answer is an error with its reason.
    pub async fn open(address: &str) -> Result<Self> {
        let engine = if let Some(path) = address.strip_prefix("sqlite:") {
            Engine::Sqlite(Arc::new(sqlite::File::open(path)?))
        } else if address.starts_with("postgres://") || address.starts_with("postgresql://") {
            Engine::Postgres(Arc::new(postgres::Server::open(address).await?))
        } else {
            return Err(Error::Address);
        };
        Ok(Self {
            engine,
            generation: Arc::new(AtomicU64::new(1)),
        })
    }

    /// Begins a change; nothing of it is seen by others until [`Tx::commit`].
    pub async fn begin(&self) -> Result<Tx> {
        Tx::begin(self).await
    }

    /// A number that grows with each commit: what was made at an older one may be stale.
    pub fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    /// Says that somebody else (another process) changed the data.
    pub fn touched(&self) {
        self.generation.fetch_add(1, Ordering::AcqRel);
    }

    /// The engine's name, for people.
    pub fn engine_name(&self) -> &'static str {
        match self.engine {
            Engine::Sqlite(_) => "SQLite",
            Engine::Postgres(_) => "PostgreSQL",
        }
    }

    /// Prepares a statement without running it; the error says what the engine did not like.
    pub async fn prepare(&self, text: &str) -> Result<()> {
        match &self.engine {
            Engine::Sqlite(file) => file.prepare(text),
            Engine::Postgres(server) => server.prepare(text).await,
        }
    }
}

/// The file that an address names, where it names one: what can be moved and put aside.
pub fn file_of(address: &str) -> Option<&std::path::Path> {
    address.strip_prefix("sqlite:").map(std::path::Path::new)
}

/// Chooses between two texts where the engines must differ; counted by a test, fifteen at most.
pub fn per_engine<'a>(db: &Db, sqlite: &'a str, postgres: &'a str) -> &'a str {
    match db.engine {
        Engine::Sqlite(_) => sqlite,
        Engine::Postgres(_) => postgres,
    }
}

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
