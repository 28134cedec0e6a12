//! What is told of a session beside its notes: a tip of each person, what was found or decided, who
//! does what by when; letters about it and answers to them; and what came of it all.

pub mod actions;
pub mod asking;
pub(super) mod came;
pub mod letters;
pub mod looking_back;
pub mod model;
mod quiet;
pub mod receiving;
mod section;
pub mod store;
pub mod store_actions;
pub mod store_came;
pub mod store_letters;
pub mod store_links;
mod telling;

use web::{Access, Routes};

use crate::state::App;

pub(super) use section::{Sent, section};

/// The pages and acts of what is told of sessions.
pub(super) fn routes() -> Routes<App> {
    let session = |rest: &str| format!("/sessions/{{slug}}{rest}");
    Routes::new()
        .post(Access::Anyone, session("/tips"), telling::tip)
        .post(Access::Anyone, session("/outcomes"), telling::outcome)
        .post(Access::SignedIn, session("/told/erasures"), telling::erase)
        .post(Access::Anyone, session("/actions"), actions::add)
        .get(Access::Anyone, session("/actions/{number}"), actions::page)
        .post(
            Access::SignedIn,
            session("/actions/{number}/steps"),
            actions::step,
        )
        .post(
            Access::SignedIn,
            session("/actions/{number}/erasures"),
            actions::erase,
        )
        .get(Access::Anyone, "/how-it-went/{token}", asking::page)
        .post(Access::Anyone, "/how-it-went/{token}", asking::answer)
        .get(Access::Anyone, "/letters/{token}", quiet::page)
        .post(Access::Anyone, "/letters/{token}/ends", quiet::end)
        .get(Access::Anyone, "/events/{slug}/came-of-it", came::page)
        .get(Access::Anyone, "/events/{slug}/actions.csv", came::csv)
}
