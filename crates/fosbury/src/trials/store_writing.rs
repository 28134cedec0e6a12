//! Trials being told, changed and taken back; their tallies with them, in the same change.

use db::{Reads, Result, Tx, Value};

use super::model::Telling;
use super::store_tallies;
use super::store_versions::{self, Act, Standing};
use super::versions::facts_of;
use crate::discussion::store as threads;
use crate::store_log;
use crate::time::Moment;

/// Who tells a trial, and when.
#[derive(Clone, Copy, Debug)]
pub struct Teller<'a> {
    /// The trial's id.
    pub id: &'a str,
    /// Who.
    pub author: Option<&'a str>,
    /// Whether it counts at once.
    pub is_confirmed: bool,
    /// When.
    pub now: Moment,
    /// Today, as days are written.
    pub today: &'a str,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}

/// Writes a trial down; its number.
pub async fn record(tx: &Tx, telling: &Telling, teller: Teller<'_>) -> Result<i64> {
    let number = crate::store_log::next_number(tx, "trial").await?;
    tx.query(
        "INSERT INTO trial (
             id, number, hurdle, solution, organisation_id, service, outcome, begun_on, ended_on,
             year, differently, learned, cost, time_taken, who_agreed, visibility, is_named,
             is_confirmed, author_id, told_at, changed_at, ask_at, is_demo
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,
                 $19, $20, $20, $21, $22)",
    )
    .bind(teller.id)
    .bind(number)
    .bind(telling.hurdle)
    .bind(telling.solution)
    .bind(&telling.organisation)
    .bind(&telling.service)
    .bind(&telling.outcome)
    .bind(&telling.begun_on)
    .bind(&telling.ended_on)
    .bind(telling.year(teller.today))
    .bind(&telling.differently)
    .bind(&telling.learned)
    .bind(&telling.cost)
    .bind(&telling.time_taken)
    .bind(&telling.who_agreed)
    .bind(telling.visibility.name())
    .bind(telling.is_named)
    .bind(teller.is_confirmed)
    .bind(teller.author)
    .bind(teller.now)
    .bind(telling.ask_at)
    .bind(teller.is_demo)
    .run()
    .await?;
    open_to(tx, teller.id, telling).await?;
    store_log::changed(tx, teller.id).await?;
    let (hurdle, solution) = (telling.hurdle, telling.solution);
    store_tallies::count_again(tx, hurdle, solution, &telling.organisation).await?;
    Ok(number)
}

/// Writes many named, confirmed trials down, for a place filled in one go; they are counted
/// afterwards. A row: id, number, hurdle, solution, body, service, outcome, first day, last day, year,
/// what was learned, who may read it, when it was told.
pub async fn record_many(tx: &Tx, rows: Vec<Vec<Value>>) -> Result<()> {
    let whole = rows.into_iter().map(|mut row| {
        let told_at = row.pop().unwrap_or(Value::Null);
        let nothing = || Value::from("");
        row.extend([nothing(), nothing(), nothing(), nothing()]);
        row.extend([
            true.into(),
            true.into(),
            told_at.clone(),
            told_at,
            false.into(),
        ]);
        row
    });
    let rows = whole.collect();
    let into = "trial (id, number, hurdle, solution, organisation_id, service, outcome, begun_on,
             ended_on, year, learned, visibility, differently, cost, time_taken, who_agreed,
             is_named, is_confirmed, told_at, changed_at, is_demo)";
    tx.insert_many(into, 21, rows).await
}

/// Tells a trial otherwise. Its hurdle stays; its solution and body may change. False where it does not
/// stand any more as its changer found it: then nothing is changed.
pub async fn change(
    tx: &Tx,
    id: &str,
    (stands, telling): (&Standing, &Telling),
    is_confirmed: bool,
    (act, today): (Act<'_>, &str),
) -> Result<bool> {
    let now = act.at;
    if facts_of(telling, is_confirmed) == stands.facts {
        ask_at(tx, id, telling.ask_at).await?;
        return Ok(true);
    }
    let Some(version) = store_versions::begin(tx, id, stands.version).await? else {
        return Ok(false);
    };
    let before = counted_under(tx, id).await?;
    tx.query(
        "UPDATE trial
         SET solution = $2, organisation_id = $3, service = $4, outcome = $5, begun_on = $6,
             ended_on = $7, year = $8, differently = $9, learned = $10, cost = $11,
             time_taken = $12, who_agreed = $13, visibility = $14, is_named = $15,
             is_confirmed = $16, changed_at = $17, ask_at = $18
         WHERE id = $1",
    )
    .bind(id)
    .bind(telling.solution)
    .bind(&telling.organisation)
    .bind(&telling.service)
    .bind(&telling.outcome)
    .bind(&telling.begun_on)
    .bind(&telling.ended_on)
    .bind(telling.year(today))
    .bind(&telling.differently)
    .bind(&telling.learned)
    .bind(&telling.cost)
    .bind(&telling.time_taken)
    .bind(&telling.who_agreed)
    .bind(telling.visibility.name())
    .bind(telling.is_named)
    .bind(is_confirmed)
    .bind(now)
    .bind(telling.ask_at)
    .run()
    .await?;
    open_to(tx, id, telling).await?;
    store_versions::end(tx, id, version, act).await?;
    let after = counted_under(tx, id).await?;
    for (hurdle, solution, organisation) in before.iter().chain(&after) {
        store_tallies::count_again(tx, *hurdle, *solution, organisation).await?;
    }
    Ok(true)
}

/// Says what came of a trial, and no more.
pub async fn answer(
    tx: &Tx,
    id: &str,
    (outcome, learned): (&str, &str),
    act: Act<'_>,
) -> Result<()> {
    let Some(version) = store_versions::begin_any(tx, id).await? else {
        return Ok(());
    };
    tx.query(
        "UPDATE trial
         SET outcome = $2,
             learned = CASE
                 WHEN $3 = '' THEN learned
                 WHEN learned = '' THEN $3
                 ELSE learned || '

' || $3 END,
             changed_at = $4, ask_at = NULL
         WHERE id = $1",
    )
    .bind(id)
    .bind(outcome)
    .bind(learned)
    .bind(act.at)
    .run()
    .await?;
    store_versions::end(tx, id, version, act).await?;
    counted(tx, id).await
}

/// Asks again at another time.
pub async fn ask_later(tx: &Tx, id: &str, at: Moment) -> Result<()> {
    tx.query("UPDATE trial SET ask_at = $2, asked_at = NULL WHERE id = $1")
        .bind(id)
        .bind(at)
        .run()
        .await?;
    Ok(())
}

async fn ask_at(tx: &Tx, id: &str, at: Option<Moment>) -> Result<()> {
    tx.query("UPDATE trial SET ask_at = $2 WHERE id = $1")
        .bind(id)
        .bind(at)
        .run()
        .await?;
    Ok(())
}

/// Confirms a trial that somebody from elsewhere told.
pub async fn confirm(tx: &Tx, id: &str, act: Act<'_>) -> Result<()> {
    let Some(version) = store_versions::begin_any(tx, id).await? else {
        return Ok(());
    };
    tx.query("UPDATE trial SET is_confirmed = TRUE, confirmed_by = $2 WHERE id = $1")
        .bind(id)
        .bind(act.by)
        .run()
        .await?;
    store_versions::end(tx, id, version, act).await?;
    counted(tx, id).await
}

/// The number of the trial with this id, whoever may read it.
pub async fn number_of(tx: &Tx, id: &str) -> Result<Option<i64>> {
    let row: Option<(i64,)> = tx
        .query("SELECT number FROM trial WHERE id = $1")
        .bind(id)
        .one_or_none()
        .await?;
    Ok(row.map(|(number,)| number))
}

/// Takes a trial back for good.
pub async fn remove(tx: &Tx, id: &str) -> Result<()> {
    let before = counted_under(tx, id).await?;
    threads::forget_trial(tx, id).await?;
    store_versions::forget(tx, id).await?;
    for text in [
        "DELETE FROM follow_up WHERE trial_id = $1",
        "DELETE FROM trial_reader WHERE trial_id = $1",
        "DELETE FROM trial WHERE id = $1",
    ] {
        tx.query(text).bind(id).run().await?;
    }
    for (hurdle, solution, organisation) in &before {
        store_tallies::count_again(tx, *hurdle, *solution, organisation).await?;
    }
    Ok(())
}

async fn counted(tx: &Tx, id: &str) -> Result<()> {
    for (hurdle, solution, organisation) in counted_under(tx, id).await? {
        store_tallies::count_again(tx, hurdle, solution, &organisation).await?;
    }
    Ok(())
}

async fn counted_under(tx: &Tx, id: &str) -> Result<Vec<(i64, i64, String)>> {
    tx.query("SELECT hurdle, solution, organisation_id FROM trial WHERE id = $1")
        .bind(id)
        .all()
        .await
}

async fn open_to(tx: &Tx, id: &str, telling: &Telling) -> Result<()> {
    tx.query("DELETE FROM trial_reader WHERE trial_id = $1")
        .bind(id)
        .run()
        .await?;
    let mut readers = telling.audience();
    readers.sort();
    readers.dedup();
    let rows = readers
        .iter()
        .map(|body| vec![Value::from(id), body.into(), telling.hurdle.into()]);
    tx.insert_many(
        "trial_reader (trial_id, organisation_id, hurdle)",
        3,
        rows.collect(),
    )
    .await
}
