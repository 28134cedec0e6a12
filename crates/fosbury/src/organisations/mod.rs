//! Public bodies: who they are, who followed them, their services, and who works there.

pub mod by_hand;
pub mod importing;
pub mod joining;
pub mod list;
pub mod model;
pub mod planning;
pub mod reading;
pub mod services;
pub mod show;
pub mod store;
pub mod store_import;
pub mod store_members;
pub mod store_readers;
pub mod uploading;

use web::{Access, Routes};

use crate::state::App;

pub use store_members::waiting;

/// The pages of public bodies.
pub fn routes() -> Routes<App> {
    let of = |rest: &str| format!("/organisations/{{slug}}{rest}");
    Routes::new()
        .get(Access::Anyone, "/organisations", list::page)
        .get(Access::Steward, "/organisations/new", by_hand::form)
        .post(Access::Steward, "/organisations", by_hand::add)
        .get(Access::Owner, "/organisations/import", uploading::form)
        .post(Access::Owner, "/organisations/previews", uploading::send)
        .get(Access::Owner, "/organisations/previews", uploading::preview)
        .post(
            Access::Owner,
            "/organisations/previews/removal",
            uploading::give_up,
        )
        .post(Access::Owner, "/organisations/imports", uploading::import)
        .get(Access::Anyone, of(""), show::page)
        .post(Access::Steward, of("/mail-domain"), by_hand::mail_domain)
        .post(Access::SignedIn, of("/memberships"), joining::ask)
        .post(Access::SignedIn, of("/departures"), joining::leave)
        .post(
            Access::SignedIn,
            of("/memberships/{id}/confirmations"),
            joining::confirm,
        )
        .post(
            Access::SignedIn,
            of("/memberships/{id}/removal"),
            joining::remove,
        )
        .post(Access::SignedIn, of("/services"), services::add)
        .post(Access::SignedIn, of("/services/{id}"), services::rename)
        .post(
            Access::SignedIn,
            of("/services/{id}/removal"),
            services::remove,
        )
}
