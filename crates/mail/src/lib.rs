//! The one mailer: a letter in, accepted, refused or to be tried later.

mod address;
mod letter;
mod mailer;
mod settings;

pub use address::{Address, WrongAddress};
pub use letter::Letter;
pub use mailer::{Failure, Mailer};
pub use settings::{Security, Settings, Wrong};
