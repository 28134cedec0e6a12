//! Tells how often the kinds are right about notes that were not learned from, and which lines of the
//! sessions were taken for something else: `cargo run --release -p harvest --example measure`.

use std::io::Write;

#[path = "../tests/all/labelled.rs"]
mod labelled;

fn main() -> std::io::Result<()> {
    let (sessions, unseen) = (labelled::sessions("sessions"), labelled::sessions("unseen"));
    let figures = harvest::measure(&sessions, &labelled::hands(), &unseen);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{figures}\n\nTaken for something else in the sessions:\n"
    )?;
    for miss in &figures.misses {
        writeln!(out, "{} for {}: {}", miss.taken_for, miss.is, miss.text)?;
    }
    Ok(())
}
