//! Whether a database is whole: its pages, and what its rows refer to.

use rusqlite::Connection;

use crate::migrate::LEDGER;
use crate::{Db, Engine, Migrations, Reads, Result, Schema, Tx, sqlite_words};

const SHAPE: &str = "SELECT name, coalesce(sql, '') FROM sqlite_master ORDER BY name";

impl Migrations {
    /// What a file's tables and indexes look like after these steps: name and statement.
    pub fn shape(&self) -> Result<Vec<(String, String)>> {
        let connection = Connection::open_in_memory()?;
        connection.execute_batch(&sqlite_words(LEDGER))?;
        for step in self.0 {
            connection.execute_batch(&sqlite_words(step.text))?;
        }
        crate::sqlite::all(&connection, SHAPE, &[])
    }
}

impl Db {
    /// What the engine itself finds wrong with its file; a server looks after its own files.
    pub async fn damage(&self) -> Result<Vec<String>> {
        let Engine::Sqlite(_) = &self.engine else {
            return Ok(Vec::new());
        };
        let told: Vec<(String,)> = self.query("PRAGMA integrity_check(20)").all().await?;
        let told = told.into_iter().map(|row| row.0);
        Ok(told.filter(|line| line != "ok").collect())
    }

    /// Tables and indexes that are not as these steps make them; a server looks after its own.
    pub async fn misshapen(&self, steps: &Migrations) -> Result<Vec<String>> {
        let Engine::Sqlite(_) = &self.engine else {
            return Ok(Vec::new());
        };
        let own: Vec<(String, String)> = self.query(SHAPE).all().await?;
        let right = steps.shape()?;
        let one_sided = own.iter().filter(|one| !right.contains(one));
        let other = right.iter().filter(|one| !own.contains(one));
        let mut names: Vec<String> = one_sided.chain(other).map(|one| one.0.clone()).collect();
        names.sort();
        names.dedup();
        Ok(names)
    }

    /// Brings everything into the one file, so that it can be moved once the database is closed.
    pub async fn settle(&self) -> Result<()> {
        if let Engine::Sqlite(file) = &self.engine {
            let writer = file.writer().await;
            writer.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)")?;
        }
        Ok(())
    }

    /// Columns with rows that refer to nothing: table, column, how many rows.
    pub async fn dangling(&self, schema: &Schema) -> Result<Vec<(String, String, i64)>> {
        let mut found = Vec::new();
        for table in schema.carried() {
            for (column, (to, key)) in table.references.iter().zip(&table.leads_to) {
                let own = &table.name;
                let text = format!(
                    "SELECT count(*) FROM {own} WHERE {column} IS NOT NULL
                     AND NOT EXISTS (SELECT 1 FROM {to} other WHERE other.{key} = {own}.{column})"
                );
                let count: (i64,) = self.made(text).one().await?;
                if count.0 > 0 {
                    found.push((own.clone(), column.clone(), count.0));
                }
            }
        }
        Ok(found)
    }

    /// How many rows a table of the schema has; 0 where there is no such table.
    pub async fn count(&self, schema: &Schema, table: &str) -> Result<i64> {
        if !schema.by_name().contains_key(table) {
            return Ok(0);
        }
        let count: (i64,) = self
            .made(format!("SELECT count(*) FROM {table}"))
            .one()
            .await?;
        Ok(count.0)
    }
}

impl Tx {
    /// From now on rows may refer to rows that come later in this change.
    pub async fn references_wait(&self) -> Result<()> {
        if self.is_sqlite() {
            return self.batch("PRAGMA defer_foreign_keys = ON").await;
        }
        self.each_reference("DEFERRABLE INITIALLY DEFERRED").await
    }

    /// Every reference must lead somewhere again, from here on.
    pub async fn references_hold(&self) -> Result<()> {
        if self.is_sqlite() {
            // The commit looks.
            return Ok(());
        }
        self.batch("SET CONSTRAINTS ALL IMMEDIATE").await?;
        self.each_reference("NOT DEFERRABLE").await
    }

    async fn each_reference(&self, how: &str) -> Result<()> {
        let text = "SELECT CAST(CAST(conrelid AS regclass) AS TEXT), CAST(conname AS TEXT)
             FROM pg_constraint
             WHERE contype = 'f' AND connamespace = CAST(current_schema() AS regnamespace)
             ORDER BY 1, 2";
        for (table, name) in self.all::<(String, String)>(text, &[]).await? {
            self.batch(&format!(
                "ALTER TABLE {table} ALTER CONSTRAINT \"{name}\" {how}"
            ))
            .await?;
        }
        Ok(())
    }
}
