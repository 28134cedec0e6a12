//! Learns the weights from the notes beside the crate and prints them as they are kept:
//! `cargo run --release -p harvest --example learn > crates/harvest/weights.tsv`.

use std::error::Error;
use std::io::Write;

use harvest::{Notes, Session, learn};

#[path = "../tests/all/labelled.rs"]
mod labelled;

fn main() -> Result<(), Box<dyn Error>> {
    let mut all: Vec<Session> = labelled::sessions("sessions")?;
    all.extend(
        labelled::hands()?
            .into_iter()
            .flat_map(|hand| hand.sessions),
    );
    let notes: Vec<Notes> = all.iter().map(Session::notes).collect();
    let taught: Vec<_> = all.iter().zip(&notes).collect();
    std::io::stdout().write_all(learn(&taught).written().as_bytes())?;
    Ok(())
}
