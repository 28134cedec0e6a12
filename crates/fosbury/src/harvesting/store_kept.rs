//! What a session keeps of its lines: actions, and questions in its thread.

use db::{Reads, Result, Tx, Value};

use super::model::{Passage, Session};
use crate::history::model::RecordId;
use crate::time::Moment;
use crate::viewer::{Person, Viewer};

/// What became of a passage that the session keeps.
#[derive(Clone, Copy)]
pub struct Kept<'a> {
    /// The act's id.
    pub act: &'a str,
    /// `action` or `question`.
    pub kind: &'a str,
    /// The action.
    pub action: Option<&'a str>,
    /// The comment that asks the question.
    pub said: Option<&'a str>,
    /// The record on whose discussion it stands, if not the session's own.
    pub record: Option<&'a RecordId>,
}

/// Writes down what became of a passage.
pub async fn insert(
    tx: &Tx,
    (session, passage): (&Session, &Passage),
    kept: &Kept<'_>,
    person: &Person,
    now: Moment,
) -> Result<()> {
    let became = if kept.record.is_some() {
        "merged"
    } else {
        "kept"
    };
    let rows = passage.lines.iter().enumerate().map(|(at, (line, _))| {
        // Only the first line of a passage can be a piece.
        let part = if at == 0 { passage.part } else { 0 };
        vec![
            Value::from(session.id.as_str()),
            line.as_str().into(),
            part.into(),
            kept.act.into(),
            became.into(),
            kept.kind.into(),
            kept.record.map(|id| id.0.clone()).into(),
            kept.said.map(ToOwned::to_owned).into(),
            kept.action.map(ToOwned::to_owned).into(),
            person.id.0.as_str().into(),
            person.name.as_str().into(),
            now.0.into(),
        ]
    });
    tx.insert_many(
        "harvest (session_id, line, part, act, became, kind, record_id, said_id, action_id, by_id,
                  by_name, at)",
        12,
        rows.collect(),
    )
    .await
}

/// The action that an act made, by its id, and how many steps it has since; none where it was erased.
pub async fn action_of(db: &impl Reads, session: &str, act: &str) -> Result<Option<(String, i64)>> {
    db.query(
        "SELECT DISTINCT a.id, a.steps
         FROM harvest h
         JOIN session_action a ON a.id = h.action_id
         WHERE h.session_id = $1 AND h.act = $2 AND a.erased_at IS NULL",
    )
    .bind(session)
    .bind(act)
    .one_or_none()
    .await
}

/// Where a line leads that the session keeps: the act, the number of its action, the number of its
/// question; 0 where there is none.
pub type Leads = (String, i64, i64);

/// Where the lines of a session lead that it keeps, for whoever may read its notes. Questions of young
/// people's sessions are for members alone.
pub async fn leads(db: &impl Reads, viewer: &Viewer, session: &str) -> Result<Vec<Leads>> {
    db.query(
        "SELECT DISTINCT h.act, coalesce(a.number, 0), coalesce(d.number, 0)
         FROM harvest h
         JOIN session s ON s.id = h.session_id
         JOIN event e ON e.number = s.event
         LEFT JOIN session_action a ON a.id = h.action_id AND a.erased_at IS NULL
             AND (NOT e.is_young OR $2 OR a.changed_at <= s.published_at)
         LEFT JOIN said d ON d.id = h.said_id AND d.session_id = h.session_id
             AND d.state = 'published' AND (NOT e.is_young OR $2)
         WHERE h.session_id = $1 AND h.became = 'kept'
         ORDER BY 1",
    )
    .bind(session)
    .bind(viewer.is_member())
    .all()
    .await
}
