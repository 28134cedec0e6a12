//! What pages count.

/// What can be counted.
pub trait Number {
    /// As a number.
    fn as_number(&self) -> i64;
}

impl Number for i64 {
    fn as_number(&self) -> i64 {
        *self
    }
}

impl Number for usize {
    fn as_number(&self) -> i64 {
        i64::try_from(*self).unwrap_or(i64::MAX)
    }
}

impl<N: Number> Number for &N {
    fn as_number(&self) -> i64 {
        (*self).as_number()
    }
}
