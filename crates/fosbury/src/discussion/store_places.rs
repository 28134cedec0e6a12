//! Which pages with a discussion a viewer may read.

use db::{Filter, Reads, Result, Tx, Value};

use super::places::PlaceId;
use crate::history::store as texts_store;
use crate::store_log;
use crate::viewer::Viewer;

/// The condition that the page which a row `s` is about may be read by a viewer: the text `r`; the
/// trial `t` with its hurdle `h` and, if it has one, its solution `w`; or the session `g` of the event
/// `e` with its text `y`, where young people were for members alone. Organisations are for everybody,
/// and so is what names no page. [`readers`] has its values.
pub const READABLE: &str = "(s.record_id IS NULL AND s.trial_id IS NULL AND s.session_id IS NULL)
     OR (s.record_id IS NOT NULL AND (r.visibility = 'public'
         OR (r.visibility = 'members' AND ?) OR r.author_id = ?
         OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
             SELECT 1 FROM record_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE x.record_id = r.id AND m.person_id = ? AND m.is_confirmed))))
     OR (s.trial_id IS NOT NULL AND (t.visibility = 'public'
         OR (t.visibility = 'members' AND ?) OR t.author_id = ?
         OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
             SELECT 1 FROM trial_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE x.trial_id = t.id AND m.person_id = ? AND m.is_confirmed)))
         AND h.state = 'live' AND (h.visibility = 'public'
         OR (h.visibility = 'members' AND ?) OR h.author_id = ?
         OR (h.visibility IN ('bodies', 'own-organisation') AND EXISTS (
             SELECT 1 FROM record_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE x.record_id = h.id AND m.person_id = ? AND m.is_confirmed)))
         AND (t.solution = 0 OR (w.state = 'live' AND (w.visibility = 'public'
         OR (w.visibility = 'members' AND ?) OR w.author_id = ?
         OR (w.visibility IN ('bodies', 'own-organisation') AND EXISTS (
             SELECT 1 FROM record_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE x.record_id = w.id AND m.person_id = ? AND m.is_confirmed))))))
     OR (s.session_id IS NOT NULL AND g.removed_at IS NULL AND y.state <> 'deleted'
         AND (y.visibility = 'public'
         OR (y.visibility = 'members' AND ?) OR y.author_id = ?
         OR (y.visibility IN ('bodies', 'own-organisation') AND EXISTS (
             SELECT 1 FROM record_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE x.record_id = y.id AND m.person_id = ? AND m.is_confirmed)))
         AND (NOT e.is_young OR ?))";
/// The condition that a text is there still; trials and organisations are, or they are gone whole.
pub const LIVE: &str = "s.record_id IS NULL OR r.state = 'live'";

/// What [`READABLE`] asks of the viewer.
pub fn readers(viewer: &Viewer) -> Vec<Value> {
    (0..5)
        .flat_map(|_| texts_store::seen_by(viewer))
        .chain([viewer.is_member().into()])
        .collect()
}

/// Narrows to what is about this page.
pub(super) fn about(filter: Filter, place: &PlaceId) -> Filter {
    let id = vec![place.id().into()];
    match place {
        PlaceId::Record(_) => filter.and("s.record_id = ?", id),
        PlaceId::Trial(_) => filter.and("s.trial_id = ?", id),
        PlaceId::Organisation(_) => filter.and("s.organisation_id = ?", id),
        PlaceId::Session(_) => filter.and("s.session_id = ?", id),
    }
}

/// Tells other nodes that pages which they keep for visitors are stale.
pub async fn note_shown(tx: &Tx, place: &PlaceId) -> Result<()> {
    match place {
        PlaceId::Record(id) => texts_store::index_changed(tx, id).await?,
        PlaceId::Trial(_) => store_log::changed(tx, "trials").await?,
        PlaceId::Organisation(_) => store_log::changed(tx, "organisations").await?,
        PlaceId::Session(_) => store_log::changed(tx, "sessions").await?,
    };
    Ok(())
}

/// The number of a trial, whoever may read it: for looking it up.
pub async fn trial_number(db: &impl Reads, id: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .query("SELECT number FROM trial WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The word in the address of a public body.
pub async fn slug_of(db: &impl Reads, id: &str) -> Result<Option<String>> {
    let row: Option<(String,)> = db
        .query("SELECT slug FROM organisation WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// The number of a session, whoever may read it: for looking it up.
pub async fn session_number(db: &impl Reads, id: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = db
        .query("SELECT number FROM session WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}
