//! Who went before: what happened at a body over time, and who like the reader's got over a hurdle.

pub mod finding;
pub mod line;
pub mod model;
pub mod pages;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

/// The pages of precedents and of a body's line of time.
pub fn routes() -> Routes<App> {
    let hurdle = |rest: &str| format!("/hurdles/{{slug}}/precedents{rest}");
    let body = |rest: &str| format!("/organisations/{{slug}}/time{rest}");
    Routes::new()
        .get(Access::Anyone, hurdle(""), pages::page)
        .get(Access::Anyone, hurdle(".csv"), pages::csv)
        .get(Access::Anyone, body(""), line::page)
        .get(Access::Anyone, body(".csv"), line::csv)
}
