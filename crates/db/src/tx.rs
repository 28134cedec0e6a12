//! A change: all of it or nothing.

use std::sync::{Mutex, PoisonError};

use deadpool_postgres::Object;
use rusqlite::Connection;
use tokio::sync::OwnedMutexGuard;

use crate::{Db, Engine, Error, FromRow, Result, Row, Value, postgres, sqlite};

/// A transaction. Dropped without [`Tx::commit`], nothing of it happened.
pub struct Tx {
    held: Held,
    db: Db,
    done: bool,
}

enum Held {
    Sqlite(Mutex<OwnedMutexGuard<Connection>>),
    /// Emptied only when the transaction is dropped unfinished.
    Postgres(Box<Option<Object>>),
}

impl Tx {
    pub(crate) async fn begin(db: &Db) -> Result<Self> {
        let held = match &db.engine {
            Engine::Sqlite(file) => {
                let writer = file.writer().await;
                sqlite::waiting(|| writer.execute_batch("BEGIN IMMEDIATE"))?;
                Held::Sqlite(Mutex::new(writer))
            }
            Engine::Postgres(server) => {
                let client = server.writer().await?;
                if let Err(error) = client.batch_execute("BEGIN").await {
                    drop(Object::take(client));
                    return Err(error.into());
                }
                Held::Postgres(Box::new(Some(client)))
            }
        };
        Ok(Self {
            held,
            db: db.clone(),
            done: false,
        })
    }

    /// Makes the change last: when this returns it survives a crash.
    pub async fn commit(self) -> Result<()> {
        let db = self.db.clone();
        let outcome = self.commit_quietly().await;
        // A commit that was cut off may have happened all the same.
        db.touched();
        outcome
    }

    /// The same for a change that shows on no page another reader sees: a draft, a job, a sign-in.
    pub async fn commit_quietly(mut self) -> Result<()> {
        match &self.held {
            Held::Sqlite(writer) => {
                let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                sqlite::waiting(|| writer.execute_batch("COMMIT"))?;
            }
            Held::Postgres(client) => {
                client_of(client.as_ref().as_ref())?
                    .batch_execute("COMMIT")
                    .await?;
            }
        }
        self.done = true;
        Ok(())
    }

    pub(crate) async fn all<T: FromRow + Send>(
        &self,
        text: &str,
        values: &[Value],
    ) -> Result<Vec<T>> {
        match &self.held {
            Held::Sqlite(writer) => {
                let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                sqlite::all(&writer, text, values)
            }
            Held::Postgres(client) => {
                let rows =
                    postgres::rows(client_of(client.as_ref().as_ref())?, text, values).await?;
                rows.iter()
                    .map(|row| T::from_row(&mut Row::postgres(row)))
                    .collect()
            }
        }
    }

    pub(crate) async fn run(&self, text: &str, values: &[Value]) -> Result<u64> {
        match &self.held {
            Held::Sqlite(writer) => {
                let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                sqlite::run(&writer, text, values)
            }
            Held::Postgres(client) => {
                postgres::run(client_of(client.as_ref().as_ref())?, text, values).await
            }
        }
    }

    pub(crate) async fn batch(&self, text: &str) -> Result<()> {
        match &self.held {
            Held::Sqlite(writer) => {
                let writer = writer.lock().unwrap_or_else(PoisonError::into_inner);
                Ok(writer.execute_batch(text)?)
            }
            Held::Postgres(client) => Ok(client_of(client.as_ref().as_ref())?
                .batch_execute(text)
                .await?),
        }
    }

    /// Whether this change runs on `SQLite`.
    pub(crate) fn is_sqlite(&self) -> bool {
        matches!(self.held, Held::Sqlite(_))
    }
}

fn client_of(client: Option<&Object>) -> Result<&Object> {
    client.ok_or_else(|| Error::Unavailable("the connection was given up".to_owned()))
}

impl Drop for Tx {
    fn drop(&mut self) {
        if self.done {
            return;
        }
        match &mut self.held {
            Held::Sqlite(writer) => {
                let writer = writer.get_mut().unwrap_or_else(PoisonError::into_inner);
                // If even this fails, the connection's next BEGIN says why.
                let _ = writer.execute_batch("ROLLBACK");
            }
            // The server rolls back when the connection closes; it must not go back to the pool.
            Held::Postgres(client) => drop(client.take().map(Object::take)),
        }
    }
}
