//! The whole database as it was at one moment, read while others go on writing.

use std::sync::{Arc, Mutex, PoisonError};

use deadpool_postgres::Object;
use futures_util::TryStreamExt;
use rusqlite::Connection;
use tokio::sync::mpsc::Sender;
use tokio_postgres::types::ToSql;

use crate::migrate::Kind;
use crate::{Db, Engine, Error, Result, Row, TableColumns, Value, row};

/// Rows given at once, at the most: bounds the memory that reading needs.
const ROWS_AT_ONCE: usize = 500;
/// Characters given at once, about: rows can be long.
const LENGTH_AT_ONCE: usize = 500_000;

/// Where the rows of a table go.
pub type Pages = Sender<Vec<Vec<Value>>>;

/// A view of one moment. Everything read through it belongs together.
pub struct Snapshot(Held);

enum Held {
    Sqlite(Arc<Mutex<Connection>>),
    /// Emptied only when the snapshot is dropped.
    Postgres(Option<Box<Object>>),
}

impl Db {
    /// Takes a snapshot: what is committed now, and nothing that comes later.
    pub async fn snapshot(&self) -> Result<Snapshot> {
        Ok(Snapshot(match &self.engine {
            Engine::Sqlite(file) => {
                let connection = file.reader()?;
                // The first read decides which moment it is.
                connection.execute_batch("BEGIN; SELECT count(*) FROM migration;")?;
                Held::Sqlite(Arc::new(Mutex::new(connection)))
            }
            Engine::Postgres(server) => {
                let client = server.reader().await?;
                let begin = "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY;
                             SELECT count(*) FROM migration;";
                if let Err(error) = client.batch_execute(begin).await {
                    drop(Object::take(client));
                    return Err(error.into());
                }
                Held::Postgres(Some(Box::new(client)))
            }
        }))
    }
}

impl Snapshot {
    /// Sends all rows of a table in the order of its key, the same on both engines.
    pub async fn read(&self, table: &TableColumns, pages: Pages) -> Result<()> {
        match &self.0 {
            Held::Sqlite(connection) => {
                let text = select(table, "");
                let (connection, kinds) = (Arc::clone(connection), table.kinds.clone());
                let work = move || read_file(&connection, &text, &kinds, &pages);
                tokio::task::spawn_blocking(work)
                    .await
                    .map_err(|error| Error::Unexpected(error.to_string()))?
            }
            Held::Postgres(client) => {
                let client = client.as_ref().ok_or_else(gone)?;
                let text = select(table, " COLLATE \"C\"");
                read_server(client, &text, &table.kinds, &pages).await
            }
        }
    }
}

/// Text sorts by its bytes, as it does in a file whatever the server's language is.
fn select(table: &TableColumns, by_bytes: &str) -> String {
    let sorted = table.key.iter().map(|column| {
        let at = table.columns.iter().position(|known| known == column);
        let is_text = at.is_some_and(|at| table.kinds.get(at) == Some(&Kind::Text));
        let how = if is_text { by_bytes } else { "" };
        format!("{column}{how}")
    });
    let sorted: Vec<String> = sorted.collect();
    let order = if sorted.is_empty() { "" } else { " ORDER BY " };
    format!(
        "SELECT {} FROM {}{order}{}",
        table.columns.join(", "),
        table.name,
        sorted.join(", ")
    )
}

fn read_file(
    connection: &Mutex<Connection>,
    text: &str,
    kinds: &[Kind],
    pages: &Pages,
) -> Result<()> {
    let connection = connection.lock().unwrap_or_else(PoisonError::into_inner);
    let mut statement = connection.prepare(text)?;
    let mut rows = statement.query([])?;
    let mut page = Page::default();
    while let Some(found) = rows.next()? {
        if let Some(full) = page.add(row::values(&mut Row::sqlite(found), kinds)?) {
            pages.blocking_send(full).map_err(|_| gone())?;
        }
    }
    pages.blocking_send(page.rows).map_err(|_| gone())
}

async fn read_server(client: &Object, text: &str, kinds: &[Kind], pages: &Pages) -> Result<()> {
    let rows = client
        .query_raw(text, std::iter::empty::<&(dyn ToSql + Sync)>())
        .await?;
    let mut rows = std::pin::pin!(rows);
    let mut page = Page::default();
    while let Some(found) = rows.try_next().await? {
        let values = row::values(&mut Row::postgres(&found), kinds)?;
        if let Some(full) = page.add(values) {
            pages.send(full).await.map_err(|_| gone())?;
        }
    }
    pages.send(page.rows).await.map_err(|_| gone())
}

/// Rows on their way, few or short enough to hold.
#[derive(Default)]
struct Page {
    rows: Vec<Vec<Value>>,
    length: usize,
}

impl Page {
    /// Adds a row; the page, once it is full.
    fn add(&mut self, row: Vec<Value>) -> Option<Vec<Vec<Value>>> {
        let length = row.iter().map(|value| match value {
            Value::Text(words) => words.len(),
            Value::Bytes(bytes) => bytes.len(),
            _ => 8,
        });
        self.length += length.sum::<usize>();
        self.rows.push(row);
        if self.rows.len() < ROWS_AT_ONCE && self.length < LENGTH_AT_ONCE {
            return None;
        }
        self.length = 0;
        Some(std::mem::take(&mut self.rows))
    }
}

fn gone() -> Error {
    Error::Unavailable("the reading was given up".to_owned())
}

impl Drop for Snapshot {
    fn drop(&mut self) {
        // Its transaction ends with the connection, which must not go back to the pool.
        if let Held::Postgres(client) = &mut self.0 {
            drop(client.take().map(|client| Object::take(*client)));
        }
    }
}
