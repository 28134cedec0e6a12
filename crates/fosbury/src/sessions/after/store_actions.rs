//! Actions in the database, as whoever asks may read them.

use db::{Filter, Reads, Result, Tx};

use super::model::{Action, MOST, Step};
use super::store::{self, TOLD_VISIBLE, name_kept};
use crate::sessions::guests::Asker;
use crate::sessions::store::{EVENT_VISIBLE, NOTES_VISIBLE, event_seen_by, notes_seen_by};
use crate::sessions::store_lines::Writer;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::{PersonId, Viewer};

/// Which actions to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which<'a> {
    /// Only those of this event, and of events that were merged into it.
    pub event: Option<i64>,
    /// Only those of this session.
    pub session: Option<i64>,
    /// Only the one of this number.
    pub number: Option<i64>,
    /// Only open ones that this person is to do.
    pub owner: Option<&'a str>,
    /// Only those with a higher number.
    pub after: Option<i64>,
}

/// Actions: those with a day first where somebody asks for their own, else by number.
pub async fn actions(
    db: &impl Reads,
    asker: &Asker<'_>,
    which: Which<'_>,
    at_most: i64,
) -> Result<Vec<Action>> {
    let mut filter = Filter::new(
        "SELECT t.id, t.number, s.number, s.slug, s.title, s.event, e.is_young, t.what, t.line,
                n.number, t.owner_id, coalesce(p.name, t.owner_name), t.due_on, t.state, t.why,
                t.steps, t.made_at
         FROM session_action t
         JOIN session s ON s.id = t.session_id
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id
         LEFT JOIN person p ON p.id = t.owner_id
         LEFT JOIN note_line n ON n.session_id = t.session_id AND n.id = t.line",
    )
    .and("s.removed_at IS NULL AND t.erased_at IS NULL", Vec::new())
    .and(EVENT_VISIBLE, event_seen_by(asker))
    .and(NOTES_VISIBLE, notes_seen_by(asker))
    .and(TOLD_VISIBLE, notes_seen_by(asker));
    if let Some(event) = which.event {
        filter = filter.and(
            "s.event = ? OR r.into_number = ?",
            vec![event.into(), event.into()],
        );
    }
    if let Some(session) = which.session {
        filter = filter.and("s.number = ?", vec![session.into()]);
    }
    if let Some(number) = which.number {
        filter = filter.and("t.number = ?", vec![number.into()]);
    }
    if let Some(owner) = which.owner {
        filter = filter.and("t.owner_id = ? AND t.state = 'open'", vec![owner.into()]);
    }
    if let Some(after) = which.after {
        filter = filter.and("t.number > ?", vec![after.into()]);
    }
    let order = if which.owner.is_some() {
        "ORDER BY CASE WHEN t.due_on = '' THEN 1 ELSE 0 END, t.due_on, t.number LIMIT ?"
    } else {
        "ORDER BY t.number LIMIT ?"
    };
    db.filtered(filter.then(order, vec![at_most.into()]))
        .all()
        .await
}

/// The open actions that somebody is to do, the most urgent first.
pub async fn waiting_for(db: &impl Reads, viewer: &Viewer, at_most: i64) -> Result<Vec<Action>> {
    let Some(person) = viewer.person() else {
        return Ok(Vec::new());
    };
    let which = Which {
        owner: Some(&person.id.0),
        ..Which::default()
    };
    actions(db, &Asker::of(viewer), which, at_most).await
}

/// The steps of an action that was found already, the newest first.
pub async fn steps(db: &impl Reads, action: &Action) -> Result<Vec<Step>> {
    db.query(
        "SELECT coalesce(o.name, t.owner_name), t.due_on, t.state, t.why,
                coalesce(b.name, t.by_name), t.at
         FROM session_action_step t
         LEFT JOIN person o ON o.id = t.owner_id
         LEFT JOIN person b ON b.id = t.by_id
         WHERE t.action_id = $1
         ORDER BY t.step DESC
         LIMIT 500",
    )
    .bind(&action.id)
    .all()
    .await
}

/// An action as somebody writes it down or changes it.
#[derive(Clone, Debug, Default)]
pub struct Doing {
    /// What is to be done.
    pub what: String,
    /// The line of the notes that it comes from, or nothing.
    pub line: String,
    /// Who does it, where they have an account.
    pub owner: Option<PersonId>,
    /// Or how they are called.
    pub owner_name: String,
    /// By when, or nothing.
    pub due_on: String,
    /// Where it stands.
    pub state: &'static str,
    /// Why, or nothing.
    pub why: String,
}

/// Writes an action down; what was written a moment ago with the same id is not written twice.
pub async fn add(
    tx: &Tx,
    (session, id): (&str, &str),
    doing: &Doing,
    writer: &Writer,
    now: Moment,
) -> Result<bool> {
    let row: (i64,) = tx
        .query("SELECT count(*) FROM session_action WHERE session_id = $1")
        .bind(session)
        .one()
        .await?;
    if row.0 >= MOST {
        return Ok(false);
    }
    let number = store_log::next_number(tx, "action").await?;
    let added = tx
        .query(
            "INSERT INTO session_action (
                 id, number, session_id, what, line, owner_id, owner_name, due_on, state, why,
                 steps, made_at, changed_at
             )
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 'open', '', 1, $9, $9)
             ON CONFLICT (id) DO NOTHING",
        )
        .bind(id)
        .bind(number)
        .bind(session)
        .bind(&doing.what)
        .bind(&doing.line)
        .bind(doing.owner.as_ref().map(|person| person.0.clone()))
        .bind(&doing.owner_name)
        .bind(&doing.due_on)
        .bind(now)
        .run()
        .await?;
    if added > 0 {
        note_step(tx, (id, 1), doing, writer, now).await?;
    }
    Ok(true)
}

/// Changes an action, if nobody did since whoever changes it saw it.
pub async fn step(
    tx: &Tx,
    (id, seen): (&str, i64),
    doing: &Doing,
    writer: &Writer,
    now: Moment,
) -> Result<bool> {
    let changed = tx
        .query(
            "UPDATE session_action
             SET owner_id = $3, owner_name = $4, due_on = $5, state = $6, why = $7,
                 steps = steps + 1, asked_at = NULL, changed_at = $8
             WHERE id = $1 AND steps = $2 AND erased_at IS NULL",
        )
        .bind(id)
        .bind(seen)
        .bind(doing.owner.as_ref().map(|person| person.0.clone()))
        .bind(&doing.owner_name)
        .bind(&doing.due_on)
        .bind(doing.state)
        .bind(&doing.why)
        .bind(now)
        .run()
        .await?;
    if changed > 0 {
        note_step(tx, (id, seen + 1), doing, writer, now).await?;
    }
    Ok(changed > 0)
}

async fn note_step(
    tx: &Tx,
    (id, step): (&str, i64),
    doing: &Doing,
    writer: &Writer,
    now: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO session_action_step (
             action_id, step, owner_id, owner_name, due_on, state, why, by_id, by_name, at
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(step)
    .bind(doing.owner.as_ref().map(|person| person.0.clone()))
    .bind(&doing.owner_name)
    .bind(&doing.due_on)
    .bind(doing.state)
    .bind(&doing.why)
    .bind(writer.person.as_ref().map(|person| person.0.clone()))
    .bind(name_kept(writer))
    .bind(now)
    .run()
    .await?;
    Ok(())
}

/// Erases the words of an action and of its steps, and whose they were.
pub async fn erase(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE session_action
             SET what = '', line = '', owner_id = NULL, owner_name = '', why = '', erased_at = $2
             WHERE id = $1 AND erased_at IS NULL",
        )
        .bind(id)
        .bind(now)
        .run()
        .await?;
    if erased > 0 {
        tx.query("DELETE FROM session_action_step WHERE action_id = $1")
            .bind(id)
            .run()
            .await?;
    }
    Ok(erased > 0)
}

/// Erases what has this id among tips, outcomes and actions.
pub async fn erase_any(tx: &Tx, id: &str, now: Moment) -> Result<bool> {
    let is_told = store::erase(tx, id, now).await?;
    Ok(erase(tx, id, now).await? || is_told)
}

/// Open actions of people with an account whose day is over, or whose event was so long ago, that
/// nobody was asked about since they last changed: the action's id, and who does it.
pub async fn to_ask(
    db: &impl Reads,
    (today, long_ago): (&str, &str),
    at_most: i64,
) -> Result<Vec<(String, PersonId)>> {
    db.query(
        "SELECT a.id, a.owner_id
         FROM session_action a
         JOIN session s ON s.id = a.session_id
         JOIN event e ON e.number = s.event
         JOIN person p ON p.id = a.owner_id
         WHERE a.state = 'open' AND a.asked_at IS NULL AND a.erased_at IS NULL
         AND p.left_at IS NULL AND NOT p.is_demo AND s.removed_at IS NULL
         AND ((a.due_on <> '' AND a.due_on < $1) OR (a.due_on = '' AND e.last_day < $2))
         ORDER BY a.owner_id, a.number
         LIMIT $3",
    )
    .bind(today)
    .bind(long_ago)
    .bind(at_most)
    .all()
    .await
}

/// Notes that somebody was asked about an action.
pub async fn note_asked(tx: &Tx, id: &str, now: Moment) -> Result<()> {
    tx.query("UPDATE session_action SET asked_at = $2 WHERE id = $1")
        .bind(id)
        .bind(now)
        .run()
        .await?;
    Ok(())
}
