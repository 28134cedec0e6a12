//! The `PostgreSQL` side: a pool that reads and a pool that writes.

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, Object, Pool, RecyclingMethod, Runtime};
use tokio_postgres::config::SslMode;
use tokio_postgres::types::ToSql;
use tokio_postgres::{Config, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::{Error, Result, Value};

/// Connections that read; more requests than this wait for one.
const READERS: usize = 8;
/// Connections that write.
const WRITERS: usize = 4;
/// How long a request waits for a connection before the page says that we are busy.
const PATIENCE: Duration = Duration::from_secs(5);

/// A server reached through two pools.
pub(crate) struct Server {
    readers: Pool,
    writers: Pool,
}

impl Server {
    pub(crate) async fn open(address: &str) -> Result<Self> {
        let mut config = Config::from_str(address)?;
        config.connect_timeout(PATIENCE);
        let writers = pool(config.clone(), WRITERS)?;
        let options = config.get_options().unwrap_or_default().to_owned();
        config.options(format!("{options} -c default_transaction_read_only=on"));
        let readers = pool(config, READERS)?;
        drop(writers.get().await?);
        Ok(Self { readers, writers })
    }

    pub(crate) async fn writer(&self) -> Result<Object> {
        Ok(self.writers.get().await?)
    }

    /// Reads; a connection that broke under it (a server restarted) is replaced once.
    pub(crate) async fn read(
        &self,
        text: &str,
        values: &[Value],
    ) -> Result<Vec<tokio_postgres::Row>> {
        let client = self.readers.get().await?;
        match rows(&client, text, values).await {
            Err(Error::Unavailable(_)) => {
                drop(Object::take(client));
                rows(&self.readers.get().await?, text, values).await
            }
            answer => answer,
        }
    }

    pub(crate) async fn reader(&self) -> Result<Object> {
        Ok(self.readers.get().await?)
    }

    pub(crate) async fn prepare(&self, text: &str) -> Result<()> {
        self.readers.get().await?.prepare(text).await?;
        Ok(())
    }
}

fn pool(config: Config, size: usize) -> Result<Pool> {
    let kept = ManagerConfig {
        recycling_method: RecyclingMethod::Fast,
    };
    let manager = if config.get_ssl_mode() == SslMode::Require {
        Manager::from_config(config, verified()?, kept)
    } else {
        Manager::from_config(config, NoTls, kept)
    };
    Pool::builder(manager)
        .max_size(size)
        .runtime(Runtime::Tokio1)
        .wait_timeout(Some(PATIENCE))
        .create_timeout(Some(PATIENCE))
        .build()
        .map_err(|error| Error::Unavailable(error.to_string()))
}

/// Encrypted, the server's certificate checked against those this machine trusts: what
/// `?sslmode=require` in the address asks for.
fn verified() -> Result<MakeRustlsConnect> {
    // An error means that a provider was chosen before, which is as good.
    let _ = rustls::crypto::ring::default_provider().install_default();
    match MakeRustlsConnect::with_native_certs() {
        Ok((connect, _)) => Ok(connect),
        Err(errors) => Err(Error::Unavailable(format!(
            "this machine has no certificates to check the server's with: {errors:?}"
        ))),
    }
}

/// All rows of a statement.
pub(crate) async fn rows(
    client: &Object,
    text: &str,
    values: &[Value],
) -> Result<Vec<tokio_postgres::Row>> {
    let statement = client.prepare_cached(text).await?;
    let values: Vec<&(dyn ToSql + Sync)> =
        values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
    Ok(client.query(&statement, &values).await?)
}

/// Runs a change; the number of rows it touched.
pub(crate) async fn run(client: &Object, text: &str, values: &[Value]) -> Result<u64> {
    let statement = client.prepare_cached(text).await?;
    let values: Vec<&(dyn ToSql + Sync)> =
        values.iter().map(|v| v as &(dyn ToSql + Sync)).collect();
    Ok(client.execute(&statement, &values).await?)
}
