//! A statement with its values, on its way to either engine.

use std::borrow::Cow;

use crate::{Db, Engine, Error, Filter, FromRow, Result, Row, Tx, Value};

/// Where statements that read can run: a [`Db`], or a [`Tx`] that wants to see its own changes.
pub trait Reads: Sync {
    /// Starts a statement; its text is the same for both engines, placeholders `$1`, `$2`, ….
    fn query(&self, text: &'static str) -> Query<'_>;

    /// Starts a statement put together by a [`Filter`].
    fn filtered(&self, filter: Filter) -> Query<'_>;
}

impl Reads for Db {
    fn query(&self, text: &'static str) -> Query<'_> {
        Query {
            place: Place::Pool(self),
            text: Cow::Borrowed(text),
            values: Vec::new(),
        }
    }

    fn filtered(&self, filter: Filter) -> Query<'_> {
        let (text, values) = filter.into_parts();
        Query {
            place: Place::Pool(self),
            text: Cow::Owned(text),
            values,
        }
    }
}

impl Reads for Tx {
    fn query(&self, text: &'static str) -> Query<'_> {
        Query {
            place: Place::Tx(self),
            text: Cow::Borrowed(text),
            values: Vec::new(),
        }
    }

    fn filtered(&self, filter: Filter) -> Query<'_> {
        let (text, values) = filter.into_parts();
        Query {
            place: Place::Tx(self),
            text: Cow::Owned(text),
            values,
        }
    }
}

impl Db {
    /// Starts a statement made of the schema's own names.
    pub(crate) fn made(&self, text: String) -> Query<'_> {
        Query {
            place: Place::Pool(self),
            text: Cow::Owned(text),
            values: Vec::new(),
        }
    }
}

/// A statement with the values bound so far.
pub struct Query<'p> {
    place: Place<'p>,
    text: Cow<'static, str>,
    values: Vec<Value>,
}

enum Place<'p> {
    Pool(&'p Db),
    Tx(&'p Tx),
}

impl Query<'_> {
    /// Binds the next placeholder.
    #[must_use]
    pub fn bind(mut self, value: impl Into<Value>) -> Self {
        self.values.push(value.into());
        self
    }

    /// All rows.
    pub async fn all<T: FromRow + Send>(self) -> Result<Vec<T>> {
        let Self {
            place,
            text,
            values,
        } = self;
        match place {
            Place::Pool(db) => match &db.engine {
                Engine::Sqlite(file) => {
                    file.read(|connection| crate::sqlite::all(connection, &text, &values))
                }
                Engine::Postgres(server) => {
                    let rows = server.read(&text, &values).await?;
                    rows.iter()
                        .map(|row| T::from_row(&mut Row::postgres(row)))
                        .collect()
                }
            },
            Place::Tx(tx) => tx.all(&text, &values).await,
        }
    }

    /// The first row, if there is one.
    pub async fn one_or_none<T: FromRow + Send>(self) -> Result<Option<T>> {
        Ok(self.all::<T>().await?.into_iter().next())
    }

    /// The one row that must be there.
    pub async fn one<T: FromRow + Send>(self) -> Result<T> {
        let text = self.text.clone();
        let row = self.one_or_none::<T>().await?;
        row.ok_or_else(|| Error::Unexpected(format!("no row for: {text}")))
    }

    /// Runs a change and says how many rows it touched; only a [`Tx`] can.
    pub async fn run(self) -> Result<u64> {
        match self.place {
            Place::Tx(tx) => tx.run(&self.text, &self.values).await,
            Place::Pool(_) => Err(Error::Statement("changes need a transaction".to_owned())),
        }
    }
}
