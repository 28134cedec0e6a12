//! Where a new line stands that is put below another: a step of the change that writes it, so that
//! others wait and everybody has the lines in one order.

use db::{Reads, Result, Tx};

use super::store_lines::{Sent, Writer};

/// Room made between two lines that stand close together.
const ROOM: i64 = 1_000_000;

/// The place of a new line: below the line that it names, if that stands in the same column; else as
/// it was sent.
pub(super) async fn place_of(
    tx: &Tx,
    session: &str,
    sent: &Sent,
    writer: &Writer,
    version: i64,
) -> Result<i64> {
    let Some(above) = sent.below.as_deref() else {
        return Ok(sent.place);
    };
    let person = writer.person.as_ref().map_or("", |person| &person.0);
    let found: Option<(i64,)> = tx
        .query(
            "SELECT place FROM note_line
             WHERE session_id = $1 AND id = $2 AND is_together = $3
             AND (is_together OR (coalesce(author_id, '') = $4 AND guest = $5))",
        )
        .bind(session)
        .bind(above)
        .bind(sent.is_together)
        .bind(person)
        .bind(&writer.guest)
        .one_or_none()
        .await?;
    let Some((from,)) = found else {
        return Ok(sent.place);
    };
    let next: Option<(i64,)> = tx
        .query(
            "SELECT place FROM note_line
             WHERE session_id = $1 AND is_together = $3
             AND (is_together OR (coalesce(author_id, '') = $4 AND guest = $5))
             AND (place > $6 OR (place = $6 AND id > $2))
             ORDER BY place, id
             LIMIT 1",
        )
        .bind(session)
        .bind(above)
        .bind(sent.is_together)
        .bind(person)
        .bind(&writer.guest)
        .bind(from)
        .one_or_none()
        .await?;
    match next {
        None => Ok(sent.place.max(from + 1)),
        Some((to,)) if from < sent.place && sent.place < to => Ok(sent.place),
        Some((to,)) if to - from > 1 => Ok(from + (to - from) / 2),
        Some(_) => {
            make_room(tx, session, (sent, from), writer, version).await?;
            Ok(from + ROOM / 2)
        }
    }
}

/// Moves what stands below a line further down; whoever watches is told where to.
async fn make_room(
    tx: &Tx,
    session: &str,
    (sent, from): (&Sent, i64),
    writer: &Writer,
    version: i64,
) -> Result<()> {
    tx.query(
        "UPDATE note_line SET place = place + $7, version = $8
         WHERE session_id = $1 AND is_together = $3
         AND (is_together OR (coalesce(author_id, '') = $4 AND guest = $5))
         AND (place > $6 OR (place = $6 AND id > $2))",
    )
    .bind(session)
    .bind(sent.below.as_deref())
    .bind(sent.is_together)
    .bind(writer.person.as_ref().map_or("", |person| &person.0))
    .bind(&writer.guest)
    .bind(from)
    .bind(ROOM)
    .bind(version)
    .run()
    .await?;
    Ok(())
}
