//! Events and sessions in the database, as whoever asks may read them.

use db::{Filter, Reads, Result, Value};

use super::guests::Asker;
use super::model::{Event, Line, Session};
use crate::history::model::RecordId;
use crate::history::store::{VISIBLE, seen_by};
use crate::viewer::Viewer;

/// The condition that the event `e` with its record `r` is there for whoever asks: for a viewer, or
/// for somebody whom its link let in.
pub(super) const EVENT_VISIBLE: &str =
    "r.state <> 'deleted' AND (e.number = ? OR r.visibility = 'public'
     OR (r.visibility = 'members' AND ?) OR r.author_id = ?
     OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM record_reader x
         JOIN membership m ON m.organisation_id = x.organisation_id
         WHERE x.record_id = r.id AND m.person_id = ? AND m.is_confirmed)))";
/// The condition that a session's notes are too: where young people were, visitors wait until a
/// second person published them.
pub(super) const NOTES_VISIBLE: &str =
    "NOT e.is_young OR s.published_at IS NOT NULL OR ? OR e.number = ?";
const SESSIONS: &str =
    "SELECT s.id, s.number, s.event, s.day, s.starts, s.ends, s.room, s.title, s.slug, s.lead,
            s.version, s.made_at, s.locked_at, s.content_hash, s.write_up, s.asked_by,
            s.published_at, s.is_demo
     FROM session s
     JOIN event e ON e.number = s.event
     JOIN record r ON r.id = e.record_id";
const LINES: &str = "SELECT n.id, n.place, n.is_together, n.text, n.author_id, n.guest,
            coalesce(p.name, n.author_name), n.written_at, n.edition, n.version, n.number,
            n.content_hash, n.erased_at
     FROM note_line n
     JOIN session s ON s.id = n.session_id
     JOIN event e ON e.number = s.event
     JOIN record r ON r.id = e.record_id
     LEFT JOIN person p ON p.id = n.author_id";

pub(super) fn event_seen_by(asker: &Asker<'_>) -> Vec<Value> {
    let mut values = vec![asker.guest_of().into()];
    values.extend(seen_by(asker.viewer));
    values
}

pub(super) fn notes_seen_by(asker: &Asker<'_>) -> Vec<Value> {
    vec![asker.viewer.is_member().into(), asker.guest_of().into()]
}

/// Live events that begin before this day and number, the newest day first.
pub async fn events(
    db: &impl Reads,
    viewer: &Viewer,
    before: Option<(&str, i64)>,
    at_most: i64,
) -> Result<Vec<Event>> {
    let mut filter = Filter::new(
        "SELECT e.number, r.title, r.slug, r.summary, e.place, e.first_day, e.last_day, e.is_young,
                r.author_id, r.is_demo
         FROM event e
         JOIN record r ON r.id = e.record_id",
    )
    .and("r.state = 'live'", Vec::new())
    .and(VISIBLE, seen_by(viewer));
    if let Some((day, number)) = before {
        filter = filter.and(
            "e.first_day < ? OR (e.first_day = ? AND e.number < ?)",
            vec![day.into(), day.into(), number.into()],
        );
    }
    let filter = filter.then(
        "ORDER BY e.first_day DESC, e.number DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}

/// The event of this number.
pub async fn event(db: &impl Reads, asker: &Asker<'_>, number: i64) -> Result<Option<Event>> {
    let filter = Filter::new(
        "SELECT e.number, r.title, r.slug, r.summary, e.place, e.first_day, e.last_day, e.is_young,
                r.author_id, r.is_demo
         FROM event e
         JOIN record r ON r.id = e.record_id",
    )
    .and("e.number = ?", vec![number.into()])
    .and(EVENT_VISIBLE, event_seen_by(asker));
    db.filtered(filter).one_or_none().await
}

/// The record of an event for whoever may see it, by its id: guests are no viewers of texts.
pub async fn record_of(
    db: &impl Reads,
    asker: &Asker<'_>,
    number: i64,
) -> Result<Option<RecordId>> {
    let filter = Filter::new("SELECT r.id FROM event e JOIN record r ON r.id = e.record_id")
        .and("e.number = ?", vec![number.into()])
        .and(EVENT_VISIBLE, event_seen_by(asker));
    let row: Option<(RecordId,)> = db.filtered(filter).one_or_none().await?;
    Ok(row.map(|row| row.0))
}

/// Which sessions to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which {
    /// Only those of this event, and of events that were merged into it.
    pub event: Option<i64>,
    /// Only the one of this number.
    pub number: Option<i64>,
    /// Only those with a higher number.
    pub after: Option<i64>,
}

/// Sessions by their numbers.
pub async fn sessions(
    db: &impl Reads,
    asker: &Asker<'_>,
    which: Which,
    at_most: i64,
) -> Result<Vec<Session>> {
    let mut filter = Filter::new(SESSIONS)
        .and("s.removed_at IS NULL", Vec::new())
        .and(EVENT_VISIBLE, event_seen_by(asker));
    if let Some(event) = which.event {
        filter = filter.and(
            "s.event = ? OR r.into_number = ?",
            vec![event.into(), event.into()],
        );
    }
    if let Some(number) = which.number {
        filter = filter.and("s.number = ?", vec![number.into()]);
    }
    if let Some(after) = which.after {
        filter = filter.and("s.number > ?", vec![after.into()]);
    }
    let filter = filter.then("ORDER BY s.number LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// The session of this number.
pub async fn session(db: &impl Reads, asker: &Asker<'_>, number: i64) -> Result<Option<Session>> {
    let which = Which {
        number: Some(number),
        ..Which::default()
    };
    Ok(sessions(db, asker, which, 1).await?.pop())
}

/// Whether whoever asks may read the notes of a session.
pub async fn may_read_notes(db: &impl Reads, asker: &Asker<'_>, number: i64) -> Result<bool> {
    let filter = Filter::new(
        "SELECT s.number FROM session s
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id",
    )
    .and("s.number = ?", vec![number.into()])
    .and(EVENT_VISIBLE, event_seen_by(asker))
    .and(NOTES_VISIBLE, notes_seen_by(asker));
    let row: Option<(i64,)> = db.filtered(filter).one_or_none().await?;
    Ok(row.is_some())
}

/// The lines of a session that were written after this version, or all of them.
pub async fn lines(
    db: &impl Reads,
    asker: &Asker<'_>,
    session: i64,
    since: Option<i64>,
) -> Result<Vec<Line>> {
    let mut filter = Filter::new(LINES)
        .and(
            "s.number = ? AND s.removed_at IS NULL",
            vec![session.into()],
        )
        .and(EVENT_VISIBLE, event_seen_by(asker))
        .and(NOTES_VISIBLE, notes_seen_by(asker));
    if let Some(since) = since {
        filter = filter.and("n.version > ?", vec![since.into()]);
    }
    let filter = filter.then("ORDER BY n.version, n.number", Vec::new());
    db.filtered(filter).all().await
}

/// How many lines that say something each of an event's sessions has, as far as they may be read.
pub async fn counted(db: &impl Reads, asker: &Asker<'_>, event: i64) -> Result<Vec<(i64, i64)>> {
    let filter = Filter::new(
        "SELECT s.number, (SELECT count(*) FROM note_line n
                           WHERE n.session_id = s.id AND n.text <> '')
         FROM session s
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id",
    )
    .and(
        "s.event = ? OR r.into_number = ?",
        vec![event.into(), event.into()],
    )
    .and(EVENT_VISIBLE, event_seen_by(asker))
    .and(NOTES_VISIBLE, notes_seen_by(asker));
    db.filtered(filter).all().await
}

/// The session that a write-up is of.
pub async fn session_of_write_up(
    db: &impl Reads,
    asker: &Asker<'_>,
    write_up: i64,
) -> Result<Option<Session>> {
    let filter = Filter::new(SESSIONS)
        .and("s.removed_at IS NULL", Vec::new())
        .and(
            "s.number = (SELECT w.session FROM write_up w WHERE w.number = ?)",
            vec![write_up.into()],
        )
        .and(EVENT_VISIBLE, event_seen_by(asker));
    db.filtered(filter).one_or_none().await
}
