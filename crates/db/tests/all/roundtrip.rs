//! Whatever people write comes back the same from either engine.

use db::{Db, Reads, Value};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::places::{admin, file, fresh, server, with_database, with_tables};

type Things = (
    Option<String>,
    Option<bool>,
    Option<f64>,
    Option<Vec<u8>>,
    i64,
);

fn things() -> impl Strategy<Value = Things> {
    let text = any::<String>().prop_map(|text| text.replace('\0', ""));
    // A fraction that is not a number becomes NULL in SQLite; nobody stores one.
    let number = any::<f64>().prop_filter("a number", |number| !number.is_nan());
    (
        proptest::option::of(text),
        proptest::option::of(any::<bool>()),
        proptest::option::of(number),
        proptest::option::of(proptest::collection::vec(any::<u8>(), 0..300)),
        any::<i64>(),
    )
}

fn all_come_back(runtime: &tokio::runtime::Runtime, db: &Db) {
    let config = Config {
        cases: 200,
        rng_seed: RngSeed::Fixed(27),
        failure_persistence: None,
        ..Config::default()
    };
    let outcome = TestRunner::new(config).run(&things(), |things| {
        let found = runtime.block_on(there_and_back(db, &things));
        prop_assert_eq!(found, things);
        Ok(())
    });
    outcome.unwrap();
}

async fn there_and_back(db: &Db, things: &Things) -> Things {
    let (name, is_open, weight, body, id) = things.clone();
    let row: Vec<Value> = vec![
        id.into(),
        name.into(),
        is_open.into(),
        weight.into(),
        body.into(),
    ];
    let tx = db.begin().await.unwrap();
    tx.insert_many("thing (id, name, is_open, weight, body)", 5, vec![row])
        .await
        .unwrap();
    let text = "SELECT name, is_open, weight, body, id FROM thing WHERE id = $1";
    tx.query(text).bind(id).one().await.unwrap()
}

#[test]
fn random_values_come_back_from_a_file() {
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let db = runtime.block_on(with_tables(&file(&folder, "one.db")));
    all_come_back(&runtime, &db);
}

#[test]
fn random_values_come_back_from_a_server() {
    let Some(server) = server() else { return };
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let name = runtime.block_on(fresh(&server));
    let db = runtime.block_on(with_tables(&with_database(&server, &name)));
    all_come_back(&runtime, &db);
    drop(db);
    runtime.block_on(admin(
        &server,
        &format!("DROP DATABASE {name} WITH (FORCE)"),
    ));
}
