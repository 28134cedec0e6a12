//! Writing lines: each of these is a step of somebody's change.

use db::{Reads, Result, Tx};

use super::model::{Line, MOST_LINES};
use super::store_placing;
use crate::time::Moment;
use crate::viewer::PersonId;

/// A line as somebody sent it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sent {
    /// Made where it was written.
    pub id: String,
    /// Orders the lines of a column.
    pub place: i64,
    /// The line that it is put below; nothing puts it at the end.
    pub below: Option<String>,
    /// Whether it stands in the column that all share.
    pub is_together: bool,
    /// What it says; nothing takes it out.
    pub text: String,
    /// Which of its wordings this is, from 1.
    pub edition: i64,
}

/// Who writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Writer {
    /// Their account.
    pub person: Option<PersonId>,
    /// Or who they are among those whom a link let in.
    pub guest: String,
    /// How they are called.
    pub name: String,
}

/// What became of a line that was sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is kept, now or since it was sent before.
    Kept,
    /// The capture is locked.
    Locked,
    /// Somebody else wrote it.
    NotYours,
    /// The session has as many lines as one can have.
    Full,
}

/// Writes a line, however often and in whatever order it arrives.
pub async fn write(
    tx: &Tx,
    session: &str,
    sent: &Sent,
    writer: &Writer,
    now: Moment,
) -> Result<Written> {
    // First of all, so that others wait and versions are in the order of the commits.
    let version: Option<(i64,)> = tx
        .query(
            "UPDATE session SET version = version + 1
             WHERE id = $1 AND locked_at IS NULL AND removed_at IS NULL
             RETURNING version",
        )
        .bind(session)
        .one_or_none()
        .await?;
    let Some((version,)) = version else {
        return Ok(Written::Locked);
    };
    let known: Option<(Option<PersonId>, String, i64, String)> = tx
        .query(
            "SELECT author_id, guest, edition, text FROM note_line
             WHERE session_id = $1 AND id = $2",
        )
        .bind(session)
        .bind(&sent.id)
        .one_or_none()
        .await?;
    let Some((author, guest, edition, text)) = known else {
        return begin(tx, session, sent, writer, (version, now)).await;
    };
    if author != writer.person || guest != writer.guest {
        return Ok(Written::NotYours);
    }
    if sent.text == text {
        return Ok(Written::Kept);
    }
    if sent.edition < edition && is_late(tx, session, sent, now).await? {
        return Ok(Written::Kept);
    }
    remember(tx, session, &sent.id, edition, &text, now).await?;
    tx.query(
        "UPDATE note_line
         SET text = $3, is_together = $4, edition = $5, version = $6, changed_at = $7
         WHERE session_id = $1 AND id = $2",
    )
    .bind(session)
    .bind(&sent.id)
    .bind(&sent.text)
    .bind(sent.is_together)
    .bind(sent.edition.max(edition + 1))
    .bind(version)
    .bind(now)
    .run()
    .await?;
    Ok(Written::Kept)
}

/// Whether this wording was overtaken on its way by a later one, or arrived before: then it is kept
/// among the earlier ones.
async fn is_late(tx: &Tx, session: &str, sent: &Sent, now: Moment) -> Result<bool> {
    remember(tx, session, &sent.id, sent.edition, &sent.text, now).await?;
    let kept: Option<(String,)> = tx
        .query(
            "SELECT text FROM note_line_before
             WHERE session_id = $1 AND line = $2 AND edition = $3",
        )
        .bind(session)
        .bind(&sent.id)
        .bind(sent.edition)
        .one_or_none()
        .await?;
    // With other words under the same number, two of somebody's devices wrote: the later counts.
    Ok(kept.is_some_and(|kept| kept.0 == sent.text))
}

async fn remember(
    tx: &Tx,
    session: &str,
    line: &str,
    edition: i64,
    text: &str,
    now: Moment,
) -> Result<()> {
    tx.query(
        "INSERT INTO note_line_before (session_id, line, edition, text, at)
         VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (session_id, line, edition) DO NOTHING",
    )
    .bind(session)
    .bind(line)
    .bind(edition)
    .bind(text)
    .bind(now)
    .run()
    .await?;
    Ok(())
}

async fn begin(
    tx: &Tx,
    session: &str,
    sent: &Sent,
    writer: &Writer,
    (version, now): (i64, Moment),
) -> Result<Written> {
    let lines: (i64,) = tx
        .query("SELECT count(*) FROM note_line WHERE session_id = $1")
        .bind(session)
        .one()
        .await?;
    if lines.0 >= MOST_LINES {
        return Ok(Written::Full);
    }
    let place = store_placing::place_of(tx, session, sent, writer, version).await?;
    tx.query(
        "INSERT INTO note_line (
             session_id, id, place, is_together, text, author_id, guest, author_name, written_at,
             changed_at, edition, version
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11)",
    )
    .bind(session)
    .bind(&sent.id)
    .bind(place)
    .bind(sent.is_together)
    .bind(&sent.text)
    .bind(writer.person.clone().map(|person| person.0))
    .bind(&writer.guest)
    .bind(&writer.name)
    .bind(now)
    .bind(sent.edition)
    .bind(version)
    .run()
    .await?;
    Ok(Written::Kept)
}

/// A line of notes that were taken elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Brought {
    /// Made when it was brought.
    pub id: String,
    /// Orders the lines.
    pub place: i64,
    /// What it says.
    pub text: String,
    /// The note-taker, as the notes name them.
    pub author_name: String,
    /// When the session began: notes seldom say more.
    pub written_at: Moment,
}

/// Brings notes into a session that has none and is open; false where it is not.
pub async fn bring(tx: &Tx, session: &str, lines: &[Brought]) -> Result<bool> {
    let opened = tx
        .query(
            "UPDATE session SET version = version + 1
             WHERE id = $1 AND locked_at IS NULL AND removed_at IS NULL
             AND NOT EXISTS (SELECT 1 FROM note_line n WHERE n.session_id = session.id)",
        )
        .bind(session)
        .run()
        .await?;
    if opened == 0 {
        return Ok(false);
    }
    let (version, _) = version(tx, session).await?.unwrap_or_default();
    let rows = lines.iter().map(|line| {
        vec![
            session.into(),
            (&line.id).into(),
            line.place.into(),
            false.into(),
            (&line.text).into(),
            "".into(),
            (&line.author_name).into(),
            line.written_at.into(),
            line.written_at.into(),
            1_i64.into(),
            version.into(),
        ]
    });
    tx.insert_many(
        "note_line (session_id, id, place, is_together, text, guest, author_name, written_at,
                    changed_at, edition, version)",
        11,
        rows.collect(),
    )
    .await?;
    Ok(true)
}

/// All lines of a session, for changes and checks that were allowed already.
pub async fn all(db: &impl Reads, session: &str) -> Result<Vec<Line>> {
    db.query(
        "SELECT n.id, n.place, n.is_together, n.text, n.author_id, n.guest,
                coalesce(p.name, n.author_name), n.written_at, n.edition, n.version, n.number,
                n.content_hash, n.erased_at
         FROM note_line n
         LEFT JOIN person p ON p.id = n.author_id
         WHERE n.session_id = $1
         ORDER BY n.number, n.version",
    )
    .bind(session)
    .all()
    .await
}

/// How far a session's lines go, and whether they are locked.
pub async fn version(db: &impl Reads, session: &str) -> Result<Option<(i64, bool)>> {
    let row: Option<(i64, Option<Moment>)> = db
        .query("SELECT version, locked_at FROM session WHERE id = $1")
        .bind(session)
        .one_or_none()
        .await?;
    Ok(row.map(|(version, locked_at)| (version, locked_at.is_some())))
}

/// The lines written since a version, for those who were let watch.
pub async fn since(db: &impl Reads, session: &str, version: i64) -> Result<Vec<Line>> {
    db.query(
        "SELECT n.id, n.place, n.is_together, n.text, n.author_id, n.guest,
                coalesce(p.name, n.author_name), n.written_at, n.edition, n.version, n.number,
                n.content_hash, n.erased_at
         FROM note_line n
         LEFT JOIN person p ON p.id = n.author_id
         WHERE n.session_id = $1 AND n.version > $2
         ORDER BY n.version",
    )
    .bind(session)
    .bind(version)
    .all()
    .await
}
