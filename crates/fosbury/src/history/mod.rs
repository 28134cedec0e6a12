//! Every text with a history, once: revisions, merging, undoing, links and backlinks.
//!
//! A text is a set of named [`parts`](model::Parts); which parts there are is said by its
//! [`kind`]. Hurdles, solutions and guides are kinds; cases, write-ups and charters will be.

mod acts;
pub mod chain;
pub mod diff;
pub mod drafts;
pub mod editing;
mod form_pages;
pub mod forms;
pub mod kind;
pub mod linking;
pub mod looking_back;
pub mod mergers;
pub mod model;
pub mod moves;
mod opening;
pub mod protecting;
pub mod removals;
pub mod saving;
pub mod seen;
mod splits;
pub mod store;
pub mod store_changes;
pub mod store_check;
pub mod store_drafts;
pub mod store_lists;
pub mod store_protection;
pub mod store_writing;
pub mod writing;

pub use form_pages::clash_of_another;
pub use opening::one_called;

use web::{Access, Routes};

use crate::state::App;
use crate::subjects::KINDS;

/// The pages that every kind of text has.
pub fn routes() -> Routes<App> {
    KINDS.into_iter().fold(Routes::new(), |routes, kind| {
        let at = |rest: &str| format!("/{}{rest}", kind.plural());
        let of = |rest: &str| format!("/{}/{{slug}}{rest}", kind.plural());
        let short = format!("/{}/{{number}}", kind.letter());
        routes.and(
            Routes::new()
                .get(Access::Anyone, short, looking_back::short_address)
                .get(Access::Contributor, at("/new"), editing::new_form)
                .post(Access::Contributor, at(""), editing::create)
                .post(Access::Contributor, at("/new/draft"), drafts::keep_new)
                .post(
                    Access::Contributor,
                    at("/new/draft/removal"),
                    drafts::discard_new,
                )
                .get(Access::Contributor, of("/edit"), editing::form)
                .post(Access::Contributor, of("/revisions"), editing::save)
                .post(Access::Contributor, of("/draft"), drafts::keep)
                .post(Access::Contributor, of("/draft/removal"), drafts::discard)
                .get(Access::Anyone, of("/history"), looking_back::history)
                .get(
                    Access::Anyone,
                    of("/revisions/{seq}"),
                    looking_back::revision,
                )
                .get(Access::Anyone, of("/compare"), looking_back::compare)
                .get(Access::Anyone, of("/changes.atom"), looking_back::feed)
                .post(Access::Contributor, of("/restorations"), moves::restore)
                .post(Access::Contributor, of("/undoings"), moves::undo)
                .get(Access::Steward, of("/delete"), removals::confirm_deletion)
                .post(Access::Steward, of("/deletions"), removals::delete)
                .post(Access::Steward, of("/recoveries"), removals::recover)
                .get(Access::Steward, of("/merge"), mergers::merge_form)
                .post(Access::Steward, of("/mergers"), mergers::merge)
                .post(Access::Steward, of("/separations"), mergers::separate)
                .get(Access::Steward, of("/split"), splits::form)
                .post(Access::Steward, of("/splits"), splits::split)
                .get(Access::Owner, of("/erase"), removals::confirm_erasure)
                .post(Access::Owner, of("/erasures"), removals::erase)
                .with(kind),
        )
    })
}
