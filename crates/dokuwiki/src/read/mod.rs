//! Reading a wiki's folder.

mod changes;
mod laying;
mod media;
mod page;
mod rights;
mod serial;
mod source;
mod trouble;
mod wiki;

pub use changes::{Change, Row, read as changes};
pub use laying::{DUMP, Limits, is_of_a_wiki, lay_down, lay_out, lay_out_zip};
pub use media::Media;
pub(crate) use page::outside;
pub use page::{Page, Revision, Words};
pub use rights::{Closed, Rules, Settings, User, users};
pub use serial::Value;
pub use source::{Folder, InMemory, OneFile, Source};
pub use trouble::{Trouble, What};
pub(crate) use wiki::bounded;
pub use wiki::{NoWiki, Wiki};
