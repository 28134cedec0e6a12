//! Sessions, their lines and what became of them, as a viewer may see them. `$1` and `$2` are always
//! the viewer's.

use db::{Reads, Result};

use super::model::{NoteLine, Outcome, Session};
pub use super::store_writing::{
    New, claim, cut, forget, insert, is_whole, join, tell_trial, whole,
};
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::Viewer;

/// The session of this number, if this viewer may read its notes: where young people were, visitors
/// wait until a second person published them.
pub async fn session(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Session>> {
    db.query(
        "SELECT s.id, s.number, s.title, s.slug, s.day, s.locked_at, r.id, r.visibility, s.is_demo,
                e.is_young AND s.published_at IS NULL,
                e.is_young
         FROM session s
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id
         WHERE s.number = $3 AND s.removed_at IS NULL AND r.state <> 'deleted'
         AND (NOT e.is_young OR s.published_at IS NOT NULL OR $1)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(number)
    .one_or_none()
    .await
}

/// The lines of a session's locked notes, in their order, with what was done with each.
pub async fn lines(db: &impl Reads, session: &str) -> Result<Vec<NoteLine>> {
    db.query(
        "SELECT n.id, n.number, n.text, coalesce(p.name, n.author_name), coalesce(h.version, 0),
                coalesce(h.is_joined, false), coalesce(h.cuts, '')
         FROM note_line n
         LEFT JOIN person p ON p.id = n.author_id
         LEFT JOIN harvest_line h ON h.session_id = n.session_id AND h.line = n.id
         WHERE n.session_id = $1 AND n.number IS NOT NULL
         ORDER BY n.number",
    )
    .bind(session)
    .all()
    .await
}

/// What became of a session's lines, records only where this viewer may see them.
pub async fn outcomes(db: &impl Reads, viewer: &Viewer, session: &str) -> Result<Vec<Outcome>> {
    db.query(
        "SELECT h.line, h.part, h.act, h.became, h.kind, coalesce(r.kind, ''),
                coalesce(r.number, 0), coalesce(r.title, ''), coalesce(r.slug, ''), h.trial,
                h.by_id, coalesce(p.name, h.by_name), h.at
         FROM harvest h
         LEFT JOIN person p ON p.id = h.by_id
         LEFT JOIN record r ON r.id = h.record_id
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         WHERE h.session_id = $3
         ORDER BY h.at, h.line, h.part",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(session)
    .all()
    .await
}

/// What an act left behind: the record it made or merged into, and the comment it wrote.
#[derive(Clone, Debug)]
pub struct Left {
    /// The first line of the passage.
    pub line: String,
    /// `made`, `merged`, `kept`, `left`.
    pub became: String,
    /// What the passage is.
    pub kind: String,
    /// The record.
    pub record_id: Option<RecordId>,
    /// The comment.
    pub said_id: Option<String>,
    /// Who did it.
    pub by_id: Option<String>,
}

db::columns!(Left {
    line,
    became,
    kind,
    record_id,
    said_id,
    by_id
});

/// What an act in a session left behind.
pub async fn left(db: &impl Reads, session: &str, act: &str) -> Result<Option<Left>> {
    db.query(
        "SELECT line, became, kind, record_id, said_id, by_id
         FROM harvest
         WHERE session_id = $1 AND act = $2
         ORDER BY part, line
         LIMIT 1",
    )
    .bind(session)
    .bind(act)
    .one_or_none()
    .await
}

/// A line of notes that a record was made of.
#[derive(Clone, Debug)]
pub struct Cited {
    /// The session's number.
    pub session: i64,
    /// Its title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The session's day.
    pub day: String,
    /// The line's id in it.
    pub line: String,
    /// The line's number.
    pub number: i64,
    /// What was written.
    pub text: String,
    /// When it was erased.
    pub erased_at: Option<Moment>,
}

db::columns!(Cited {
    session,
    title,
    slug,
    day,
    line,
    number,
    text,
    erased_at
});

impl Cited {
    /// The session's address.
    pub fn session_address(&self) -> String {
        format!("/sessions/{}-{}", self.session, self.slug)
    }

    /// The line's address.
    pub fn address(&self) -> String {
        format!("{}#l-{}", self.session_address(), self.line)
    }
}

/// The lines that a record cites, those of sessions that this viewer may know of.
pub async fn cited(db: &impl Reads, viewer: &Viewer, record: &RecordId) -> Result<Vec<Cited>> {
    db.query(
        "SELECT DISTINCT s.number, s.title, s.slug, s.day, n.id, n.number, n.text, n.erased_at
         FROM harvest h
         JOIN session s ON s.id = h.session_id
         JOIN note_line n ON n.session_id = h.session_id AND n.id = h.line
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id
         WHERE h.record_id = $3 AND s.removed_at IS NULL AND r.state <> 'deleted'
         AND n.number IS NOT NULL AND (NOT e.is_young OR s.published_at IS NOT NULL OR $1)
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.number, n.number
         LIMIT 200",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(record)
    .all()
    .await
}

/// A live record with its text.
pub struct Text {
    /// `hurdle`, `solution`, `guide`.
    pub kind: String,
    /// For ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// Its parts, as stored.
    pub parts: String,
}

db::columns!(Text {
    kind,
    number,
    title,
    parts
});

/// The live hurdles, solutions and guides that this viewer may read, so many at the most.
pub async fn texts(db: &impl Reads, viewer: &Viewer, at_most: i64) -> Result<Vec<Text>> {
    db.query(
        "SELECT r.kind, r.number, r.title, v.parts
         FROM record r
         JOIN revision v ON v.record_id = r.id AND v.seq = r.head
         WHERE r.state = 'live' AND r.kind IN ('hurdle', 'solution', 'guide')
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.kind, r.number
         LIMIT $3",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(at_most)
    .all()
    .await
}
