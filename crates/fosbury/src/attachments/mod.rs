//! Files on pages: pictures and documents, checked by what is in them, each kept once.

pub mod acts;
pub mod content;
pub mod files;
pub mod model;
pub mod pages;
pub mod picture;
pub mod serving;
pub mod store;
pub mod store_versions;
pub mod tidying;
pub mod uploading;
pub mod versions;

use web::{Access, Routes};

use crate::state::App;
use crate::subjects::KINDS;

/// The files of every kind of page, and the files themselves.
pub fn routes() -> Routes<App> {
    let files = Routes::new()
        .get(
            Access::Anyone,
            "/attachments/{number}/{name}",
            serving::file,
        )
        .post(
            Access::Contributor,
            "/attachments/{number}/removals",
            acts::remove,
        )
        .post(
            Access::Contributor,
            "/attachments/{number}/recoveries",
            acts::recover,
        )
        .get(
            Access::Owner,
            "/attachments/{number}/erase",
            acts::confirm_erasure,
        )
        .post(Access::Owner, "/attachments/{number}/erasures", acts::erase);
    KINDS.into_iter().fold(files, |routes, kind| {
        let address = format!("/{}/{{slug}}/attachments", kind.plural());
        routes.and(
            Routes::new()
                .get(Access::Anyone, address.clone(), pages::list)
                .post(Access::Contributor, address, uploading::bring)
                .with(kind),
        )
    })
}
