//! Reads notes of a session and says what each line may become.
//!
//! Values in, values out: no files, no clock, no network. The README shows one example; what the
//! model weighs stands in `weights.tsv`, what it learned from in `sessions/` and `lessons/`.

mod harvested;
mod kind;
mod kinds;
mod measuring;
mod notes;
mod reading;
mod sessions;
mod twins;
mod words;

pub use harvested::{Found, harvest};
pub use kind::Kind;
pub use kinds::{Model, learn};
pub use measuring::{Figures, Miss, Row, measure};
pub use notes::{Line, Marker, Notes};
pub use reading::{Format, MONTHS, MOST_BYTES, MOST_LINES, Unreadable, read};
pub use sessions::{Hand, Is, Label, Session};
pub use twins::{Entry, Register};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
