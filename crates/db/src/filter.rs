//! The only place where the text of a statement is put together at run time.

use std::fmt::Write as _;

use crate::Value;

/// A statement with optional conditions: constant texts and bound values only.
pub struct Filter {
    text: String,
    values: Vec<Value>,
    has_where: bool,
}

impl Filter {
    /// Starts from a `SELECT … FROM …` without a `WHERE`.
    pub fn new(select: &'static str) -> Self {
        Self {
            text: select.to_owned(),
            values: Vec::new(),
            has_where: false,
        }
    }

    /// Starts from one that asks for values of its own: each `?` in it takes the next of `values`.
    pub fn with(select: &'static str, values: Vec<Value>) -> Self {
        let mut filter = Self::new("");
        filter.push(select, values);
        filter
    }

    /// Adds a condition; each `?` in it takes the next of `values`.
    #[must_use]
    pub fn and(mut self, condition: &'static str, values: Vec<Value>) -> Self {
        self.text.push_str(if self.has_where {
            "\nAND ("
        } else {
            "\nWHERE ("
        });
        self.has_where = true;
        self.push(condition, values);
        self.text.push(')');
        self
    }

    /// Adds `column IN (…)`; an empty list matches nothing.
    #[must_use]
    pub fn and_in<V: Into<Value>>(self, column: &'static str, list: Vec<V>) -> Self {
        if list.is_empty() {
            return self.and("1 = 0", Vec::new());
        }
        let mut with = self.and("", Vec::new());
        with.text.pop();
        with.text.push_str(column);
        with.text.push_str(" IN (");
        for (at, value) in list.into_iter().enumerate() {
            if at > 0 {
                with.text.push_str(", ");
            }
            with.values.push(value.into());
            let _ = write!(with.text, "${}", with.values.len());
        }
        with.text.push_str("))");
        with
    }

    /// Adds what stands after the conditions: `ORDER BY`, `LIMIT`, `GROUP BY`.
    #[must_use]
    pub fn then(mut self, text: &'static str, values: Vec<Value>) -> Self {
        self.text.push('\n');
        self.push(text, values);
        self
    }

    /// The statement put together so far.
    pub fn text(&self) -> &str {
        &self.text
    }

    fn push(&mut self, text: &'static str, values: Vec<Value>) {
        let mut values = values.into_iter();
        for part in text.split_inclusive('?') {
            match part.strip_suffix('?') {
                Some(before) => {
                    self.values.push(values.next().unwrap_or(Value::Null));
                    self.text.push_str(before);
                    let _ = write!(self.text, "${}", self.values.len());
                }
                None => self.text.push_str(part),
            }
        }
    }

    pub(crate) fn into_parts(self) -> (String, Vec<Value>) {
        (self.text, self.values)
    }
}
