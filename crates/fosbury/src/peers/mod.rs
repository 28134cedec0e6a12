//! Who is like whom: the nearest bodies with the reasons, and groups that people keep beside them.

pub mod editing;
pub mod finding;
pub mod groups;
pub mod keeping;
pub mod members;
pub mod model;
pub mod similar;
pub mod store;
pub mod store_writing;

use web::{Access, Routes};

use crate::state::App;

/// The pages of similar bodies and of groups.
pub fn routes() -> Routes<App> {
    let body = |rest: &str| format!("/organisations/{{slug}}{rest}");
    let group = |rest: &str| format!("/groups/{{number}}{rest}");
    Routes::new()
        .get(Access::Anyone, body("/peers"), similar::page)
        .get(Access::Anyone, body("/peers.csv"), similar::csv)
        .get(Access::SignedIn, body("/groups/new"), editing::form)
        .post(Access::SignedIn, body("/groups"), editing::begin)
        .get(Access::Anyone, "/groups", groups::list)
        .get(Access::Anyone, group(""), groups::page)
        .get(Access::Anyone, group("/members.csv"), groups::csv)
        .get(Access::SignedIn, group("/edit"), editing::edit)
        .post(Access::SignedIn, group(""), editing::rename)
        .post(Access::SignedIn, group("/members"), members::add)
        .post(
            Access::SignedIn,
            group("/members/{slug}/removal"),
            members::take_out,
        )
        .post(Access::SignedIn, group("/removal"), editing::remove)
        .post(Access::Steward, group("/restorations"), editing::bring_back)
}
