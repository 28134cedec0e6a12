#![doc = include_str!("../README.md")]

pub mod id;
pub mod mediawiki;
pub mod notes;
pub mod read;
pub mod text;

pub use read::{Change, Closed, Folder, InMemory, Limits, Page, Revision, Source, Trouble, Wiki};
pub use text::{Converted, MediaTarget, PageTarget, Places, from_markdown, to_markdown};
