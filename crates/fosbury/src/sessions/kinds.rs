//! Two kinds of text: events, and the write-ups of their sessions.

use db::{Db, Tx};

use super::{store_consents, store_writing};
use crate::history::kind::{Asking, Doing, Fault, Kind, PartSpec, TAGS, TITLE, choice, line, text};
use crate::history::model::{Parts, RecordId};
use crate::time::Moment;

/// Whether young people are there, as forms send it.
const YOUNG: [&str; 2] = ["no", "yes"];

/// The kind of text that an event is.
pub struct Events;

/// The parts of an event, in the order of the form.
static EVENT_PARTS: [PartSpec; 7] = [
    TITLE,
    PartSpec {
        is_needed: true,
        ..line("first", 10)
    },
    line("last", 10),
    line("place", 200),
    text("introduction"),
    choice("young", &YOUNG),
    TAGS,
];

impl Kind for Events {
    fn name(&self) -> &'static str {
        "event"
    }

    fn plural(&self) -> &'static str {
        "events"
    }

    fn letter(&self) -> &'static str {
        "ev"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &EVENT_PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &["title", "first", "last", "place", "introduction", "young"]
    }

    fn opening(&self) -> &'static str {
        "introduction"
    }

    fn keep<'a>(
        &'a self,
        tx: &'a Tx,
        id: &'a RecordId,
        number: i64,
        parts: &'a Parts,
    ) -> Doing<'a> {
        Box::pin(store_writing::keep_event(tx, id, number, parts))
    }

    fn facets(&self, _: &Parts) -> Vec<(String, String)> {
        Vec::new()
    }

    fn tidy(&self, parts: &mut Parts) {
        for key in ["first", "last"] {
            let day = parts.get(key).trim().to_owned();
            parts.set(key, &day);
        }
        if parts.get("last").is_empty() {
            let first = parts.get("first").to_owned();
            parts.set("last", &first);
        }
    }

    fn faults(&self, parts: &Parts, _: &str) -> Vec<Fault> {
        let fault = |part, words| Fault { part, words };
        let (first, last) = (parts.get("first"), parts.get("last"));
        let mut faults = Vec::new();
        if !first.is_empty() && !is_day(first) {
            faults.push(fault("first", "wrong-event-day"));
        }
        if !last.is_empty() && !is_day(last) {
            faults.push(fault("last", "wrong-event-day"));
        } else if last < first {
            faults.push(fault("last", "wrong-event-last"));
        }
        faults
    }

    fn lacks_consent<'a>(&'a self, db: &'a Db, id: &'a RecordId) -> Asking<'a> {
        Box::pin(store_consents::is_missing(db, id))
    }
}

/// Whether words are a day such as `2026-05-03`.
pub fn is_day(words: &str) -> bool {
    words.len() == 10 && Moment::parse_iso(&format!("{words}T12:00:00Z")).is_some()
}

/// The kind of text that a write-up is.
pub struct WriteUps;

/// The parts of a write-up, in the order of the form.
static WRITE_UP_PARTS: [PartSpec; 5] = [
    TITLE,
    PartSpec {
        longest: 120_000,
        ..text("text")
    },
    text("later"),
    line("session", 12),
    TAGS,
];

impl Kind for WriteUps {
    fn name(&self) -> &'static str {
        "write-up"
    }

    fn plural(&self) -> &'static str {
        "write-ups"
    }

    fn letter(&self) -> &'static str {
        "w"
    }

    fn parts(&self) -> &'static [PartSpec] {
        &WRITE_UP_PARTS
    }

    fn first_parts(&self) -> &'static [&'static str] {
        &["title", "text", "session"]
    }

    fn opening(&self) -> &'static str {
        "text"
    }

    fn keep<'a>(
        &'a self,
        tx: &'a Tx,
        id: &'a RecordId,
        number: i64,
        parts: &'a Parts,
    ) -> Doing<'a> {
        let session = parts.get("session").parse().unwrap_or(0);
        Box::pin(store_writing::keep_write_up(tx, id, number, session))
    }

    fn facets(&self, _: &Parts) -> Vec<(String, String)> {
        Vec::new()
    }

    fn tidy(&self, parts: &mut Parts) {
        let session = parts
            .get("session")
            .trim()
            .trim_start_matches('#')
            .to_owned();
        parts.set("session", &session);
    }

    fn faults(&self, parts: &Parts, _: &str) -> Vec<Fault> {
        let session = parts.get("session");
        if session.is_empty() || session.parse::<i64>().is_ok_and(|number| number > 0) {
            return Vec::new();
        }
        vec![Fault {
            part: "session",
            words: "wrong-session-number",
        }]
    }

    fn is_held<'a>(&'a self, db: &'a Db, id: &'a RecordId) -> Asking<'a> {
        Box::pin(store_consents::is_held(db, id))
    }

    fn lacks_consent<'a>(&'a self, db: &'a Db, id: &'a RecordId) -> Asking<'a> {
        Box::pin(store_consents::is_missing(db, id))
    }
}
