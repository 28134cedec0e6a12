//! `fosbury copy-database`: moving house, either way.

use clap::Args;

use super::{Outcome, opening, say};
use crate::migrations::MIGRATIONS;
use crate::starting::store;
use crate::time::Clock;

/// From where to where.
#[derive(Args)]
pub struct CopyDatabase {
    /// The database to read: `sqlite:PATH` or `postgres://…`.
    #[arg(long, value_name = "URL")]
    from: String,
    /// The database to fill, empty or not there yet.
    #[arg(long, value_name = "URL")]
    to: String,
}

/// Copies everything and compares both sides.
pub async fn run(copy: &CopyDatabase) -> Outcome {
    if let Some(path) = copy.from.strip_prefix("sqlite:")
        && !std::path::Path::new(path).exists()
    {
        return Err(format!("There is no database at {path}."));
    }
    let from = opening::at(&copy.from).await?;
    let to = opening::at(&copy.to).await?;
    let now = Clock::Machine.now().0;
    for db in [&from, &to] {
        MIGRATIONS
            .run(db, now)
            .await
            .map_err(|error| format!("A database cannot be brought up to date: {error}."))?;
    }
    let told = |error: db::Error| format!("The copy was given up, nothing was written: {error}.");
    if !store::is_untouched(&to).await.map_err(told)? {
        return Err("The database to fill is not empty. Choose a new one.".to_owned());
    }
    let schema = MIGRATIONS.schema();
    let copied = db::copy_all(&from, &to, &schema, |one| {
        say(&format!("{}: {} rows", one.table, one.rows));
    })
    .await
    .map_err(told)?;
    let rows: u64 = copied.iter().map(|one| one.rows).sum();
    say(&format!(
        "{} tables, {rows} rows copied; counts and hashes are equal on both sides.",
        copied.len()
    ));
    say("The index is not part of the database: a server on the new one makes its own.");
    Ok(())
}
