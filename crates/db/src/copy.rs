//! Moving house: every row from one database into another, verified.

use futures_util::TryStreamExt;
use sha2::{Digest, Sha256};
use tokio_postgres::types::ToSql;

use crate::migrate::{Kind, Schema, TableColumns};
use crate::{Db, Engine, Error, Result, Row, Tx, Value, row};

/// Rows carried in one step: bounds the memory a copy needs.
const ROWS_AT_ONCE: usize = 500;

/// What was copied of one table, counted and hashed on both sides.
#[derive(Debug, PartialEq, Eq)]
pub struct Copied {
    /// The table.
    pub table: String,
    /// Its rows.
    pub rows: u64,
    /// A hash of all its rows that does not depend on their order.
    pub hash: String,
}

/// Copies all rows of `schema` into an empty, migrated database, and compares both sides.
///
/// `told` hears each table when it is done.
pub async fn copy_all(
    from: &Db,
    to: &Db,
    schema: &Schema,
    mut told: impl FnMut(&Copied),
) -> Result<Vec<Copied>> {
    let tx = to.begin().await?;
    tx.references_wait().await?;
    let copied = copy_into(&tx, from, schema, &mut told).await?;
    tx.references_hold().await?;
    tx.commit().await?;
    verify_all(to, schema, &copied).await?;
    Ok(copied)
}

/// The same into a database that may hold something: all of that goes, in the same change.
pub async fn copy_over(from: &Db, to: &Db, schema: &Schema) -> Result<Vec<Copied>> {
    let tx = to.begin().await?;
    tx.references_wait().await?;
    tx.delete_everything(schema).await?;
    let copied = copy_into(&tx, from, schema, &mut |_| {}).await?;
    tx.references_hold().await?;
    tx.commit().await?;
    verify_all(to, schema, &copied).await?;
    Ok(copied)
}

async fn copy_into(
    tx: &Tx,
    from: &Db,
    schema: &Schema,
    told: &mut impl FnMut(&Copied),
) -> Result<Vec<Copied>> {
    let mut copied = Vec::new();
    for table in schema.carried() {
        let into = format!("{} ({})", table.name, table.columns.join(", "));
        let (pages, mut arriving) = tokio::sync::mpsc::channel::<Vec<Vec<Value>>>(2);
        let reading = read_table(from, table, pages);
        let writing = async {
            while let Some(rows) = arriving.recv().await {
                tx.insert_rows(&into, table.columns.len(), rows).await?;
            }
            Ok::<(), Error>(())
        };
        let (sum, ()) = tokio::try_join!(reading, writing)?;
        let one = sum.told(&table.name);
        told(&one);
        copied.push(one);
    }
    Ok(copied)
}

async fn verify_all(to: &Db, schema: &Schema, copied: &[Copied]) -> Result<()> {
    for one in copied {
        verify(to, schema, one).await?;
    }
    Ok(())
}

async fn verify(to: &Db, schema: &Schema, expected: &Copied) -> Result<()> {
    let by_name = schema.by_name();
    let Some(table) = by_name.get(expected.table.as_str()) else {
        return Ok(());
    };
    let (pages, mut arriving) = tokio::sync::mpsc::channel::<Vec<Vec<Value>>>(2);
    let draining = async {
        while arriving.recv().await.is_some() {}
        Ok::<(), Error>(())
    };
    let (sum, ()) = tokio::try_join!(read_table(to, table, pages), draining)?;
    if sum.told(&table.name) == *expected {
        return Ok(());
    }
    Err(Error::Unexpected(format!(
        "table {} differs after the copy",
        table.name
    )))
}

/// Counts rows and adds up their hashes.
#[derive(Default)]
struct Sum {
    rows: u64,
    hash: u128,
}

impl Sum {
    fn add(&mut self, values: &[Value]) {
        let digest = Sha256::digest(format!("{values:?}").as_bytes());
        let mut half = [0_u8; 16];
        half.copy_from_slice(&digest[..16]);
        self.hash = self.hash.wrapping_add(u128::from_be_bytes(half));
        self.rows += 1;
    }

    fn told(&self, table: &str) -> Copied {
        Copied {
            table: table.to_owned(),
            rows: self.rows,
            hash: format!("{:032x}", self.hash),
        }
    }
}

type Pages = tokio::sync::mpsc::Sender<Vec<Vec<Value>>>;

async fn read_table(from: &Db, table: &TableColumns, pages: Pages) -> Result<Sum> {
    let text = format!("SELECT {} FROM {}", table.columns.join(", "), table.name);
    match &from.engine {
        Engine::Sqlite(_) => read_sqlite(from, &table.kinds, text, pages).await,
        Engine::Postgres(server) => {
            let client = server.reader().await?;
            let rows = client
                .query_raw(&text, std::iter::empty::<&(dyn ToSql + Sync)>())
                .await?;
            let mut rows = std::pin::pin!(rows);
            let mut sum = Sum::default();
            let mut page = Vec::new();
            while let Some(found) = rows.try_next().await? {
                let values = row::values(&mut Row::postgres(&found), &table.kinds)?;
                sum.add(&values);
                page.push(values);
                if page.len() == ROWS_AT_ONCE {
                    send(&pages, std::mem::take(&mut page)).await?;
                }
            }
            send(&pages, page).await?;
            Ok(sum)
        }
    }
}

async fn read_sqlite(from: &Db, kinds: &[Kind], text: String, pages: Pages) -> Result<Sum> {
    let (from, kinds) = (from.clone(), kinds.to_vec());
    let work = move || {
        let Engine::Sqlite(file) = &from.engine else {
            return Ok(Sum::default());
        };
        file.read(|connection| {
            let mut statement = connection.prepare(&text)?;
            let mut rows = statement.query([])?;
            let mut sum = Sum::default();
            let mut page = Vec::new();
            while let Some(found) = rows.next()? {
                let values = row::values(&mut Row::sqlite(found), &kinds)?;
                sum.add(&values);
                page.push(values);
                if page.len() == ROWS_AT_ONCE {
                    pages
                        .blocking_send(std::mem::take(&mut page))
                        .map_err(|_| gone())?;
                }
            }
            pages.blocking_send(page).map_err(|_| gone())?;
            Ok(sum)
        })
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Error::Unexpected(error.to_string()))?
}

async fn send(pages: &Pages, page: Vec<Vec<Value>>) -> Result<()> {
    pages.send(page).await.map_err(|_| gone())
}

fn gone() -> Error {
    Error::Unavailable("the copy was given up".to_owned())
}
