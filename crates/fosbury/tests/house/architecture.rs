//! What depends on what, and where which kind of code may stand.

use std::collections::BTreeSet;

use crate::sources::{assert_none, files, product, running_code};
use crate::tokens;

/// What one floor may use of another.
const MAY_USE: &[(&str, &str)] = &[("jobs", "db")];
/// Crates that speak to a database.
const DATABASES: &[&str] = &["sqlite", "postgres", "sqlx", "diesel"];
const SQL_BEGINNINGS: &[&str] = &["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];
/// Words that a model, which does no I/O, has no use for.
const NOT_IN_MODELS: &[&str] = &[
    "async", "await", "Db", "Tx", "Reads", "fs", "tokio", "spawn",
];
/// Places where the engines may differ, at the most.
const PER_ENGINE: usize = 15;
const LONGEST: usize = 600;

/// A crate's name and what it depends on when it runs.
fn crates() -> Vec<(String, BTreeSet<String>)> {
    let manifests = files("crates", &["Cargo.toml"]);
    let read = manifests.iter().map(|file| {
        let manifest: toml::Table = toml::from_str(&file.text).unwrap();
        let table = |name: &str| manifest.get(name).and_then(toml::Value::as_table);
        let name = table("package").unwrap()["name"].as_str().unwrap();
        let used = table("dependencies").map(|used| used.keys().cloned().collect());
        (name.to_owned(), used.unwrap_or_default())
    });
    read.collect()
}

#[test]
fn floors_and_instruments_stand_alone() {
    let crates = crates();
    let ours: Vec<&String> = crates.iter().map(|(name, _)| name).collect();
    assert!(ours.len() >= 7, "{ours:?}");
    let mut found = Vec::new();
    for (name, used) in crates.iter().filter(|(name, _)| name != "fosbury") {
        for other in ours.iter().filter(|other| used.contains(**other)) {
            if !MAY_USE.contains(&(name, other)) {
                found.push(format!("{name} uses {other}"));
            }
        }
    }
    assert_none(&found, "Floors and instruments know nothing of each other:");
}

#[test]
fn only_the_floor_db_names_a_database() {
    let names_one = |word: &str| {
        let word = word.to_lowercase();
        DATABASES.iter().any(|database| word.contains(database))
    };
    let mut found = Vec::new();
    for (name, used) in crates().iter().filter(|(name, _)| name != "db") {
        let foreign = used.iter().filter(|one| names_one(one));
        found.extend(foreign.map(|one| format!("{name}/Cargo.toml: {one}")));
    }
    for file in running_code() {
        if file.path.starts_with("crates/db/") {
            continue;
        }
        let foreign = tokens::identifiers(&file.text).into_iter();
        let foreign: BTreeSet<String> = foreign.filter(|word| names_one(word)).collect();
        found.extend(foreign.iter().map(|word| format!("{}: {word}", file.path)));
    }
    assert_none(&found, "Only db says which databases there are:");
}

#[test]
fn sql_stands_in_stores_alone() {
    let (mut found, mut seen) = (Vec::new(), 0);
    for file in running_code() {
        let is_store = file.name().starts_with("store");
        for text in tokens::literals(&file.text) {
            let begins = |word: &&str| text.trim_start().starts_with(*word);
            if !SQL_BEGINNINGS.iter().any(begins) {
                continue;
            }
            if is_store {
                seen += 1;
            } else if !file.path.starts_with("crates/db/") {
                found.push(format!("{}: {}", file.path, text.lines().next().unwrap()));
            }
        }
    }
    assert!(
        seen > 100,
        "only {seen} statements in stores: a guard went blind"
    );
    assert_none(&found, "SQL stands in files named store:");
}

#[test]
fn models_do_no_io() {
    let mut found = Vec::new();
    let models: Vec<_> = product()
        .into_iter()
        .filter(|file| file.name() == "model.rs")
        .collect();
    assert!(models.len() >= 3);
    for file in models {
        for word in tokens::identifiers(&file.text) {
            if NOT_IN_MODELS.contains(&word.as_str()) {
                found.push(format!("{}: {word}", file.path));
            }
        }
    }
    assert_none(&found, "A model waits for nothing:");
}

#[test]
fn nothing_is_unsafe() {
    let mut found = Vec::new();
    for file in files("crates", &[".rs"])
        .iter()
        .chain(&files("xtask", &[".rs"]))
    {
        let is_unsafe = tokens::identifiers(&file.text).contains(&"unsafe".to_owned());
        found.extend(is_unsafe.then(|| file.path.clone()));
    }
    assert_none(&found, "No unsafe code:");
}

#[test]
fn every_crate_keeps_the_lints_of_the_house() {
    let mut found = Vec::new();
    for file in files("crates", &["Cargo.toml"]) {
        let manifest: toml::Table = toml::from_str(&file.text).unwrap();
        let lints = manifest
            .get("lints")
            .and_then(|lints| lints.get("workspace"));
        if lints.and_then(toml::Value::as_bool) != Some(true) {
            found.push(file.path);
        }
    }
    assert_none(&found, "Lints are the workspace's:");
}

#[test]
fn no_file_is_too_long_to_read() {
    let mut found = Vec::new();
    for folder in ["crates", "xtask", "migrations"] {
        for file in files(
            folder,
            &[".rs", ".html", ".css", ".js", ".mjs", ".ftl", ".sql"],
        ) {
            let has_reason = file
                .text
                .lines()
                .take(10)
                .any(|line| line.contains("size:"));
            if file.lines() > LONGEST && !has_reason {
                found.push(format!("{}: {} lines", file.path, file.lines()));
            }
        }
    }
    assert_none(
        &found,
        "Over 600 lines needs a reason, written `size: …` at the top:",
    );
}

#[test]
fn the_engines_differ_in_few_places() {
    let uses = running_code()
        .iter()
        .map(|file| {
            let calls = tokens::calls(&tokens::of(&file.text));
            calls
                .iter()
                .filter(|call| call.name == "per_engine")
                .count()
        })
        .sum::<usize>();
    // One of them is where it is made.
    assert!(uses <= PER_ENGINE + 1, "per_engine is used {uses} times");
}
