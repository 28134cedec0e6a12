//! Learns the weights from the committed notes and prints them as they are kept:
//! `cargo run --release -p harvest --example learn > crates/harvest/weights.tsv`.

use std::io::Write;

use harvest::{Session, learn, lessons, sessions};

fn main() -> std::io::Result<()> {
    let all: Vec<Session> = sessions().into_iter().chain(lessons()).collect();
    let notes: Vec<_> = all.iter().map(Session::notes).collect();
    let lines: Vec<_> = all
        .iter()
        .zip(&notes)
        .flat_map(|(session, notes)| session.labelled(notes))
        .collect();
    std::io::stdout().write_all(learn(&lines).written().as_bytes())
}
