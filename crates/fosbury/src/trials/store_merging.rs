//! What was told of a hurdle or a solution follows it when it is merged into another.

use db::{Reads, Result, Tx};

use super::store_tallies;
use super::store_versions::{self, Act};
use crate::store_log;
use crate::time::Moment;

/// Brings trials and sightings along from one number to the other; counts them again. Each trial that
/// moved has a version that says so.
pub async fn follow(
    tx: &Tx,
    kind: &str,
    (from, into): (i64, i64),
    (by, at): (Option<&str>, Moment),
) -> Result<()> {
    let act = |name: &'static str| Act { name, by, at };
    match kind {
        "hurdle" => {
            let moving = begun(tx, trials_on(tx, from).await?).await?;
            tx.query("UPDATE trial SET hurdle = $2 WHERE hurdle = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            ended(tx, moving, act("hurdle-merged")).await?;
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
            let moving = begun(tx, trials_with(tx, from).await?).await?;
            tx.query("UPDATE trial SET solution = $2 WHERE solution = $1")
                .bind(from)
                .bind(into)
                .run()
                .await?;
            ended(tx, moving, act("solution-merged")).await?;
            store_tallies::count_all_again(tx, 0, from).await?;
            store_tallies::count_all_again(tx, 0, into).await
        }
        _ => Ok(()),
    }?;
    // Found under the same words, by those who may see where they are now.
    store_log::trials_changed(tx, kind, into).await
}

async fn trials_on(tx: &Tx, hurdle: i64) -> Result<Vec<(String,)>> {
    tx.query("SELECT id FROM trial WHERE hurdle = $1 ORDER BY number")
        .bind(hurdle)
        .all()
        .await
}

async fn trials_with(tx: &Tx, solution: i64) -> Result<Vec<(String,)>> {
    tx.query("SELECT id FROM trial WHERE solution = $1 ORDER BY number")
        .bind(solution)
        .all()
        .await
}

/// The trials that move, each with the number of the version that says so.
async fn begun(tx: &Tx, trials: Vec<(String,)>) -> Result<Vec<(String, i64)>> {
    let mut moving = Vec::with_capacity(trials.len());
    for (id,) in trials {
        if let Some(version) = store_versions::begin_any(tx, &id).await? {
            moving.push((id, version));
        }
    }
    Ok(moving)
}

async fn ended(tx: &Tx, moving: Vec<(String, i64)>, act: Act<'_>) -> Result<()> {
    for (id, version) in moving {
        store_versions::end(tx, &id, version, act).await?;
    }
    Ok(())
}
