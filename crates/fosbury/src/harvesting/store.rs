//! Sessions, their lines and what became of them, as a viewer may see them. `$1` and `$2` are always
//! the viewer's.

use db::{Filter, Reads, Result};

use super::model::{NoteLine, Outcome, Session};
use super::store_trials;
pub use super::store_writing::{New, claim, cut, forget, insert, is_whole, join, whole};
use crate::history::model::RecordId;
use crate::history::store::{VISIBLE, seen_by};
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

/// What became of a session's lines, records and trials only where this viewer may see them.
pub async fn outcomes(db: &impl Reads, viewer: &Viewer, session: &str) -> Result<Vec<Outcome>> {
    let outcomes = db
        .query(
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
        .await?;
    store_trials::veil(db, viewer, outcomes).await
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
    /// The trial.
    pub trial: Option<i64>,
    /// Who did it.
    pub by_id: Option<String>,
}

db::columns!(Left {
    line,
    became,
    kind,
    record_id,
    said_id,
    trial,
    by_id
});

/// What an act in a session left behind.
pub async fn left(db: &impl Reads, session: &str, act: &str) -> Result<Option<Left>> {
    db.query(
        "SELECT line, became, kind, record_id, said_id, trial, by_id
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

/// What cites lines of notes.
#[derive(Clone, Copy, Debug)]
pub enum Citing<'a> {
    /// A record.
    Record(&'a RecordId),
    /// The trial with this number.
    Trial(i64),
}

/// The lines that a page cites, those of sessions that this viewer may know of.
pub async fn cited(db: &impl Reads, viewer: &Viewer, citing: Citing<'_>) -> Result<Vec<Cited>> {
    let filter = Filter::new(
        "SELECT DISTINCT s.number, s.title, s.slug, s.day, n.id, n.number, n.text, n.erased_at
         FROM harvest h
         JOIN session s ON s.id = h.session_id
         JOIN note_line n ON n.session_id = h.session_id AND n.id = h.line
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id",
    );
    let filter = match citing {
        Citing::Record(id) => filter.and("h.record_id = ?", vec![id.into()]),
        Citing::Trial(number) => filter.and("h.trial = ?", vec![number.into()]),
    };
    let filter = filter
        .and("s.removed_at IS NULL AND r.state <> 'deleted'", Vec::new())
        .and(
            "n.number IS NOT NULL AND (NOT e.is_young OR s.published_at IS NOT NULL OR ?)",
            vec![viewer.is_member().into()],
        )
        .and(VISIBLE, seen_by(viewer))
        .then("ORDER BY s.number, n.number LIMIT 200", Vec::new());
    db.filtered(filter).all().await
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
