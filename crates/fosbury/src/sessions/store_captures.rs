//! Captures: lines locked, one forgotten, all checked.

use db::{Db, Reads, Result, Tx};

use super::model::{Line, capture_hash, columns};
use super::store_lines::all;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Locks a session's capture: lines that were taken out and earlier wordings go, the others are
/// numbered and hashed. The lines as they stand from now on; none where it was locked already.
pub async fn lock(
    tx: &Tx,
    session: &str,
    by: Option<&PersonId>,
    now: Moment,
) -> Result<Option<Vec<Line>>> {
    let locked = tx
        .query(
            "UPDATE session SET locked_at = $2, locked_by = $3, version = version + 1
             WHERE id = $1 AND locked_at IS NULL AND removed_at IS NULL",
        )
        .bind(session)
        .bind(now)
        .bind(by.map(|person| person.0.clone()))
        .run()
        .await?;
    if locked == 0 {
        return Ok(None);
    }
    tx.query("DELETE FROM note_line WHERE session_id = $1 AND text = ''")
        .bind(session)
        .run()
        .await?;
    tx.query("DELETE FROM note_line_before WHERE session_id = $1")
        .bind(session)
        .run()
        .await?;
    let columns = columns(session, all(tx, session).await?);
    let mut lines: Vec<Line> = columns.into_iter().flat_map(|one| one.lines).collect();
    for (number, line) in (1..).zip(&mut lines) {
        let hash = line.hash();
        tx.query(
            "UPDATE note_line SET number = $3, content_hash = $4
             WHERE session_id = $1 AND id = $2",
        )
        .bind(session)
        .bind(&line.id)
        .bind(number)
        .bind(&hash)
        .run()
        .await?;
        line.number = Some(number);
        line.content_hash = Some(hash);
    }
    let whole = capture_hash(lines.iter().filter_map(|line| line.content_hash.as_deref()));
    tx.query("UPDATE session SET content_hash = $2 WHERE id = $1")
        .bind(session)
        .bind(&whole)
        .run()
        .await?;
    Ok(Some(lines))
}

/// Replaces a locked line's words by a dated tombstone; its hash stays. Whether there were any.
pub async fn erase(
    tx: &Tx,
    session: &str,
    line: &str,
    by: Option<&PersonId>,
    why: &str,
    now: Moment,
) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE note_line
             SET text = '', author_id = NULL, guest = '', author_name = '', erased_at = $3,
                 erased_by = $4, erased_why = $5
             WHERE session_id = $1 AND id = $2 AND erased_at IS NULL AND number IS NOT NULL",
        )
        .bind(session)
        .bind(line)
        .bind(now)
        .bind(by.map(|person| person.0.clone()))
        .bind(why)
        .run()
        .await?;
    Ok(erased > 0)
}

/// Lines erased since a moment: of which session, which one, when.
pub async fn erased_since(db: &Db, since: Moment) -> Result<Vec<(String, String, Moment)>> {
    db.query(
        "SELECT session_id, id, erased_at FROM note_line
         WHERE erased_at >= $1
         ORDER BY erased_at, session_id, id",
    )
    .bind(since)
    .all()
    .await
}

/// Somebody left: their lines stay, without their name, and no letter of an event reaches them.
pub async fn let_go(tx: &Tx, person: &str, called: &str) -> Result<()> {
    tx.query("UPDATE note_line SET author_name = $2 WHERE author_id = $1")
        .bind(person)
        .bind(called)
        .run()
        .await?;
    for text in [
        "DELETE FROM action_link WHERE person_id = $1",
        "DELETE FROM event_letter WHERE person_id = $1",
        "DELETE FROM event_quiet WHERE person_id = $1",
        "DELETE FROM event_there WHERE person_id = $1",
    ] {
        tx.query(text).bind(person).run().await?;
    }
    Ok(())
}

/// How many captures are locked, and what is wrong with them.
pub async fn faults(db: &Db) -> Result<(usize, Vec<String>)> {
    let locked: Vec<(String, i64, Option<String>)> = db
        .query(
            "SELECT id, number, content_hash FROM session
             WHERE locked_at IS NOT NULL
             ORDER BY number",
        )
        .all()
        .await?;
    let (count, mut faults) = (locked.len(), Vec::new());
    for (id, number, hash) in locked {
        let lines = all(db, &id).await?;
        for (at, line) in (1..).zip(&lines) {
            let is_as_locked = line.erased_at.is_some()
                || line.content_hash.as_deref() == Some(line.hash().as_str());
            if line.number != Some(at) || !is_as_locked {
                faults.push(format!(
                    "session {number}: line {at} is not as it was locked"
                ));
            }
        }
        let whole = capture_hash(lines.iter().filter_map(|line| line.content_hash.as_deref()));
        if hash.as_deref() != Some(whole.as_str()) {
            faults.push(format!(
                "session {number}: its capture is not what was locked"
            ));
        }
    }
    Ok((count, faults))
}
