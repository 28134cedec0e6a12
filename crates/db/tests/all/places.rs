//! A database of its own for each test, with one table of everything.

use std::sync::atomic::{AtomicU32, Ordering};

use db::{Db, Migration, Migrations, Reads, Value};

static NEXT: AtomicU32 = AtomicU32::new(1);

pub static TABLES: Migrations = Migrations(&[Migration {
    version: 1,
    name: "things",
    text: "CREATE TABLE owner (
    id TEXT PRIMARY KEY
);
CREATE TABLE thing (
    id BIGINT PRIMARY KEY,
    name TEXT,
    is_open BOOLEAN,
    weight DOUBLE PRECISION,
    body BYTEA,
    owner_id TEXT REFERENCES owner (id)
);
CREATE UNIQUE INDEX thing_name ON thing (name);",
}]);

/// Runs a test once for each engine that is there.
pub async fn everywhere(test: impl AsyncFn(Db)) {
    let folder = tempfile::tempdir().unwrap();
    test(with_tables(&file(&folder, "one.db")).await).await;
    if let Some(server) = server() {
        let name = fresh(&server).await;
        test(with_tables(&with_database(&server, &name)).await).await;
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }
}

pub fn file(folder: &tempfile::TempDir, name: &str) -> String {
    format!("sqlite:{}", folder.path().join(name).display())
}

pub async fn with_tables(address: &str) -> Db {
    let db = Db::open(address).await.unwrap();
    TABLES.run(&db, 1).await.unwrap();
    db
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the tests' server is comes from outside"
)]
pub fn server() -> Option<String> {
    let url = std::env::var("FOSBURY_TEST_POSTGRES").ok();
    if url.is_none() {
        println!("skipped on PostgreSQL: FOSBURY_TEST_POSTGRES names no server");
    }
    url
}

pub async fn fresh(server: &str) -> String {
    let number = NEXT.fetch_add(1, Ordering::Relaxed);
    let name = format!("db_test_{}_{number}", std::process::id());
    admin(server, &format!("DROP DATABASE IF EXISTS {name}")).await;
    admin(server, &format!("CREATE DATABASE {name}")).await;
    name
}

pub fn with_database(server: &str, name: &str) -> String {
    let (place, options) = server.split_once('?').unwrap_or((server, ""));
    let after_scheme = place.find("://").unwrap() + 3;
    let end = place[after_scheme..]
        .find('/')
        .map_or(place.len(), |at| at + after_scheme);
    let mark = if options.is_empty() { "" } else { "?" };
    format!("{}/{name}{mark}{options}", &place[..end])
}

pub async fn admin(server: &str, text: &str) {
    let (client, link) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(link);
    client.batch_execute(text).await.unwrap();
}

pub const THING: &str = "thing (id, name, is_open, weight, body, owner_id)";

/// A thing of which only the name is told.
pub fn named(id: i64, name: &str) -> Vec<Value> {
    let nothing = || Value::Null;
    vec![
        id.into(),
        name.into(),
        nothing(),
        nothing(),
        nothing(),
        nothing(),
    ]
}

pub async fn keep(db: &Db, rows: Vec<Vec<Value>>) {
    let tx = db.begin().await.unwrap();
    tx.insert_many(THING, 6, rows).await.unwrap();
    tx.commit().await.unwrap();
}

pub async fn count(db: &impl Reads) -> i64 {
    let row: (i64,) = db.query("SELECT count(*) FROM thing").one().await.unwrap();
    row.0
}
