//! What PHP's `serialize()` wrote, as far as it is plain values: nothing is ever made of a class.

/// A value.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing, a truth, or a number with a point: none of them is asked for.
    Other,
    /// A whole number.
    Number(i64),
    /// Words; bytes that are no UTF-8 became U+FFFD.
    Words(String),
    /// Entries by their keys, in their order.
    Entries(Vec<(String, Value)>),
}

/// Levels at the most.
const DEEPEST: usize = 24;

impl Value {
    /// Reads one value. None for what is cut off, nested too deep, or of a class.
    #[must_use]
    pub fn read(bytes: &[u8]) -> Option<Self> {
        Reader { bytes }.value(0)
    }

    /// The entry of this key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Entries(entries) => entries
                .iter()
                .find(|(own, _)| own == key)
                .map(|(_, value)| value),
            _ => None,
        }
    }

    /// The words, if it is some.
    #[must_use]
    pub fn words(&self) -> Option<&str> {
        match self {
            Self::Words(words) => Some(words),
            _ => None,
        }
    }
}

struct Reader<'b> {
    bytes: &'b [u8],
}

impl Reader<'_> {
    fn value(&mut self, depth: usize) -> Option<Value> {
        if depth > DEEPEST {
            return None;
        }
        let (kind, after) = self.bytes.split_first()?;
        self.bytes = after;
        if *kind == b'N' {
            self.skip(b';')?;
            return Some(Value::Other);
        }
        self.skip(b':')?;
        match kind {
            b'i' => Some(Value::Number(self.number(b';')?)),
            b'b' | b'd' => {
                let end = self.bytes.iter().position(|byte| *byte == b';')?;
                self.bytes = &self.bytes[end + 1..];
                Some(Value::Other)
            }
            b's' => {
                let words = self.words()?;
                self.skip(b';')?;
                Some(Value::Words(words))
            }
            b'a' => self.entries(depth),
            _ => None,
        }
    }

    fn entries(&mut self, depth: usize) -> Option<Value> {
        let count = usize::try_from(self.number(b':')?).ok()?;
        self.skip(b'{')?;
        // Each entry takes six bytes at the least: a count that promises more is a lie.
        if count > self.bytes.len() / 6 {
            return None;
        }
        let mut entries = Vec::new();
        for _ in 0..count {
            let key = match self.value(DEEPEST)? {
                Value::Words(words) => words,
                Value::Number(number) => number.to_string(),
                _ => return None,
            };
            entries.push((key, self.value(depth + 1)?));
        }
        self.skip(b'}')?;
        Some(Value::Entries(entries))
    }

    fn words(&mut self) -> Option<String> {
        let length = usize::try_from(self.number(b':')?).ok()?;
        self.skip(b'"')?;
        let words = self.bytes.get(..length)?;
        self.bytes = &self.bytes[length..];
        self.skip(b'"')?;
        Some(String::from_utf8_lossy(words).into_owned())
    }

    fn number(&mut self, end: u8) -> Option<i64> {
        let length = self.bytes.iter().take(21).position(|byte| *byte == end)?;
        let digits = std::str::from_utf8(&self.bytes[..length]).ok()?;
        self.bytes = &self.bytes[length + 1..];
        digits.parse().ok()
    }

    fn skip(&mut self, expected: u8) -> Option<()> {
        self.bytes = self.bytes.strip_prefix(&[expected])?;
        Some(())
    }
}
