//! The versions of trials: each one is written down in the change that makes it.

use db::{Reads, Result, Tx};

use super::model::Telling;
use super::versions::{Version, facts_of};
use crate::history::model::{Parts, chain_hash};
use crate::history::store_check::Link;
use crate::time::Moment;
use crate::viewer::{OrganisationId, Viewer, Visibility};

/// What made a version, who, and when.
#[derive(Clone, Copy, Debug)]
pub struct Act<'a> {
    /// `change`, `answer`, `follow-up`, `join`, `confirm`, `hurdle-merged`, `solution-merged`.
    pub name: &'static str,
    /// Who, where somebody was signed in.
    pub by: Option<&'a str>,
    /// When.
    pub at: Moment,
}

impl<'a> Act<'a> {
    /// What this viewer does now.
    pub fn of(name: &'static str, viewer: &'a Viewer, at: Moment) -> Self {
        let by = viewer.person().map(|person| person.id.0.as_str());
        Self { name, by, at }
    }
}

/// A trial as it stands: which version that is, and its facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// The number of the version.
    pub version: i64,
    /// What it says.
    pub facts: Parts,
    author_id: Option<String>,
    since: Moment,
}

struct Row {
    version: i64,
    solution: i64,
    organisation: String,
    service: String,
    outcome: String,
    begun_on: String,
    ended_on: String,
    differently: String,
    learned: String,
    cost: String,
    time_taken: String,
    who_agreed: String,
    visibility: String,
    is_named: bool,
    is_confirmed: bool,
    author_id: Option<String>,
    changed_at: Moment,
}
db::columns!(Row {
    version,
    solution,
    organisation,
    service,
    outcome,
    begun_on,
    ended_on,
    differently,
    learned,
    cost,
    time_taken,
    who_agreed,
    visibility,
    is_named,
    is_confirmed,
    author_id,
    changed_at,
});

/// The trial with this id as it stands, for a change of it.
pub async fn standing(tx: &Tx, id: &str) -> Result<Option<Standing>> {
    let row: Option<Row> = tx
        .query(
            "SELECT version, solution, organisation_id, service, outcome, begun_on, ended_on,
                    differently, learned, cost, time_taken, who_agreed, visibility, is_named,
                    is_confirmed, author_id, changed_at
             FROM trial
             WHERE id = $1",
        )
        .bind(id)
        .one_or_none()
        .await?;
    let Some(row) = row else {
        return Ok(None);
    };
    let readers: Vec<(OrganisationId,)> = tx
        .query("SELECT organisation_id FROM trial_reader WHERE trial_id = $1")
        .bind(id)
        .all()
        .await?;
    let telling = Telling {
        hurdle: 0,
        solution: row.solution,
        organisation: row.organisation,
        service: row.service,
        outcome: row.outcome,
        begun_on: row.begun_on,
        ended_on: row.ended_on,
        differently: row.differently,
        learned: row.learned,
        cost: row.cost,
        time_taken: row.time_taken,
        who_agreed: row.who_agreed,
        visibility: Visibility::parse(&row.visibility).unwrap_or(Visibility::OnlyMe),
        readers: readers.into_iter().map(|row| row.0).collect(),
        is_named: row.is_named,
        ask_at: None,
    };
    Ok(Some(Standing {
        version: row.version,
        facts: facts_of(&telling, row.is_confirmed),
        author_id: row.author_id,
        since: row.changed_at,
    }))
}

/// Takes the number of the next version, before anything of the trial is changed: others wait. None
/// where the trial stands otherwise than its changer found it, or is gone.
pub async fn begin(tx: &Tx, id: &str, from: i64) -> Result<Option<i64>> {
    let next: Option<(i64,)> = tx
        .query(
            "UPDATE trial SET version = version + 1
             WHERE id = $1 AND version = $2
             RETURNING version",
        )
        .bind(id)
        .bind(from)
        .one_or_none()
        .await?;
    let Some((next,)) = next else {
        return Ok(None);
    };
    if from == 1
        && let Some(first) = standing(tx, id).await?
    {
        let act = Act {
            name: "tell",
            by: first.author_id.as_deref(),
            at: first.since,
        };
        write(tx, id, 1, act, &first.facts).await?;
    }
    Ok(Some(next))
}

/// The same whichever version stands.
pub async fn begin_any(tx: &Tx, id: &str) -> Result<Option<i64>> {
    let Some(found) = standing(tx, id).await? else {
        return Ok(None);
    };
    if let Some(next) = begin(tx, id, found.version).await? {
        return Ok(Some(next));
    }
    // Somebody changed it between the two statements, and their change is committed by now.
    match standing(tx, id).await? {
        Some(found) => begin(tx, id, found.version).await,
        None => Ok(None),
    }
}

/// Writes down the version that a change has made.
pub async fn end(tx: &Tx, id: &str, seq: i64, act: Act<'_>) -> Result<()> {
    match standing(tx, id).await? {
        Some(stands) => write(tx, id, seq, act, &stands.facts).await,
        None => Ok(()),
    }
}

async fn write(tx: &Tx, id: &str, seq: i64, act: Act<'_>, facts: &Parts) -> Result<()> {
    let before: Option<(String,)> = tx
        .query("SELECT chain_hash FROM trial_revision WHERE trial_id = $1 AND seq = $2")
        .bind(id)
        .bind(seq - 1)
        .one_or_none()
        .await?;
    let (before, content) = (before.map(|row| row.0).unwrap_or_default(), facts.hash());
    let chain = chain_hash(&before, seq, &content, act.by.unwrap_or_default(), act.at);
    tx.query(
        "INSERT INTO trial_revision (
             trial_id, seq, act, facts, author_id, at, content_hash, chain_hash
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id)
    .bind(seq)
    .bind(act.name)
    .bind(facts.to_json())
    .bind(act.by)
    .bind(act.at)
    .bind(content)
    .bind(chain)
    .run()
    .await?;
    Ok(())
}

/// The versions of a trial before one of them, newest first. Whether the viewer may read the trial is
/// asked before; what they may know of each version afterwards.
pub async fn listed(
    db: &impl Reads,
    trial: &str,
    before: i64,
    at_most: i64,
) -> Result<Vec<Version>> {
    db.query(
        "SELECT v.seq, v.act, v.facts, v.author_id, coalesce(p.name, ''), v.at, v.erased_at,
                v.erased_why
         FROM trial_revision v
         LEFT JOIN person p ON p.id = v.author_id
         WHERE v.trial_id = $1 AND v.seq < $2
         ORDER BY v.seq DESC
         LIMIT $3",
    )
    .bind(trial)
    .bind(before)
    .bind(at_most)
    .all()
    .await
}

/// The facts of an older version, for bringing two people's changes together.
pub async fn facts(tx: &Tx, trial: &str, seq: i64) -> Result<Option<Parts>> {
    let row: Option<(Option<String>,)> = tx
        .query("SELECT facts FROM trial_revision WHERE trial_id = $1 AND seq = $2")
        .bind(trial)
        .bind(seq)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0.as_deref().map(Parts::from_json).unwrap_or_default()))
}

/// Erases the facts of a version that is not the newest; whether there were any. The chain stays.
pub async fn erase(tx: &Tx, trial: &str, seq: i64, why: &str, at: Moment) -> Result<bool> {
    let erased = tx
        .query(
            "UPDATE trial_revision
             SET facts = NULL, erased_at = $3, erased_why = $4
             WHERE trial_id = $1 AND seq = $2 AND facts IS NOT NULL AND at <= $3
             AND seq < (SELECT version FROM trial WHERE id = $1)",
        )
        .bind(trial)
        .bind(seq)
        .bind(at)
        .bind(why)
        .run()
        .await?;
    Ok(erased > 0)
}

/// Erases a version again that an older copy still has; whether there was anything. One that stood in
/// the copy leaves a trial without words.
pub async fn erase_again(tx: &Tx, trial: &str, seq: i64, at: Moment) -> Result<bool> {
    let stood = tx
        .query(
            "UPDATE trial
             SET service = '', differently = '', learned = '', cost = '', time_taken = '',
                 who_agreed = ''
             WHERE id = $1 AND version = $2 AND changed_at <= $3
             AND (service || differently || learned || cost || time_taken || who_agreed) <> ''",
        )
        .bind(trial)
        .bind(seq)
        .bind(at)
        .run()
        .await?;
    let kept = tx
        .query(
            "UPDATE trial_revision
             SET facts = NULL, erased_at = $3, erased_why = 'erased before'
             WHERE trial_id = $1 AND seq = $2 AND facts IS NOT NULL AND at <= $3",
        )
        .bind(trial)
        .bind(seq)
        .bind(at)
        .run()
        .await?;
    Ok(stood + kept > 0)
}

/// Versions erased since a moment: of which trial, which one, when.
pub async fn erased_since(db: &impl Reads, since: Moment) -> Result<Vec<(String, i64, Moment)>> {
    db.query(
        "SELECT trial_id, seq, erased_at FROM trial_revision
         WHERE erased_at >= $1
         ORDER BY erased_at, trial_id, seq",
    )
    .bind(since)
    .all()
    .await
}

/// Forgets every version of a trial that is taken back for good.
pub async fn forget(tx: &Tx, trial: &str) -> Result<()> {
    tx.query("DELETE FROM trial_revision WHERE trial_id = $1")
        .bind(trial)
        .run()
        .await?;
    Ok(())
}

/// Trials that were changed, for checking: id, number, the version that stands.
pub async fn changed(db: &impl Reads) -> Result<Vec<(String, i64, i64)>> {
    db.query(
        "SELECT id, number, version FROM trial
         WHERE version > 1 OR id IN (SELECT trial_id FROM trial_revision)
         ORDER BY number",
    )
    .all()
    .await
}

/// The chain of a trial's versions, oldest first.
pub async fn chain(db: &impl Reads, trial: &str) -> Result<Vec<Link>> {
    db.query(
        "SELECT seq, facts, '', author_id, at, content_hash, chain_hash
         FROM trial_revision
         WHERE trial_id = $1
         ORDER BY seq",
    )
    .bind(trial)
    .all()
    .await
}
