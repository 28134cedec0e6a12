//! Writing down what becomes of lines: each of these is a step of somebody's change.

use db::{Reads, Result, Tx, Value};

use crate::history::model::RecordId;
use crate::time::Moment;

/// Takes a line for an act on it; false when somebody acted on it since it was seen so.
pub async fn claim(tx: &Tx, session: &str, line: &str, seen: i64) -> Result<bool> {
    tx.query(
        "INSERT INTO harvest_line (session_id, line, version, is_joined, cuts)
         VALUES ($1, $2, 0, false, '')
         ON CONFLICT (session_id, line) DO NOTHING",
    )
    .bind(session)
    .bind(line)
    .run()
    .await?;
    let claimed = tx
        .query(
            "UPDATE harvest_line SET version = version + 1
             WHERE session_id = $1 AND line = $2 AND version = $3",
        )
        .bind(session)
        .bind(line)
        .bind(seen)
        .run()
        .await?;
    Ok(claimed == 1)
}

/// Whether nothing became of any of these lines yet.
pub async fn is_whole(tx: &Tx, session: &str, lines: &[String]) -> Result<bool> {
    for line in lines {
        let found: (i64,) = tx
            .query("SELECT count(*) FROM harvest WHERE session_id = $1 AND line = $2")
            .bind(session)
            .bind(line)
            .one()
            .await?;
        if found.0 > 0 {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Cuts a line into pieces.
pub async fn cut(tx: &Tx, session: &str, line: &str, cuts: &str) -> Result<()> {
    tx.query("UPDATE harvest_line SET cuts = $3 WHERE session_id = $1 AND line = $2")
        .bind(session)
        .bind(line)
        .bind(cuts)
        .run()
        .await?;
    Ok(())
}

/// Makes a line go on from the one above it.
pub async fn join(tx: &Tx, session: &str, line: &str) -> Result<()> {
    tx.query(
        "UPDATE harvest_line SET is_joined = true, cuts = '' WHERE session_id = $1 AND line = $2",
    )
    .bind(session)
    .bind(line)
    .run()
    .await?;
    Ok(())
}

/// Makes a line stand by itself again, in one piece.
pub async fn whole(tx: &Tx, session: &str, line: &str) -> Result<()> {
    tx.query(
        "UPDATE harvest_line SET is_joined = false, cuts = '', version = version + 1
         WHERE session_id = $1 AND line = $2",
    )
    .bind(session)
    .bind(line)
    .run()
    .await?;
    Ok(())
}

/// What becomes of a passage.
pub struct New<'a> {
    /// The session's id.
    pub session: &'a str,
    /// The piece of the first line.
    pub part: i64,
    /// The act's id.
    pub act: &'a str,
    /// `made`, `merged`, `kept`, `left`.
    pub became: &'static str,
    /// What the passage is.
    pub kind: &'a str,
    /// The record it was made into or merged into.
    pub record_id: Option<&'a RecordId>,
    /// The comment that repeats it there.
    pub said_id: Option<&'a str>,
    /// The trial that it was told as.
    pub trial: Option<i64>,
    /// Who.
    pub by_id: &'a str,
    /// Their name.
    pub by_name: &'a str,
    /// When.
    pub at: Moment,
}

/// Writes down what became of these lines of a passage.
pub async fn insert(tx: &Tx, new: &New<'_>, lines: &[String]) -> Result<()> {
    let rows = lines.iter().enumerate().map(|(at, line)| {
        // Only the first line of a passage can be a piece.
        let part = if at == 0 { new.part } else { 0 };
        vec![
            Value::from(new.session),
            line.as_str().into(),
            part.into(),
            new.act.into(),
            new.became.into(),
            new.kind.into(),
            new.record_id.map(|id| id.0.clone()).into(),
            new.said_id.map(ToOwned::to_owned).into(),
            new.trial.into(),
            new.by_id.into(),
            new.by_name.into(),
            new.at.0.into(),
        ]
    });
    tx.insert_many(
        "harvest (session_id, line, part, act, became, kind, record_id, said_id, trial, by_id,
                  by_name, at)",
        12,
        rows.collect(),
    )
    .await
}

/// Forgets what an act did; the lines wait again.
pub async fn forget(tx: &Tx, session: &str, act: &str) -> Result<()> {
    tx.query(
        "UPDATE harvest_line SET version = version + 1
         WHERE session_id = $1 AND line IN (
             SELECT h.line FROM harvest h WHERE h.session_id = $1 AND h.act = $2)",
    )
    .bind(session)
    .bind(act)
    .run()
    .await?;
    tx.query("DELETE FROM harvest WHERE session_id = $1 AND act = $2")
        .bind(session)
        .bind(act)
        .run()
        .await?;
    Ok(())
}
