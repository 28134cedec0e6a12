//! What came of the notes of an event, as whoever asks may read them.

use db::{Filter, Reads, Result};

use crate::sessions::guests::Asker;
use crate::sessions::store::{EVENT_VISIBLE, NOTES_VISIBLE, event_seen_by, notes_seen_by};

/// The pages that lines of an event's sessions became or were found to be, by their ids: true where they
/// were made of them. Whether somebody may read such a page is asked where it is fetched.
pub async fn pages(
    db: &impl Reads,
    asker: &Asker<'_>,
    event: i64,
    at_most: i64,
) -> Result<Vec<(String, bool)>> {
    let filter = Filter::new(
        "SELECT DISTINCT h.record_id, h.became = 'made'
         FROM harvest h
         JOIN session s ON s.id = h.session_id
         JOIN event e ON e.number = s.event
         JOIN record r ON r.id = e.record_id",
    )
    .and(
        "h.record_id IS NOT NULL AND s.removed_at IS NULL",
        Vec::new(),
    )
    .and(
        "s.event = ? OR r.into_number = ?",
        vec![event.into(), event.into()],
    )
    .and(EVENT_VISIBLE, event_seen_by(asker))
    .and(NOTES_VISIBLE, notes_seen_by(asker))
    .then("ORDER BY 1, 2 LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}
