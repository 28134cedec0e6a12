//! A small wiki in memory.

use std::io::Write;

use dokuwiki::InMemory;
use flate2::Compression;
use flate2::write::GzEncoder;

pub fn packed(text: &str) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(text.as_bytes()).unwrap();
    encoder.finish().unwrap()
}

pub fn of(files: &[(&str, i64, &[u8])]) -> InMemory {
    let files = files
        .iter()
        .map(|(path, at, bytes)| ((*path).to_owned(), (*at, bytes.to_vec())));
    InMemory(files.collect())
}
