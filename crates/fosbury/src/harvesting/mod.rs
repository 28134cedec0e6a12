//! The harvest of a session: its lines become records, each citing its lines.

pub mod acts;
pub mod becoming;
mod keeping;
pub mod making;
pub mod model;
pub mod section;
mod shaping;
pub mod store;
pub mod store_kept;
pub mod store_writing;
pub mod taking_on;
pub mod triage;

use web::{Access, Routes};

use crate::state::App;

/// The pages of the harvest.
pub fn routes() -> Routes<App> {
    let of = |rest: &str| format!("/sessions/{{slug}}/harvest{rest}");
    Routes::new()
        .get(Access::SignedIn, of(""), triage::page)
        .post(Access::SignedIn, of("/made"), acts::make)
        .post(Access::SignedIn, of("/mergers"), acts::merge)
        .post(Access::SignedIn, of("/joins"), shaping::join)
        .post(Access::SignedIn, of("/cuts"), shaping::cut)
        .post(Access::SignedIn, of("/wholes"), shaping::whole)
        .post(Access::SignedIn, of("/undoings"), acts::undo)
        .post(Access::SignedIn, of("/trials"), acts::tell_trial)
}
