//! The log of changes beside each page: eight columns with tabs between, or seven in older wikis.

/// What a line of the log says happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// The page came to be.
    Created,
    /// It was edited.
    Edited,
    /// It was edited, and the author called it small.
    Small,
    /// It was deleted.
    Deleted,
    /// An older revision was brought back: the one of this second.
    Reverted(i64),
    /// It was changed outside the wiki: by whom is not known.
    Outside,
}

/// One line of a log. Who it was is a login; network addresses are not read at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Seconds since 1970.
    pub at: i64,
    /// What happened.
    pub change: Change,
    /// The login, or nothing for somebody without one.
    pub login: String,
    /// Why.
    pub summary: String,
}

/// Letters of a summary at the most.
const LONGEST_SUMMARY: usize = 500;
/// Seconds after which no wiki wrote: the year 2200.
const LATEST: i64 = 7_258_118_400;

/// The lines of a log, oldest first, and how many could not be read.
#[must_use]
pub fn read(log: &str) -> (Vec<Row>, usize) {
    let (mut rows, mut unread) = (Vec::new(), 0);
    for line in log.lines().filter(|line| !line.trim().is_empty()) {
        match row(line) {
            Some(row) => rows.push(row),
            None => unread += 1,
        }
    }
    rows.sort_by_key(|row| row.at);
    rows.dedup_by_key(|row| row.at);
    (rows, unread)
}

fn row(line: &str) -> Option<Row> {
    let columns: Vec<&str> = line.trim_start_matches('\u{FEFF}').split('\t').collect();
    let [at, _, kind, _, login, rest @ ..] = columns.as_slice() else {
        return None;
    };
    let at = at
        .trim()
        .parse()
        .ok()
        .filter(|at| (1..LATEST).contains(at))?;
    let extra = rest.get(1).and_then(|extra| extra.trim().parse().ok());
    let change = match (*kind, extra) {
        ("C", _) => Change::Created,
        ("e", _) => Change::Small,
        ("D", _) => Change::Deleted,
        ("R", Some(to)) => Change::Reverted(to),
        ("E", _) | ("R", None) => Change::Edited,
        _ => return None,
    };
    let summary = rest.first().copied().unwrap_or_default();
    Some(Row {
        at,
        change,
        login: login.trim().to_owned(),
        summary: summary
            .trim()
            .chars()
            .filter(|letter| !letter.is_control())
            .take(LONGEST_SUMMARY)
            .collect(),
    })
}
