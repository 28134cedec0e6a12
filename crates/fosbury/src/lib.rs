//! Fosbury: see how others got over it. A wiki of hurdles, the ways over them, and who tried what.
//!
//! A room per feature; `router` lists what every room serves, `subjects` every kind of record.
//! ARCHITECTURE.md draws the map and names the invariants.

pub mod api;
pub mod attachments;
pub mod cases;
pub mod changes;
pub mod cli;
pub mod discussion;
pub mod evidence;
pub mod freeing;
pub mod guides;
pub mod harvesting;
pub mod history;
pub mod home;
pub mod hurdles;
pub mod ids;
pub mod interchange;
pub mod layout;
pub mod look;
mod mail_settings;
pub mod migrations;
pub mod naming;
pub mod organisations;
pub mod peers;
pub mod people;
pub mod precedents;
pub mod router;
pub mod schedule;
pub mod search;
pub mod sessions;
pub mod settings;
pub mod solutions;
pub mod starting;
pub mod state;
pub mod stewards;
pub mod store_log;
pub mod subjects;
pub mod time;
pub mod trials;
pub mod viewer;
pub mod wikis;
pub mod words;
