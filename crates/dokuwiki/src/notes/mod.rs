//! A folder of notes in Markdown: those of Obsidian, of mdBook, of a wiki on GitHub.

mod facts;
mod folder;
mod page;
mod scan;
mod signs;

pub use facts::Facts;
pub use folder::{Notes, is_of_notes};
pub use page::pasted;
