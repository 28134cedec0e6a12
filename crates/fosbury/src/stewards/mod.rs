//! The stewards' desk: what needs somebody's eye.

mod gaps;
mod keeping;
pub mod model;
pub mod pages;
pub mod readings;
pub mod store_tending;
pub mod store_undo;
mod undo;
mod undoing;

use web::{Access, Routes};

use crate::state::App;
use crate::subjects::KINDS;

/// The desk's pages.
pub fn routes() -> Routes<App> {
    KINDS
        .into_iter()
        .fold(Routes::new(), |routes, kind| {
            let of = |rest: &str| format!("/{}/{{slug}}{rest}", kind.plural());
            routes.and(
                Routes::new()
                    .get(Access::Steward, of("/keeping"), keeping::page)
                    .post(Access::Steward, of("/protections"), keeping::protect)
                    .post(
                        Access::Steward,
                        of("/protections/removal"),
                        keeping::release,
                    )
                    .post(Access::Steward, of("/reviews"), keeping::look)
                    .post(Access::Steward, of("/review-period"), keeping::period)
                    .with(kind),
            )
        })
        .get(Access::Steward, "/desk", pages::desk)
        .get(Access::Steward, "/desk/undo", undoing::page)
        .post(Access::Steward, "/desk/undoings", undoing::undo)
        .post(Access::Steward, "/desk/review-period", keeping::rule)
        .post(Access::Steward, "/desk/jobs/{id}/retries", pages::retry)
        .post(Access::Steward, "/desk/jobs/{id}/removal", pages::discard)
        .post(
            Access::Steward,
            "/desk/searches/removal",
            pages::dismiss_search,
        )
        .get(Access::Anyone, "/wanted", pages::wanted)
}
