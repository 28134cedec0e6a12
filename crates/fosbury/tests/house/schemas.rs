//! The same tables on both engines, and an index under every reference.

use crate::engines::places;
use crate::schemas_told::{Told, told};
use crate::sources::assert_none;
use fosbury::migrations::MIGRATIONS;

async fn told_by_each() -> Vec<(&'static str, Told)> {
    let mut all = Vec::new();
    for place in places().await {
        let db = place.migrated().await;
        all.push((db.engine_name(), told(&db).await));
        drop(db);
        place.remove().await;
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn both_engines_hold_the_same_tables() {
    let all = told_by_each().await;
    let (_, first) = &all[0];
    assert!(first.tables.len() > 15, "{:?}", first.tables.keys());
    for (engine, other) in &all[1..] {
        assert_eq!(first.tables, other.tables, "tables and columns on {engine}");
        assert_eq!(first.keys, other.keys, "primary keys on {engine}");
        assert_eq!(first.unique, other.unique, "unique indexes on {engine}");
        assert_eq!(first.indexes, other.indexes, "indexes on {engine}");
        assert_eq!(first.references, other.references, "references on {engine}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_migrations_describe_what_the_engines_hold() {
    let schema = MIGRATIONS.schema();
    for (engine, told) in told_by_each().await {
        let described: Vec<&String> = schema.tables.iter().map(|table| &table.name).collect();
        let mut sorted = described.clone();
        sorted.sort();
        assert_eq!(sorted, told.tables.keys().collect::<Vec<_>>(), "{engine}");
        for table in &schema.tables {
            let columns: Vec<&String> = told.tables[&table.name]
                .iter()
                .map(|(name, _)| name)
                .collect();
            let described: Vec<&String> = table.columns.iter().collect();
            assert_eq!(columns, described, "{} on {engine}", table.name);
            let mut references = table.references.clone();
            references.sort();
            let known = told.references.get(&table.name).cloned();
            assert_eq!(references, known.unwrap_or_default(), "{}", table.name);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_reference_begins_an_index() {
    let mut found = Vec::new();
    for (engine, told) in told_by_each().await {
        assert!(told.references.len() > 5, "{engine}: a guard went blind");
        for (table, columns) in &told.references {
            for column in columns {
                let leads = |of: &Vec<Vec<String>>| of.iter().any(|index| &index[0] == column);
                let is_indexed = told.indexes.get(table).is_some_and(leads)
                    || told.unique.get(table).is_some_and(leads)
                    || told.keys.get(table).is_some_and(|key| &key[0] == column);
                if !is_indexed {
                    found.push(format!("{engine}: {table}.{column}"));
                }
            }
        }
    }
    assert_none(
        &found,
        "A reference without an index makes pages 40 times slower:",
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn references_come_after_what_they_refer_to() {
    let schema = MIGRATIONS.schema();
    let names: Vec<&str> = schema
        .tables
        .iter()
        .map(|table| table.name.as_str())
        .collect();
    for table in &schema.tables {
        for column in &table.references {
            let target = target_of(column);
            let place = |name: &str| names.iter().position(|known| *known == name);
            assert!(
                place(target) < place(&table.name),
                "{}.{column} refers to {target}, which is copied later",
                table.name
            );
        }
    }
}

/// Whom a column refers to, by its name.
fn target_of(column: &str) -> &'static str {
    match column {
        "record_id" | "from_id" => "record",
        "said_id" => "said",
        _ => "person",
    }
}
