//! What people say about records, with an account or without: comments, ways over, calls for help,
//! suggested changes, flags; what stewards decide of it; and what waits for whom.

mod comments;
mod deciding;
pub mod finding;
mod flags;
mod following;
pub mod going_along;
pub mod held;
pub mod model;
mod moderation;
pub mod places;
pub mod publishing;
mod resolving;
pub mod saying;
pub mod section;
pub mod store;
pub mod store_along;
pub mod store_held;
pub mod store_places;
pub mod store_saying;
pub mod store_waiting;
pub mod store_watching;
pub mod suggesting;
mod threads;
mod waiting;
pub mod watching;

use web::{Access, Routes};

use crate::state::App;
use crate::subjects::KINDS;
use finding::Sort;

pub use section::section;

/// The pages of discussions, of the stewards' queue and of what waits.
pub fn routes() -> Routes<App> {
    KINDS
        .into_iter()
        .fold(Routes::new(), |routes, kind| {
            let of = |rest: &str| format!("/{}/{{slug}}{rest}", kind.plural());
            let suggesting = Routes::new()
                .get(Access::Anyone, of("/suggest"), suggesting::form)
                .post(Access::Anyone, of("/suggestions"), suggesting::suggest)
                .with(kind);
            routes.and(below(&of(""), Sort::Text(kind))).and(suggesting)
        })
        .and(below("/trials/{number}", Sort::Trial))
        .and(below("/organisations/{slug}", Sort::Organisation))
        .and(below("/sessions/{slug}", Sort::Session))
        .get(Access::Anyone, "/said/{token}", following::page)
        .post(
            Access::Anyone,
            "/said/{token}/withdrawal",
            following::withdraw,
        )
        .get(Access::Anyone, "/comments/{number}", comments::go)
        .get(
            Access::SignedIn,
            "/comments/{number}/edit",
            comments::edit_page,
        )
        .post(Access::SignedIn, "/comments/{number}/edits", comments::edit)
        .post(
            Access::SignedIn,
            "/comments/{number}/removals",
            comments::remove,
        )
        .post(
            Access::Owner,
            "/comments/{number}/erasures",
            comments::erase,
        )
        .post(
            Access::SignedIn,
            "/comments/{number}/thanks",
            comments::thank,
        )
        .get(Access::SignedIn, "/waiting", waiting::page)
        .post(Access::SignedIn, "/waiting/readings", waiting::read)
        .post(Access::SignedIn, "/watches", watching::watch)
        .post(Access::SignedIn, "/watches/removals", watching::unwatch)
        .get(Access::SignedIn, "/desk/held", held::page)
        .post(Access::SignedIn, "/desk/held/decisions", held::decide)
        .post(Access::Steward, "/desk/held/clearances", held::clear)
        .post(
            Access::SignedIn,
            "/desk/held/{number}/resolutions",
            resolving::resolve,
        )
        .get(Access::Anyone, "/moderation", moderation::page)
}

/// What stands below every page with a discussion.
fn below(page: &str, sort: Sort) -> Routes<App> {
    let of = |rest: &str| format!("{page}{rest}");
    Routes::new()
        .get(Access::Anyone, of("/discussion"), threads::page)
        .get(Access::Anyone, of("/discussion.atom"), threads::feed)
        .post(Access::Anyone, of("/said"), saying::say)
        .get(Access::Anyone, of("/flag"), flags::form)
        .post(Access::Anyone, of("/flags"), flags::flag)
        .with(sort)
}
