//! A row as a line of JSON: the same from either engine, readable without us.

use std::fmt::Write as _;

use serde_json::Value as Json;

use crate::migrate::Kind;
use crate::{Error, Result, TableColumns, Value};

impl TableColumns {
    /// A row as one line: an object with the columns in their order, bytes as hexadecimal digits.
    pub fn line(&self, row: &[Value]) -> Result<String> {
        let mut line = String::from("{");
        for (name, value) in self.columns.iter().zip(row) {
            if line.len() > 1 {
                line.push(',');
            }
            let value = json(value).ok_or_else(|| self.wrong(name))?;
            let _ = write!(line, "\"{name}\":{value}");
        }
        line.push('}');
        Ok(line)
    }

    /// The row that a line says; every column must be there, and nothing else.
    pub fn row(&self, line: &str) -> Result<Vec<Value>> {
        let Ok(Json::Object(mut said)) = serde_json::from_str(line) else {
            return Err(Error::Unexpected(format!(
                "a line of {} is not a row",
                self.name
            )));
        };
        let mut row = Vec::with_capacity(self.columns.len());
        for (name, kind) in self.columns.iter().zip(&self.kinds) {
            let value = said.remove(name).and_then(|said| value(*kind, said));
            row.push(value.ok_or_else(|| self.wrong(name))?);
        }
        match said.keys().next() {
            Some(unknown) => Err(self.wrong(unknown)),
            None => Ok(row),
        }
    }

    fn wrong(&self, column: &str) -> Error {
        Error::Unexpected(format!(
            "a row of {} says nothing useful for {column}",
            self.name
        ))
    }
}

fn json(value: &Value) -> Option<Json> {
    Some(match value {
        Value::Null => Json::Null,
        Value::Bool(is) => (*is).into(),
        Value::Int(number) => (*number).into(),
        Value::Real(number) => serde_json::Number::from_f64(*number)?.into(),
        Value::Text(words) => words.as_str().into(),
        Value::Bytes(bytes) => {
            let mut digits = String::with_capacity(bytes.len() * 2);
            for byte in bytes {
                let _ = write!(digits, "{byte:02x}");
            }
            digits.into()
        }
    })
}

fn value(kind: Kind, said: Json) -> Option<Value> {
    Some(match (kind, said) {
        (_, Json::Null) => Value::Null,
        (Kind::Bool, Json::Bool(is)) => Value::Bool(is),
        (Kind::Int, Json::Number(number)) => Value::Int(number.as_i64()?),
        (Kind::Real, Json::Number(number)) => Value::Real(number.as_f64()?),
        (Kind::Text, Json::String(words)) => Value::Text(words),
        (Kind::Bytes, Json::String(digits)) => Value::Bytes(bytes(digits.as_bytes())?),
        _ => return None,
    })
}

fn bytes(digits: &[u8]) -> Option<Vec<u8>> {
    let digit = |byte: u8| char::from(byte).to_digit(16);
    let pairs = digits.chunks(2).map(|pair| match pair {
        [high, low] => u8::try_from(digit(*high)? * 16 + digit(*low)?).ok(),
        _ => None,
    });
    pairs.collect()
}
