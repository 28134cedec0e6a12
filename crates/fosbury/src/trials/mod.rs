//! Who faces a hurdle, who tried which way over it, and whether it worked.

pub mod choosing;
pub mod facing;
pub mod following_up;
pub mod lists;
pub mod looking_back;
pub mod memory;
pub mod model;
pub mod sent;
pub mod show;
pub mod sighting;
pub mod solution_section;
pub mod store;
pub mod store_bodies;
pub mod store_follow_up;
pub mod store_index;
pub mod store_merging;
pub mod store_recent;
pub mod store_sightings;
pub mod store_tallies;
pub mod store_versions;
pub mod store_watched;
pub mod store_writing;
pub mod strip;
pub mod table;
pub mod telling;
pub mod versions;
pub mod watched;
pub mod ways;
pub mod worked;
pub mod worked_pages;

use web::{Access, Routes};

use crate::state::App;

/// The pages of sightings and trials.
pub fn routes() -> Routes<App> {
    let hurdle = |rest: &str| format!("/hurdles/{{slug}}{rest}");
    let solution = |rest: &str| format!("/solutions/{{slug}}{rest}");
    let body = |rest: &str| format!("/organisations/{{slug}}{rest}");
    let trial = |rest: &str| format!("/trials/{{number}}{rest}");
    Routes::new()
        .post(Access::Anyone, hurdle("/sightings"), sighting::press)
        .get(Access::Anyone, hurdle("/sightings"), facing::page)
        .get(Access::Anyone, hurdle("/sightings.csv"), facing::csv)
        .get(Access::Anyone, "/sightings/{id}", sighting::more)
        .post(Access::Anyone, "/sightings/{id}", sighting::complete)
        .post(
            Access::SignedIn,
            "/sightings/{id}/confirmations",
            sighting::confirm,
        )
        .post(
            Access::SignedIn,
            "/sightings/{id}/removal",
            sighting::remove,
        )
        .get(Access::Anyone, hurdle("/worked"), worked_pages::page)
        .get(Access::Anyone, hurdle("/worked.csv"), worked_pages::csv)
        .get(Access::Anyone, hurdle("/ranking"), worked_pages::explained)
        .get(Access::SignedIn, hurdle("/trials/new"), telling::form)
        .post(Access::SignedIn, hurdle("/trials"), telling::tell)
        .get(Access::Anyone, hurdle("/trials"), lists::of_hurdle)
        .get(Access::Anyone, hurdle("/trials.atom"), lists::hurdle_feed)
        .get(Access::Anyone, hurdle("/trials.csv"), lists::hurdle_csv)
        .post(Access::SignedIn, solution("/uses"), telling::use_too)
        .get(Access::Anyone, solution("/trials"), lists::of_solution)
        .get(
            Access::Anyone,
            solution("/trials.atom"),
            lists::solution_feed,
        )
        .get(Access::Anyone, solution("/trials.csv"), lists::solution_csv)
        .get(Access::Anyone, body("/trials"), lists::of_body)
        .get(Access::Anyone, body("/trials.atom"), lists::body_feed)
        .get(Access::Anyone, body("/trials.csv"), lists::body_csv)
        .get(Access::Anyone, trial(""), show::page)
        .post(Access::SignedIn, trial(""), telling::change)
        .get(Access::SignedIn, trial("/edit"), telling::edit)
        .post(Access::SignedIn, trial("/answers"), show::answer)
        .post(Access::SignedIn, trial("/confirmations"), show::confirm)
        .post(Access::SignedIn, trial("/removal"), show::remove)
        .get(Access::Anyone, trial("/history"), looking_back::history)
        .get(
            Access::Anyone,
            trial("/versions/{seq}"),
            looking_back::version,
        )
        .post(Access::Owner, trial("/erasures"), looking_back::erase)
        .get(Access::Anyone, "/follow-up/{token}", following_up::page)
        .post(Access::Anyone, "/follow-up/{token}", following_up::answer)
        .get(Access::Anyone, "/my-organisation", choosing::form)
        .post(Access::Anyone, "/my-organisation", choosing::choose)
}
