//! Which hurdle, once cleared, frees most others here: a ranked list and a small picture.

pub mod model;
pub mod pages;
pub mod picture;
pub mod reading;
pub mod store;

use web::{Access, Routes};

use crate::state::App;

/// The pages of what hangs on what.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Anyone, "/hurdles/freeing", pages::ranked)
        .get(Access::Anyone, "/hurdles/freeing.csv", pages::csv)
        .get(Access::Anyone, "/hurdles/{slug}/freeing", pages::of_hurdle)
}
