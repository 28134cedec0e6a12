//! One stream of migrations for both engines, and the schema it describes.

use std::collections::BTreeMap;

use crate::{Db, Engine, Error, Reads, Result};

/// One step of the stream, written in `PostgreSQL` words.
pub struct Migration {
    /// Its number: steps run in this order, once.
    pub version: i64,
    /// What it is for.
    pub name: &'static str,
    /// The statements.
    pub text: &'static str,
}

/// The whole stream.
pub struct Migrations(pub &'static [Migration]);

/// Words a migration may use: what both engines understand, or what is replaced for `SQLite`.
const COMMON_WORDS: &[&str] = &[
    "CREATE",
    "TABLE",
    "INDEX",
    "UNIQUE",
    "ON",
    "PRIMARY",
    "KEY",
    "NOT",
    "NULL",
    "REFERENCES",
    "DEFAULT",
    "CHECK",
    "IN",
    "AND",
    "OR",
    "IS",
    "TEXT",
    "BIGINT",
    "BOOLEAN",
    "DOUBLE",
    "PRECISION",
    "BYTEA",
    "ALTER",
    "ADD",
    "COLUMN",
    "DROP",
    "RENAME",
    "TO",
    "INSERT",
    "INTO",
    "VALUES",
    "UPDATE",
    "SET",
    "WHERE",
    "DELETE",
    "FROM",
    "SELECT",
    "TRUE",
    "FALSE",
    "DESC",
    "ASC",
    "CASCADE",
    "BETWEEN",
    "LIKE",
    "FOREIGN",
    "GROUP",
    "BY",
    "AS",
    "COALESCE",
    "CASE",
    "WHEN",
    "THEN",
    "ELSE",
    "END",
];

/// The same statements in `SQLite`'s words, every table STRICT.
pub fn sqlite_words(text: &str) -> String {
    text.replace("DOUBLE PRECISION", "REAL")
        .replace("BIGINT", "INTEGER")
        .replace("BOOLEAN", "INTEGER")
        .replace("BYTEA", "BLOB")
        .replace("TRUE", "1")
        .replace("FALSE", "0")
        .replace("\n);", "\n) STRICT;")
}

impl Migrations {
    /// Brings the database up to date; each step is one change. Refuses a newer database.
    pub async fn run(&self, db: &Db, now: i64) -> Result<u64> {
        let tx = db.begin().await?;
        tx.batch(&for_engine(db, LEDGER)).await?;
        tx.commit().await?;
        let found = version(db).await?;
        let known = self.newest();
        if found > known {
            return Err(Error::TooNew { found, known });
        }
        let mut steps = 0;
        for step in self.0.iter().filter(|step| step.version > found) {
            check_words(step)?;
            let tx = db.begin().await?;
            tx.batch(&for_engine(db, step.text)).await?;
            tx.query("INSERT INTO migration (version, name, at) VALUES ($1, $2, $3)")
                .bind(step.version)
                .bind(step.name)
                .bind(now)
                .run()
                .await?;
            tx.commit().await?;
            steps += 1;
        }
        Ok(steps)
    }

    /// The stream up to this version: what an older program knew.
    #[must_use]
    pub fn until(&self, version: i64) -> Self {
        let steps = self.0.iter().take_while(|step| step.version <= version);
        Self(self.0.get(..steps.count()).unwrap_or(self.0))
    }

    /// The newest version.
    pub fn newest(&self) -> i64 {
        self.0.last().map_or(0, |last| last.version)
    }

    /// The version of this database; 0 where nothing was ever made.
    pub async fn version_of(db: &Db) -> Result<i64> {
        let text = match db.engine {
            Engine::Sqlite(_) => {
                "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name = 'migration'"
            }
            Engine::Postgres(_) => {
                "SELECT count(*) FROM information_schema.tables
                 WHERE table_schema = current_schema() AND table_name = 'migration'"
            }
        };
        let there: (i64,) = db.query(text).one().await?;
        if there.0 == 0 {
            Ok(0)
        } else {
            version(db).await
        }
    }

    /// The tables of the whole stream, in the order in which rows may be copied.
    pub fn schema(&self) -> Schema {
        let mut schema = Schema { tables: Vec::new() };
        schema.read(LEDGER);
        for step in self.0 {
            schema.read(step.text);
        }
        schema
    }
}

pub(crate) const LEDGER: &str = "CREATE TABLE IF NOT EXISTS migration (
    version BIGINT PRIMARY KEY,
    name TEXT NOT NULL,
    at BIGINT NOT NULL
);";

fn for_engine(db: &Db, text: &str) -> String {
    match db.engine {
        Engine::Sqlite(_) => sqlite_words(text),
        Engine::Postgres(_) => text.to_owned(),
    }
}

async fn version(db: &Db) -> Result<i64> {
    let newest = db
        .query("SELECT max(version) FROM migration")
        .one::<(Option<i64>,)>()
        .await?;
    Ok(newest.0.unwrap_or(0))
}

fn check_words(step: &Migration) -> Result<()> {
    for line in step
        .text
        .lines()
        .filter(|line| !line.trim_start().starts_with("--"))
    {
        let unquoted: String = line.split('\'').step_by(2).collect();
        let foreign = unquoted
            .split(|c: char| !c.is_ascii_alphanumeric() && c != '_')
            .filter(|word| word.len() > 1 && word.chars().all(|c| c.is_ascii_uppercase()))
            .find(|word| !COMMON_WORDS.contains(word));
        if let Some(word) = foreign {
            let (migration, word) = (step.name.to_owned(), word.to_owned());
            return Err(Error::ForeignWord { migration, word });
        }
    }
    Ok(())
}

/// The tables of a database, as its migrations say.
pub struct Schema {
    /// In the order in which they were made.
    pub tables: Vec<TableColumns>,
}

/// A table with its columns.
pub struct TableColumns {
    /// Its name.
    pub name: String,
    /// Its columns' names, in order.
    pub columns: Vec<String>,
    pub(crate) kinds: Vec<Kind>,
    /// Columns that refer to another table.
    pub references: Vec<String>,
    /// The columns of its primary key, in order.
    pub key: Vec<String>,
    /// Where each of `references` leads: a table and a column of it.
    pub(crate) leads_to: Vec<(String, String)>,
}

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Bool,
    Int,
    Real,
    Text,
    Bytes,
}

impl Schema {
    fn read(&mut self, text: &str) {
        let mut open: Option<TableColumns> = None;
        for line in text.lines().map(str::trim) {
            let words: Vec<&str> = line.trim_end_matches(',').split_whitespace().collect();
            match words.as_slice() {
                ["CREATE", "TABLE", rest @ ..] => {
                    let name = rest
                        .iter()
                        .rev()
                        .nth(1)
                        .copied()
                        .unwrap_or_default()
                        .to_owned();
                    open = Some(TableColumns::named(name));
                }
                [");"] => self.tables.extend(open.take()),
                ["DROP", "TABLE", name] => {
                    let name = name.trim_end_matches(';');
                    self.tables.retain(|known| known.name != name);
                }
                ["ALTER", "TABLE", table, "ADD", "COLUMN", column @ ..] => {
                    if let Some(table) = self.tables.iter_mut().find(|known| known.name == *table) {
                        table.read_column(column);
                    }
                }
                column => {
                    if let Some(table) = &mut open {
                        table.read_column(column);
                    }
                }
            }
        }
    }

    /// The tables whose rows move with a site: all but the list of migrations.
    pub fn carried(&self) -> impl DoubleEndedIterator<Item = &TableColumns> {
        self.tables.iter().filter(|table| table.name != "migration")
    }

    /// Tables by name.
    pub fn by_name(&self) -> BTreeMap<&str, &TableColumns> {
        self.tables
            .iter()
            .map(|table| (table.name.as_str(), table))
            .collect()
    }
}

impl TableColumns {
    fn named(name: String) -> Self {
        Self {
            name,
            columns: Vec::new(),
            kinds: Vec::new(),
            references: Vec::new(),
            key: Vec::new(),
            leads_to: Vec::new(),
        }
    }

    fn read_column(&mut self, words: &[&str]) {
        let [name, kind, rest @ ..] = words else {
            return;
        };
        if (*name, *kind) == ("PRIMARY", "KEY") {
            let key = rest.join(" ");
            let key = key.trim_matches(['(', ')']).split(',').map(str::trim);
            self.key = key.map(str::to_owned).collect();
            return;
        }
        let kind = match kind.trim_end_matches(';') {
            "TEXT" => Kind::Text,
            "BIGINT" => Kind::Int,
            "BOOLEAN" => Kind::Bool,
            "DOUBLE" => Kind::Real,
            "BYTEA" => Kind::Bytes,
            _ => return,
        };
        self.columns.push((*name).to_owned());
        self.kinds.push(kind);
        if rest.starts_with(&["PRIMARY", "KEY"]) {
            self.key.push((*name).to_owned());
        }
        let after = rest.iter().skip_while(|word| **word != "REFERENCES");
        if let [_, table, column, ..] = after.copied().collect::<Vec<_>>().as_slice() {
            self.references.push((*name).to_owned());
            let column = column.trim_end_matches(';').trim_matches(['(', ')']);
            self.leads_to.push(((*table).to_owned(), column.to_owned()));
        }
    }
}
