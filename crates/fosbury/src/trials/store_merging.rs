//! What was told of a hurdle or a solution follows it when it is merged into another.

use db::{Reads, Result, Tx};

use super::store_tallies;
use crate::store_log;

/// Brings trials and sightings along from one number to the other; counts them again.
pub async fn follow(tx: &Tx, kind: &str, from: i64, into: i64) -> Result<()> {
    match kind {
        "hurdle" => {
            tx.query("UPDATE trial SET hurdle = $2 WHERE hurdle = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            tx.query("UPDATE trial_reader SET hurdle = $2 WHERE hurdle = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            tx.query("UPDATE sighting SET hurdle = $2 WHERE hurdle = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            store_tallies::count_all_again(tx, from, 0).await?;
            store_tallies::changed(tx, from).await?;
            store_tallies::count_all_again(tx, into, 0).await
        }
        "solution" => {
            tx.query("UPDATE trial SET solution = $2 WHERE solution = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            store_tallies::count_all_again(tx, 0, from).await?;
            store_tallies::count_all_again(tx, 0, into).await
        }
        _ => Ok(()),
    }?;
    // Found under the same words, by those who may see where they are now.
    store_log::trials_changed(tx, kind, into).await
}
