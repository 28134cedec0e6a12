//! Events, their sessions and the lines of notes: what follows from what.

use std::collections::BTreeMap;

use sha2::{Digest, Sha256};

use crate::ids::hex;
pub use crate::people::model::initials;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::{Person, PersonId, Role, Viewer};

/// Letters of a line at the most.
pub const LONGEST_LINE: usize = 2_000;
/// Lines of one session at the most.
pub const MOST_LINES: i64 = 20_000;
/// Sessions of one event at the most.
pub const MOST_SESSIONS: usize = 400;
/// Letters of a title, a lead or a room at the most.
pub const LONGEST_TITLE: usize = 140;
/// Places of lines lie below this, so that scripts can count them.
pub const LAST_PLACE: i64 = 9_000_000_000_000_000;

/// An event as lists and sessions need it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Event {
    /// Its number for ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// Its first sentence.
    pub summary: String,
    /// Where it is.
    pub place: String,
    /// Its first day, such as `2026-05-03`.
    pub first_day: String,
    /// Its last day.
    pub last_day: String,
    /// Whether young people are there.
    pub is_young: bool,
    /// Who wrote it down.
    pub author_id: Option<PersonId>,
    /// Whether it is part of the demo.
    pub is_demo: bool,
}
db::columns!(Event {
    number,
    title,
    slug,
    summary,
    place,
    first_day,
    last_day,
    is_young,
    author_id,
    is_demo,
});

impl Event {
    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new("event", self.number).address(&self.slug)
    }

    /// Whether its last day is over.
    pub fn is_over(&self, today: &str) -> bool {
        self.last_day.as_str() < today
    }

    /// Whether somebody runs it: lets people in, locks captures, asks for publishing.
    pub fn is_run_by(&self, viewer: &Viewer) -> bool {
        let runs = |person: &Person| {
            matches!(person.role, Role::Facilitator | Role::Steward | Role::Owner)
                || self.author_id.as_ref() == Some(&person.id)
        };
        viewer.person().is_some_and(runs)
    }

    /// "3 May 2026", or "3 May 2026 to 4 May 2026".
    pub fn days(&self) -> String {
        let first = day_in_words(&self.first_day);
        if self.last_day == self.first_day {
            first
        } else {
            format!("{first} – {}", day_in_words(&self.last_day))
        }
    }
}

/// "3 May 2026" for `2026-05-03`; what is no day stays as it is.
pub fn day_in_words(day: &str) -> String {
    Moment::parse_iso(&format!("{day}T12:00:00Z")).map_or_else(|| day.to_owned(), Moment::day)
}

/// A session of an event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Session {
    /// Inside the database.
    pub id: String,
    /// Its number for ever.
    pub number: i64,
    /// Of which event.
    pub event: i64,
    /// On which day, such as `2026-05-03`.
    pub day: String,
    /// From when, such as `10:00`.
    pub starts: String,
    /// Until when, or nothing.
    pub ends: String,
    /// Where, or nothing.
    pub room: String,
    /// What it is about.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// Who leads it, or nothing.
    pub lead: String,
    /// Grows with each line written.
    pub version: i64,
    /// When it was put into the grid.
    pub made_at: Moment,
    /// When its capture locked.
    pub locked_at: Option<Moment>,
    /// The SHA-256 of the list of its lines' hashes, once locked.
    pub content_hash: Option<String>,
    /// The number of its write-up.
    pub write_up: Option<i64>,
    /// Who asked for its notes to be published, where young people were there.
    pub asked_by: Option<PersonId>,
    /// When somebody else published them.
    pub published_at: Option<Moment>,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}
db::columns!(Session {
    id,
    number,
    event,
    day,
    starts,
    ends,
    room,
    title,
    slug,
    lead,
    version,
    made_at,
    locked_at,
    content_hash,
    write_up,
    asked_by,
    published_at,
    is_demo,
});

impl Session {
    /// Its address.
    pub fn address(&self) -> String {
        if self.slug.is_empty() {
            format!("/sessions/{}", self.number)
        } else {
            format!("/sessions/{}-{}", self.number, self.slug)
        }
    }

    /// Whether its capture is locked.
    pub fn is_locked(&self) -> bool {
        self.locked_at.is_some()
    }

    /// "10:00", or "10:00 – 10:45".
    pub fn time(&self) -> String {
        if self.ends.is_empty() {
            self.starts.clone()
        } else {
            format!("{} – {}", self.starts, self.ends)
        }
    }
}

/// A line of notes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Line {
    /// Made by whoever wrote it.
    pub id: String,
    /// Orders the lines of a column.
    pub place: i64,
    /// Whether it stands in the column that all share.
    pub is_together: bool,
    /// What it says; nothing once it was taken out or erased.
    pub text: String,
    /// Who wrote it, where they have an account.
    pub author_id: Option<PersonId>,
    /// Who wrote it, where they were let in by a link.
    pub guest: String,
    /// How its author is called.
    pub author: String,
    /// When it was written.
    pub written_at: Moment,
    /// Which of its wordings this is.
    pub edition: i64,
    /// The session's version when it was written.
    pub version: i64,
    /// Its number in the capture, once locked.
    pub number: Option<i64>,
    /// Its hash, once locked.
    pub content_hash: Option<String>,
    /// When its words were erased.
    pub erased_at: Option<Moment>,
}
db::columns!(Line {
    id,
    place,
    is_together,
    text,
    author_id,
    guest,
    author,
    written_at,
    edition,
    version,
    number,
    content_hash,
    erased_at,
});

impl Line {
    /// Whether there is something to show: words, or that words were erased.
    pub fn is_shown(&self) -> bool {
        !self.text.is_empty() || self.erased_at.is_some()
    }

    /// A word for whoever wrote it that says nothing of who they are, the same in one session.
    pub fn by(&self, session: &str) -> String {
        let author = self.author_id.as_ref().map_or("", |id| &id.0);
        by(session, author, &self.guest, &self.author)
    }

    /// The hash of a line as captures keep it: its id, its moment and its words.
    pub fn hash(&self) -> String {
        let told = format!("{}\n{}\n{}", self.id, self.written_at.0, self.text);
        hex(&Sha256::digest(told.as_bytes()))
    }
}

/// A word for somebody who writes in a session, that says nothing of who they are. Whoever has
/// neither an account nor a link, such as the note-taker of old notes, goes by their name.
pub fn by(session: &str, author: &str, guest: &str, name: &str) -> String {
    let name = if author.is_empty() && guest.is_empty() {
        name
    } else {
        ""
    };
    let told = format!("{session}\n{author}\n{guest}\n{name}");
    hex(&Sha256::digest(told.as_bytes()))[..12].to_owned()
}

/// The hash of a capture: of its lines' hashes, each with a line feed.
pub fn capture_hash<'a>(hashes: impl Iterator<Item = &'a str>) -> String {
    let mut whole = Sha256::new();
    for hash in hashes {
        whole.update(hash.as_bytes());
        whole.update(b"\n");
    }
    hex(&whole.finalize())
}

/// The lines that one person wrote, or that all share.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// `together`, or a word for whoever wrote them.
    pub key: String,
    /// How its author is called; nothing where all share it.
    pub name: String,
    /// Its lines in order.
    pub lines: Vec<Line>,
}

impl Column {
    /// Whether all share it.
    pub fn is_together(&self) -> bool {
        self.key == "together"
    }
}

/// When a column began: the moment, then the order of arrival.
type Begun = (Moment, i64, i64);

/// The columns of a session: the shared one first, then in the order in which people began.
pub fn columns(session: &str, lines: Vec<Line>) -> Vec<Column> {
    let mut begun: BTreeMap<String, (Begun, Column)> = BTreeMap::new();
    for line in lines {
        let (key, name) = if line.is_together {
            ("together".to_owned(), String::new())
        } else {
            (line.by(session), line.author.clone())
        };
        let begins = (line.written_at, line.version, line.place);
        let made = || {
            let column = Column {
                key: key.clone(),
                name,
                lines: Vec::new(),
            };
            (begins, column)
        };
        let (at, column) = begun.entry(key.clone()).or_insert_with(made);
        *at = (*at).min(begins);
        column.lines.push(line);
    }
    let mut columns: Vec<(Begun, Column)> = begun.into_values().collect();
    columns.sort_by(|(at, one), (other_at, other)| {
        let own = (!one.is_together(), at, &one.key);
        own.cmp(&(!other.is_together(), other_at, &other.key))
    });
    let ordered = |(_, mut column): (Begun, Column)| {
        column
            .lines
            .sort_by(|one, other| (one.place, &one.id).cmp(&(other.place, &other.id)));
        column
    };
    columns.into_iter().map(ordered).collect()
}

/// The name of somebody in an event: their initials where young people are.
pub fn name_in(event: &Event, name: &str) -> String {
    if event.is_young {
        initials(name)
    } else {
        name.to_owned()
    }
}

/// The words of a capture as the write-up begins with them: a section for each note-taker.
pub fn as_markdown(columns: &[Column], together: &str) -> String {
    let mut text = String::new();
    for column in columns {
        let heading = if column.is_together() {
            together
        } else {
            &column.name
        };
        if !heading.is_empty() {
            text.push_str("## ");
            text.push_str(heading);
            text.push_str("\n\n");
        }
        for line in column.lines.iter().filter(|line| !line.text.is_empty()) {
            text.push_str("- ");
            text.push_str(&line.text);
            text.push('\n');
        }
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests;
