//! Tells how often the kinds are right about notes that were not learned from, and which lines of the
//! sessions were taken for something else: `cargo run --release -p harvest --example measure`. Ends with an
//! error where the bars are not reached.

use std::error::Error;
use std::io::Write;

#[path = "../tests/all/labelled.rs"]
mod labelled;

/// The share of lines, in per cent, whose kind must be right, and among the first two.
const BARS: (usize, usize) = (80, 92);

fn main() -> Result<(), Box<dyn Error>> {
    let (sessions, unseen) = (
        labelled::sessions("sessions")?,
        labelled::sessions("unseen")?,
    );
    let figures = harvest::measure(&sessions, &labelled::hands()?, &unseen);
    let mut out = std::io::stdout();
    writeln!(
        out,
        "{figures}\n\nTaken for something else in the sessions:\n"
    )?;
    for miss in &figures.misses {
        writeln!(out, "{} for {}: {}", miss.taken_for, miss.is, miss.text)?;
    }
    for (which, rows) in [
        ("the sessions", &figures.sessions),
        ("notes never met", &figures.unseen),
    ] {
        let sum = |of: fn(&harvest::Row) -> usize| rows.iter().map(of).sum::<usize>();
        let (lines, right, two) = (sum(|it| it.1), sum(|it| it.2), sum(|it| it.3));
        if right * 100 < lines * BARS.0 || two * 100 < lines * BARS.1 {
            return Err(format!("{which}: the bars are {} % and {} %.", BARS.0, BARS.1).into());
        }
    }
    Ok(())
}
