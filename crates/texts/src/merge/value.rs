/// What became of a single value that two people changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value<T> {
    /// At most one side changed it, or both in the same way.
    Clean(T),
    /// Both changed it, in different ways.
    Conflict {
        /// What both started from.
        base: T,
        /// What was saved first.
        theirs: T,
        /// What is being saved now.
        mine: T,
    },
}

/// Merges a value that cannot be mixed: a title, a date, a choice.
#[must_use]
pub fn merge_value<T: PartialEq>(base: T, theirs: T, mine: T) -> Value<T> {
    if theirs == mine || base == theirs {
        Value::Clean(mine)
    } else if base == mine {
        Value::Clean(theirs)
    } else {
        Value::Conflict { base, theirs, mine }
    }
}

#[cfg(test)]
mod tests;
