//! Which trials a case tells of, and which picture its card shows.

use db::{Filter, Reads, Result, Tx};

use super::model::{Card, Story};
use crate::trials::model::Trial;
use crate::trials::store as trials;
use crate::viewer::Viewer;

/// Ties a case to a trial; false where it was before.
pub async fn tie(tx: &Tx, number: i64, trial: i64) -> Result<bool> {
    let tied = tx
        .query(
            "INSERT INTO case_trial (number, trial) VALUES ($1, $2)
             ON CONFLICT (number, trial) DO NOTHING",
        )
        .bind(number)
        .bind(trial)
        .run()
        .await?;
    Ok(tied > 0)
}

/// Makes a case tell of a trial no longer; false where it did not.
pub async fn untie(tx: &Tx, number: i64, trial: i64) -> Result<bool> {
    let untied = tx
        .query("DELETE FROM case_trial WHERE number = $1 AND trial = $2")
        .bind(number)
        .bind(trial)
        .run()
        .await?;
    Ok(untied > 0)
}

/// Makes a case tell of no trial, also of none that its editor may not see.
pub async fn untie_all(tx: &Tx, number: i64) -> Result<()> {
    tx.query("DELETE FROM case_trial WHERE number = $1")
        .bind(number)
        .run()
        .await?;
    Ok(())
}

/// Forgets a trial that was taken back for good.
pub async fn forget_trial(tx: &Tx, trial: i64) -> Result<()> {
    tx.query("DELETE FROM case_trial WHERE trial = $1")
        .bind(trial)
        .run()
        .await?;
    Ok(())
}

/// Brings the trials of a case along that is merged into another.
pub async fn follow(tx: &Tx, from: i64, into: i64) -> Result<()> {
    tx.query(
        "INSERT INTO case_trial (number, trial)
         SELECT CAST($2 AS BIGINT), trial FROM case_trial WHERE number = $1
         ON CONFLICT (number, trial) DO NOTHING",
    )
    .bind(from)
    .bind(into)
    .run()
    .await?;
    untie_all(tx, from).await
}

/// Chooses a picture for the card, or leaves it to the first on the page.
pub async fn choose_picture(tx: &Tx, number: i64, picture: Option<i64>) -> Result<()> {
    tx.query("UPDATE case_card SET picture = $2 WHERE number = $1")
        .bind(number)
        .bind(picture)
        .run()
        .await?;
    Ok(())
}

/// These cases with the trials that the viewer may read, the newest first.
pub async fn told(db: &impl Reads, viewer: &Viewer, cards: Vec<Card>) -> Result<Vec<Story>> {
    if cards.is_empty() {
        return Ok(Vec::new());
    }
    let numbers: Vec<i64> = cards.iter().map(|card| card.number).collect();
    let filter = Filter::new("SELECT number, trial FROM case_trial").and_in("number", numbers);
    let ties: Vec<(i64, i64)> = db.filtered(filter).all().await?;
    let mut tied: Vec<i64> = ties.iter().map(|(_, trial)| *trial).collect();
    tied.sort_unstable();
    tied.dedup();
    let readable = trials::among(db, viewer, &tied).await?;
    let of = |card: &Card| -> Vec<Trial> {
        let is_told = |trial: &&Trial| ties.contains(&(card.number, trial.number));
        readable.iter().filter(is_told).cloned().collect()
    };
    let stories = cards.into_iter().map(|card| Story {
        trials: of(&card),
        card,
    });
    Ok(stories.collect())
}

/// The trials that a case tells of and that the viewer may read.
pub async fn trials_of(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Vec<Trial>> {
    let card = Card {
        number,
        ..Card::default()
    };
    let stories = told(db, viewer, vec![card]).await?;
    Ok(stories.into_iter().flat_map(|story| story.trials).collect())
}

/// How many ties there are.
pub async fn count(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db.query("SELECT count(*) FROM case_trial").one().await?;
    Ok(row.0)
}

/// Ties to a case or a trial that is not there: case and trial.
pub async fn faults(db: &impl Reads) -> Result<Vec<(i64, i64)>> {
    db.query(
        "SELECT e.number, e.trial
         FROM case_trial e
         LEFT JOIN case_card c ON c.number = e.number
         LEFT JOIN trial t ON t.number = e.trial
         WHERE c.number IS NULL OR t.number IS NULL
         ORDER BY e.number, e.trial",
    )
    .all()
    .await
}
