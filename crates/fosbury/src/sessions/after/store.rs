//! Tips and outcomes in the database, as whoever asks may read them.

use db::{Db, Filter, Reads, Result, Tx};

use super::model::{MOST, Told};
use crate::sessions::guests::Asker;
use crate::sessions::model::by;
use crate::sessions::store::{EVENT_VISIBLE, NOTES_VISIBLE, event_seen_by, notes_seen_by};
use crate::sessions::store_lines::Writer;
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::PersonId;

/// The condition that something told is too: where young people were, visitors see only what stood
/// there when a second person published the notes.
pub(super) const TOLD_VISIBLE: &str =
    "NOT e.is_young OR ? OR e.number = ? OR t.changed_at <= s.published_at";

/// What was told of one session, the oldest first.
pub async fn told(db: &impl Reads, asker: &Asker<'_>, session: i64) -> Result<Vec<Told>> {
    let filter = Filter::new(
        "SELECT t.id, t.what, t.text, t.line, n.number, t.subject_kind, t.subject_number,
                t.author_id, t.guest, coalesce(p.name, t.author_name), t.at
         FROM session_told t
         JOIN session s ON s.id = t.session_id
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id
         LEFT JOIN person p ON p.id = t.author_id
         LEFT JOIN note_line n ON n.session_id = t.session_id AND n.id = t.line",
    )
    .and(
        "s.number = ? AND s.removed_at IS NULL AND t.erased_at IS NULL",
        vec![session.into()],
    )
    .and(EVENT_VISIBLE, event_seen_by(asker))
    .and(NOTES_VISIBLE, notes_seen_by(asker))
    .and(TOLD_VISIBLE, notes_seen_by(asker))
    .then("ORDER BY t.at, t.id LIMIT ?", vec![(2 * MOST).into()]);
    db.filtered(filter).all().await
}

/// How many of one kind a session has, erased ones too: what can be told is bounded.
async fn is_full(tx: &Tx, session: &str, what: &str) -> Result<bool> {
    let row: (i64,) = tx
        .query("SELECT count(*) FROM session_told WHERE session_id = $1 AND what = $2")
        .bind(session)
        .bind(what)
        .one()
        .await?;
    Ok(row.0 >= MOST)
}

/// Keeps somebody's one tip, or changes it; false where there are as many as there can be.
pub async fn keep_tip(
    tx: &Tx,
    session: &str,
    text: &str,
    writer: &Writer,
    now: Moment,
) -> Result<bool> {
    if is_full(tx, session, "tip").await? {
        return Ok(false);
    }
    let person = writer.person.as_ref().map_or("", |person| &person.0);
    let key = by(session, person, &writer.guest, &writer.name);
    tx.query(
        "INSERT INTO session_told (
             id, session_id, what, text, line, subject_kind, subject_number, author_id, guest,
             author_name, at, changed_at
         )
         VALUES ($1, $2, 'tip', $3, '', '', 0, $4, $5, $6, $7, $7)
         ON CONFLICT (id) DO UPDATE SET text = excluded.text, changed_at = excluded.changed_at
         WHERE session_told.erased_at IS NULL",
    )
    .bind(format!("{session}-{key}"))
    .bind(session)
    .bind(text)
    .bind(writer.person.as_ref().map(|person| person.0.clone()))
    .bind(&writer.guest)
    .bind(name_kept(writer))
    .bind(now)
    .run()
    .await?;
    Ok(true)
}

/// The name that is kept beside words: that of a guest, as an account keeps its own.
pub(super) fn name_kept(writer: &Writer) -> &str {
    if writer.person.is_some() {
        ""
    } else {
        &writer.name
    }
}

/// What was found or decided.
#[derive(Clone, Debug, Default)]
pub struct Outcome {
    /// The words.
    pub text: String,
    /// The line of the notes that it comes from, or nothing.
    pub line: String,
    /// The page that came of it.
    pub subject: Option<SubjectRef>,
}

/// Writes an outcome down; what was written a moment ago with the same id is not written twice.
pub async fn add_outcome(
    tx: &Tx,
    (session, id): (&str, &str),
    outcome: &Outcome,
    writer: &Writer,
    now: Moment,
) -> Result<bool> {
    if is_full(tx, session, "outcome").await? {
        return Ok(false);
    }
    let (kind, number) = outcome
        .subject
        .as_ref()
        .map_or(("", 0), |page| (page.kind.as_str(), page.number));
    tx.query(
        "INSERT INTO session_told (
             id, session_id, what, text, line, subject_kind, subject_number, author_id, guest,
             author_name, at, changed_at
         )
         VALUES ($1, $2, 'outcome', $3, $4, $5, $6, $7, $8, $9, $10, $10)
         ON CONFLICT (id) DO NOTHING",
    )
    .bind(id)
    .bind(session)
    .bind(&outcome.text)
    .bind(&outcome.line)
    .bind(kind)
    .bind(number)
    .bind(writer.person.as_ref().map(|person| person.0.clone()))
    .bind(&writer.guest)
    .bind(name_kept(writer))
    .bind(now)
    .run()
    .await?;
    Ok(true)
}

/// Erases the words of a tip or an outcome, and whose they were.
pub async fn erase(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE session_told
             SET text = '', line = '', author_id = NULL, guest = '', author_name = '',
                 erased_at = $2
             WHERE id = $1 AND erased_at IS NULL",
        )
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(erased > 0)
}

/// Tips, outcomes and actions erased since a moment: their ids, and when.
pub async fn erased_since(db: &Db, since: Moment) -> Result<Vec<(String, Moment)>> {
    db.query(
        "SELECT id, erased_at FROM session_told WHERE erased_at >= $1
         UNION ALL
         SELECT id, erased_at FROM session_action WHERE erased_at >= $1
         ORDER BY 2, 1",
    )
    .bind(since)
    .all()
    .await
}

/// The people with an account who were in a session or answer for something of it, by name: those who
/// are offered where somebody is to do something.
pub async fn there(db: &impl Reads, session: &str) -> Result<Vec<(String,)>> {
    db.query(
        "SELECT p.name FROM person p
         WHERE p.left_at IS NULL AND p.id IN (
             SELECT n.author_id FROM note_line n WHERE n.session_id = $1
             UNION SELECT t.author_id FROM session_told t WHERE t.session_id = $1
             UNION SELECT a.owner_id FROM session_action a WHERE a.session_id = $1)
         ORDER BY p.name
         LIMIT 200",
    )
    .bind(session)
    .all()
    .await
}

/// The one account whose person is called so.
pub async fn called(db: &impl Reads, name: &str) -> Result<Option<PersonId>> {
    let mut rows: Vec<(PersonId,)> = db
        .query("SELECT id FROM person WHERE left_at IS NULL AND name = $1 ORDER BY id LIMIT 2")
        .bind(name)
        .all()
        .await?;
    let one = rows.pop();
    Ok(one.filter(|_| rows.is_empty()).map(|row| row.0))
}
