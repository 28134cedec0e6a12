//! A database of its own for each test, on SQLite and on PostgreSQL where there is one.

use std::sync::atomic::{AtomicU32, Ordering};

use db::Db;
use fosbury::migrations::MIGRATIONS;

static NEXT: AtomicU32 = AtomicU32::new(1);

/// An empty database that goes away with the test.
pub struct Place {
    pub address: String,
    /// Keeps the folder of an SQLite file.
    _folder: Option<tempfile::TempDir>,
}

impl Place {
    pub fn sqlite() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            address: format!("sqlite:{}", folder.path().join("house.db").display()),
            _folder: Some(folder),
        }
    }

    /// A fresh database on the tests' server, if there is one.
    pub async fn postgres() -> Option<Self> {
        let server = server()?;
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("house_test_{}_{number}", std::process::id());
        admin(&server, &format!("DROP DATABASE IF EXISTS {name}")).await;
        admin(&server, &format!("CREATE DATABASE {name}")).await;
        Some(Self {
            address: with_database(&server, &name),
            _folder: None,
        })
    }

    pub async fn open(&self) -> Db {
        Db::open(&self.address).await.unwrap()
    }

    /// With every table, as the product makes them.
    pub async fn migrated(&self) -> Db {
        let db = self.open().await;
        MIGRATIONS.run(&db, 0).await.unwrap();
        db
    }

    /// Takes a server's database away; a file goes with its folder.
    pub async fn remove(self) {
        if self.address.starts_with("sqlite:") {
            return;
        }
        let server = server().unwrap();
        let name = self.address.rsplit('/').next().unwrap();
        let name = name.split('?').next().unwrap();
        admin(&server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
    }
}

/// One place on each engine that is there.
pub async fn places() -> Vec<Place> {
    let mut places = vec![Place::sqlite()];
    places.extend(Place::postgres().await);
    places
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

fn with_database(server: &str, name: &str) -> String {
    let (place, options) = server.split_once('?').unwrap_or((server, ""));
    let after_scheme = place.find("://").unwrap() + 3;
    let end = place[after_scheme..]
        .find('/')
        .map_or(place.len(), |at| at + after_scheme);
    let options = if options.is_empty() {
        String::new()
    } else {
        format!("?{options}")
    };
    format!("{}/{name}{options}", &place[..end])
}

async fn admin(server: &str, text: &str) {
    let (client, link) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .unwrap();
    let link = tokio::spawn(link);
    client.batch_execute(text).await.unwrap();
    drop(client);
    link.await.unwrap().unwrap();
}
