//! Whether a page is one that only stewards change just now.

use super::model::Record;
use super::store_protection;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// Whether this viewer may not change this page just now.
pub async fn is_closed(v: &Visit, app: &App, record: &Record) -> Answer<bool> {
    if v.viewer.is_steward() {
        return Ok(false);
    }
    let protection = store_protection::of(&app.db, &record.id, v.now()).await?;
    Ok(protection.is_some())
}
