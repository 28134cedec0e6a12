//! Reads notes of a session and says what each line may become.

mod kind;
mod kinds;
mod notes;
mod reading;
mod sessions;
mod words;

pub use kind::Kind;
pub use kinds::{Model, learn};
pub use notes::{Line, Marker, Notes};
pub use reading::{Format, MOST_BYTES, MOST_LINES, Unreadable, read};
pub use sessions::{Is, Label, Session, sessions};
