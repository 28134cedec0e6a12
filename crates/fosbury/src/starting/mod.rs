//! The starter register: what a new place begins with, and the invented county of the demo.

pub mod demo;
mod demo_after;
mod demo_events;
mod demo_evidence;
mod demo_groups;
pub mod demo_pictures;
mod demo_trials;
pub mod files;
pub mod register;
pub mod store;
