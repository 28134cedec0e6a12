//! Where something is said: below a text, a trial, an organisation or a session.

use crate::history::model::{Record, RecordId};
use crate::subjects::{SubjectRef, plural_of};

/// A page with a discussion, by its id inside the database.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum PlaceId {
    /// A text with a history.
    Record(RecordId),
    /// A trial.
    Trial(String),
    /// A public body.
    Organisation(String),
    /// A session of an event.
    Session(String),
}

impl PlaceId {
    /// The place of this kind with this id.
    pub fn of(kind: &str, id: &str) -> Self {
        match kind {
            "trial" => Self::Trial(id.to_owned()),
            "organisation" => Self::Organisation(id.to_owned()),
            "session" => Self::Session(id.to_owned()),
            _ => Self::Record(RecordId(id.to_owned())),
        }
    }

    /// Its id.
    pub fn id(&self) -> &str {
        match self {
            Self::Record(id) => &id.0,
            Self::Trial(id) | Self::Organisation(id) | Self::Session(id) => id,
        }
    }

    /// The text, if it is one.
    pub fn record(&self) -> Option<&RecordId> {
        match self {
            Self::Record(id) => Some(id),
            Self::Trial(_) | Self::Organisation(_) | Self::Session(_) => None,
        }
    }

    /// What somebody who watches it is said to watch.
    pub fn watched_as(&self) -> &'static str {
        match self {
            Self::Record(_) => "page",
            Self::Trial(_) => "trial",
            Self::Organisation(_) => "organisation",
            Self::Session(_) => "session",
        }
    }

    /// Its id in each of the four columns that may name it: a text, a trial, an organisation, a
    /// session.
    pub fn columns(&self) -> [Option<&str>; 4] {
        match self {
            Self::Record(id) => [Some(&id.0), None, None, None],
            Self::Trial(id) => [None, Some(id), None, None],
            Self::Organisation(id) => [None, None, Some(id), None],
            Self::Session(id) => [None, None, None, Some(id)],
        }
    }
}

/// A page with a discussion, as a viewer may read it.
#[derive(Clone, Debug)]
pub struct Place {
    /// Inside the database.
    pub id: PlaceId,
    /// A kind of text, `trial`, `organisation` or `session`.
    pub kind: String,
    /// Its number; 0 of an organisation, which has none.
    pub number: i64,
    /// Its title; of a trial, its hurdle's; of an organisation, its name.
    pub title: String,
    /// Its words in addresses.
    pub slug: String,
    /// Its newest revision; 0 where it has no history.
    pub head: i64,
    /// Of a trial, the number of its hurdle.
    pub hurdle: Option<i64>,
}

impl Place {
    /// A text.
    pub fn of(record: &Record) -> Self {
        Self {
            id: PlaceId::Record(record.id.clone()),
            kind: record.kind.clone(),
            number: record.number,
            title: record.title.clone(),
            slug: record.slug.clone(),
            head: record.head,
            hurdle: None,
        }
    }

    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new(&self.kind, self.number).address(&self.slug)
    }

    /// The first word of its address.
    pub fn plural(&self) -> &'static str {
        match self.kind.as_str() {
            "organisation" => "organisations",
            "trial" => "trials",
            "session" => "sessions",
            kind => plural_of(kind),
        }
    }

    /// Whether it is a text, whose changes can be suggested.
    pub fn is_text(&self) -> bool {
        self.id.record().is_some()
    }
}
