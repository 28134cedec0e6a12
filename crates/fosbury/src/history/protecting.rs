//! Whether a page is one that only stewards change just now.

use super::model::Record;
use super::store_protection;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::Moment;

/// Whether this viewer may not change this page just now.
pub async fn is_closed(v: &Visit, app: &App, record: &Record) -> Answer<bool> {
    Ok(closed_until(v, app, record).await?.is_some())
}

/// Until when this viewer may not change this page.
pub async fn closed_until(v: &Visit, app: &App, record: &Record) -> Answer<Option<Moment>> {
    if v.viewer.is_steward() {
        return Ok(None);
    }
    let protection = store_protection::of(&app.db, &record.id, v.now()).await?;
    Ok(protection.map(|protection| protection.ends_at))
}
