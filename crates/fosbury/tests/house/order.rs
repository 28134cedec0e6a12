//! The written ORDER: what keeps records uses only what stands before it.

use std::collections::BTreeSet;

use proc_macro2::TokenTree;

use crate::sources::{Source, assert_none, product};
use crate::tokens;

/// Rooms that own tables, each using only those before it. A new room adds its name here.
const ORDER: &[&str] = &[
    "people",
    "look",
    "organisations",
    "history",
    "hurdles",
    "solutions",
    "guides",
    "discussion",
    "attachments",
    "trials",
    "evidence",
    "cases",
    "sessions",
    "peers",
    "harvesting",
    "turning",
    "wikis",
];
/// Rooms that read records and own only their output. No record room's keeping uses them.
const READING: &[&str] = &[
    "precedents",
    "search",
    "changes",
    "freeing",
    "home",
    "stewards",
    "api",
    "interchange",
];
/// What every room stands on.
const GROUND: &[&str] = &["cli", "layout", "starting", "words"];

#[test]
fn every_room_has_its_place() {
    let mut found = BTreeSet::new();
    for file in product() {
        let inner = file.path.strip_prefix("crates/fosbury/src/").unwrap();
        if let Some((room, _)) = inner.split_once('/') {
            found.insert(room.to_owned());
        }
    }
    let known: BTreeSet<String> = [ORDER, READING, GROUND]
        .concat()
        .iter()
        .map(|room| (*room).to_owned())
        .collect();
    assert_eq!(found, known, "rooms found and rooms with a place in ORDER");
}

#[test]
fn records_are_kept_with_what_stands_before() {
    let (mut found, mut read) = (Vec::new(), 0);
    for (at, room) in ORDER.iter().enumerate() {
        for file in product() {
            let is_here = file
                .path
                .starts_with(&format!("crates/fosbury/src/{room}/"));
            if !is_here || answers_requests(&file) {
                continue;
            }
            read += 1;
            for other in rooms_used(&file) {
                let is_later = ORDER[at + 1..].contains(&other.as_str());
                if is_later || READING.contains(&other.as_str()) {
                    found.push(format!("{} uses {other}", file.path));
                }
            }
        }
    }
    assert!(
        read > 15,
        "only {read} files keep records: a guard went blind"
    );
    assert_none(&found, "Record rooms use only rooms before them:");
}

/// Pages may read any room's records: files that use the layout, and a room's list of routes.
fn answers_requests(file: &Source) -> bool {
    rooms_used(file).contains("layout")
}

/// The rooms named in `crate::room` and `use crate::{room, …}`.
fn rooms_used(file: &Source) -> BTreeSet<String> {
    let mut used = BTreeSet::new();
    tokens::each_run(&tokens::of(&file.text), &mut |run| {
        for window in run.windows(4) {
            if tokens::identifier(&window[0]).as_deref() != Some("crate") {
                continue;
            }
            match &window[3] {
                TokenTree::Ident(name) => {
                    used.insert(name.to_string());
                }
                TokenTree::Group(group) => {
                    let names = tokens::inside(group);
                    used.extend(names.iter().filter_map(tokens::identifier));
                }
                _ => {}
            }
        }
    });
    used
}
