//! Wikis brought along: pages with their history become guides, and old addresses lead to them.

mod authors;
pub mod claims;
pub mod coming;
pub mod conversion;
pub mod files;
mod files_known;
pub mod leaving;
mod leaving_files;
mod leaving_words;
pub mod looking;
pub mod model;
pub mod old_addresses;
mod one_page;
pub mod pages;
pub mod pasted;
pub mod pasting;
pub mod receiving;
pub mod sending;
pub mod store;
pub mod store_authors;
mod store_leaving;
pub mod store_looks;
pub mod store_seen;
pub mod there;
pub mod undoing;

use web::{Access, Routes};

use crate::state::App;

/// The owner's pages, and the addresses that a wiki had.
pub fn routes() -> Routes<App> {
    Routes::new()
        .get(Access::Owner, "/place/wikis", pages::list)
        .post(Access::Owner, "/place/wikis", sending::bring)
        .post(Access::Owner, "/place/wikis/previews", sending::send)
        .get(Access::Owner, "/place/wikis/previews", sending::preview)
        .post(
            Access::Owner,
            "/place/wikis/previews/removal",
            sending::give_up,
        )
        .get(Access::Owner, "/place/wikis/{number}", pages::show)
        .post(Access::Owner, "/place/wikis/{number}/undoings", pages::undo)
        .get(Access::Contributor, "/guides/from-elsewhere", pasting::form)
        .post(Access::Contributor, "/guides/from-elsewhere", pasting::send)
        .get(Access::Owner, "/place/wikis/{number}/pages", looking::page)
        .post(
            Access::Owner,
            "/place/wikis/{number}/turnings",
            looking::turn,
        )
        .post(
            Access::Owner,
            "/place/wikis/{number}/returns",
            looking::come_back,
        )
        .post(Access::SignedIn, "/account/authors", claims::claim)
        .post(
            Access::SignedIn,
            "/account/authors/removal",
            claims::give_up,
        )
        .get(Access::Steward, "/desk/authors", authors::page)
        .post(
            Access::Steward,
            "/desk/authors/confirmations",
            authors::confirm,
        )
        .post(Access::Steward, "/desk/authors/removal", authors::take_back)
        .get(Access::Anyone, "/doku.php", old_addresses::page)
        .get(Access::Anyone, "/index.php", old_addresses::of_mediawiki)
        .get(Access::Anyone, "/w/index.php", old_addresses::of_mediawiki)
        .get(Access::Anyone, "/wiki/{*page}", old_addresses::titled)
        .get(Access::Anyone, "/feed.php", old_addresses::feed)
        .get(
            Access::Anyone,
            "/lib/exe/fetch.php",
            old_addresses::file_asked,
        )
        .get(
            Access::Anyone,
            "/lib/exe/detail.php",
            old_addresses::file_asked,
        )
        .get(Access::Anyone, "/_media/{*file}", old_addresses::file)
}
