//! Events, their sessions, the notes taken in them, and what is written up afterwards.

pub mod after;
mod bringing;
mod calendar;
mod consents;
mod erasing;
mod grid;
pub mod guests;
pub mod kinds;
mod letting_in;
mod list;
pub mod live;
pub mod locking;
pub mod model;
mod notes;
mod plan_pages;
pub mod planning;
mod show;
pub mod store;
pub mod store_captures;
pub mod store_consents;
pub mod store_guests;
pub mod store_lines;
pub mod store_writing;
mod write_ups;
mod writing;

pub use kinds::{Events, WriteUps};

use web::{Access, Routes};

use crate::state::App;

/// The pages of events, sessions and write-ups that no other kind has.
pub fn routes() -> Routes<App> {
    let event = |rest: &str| format!("/events/{{slug}}{rest}");
    let session = |rest: &str| format!("/sessions/{{slug}}{rest}");
    let line = |rest: &str| format!("/sessions/{{slug}}/lines/{{line}}{rest}");
    Routes::new()
        .get(Access::Anyone, "/events", list::page)
        .get(Access::Anyone, "/events.csv", list::csv)
        .get(Access::Anyone, event(""), show::page)
        .get(Access::Anyone, event("/calendar.ics"), calendar::of_event)
        .get(Access::Anyone, event("/sessions/new"), plan_pages::form)
        .post(Access::Anyone, event("/sessions"), plan_pages::add)
        .post(Access::SignedIn, event("/links"), letting_in::make)
        .post(
            Access::SignedIn,
            event("/links/removal"),
            letting_in::withdraw,
        )
        .post(Access::SignedIn, event("/consents"), consents::note)
        .post(
            Access::SignedIn,
            event("/consents/removal"),
            consents::withdraw,
        )
        .get(Access::Anyone, "/in/{token}", letting_in::landing)
        .post(Access::Anyone, "/in/{token}", letting_in::let_in)
        .post(Access::Anyone, "/guest/removal", letting_in::leave)
        .get(Access::Anyone, session(""), notes::page)
        .post(Access::Anyone, session(""), plan_pages::change)
        .get(Access::Anyone, session("/edit"), plan_pages::edit)
        .post(Access::Anyone, session("/removal"), plan_pages::remove)
        .get(
            Access::Anyone,
            session("/calendar.ics"),
            calendar::of_session,
        )
        .get(Access::Anyone, session("/lines"), writing::since)
        .post(Access::Anyone, session("/lines"), writing::write)
        .get(Access::Anyone, session("/live"), live::watch)
        .post(Access::SignedIn, session("/locks"), locking::lock)
        .post(Access::SignedIn, session("/publications"), locking::publish)
        .get(Access::SignedIn, session("/captures"), bringing::form)
        .post(Access::SignedIn, session("/captures"), bringing::bring)
        .get(Access::Owner, line("/erase"), erasing::confirm)
        .post(Access::Owner, line("/erasures"), erasing::erase)
        .get(Access::Anyone, "/write-ups", write_ups::list)
        .get(Access::Anyone, "/write-ups/{slug}", write_ups::page)
        .post(
            Access::Contributor,
            "/write-ups/{slug}/reflections",
            write_ups::reflect,
        )
        .and(after::routes())
}
