//! Reading a wiki's folder.

mod changes;
mod page;
mod rights;
mod serial;
mod source;
mod trouble;
mod wiki;

pub use changes::{Change, Row, read as changes};
pub use page::{Page, Revision, Words};
pub use rights::{Closed, Rules, Settings, User, users};
pub use serial::Value;
pub use source::{Folder, InMemory, Limits, Source, lay_out};
pub use trouble::{Trouble, What};
pub use wiki::{Media, MediaVersion, NoWiki, Wiki};
