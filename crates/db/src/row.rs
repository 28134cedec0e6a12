//! A row that both engines can read, column by column.

use crate::{Result, Value};

/// A row being read from left to right.
pub struct Row<'r> {
    inner: Inner<'r>,
    next: usize,
}

enum Inner<'r> {
    Sqlite(&'r rusqlite::Row<'r>),
    Postgres(&'r tokio_postgres::Row),
}

impl<'r> Row<'r> {
    pub(crate) fn sqlite(row: &'r rusqlite::Row<'r>) -> Self {
        Self {
            inner: Inner::Sqlite(row),
            next: 0,
        }
    }

    pub(crate) fn postgres(row: &'r tokio_postgres::Row) -> Self {
        Self {
            inner: Inner::Postgres(row),
            next: 0,
        }
    }

    /// The next column.
    pub fn take<T: Column>(&mut self) -> Result<T> {
        T::read(self)
    }

    fn raw<T>(&mut self) -> Result<T>
    where
        T: rusqlite::types::FromSql + for<'a> tokio_postgres::types::FromSql<'a>,
    {
        let at = self.next;
        self.next += 1;
        Ok(match self.inner {
            Inner::Sqlite(row) => row.get(at)?,
            Inner::Postgres(row) => row.try_get(at)?,
        })
    }
}

/// What one column can hold.
pub trait Column: Sized {
    /// Reads a column that must have a value.
    fn read(row: &mut Row<'_>) -> Result<Self>;
    /// Reads a column that may have none.
    fn read_optional(row: &mut Row<'_>) -> Result<Option<Self>>;
}

macro_rules! plain_columns {
    ($($kind:ty),*) => {$(
        impl Column for $kind {
            fn read(row: &mut Row<'_>) -> Result<Self> {
                row.raw()
            }
            fn read_optional(row: &mut Row<'_>) -> Result<Option<Self>> {
                row.raw()
            }
        }
    )*};
}
plain_columns!(bool, i64, f64, String, Vec<u8>);

impl<T: Column> Column for Option<T> {
    fn read(row: &mut Row<'_>) -> Result<Self> {
        T::read_optional(row)
    }

    fn read_optional(row: &mut Row<'_>) -> Result<Option<Self>> {
        Ok(Some(T::read_optional(row)?))
    }
}

/// What a whole row can become.
pub trait FromRow: Sized {
    /// Reads the columns in the order of the statement.
    fn from_row(row: &mut Row<'_>) -> Result<Self>;
}

macro_rules! tuple_rows {
    ($($($name:ident)+;)*) => {$(
        impl<$($name: Column),+> FromRow for ($($name,)+) {
            fn from_row(row: &mut Row<'_>) -> Result<Self> {
                Ok(($(row.take::<$name>()?,)+))
            }
        }
    )*};
}
tuple_rows! { A; A B; A B C; A B C D; A B C D E; A B C D E F; A B C D E F G; A B C D E F G H; }

/// Makes a struct readable from a row: its fields in the order of the statement's columns.
#[macro_export]
macro_rules! columns {
    ($name:ident { $($field:ident),+ $(,)? }) => {
        impl $crate::FromRow for $name {
            fn from_row(row: &mut $crate::Row<'_>) -> $crate::Result<Self> {
                Ok(Self { $($field: row.take()?),+ })
            }
        }
    };
}

/// Makes a newtype over text or a number readable and bindable: `db::newtype!(PersonId: String)`.
#[macro_export]
macro_rules! newtype {
    ($name:ident : $raw:ty) => {
        impl $crate::Column for $name {
            fn read(row: &mut $crate::Row<'_>) -> $crate::Result<Self> {
                Ok(Self(row.take::<$raw>()?))
            }
            fn read_optional(row: &mut $crate::Row<'_>) -> $crate::Result<Option<Self>> {
                Ok(row.take::<Option<$raw>>()?.map(Self))
            }
        }
        impl From<&$name> for $crate::Value {
            fn from(value: &$name) -> Self {
                $crate::Value::from(value.0.clone())
            }
        }
        impl From<$name> for $crate::Value {
            fn from(value: $name) -> Self {
                $crate::Value::from(value.0)
            }
        }
    };
}

/// A row of values of kinds known only at run time: what a copy reads.
pub(crate) fn values(row: &mut Row<'_>, kinds: &[crate::migrate::Kind]) -> Result<Vec<Value>> {
    use crate::migrate::Kind;
    kinds
        .iter()
        .map(|kind| {
            Ok(match kind {
                Kind::Bool => row.take::<Option<bool>>()?.into(),
                Kind::Int => row.take::<Option<i64>>()?.into(),
                Kind::Real => row.take::<Option<f64>>()?.into(),
                Kind::Text => row.take::<Option<String>>()?.into(),
                Kind::Bytes => row.take::<Option<Vec<u8>>>()?.into(),
            })
        })
        .collect()
}
