//! The one mailer: a letter in, accepted, refused or to be tried later; and what comes back is read.

mod address;
mod letter;
mod mailer;
mod own_words;
mod received;
mod settings;

pub use address::{Address, WrongAddress};
pub use letter::{Letter, Ways};
pub use mailer::{Failure, Mailer};
pub use own_words::own_words;
pub use received::Received;
pub use settings::{Security, Settings, Wrong};
