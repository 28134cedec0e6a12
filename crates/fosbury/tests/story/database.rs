//! A fresh database for each story, on either engine.

use std::path::Path;
use std::sync::atomic::{AtomicU32, Ordering};

/// The engines that every story is told on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// Where a story's database is, and how to take it away again.
pub struct Place {
    pub address: String,
    made_on: Option<(String, String)>,
}

static NEXT: AtomicU32 = AtomicU32::new(1);

impl Place {
    /// A place for a fresh database; none where the engine is not there.
    pub async fn fresh(engine: Engine, folder: &Path) -> Option<Self> {
        if engine == Engine::Sqlite {
            let address = format!("sqlite:{}", folder.join("fosbury.db").display());
            let made_on = None;
            return Some(Self { address, made_on });
        }
        let Some(server) = server() else {
            println!("skipped: FOSBURY_TEST_POSTGRES does not name a PostgreSQL server");
            return None;
        };
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let name = format!("story_{}_{number}", std::process::id());
        ask(
            &server,
            &format!("CREATE DATABASE {name} TEMPLATE template0"),
        )
        .await;
        Some(Self {
            address: with_database(&server, &name),
            made_on: Some((server, name)),
        })
    }

    /// Takes the database away.
    pub async fn remove(&self) {
        if let Some((server, name)) = &self.made_on {
            ask(server, &format!("DROP DATABASE {name} WITH (FORCE)")).await;
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "where the tests' server is comes from outside"
)]
fn server() -> Option<String> {
    let named = std::env::var("FOSBURY_TEST_POSTGRES").ok();
    named.filter(|url| url.starts_with("postgres"))
}

fn with_database(server: &str, name: &str) -> String {
    let mut url = url::Url::parse(server).unwrap();
    url.set_path(name);
    url.into()
}

async fn ask(server: &str, text: &str) {
    let (client, link) = tokio_postgres::connect(server, tokio_postgres::NoTls)
        .await
        .unwrap();
    tokio::spawn(link);
    client.batch_execute(text).await.unwrap();
}
