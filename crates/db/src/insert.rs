//! Many rows at once.

use std::fmt::Write as _;

use crate::{Result, Schema, TableColumns, Tx, Value};

/// Parameters in one statement at the most: `PostgreSQL` allows 65,535, `SQLite` 32,766.
const PARAMETERS: usize = 10_000;

impl Tx {
    /// Inserts many rows into the columns named in `into`, such as `tag (record_id, name)`.
    ///
    /// `columns` is their number. Plain `?` on `SQLite`: numbered ones are looked up one by one
    /// there, which makes a bulk insert quadratic.
    pub async fn insert_many(
        &self,
        into: &'static str,
        columns: usize,
        rows: Vec<Vec<Value>>,
    ) -> Result<()> {
        self.insert_rows(into, columns, rows).await
    }

    /// Inserts whole rows of a table, as [`crate::Snapshot::read`] gave them.
    pub async fn insert_into(&self, table: &TableColumns, rows: Vec<Vec<Value>>) -> Result<()> {
        let into = format!("{} ({})", table.name, table.columns.join(", "));
        self.insert_rows(&into, table.columns.len(), rows).await
    }

    /// Takes every row of every table away.
    pub async fn delete_everything(&self, schema: &Schema) -> Result<()> {
        for table in schema.carried().rev() {
            self.run(&format!("DELETE FROM {}", table.name), &[])
                .await?;
        }
        Ok(())
    }

    pub(crate) async fn insert_rows(
        &self,
        into: &str,
        columns: usize,
        rows: Vec<Vec<Value>>,
    ) -> Result<()> {
        let chunk = (PARAMETERS / columns.max(1)).clamp(1, 200);
        let mut rows = rows.into_iter().peekable();
        while rows.peek().is_some() {
            let part: Vec<Vec<Value>> = rows.by_ref().take(chunk).collect();
            let text = self.insert_text(into, columns, part.len());
            self.run(&text, &part.concat()).await?;
        }
        Ok(())
    }

    fn insert_text(&self, into: &str, columns: usize, rows: usize) -> String {
        let mut text = format!("INSERT INTO {into} VALUES ");
        for row in 0..rows {
            text.push_str(if row == 0 { "(" } else { ", (" });
            for column in 0..columns {
                if column > 0 {
                    text.push(',');
                }
                if self.is_sqlite() {
                    text.push('?');
                } else {
                    let _ = write!(text, "${}", row * columns + column + 1);
                }
            }
            text.push(')');
        }
        text
    }
}
