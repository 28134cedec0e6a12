//! Trials counted by body: kept for everybody and for members, counted anew for whom few may read.

use db::{Filter, Reads, Result, Tx};
use ranking::{Outcome, Tally};

use super::store::{HURDLE_VISIBLE, Narrowed, TRIAL_VISIBLE, seen_by};
use crate::viewer::Viewer;

/// A body's tally of one solution.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// The number of the solution.
    pub solution: i64,
    /// Which body.
    pub organisation: String,
    /// Its trials.
    pub tally: Tally,
}

impl db::FromRow for Kept {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            solution: row.take()?,
            organisation: row.take()?,
            tally: Tally {
                worked: row.take()?,
                partly: row.take()?,
                no_effect: row.take()?,
                worse: row.take()?,
                stopped: row.take()?,
                too_early: row.take()?,
                newest: row.take()?,
            },
        })
    }
}

/// Counts one body's trials of one solution again, from the trials themselves.
pub async fn count_again(tx: &Tx, hurdle: i64, solution: i64, organisation: &str) -> Result<()> {
    tx.query(
        "DELETE FROM trial_tally
         WHERE hurdle = $1 AND solution = $2 AND organisation_id = $3",
    )
    .bind(hurdle)
    .bind(solution)
    .bind(organisation)
    .run()
    .await?;
    tx.query(
        "INSERT INTO trial_tally (
             hurdle, solution, audience, organisation_id, worked, partly, no_effect, worse,
             stopped, too_early, newest
         )
         SELECT hurdle, solution, visibility, organisation_id,
                count(*) FILTER (WHERE outcome = 'worked'),
                count(*) FILTER (WHERE outcome = 'partly'),
                count(*) FILTER (WHERE outcome = 'no-effect'),
                count(*) FILTER (WHERE outcome = 'worse'),
                count(*) FILTER (WHERE outcome = 'stopped'),
                count(*) FILTER (WHERE outcome = 'too-early'),
                max(told_at)
         FROM trial
         WHERE hurdle = $1 AND solution = $2 AND organisation_id = $3
         AND visibility IN ('public', 'members') AND is_named AND is_confirmed
         GROUP BY hurdle, solution, visibility, organisation_id",
    )
    .bind(hurdle)
    .bind(solution)
    .bind(organisation)
    .run()
    .await?;
    changed(tx, hurdle).await
}

/// Notes that a hurdle's tallies changed.
pub async fn changed(tx: &Tx, hurdle: i64) -> Result<()> {
    tx.query(
        "INSERT INTO trial_version (hurdle, version) VALUES ($1, 1)
         ON CONFLICT (hurdle) DO UPDATE SET version = trial_version.version + 1",
    )
    .bind(hurdle)
    .run()
    .await?;
    Ok(())
}

/// Counts a hurdle's and a solution's trials again; 0 stands for all of them. Reads every trial: for
/// a merger, or a place filled in one go.
pub async fn count_all_again(tx: &Tx, hurdle: i64, solution: i64) -> Result<()> {
    tx.query(
        "DELETE FROM trial_tally
         WHERE (hurdle = $1 OR $1 = 0) AND (solution = $2 OR $2 = 0)",
    )
    .bind(hurdle)
    .bind(solution)
    .run()
    .await?;
    tx.query(
        "INSERT INTO trial_tally (
             hurdle, solution, audience, organisation_id, worked, partly, no_effect, worse,
             stopped, too_early, newest
         )
         SELECT hurdle, solution, visibility, organisation_id,
                count(*) FILTER (WHERE outcome = 'worked'),
                count(*) FILTER (WHERE outcome = 'partly'),
                count(*) FILTER (WHERE outcome = 'no-effect'),
                count(*) FILTER (WHERE outcome = 'worse'),
                count(*) FILTER (WHERE outcome = 'stopped'),
                count(*) FILTER (WHERE outcome = 'too-early'),
                max(told_at)
         FROM trial
         WHERE (hurdle = $1 OR $1 = 0) AND (solution = $2 OR $2 = 0)
         AND visibility IN ('public', 'members') AND is_named AND is_confirmed
         GROUP BY hurdle, solution, visibility, organisation_id",
    )
    .bind(hurdle)
    .bind(solution)
    .run()
    .await?;
    tx.query(
        "INSERT INTO trial_version (hurdle, version)
         SELECT DISTINCT hurdle, 1 FROM trial WHERE (hurdle = $1 OR $1 = 0)
         ON CONFLICT (hurdle) DO UPDATE SET version = trial_version.version + 1",
    )
    .bind(hurdle)
    .run()
    .await?;
    Ok(())
}

/// How often a hurdle's tallies have changed.
pub async fn version(db: &impl Reads, hurdle: i64) -> Result<i64> {
    let row: Option<(i64,)> = db
        .query("SELECT version FROM trial_version WHERE hurdle = $1")
        .bind(hurdle)
        .one_or_none()
        .await?;
    Ok(row.map_or(0, |row| row.0))
}

/// What is kept of a hurdle for an audience: `public` or `members`.
pub async fn of_hurdle(db: &impl Reads, hurdle: i64, audience: &str) -> Result<Vec<Kept>> {
    db.query(
        "SELECT solution, organisation_id, worked, partly, no_effect, worse, stopped, too_early,
                newest
         FROM trial_tally
         WHERE hurdle = $1 AND audience = $2 AND solution > 0
         ORDER BY solution, organisation_id",
    )
    .bind(hurdle)
    .bind(audience)
    .all()
    .await
}

/// What is kept of a solution, over all its hurdles that are there for everybody, or for members.
pub async fn of_solution(db: &impl Reads, viewer: &Viewer, solution: i64) -> Result<Vec<Kept>> {
    db.query(
        "SELECT t.solution, t.organisation_id,
                CAST(sum(t.worked) AS BIGINT), CAST(sum(t.partly) AS BIGINT),
                CAST(sum(t.no_effect) AS BIGINT), CAST(sum(t.worse) AS BIGINT),
                CAST(sum(t.stopped) AS BIGINT), CAST(sum(t.too_early) AS BIGINT),
                max(t.newest)
         FROM trial_tally t
         JOIN record r ON r.kind = 'hurdle' AND r.number = t.hurdle
         WHERE t.solution = $3 AND (t.audience = 'public' OR $1) AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         GROUP BY t.solution, t.organisation_id
         ORDER BY t.solution, t.organisation_id",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(solution)
    .all()
    .await
}

/// A trial to be counted: its solution, body, outcome and when.
struct Told(i64, String, String, i64);

impl db::FromRow for Told {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self(row.take()?, row.take()?, row.take()?, row.take()?))
    }
}

impl From<Told> for Option<Kept> {
    fn from(Told(solution, organisation, outcome, at): Told) -> Self {
        let outcome = Outcome::parse(&outcome)?;
        Some(Kept {
            solution,
            organisation,
            tally: Tally::one(outcome, at),
        })
    }
}

/// What is told of a hurdle to bodies and people of the viewer's, one by one.
pub async fn to_few(db: &impl Reads, viewer: &Viewer, hurdle: i64) -> Result<Vec<Kept>> {
    if !viewer.is_member() {
        return Ok(Vec::new());
    }
    let rows: Vec<Told> = db
        .query(
            "SELECT t.solution, t.organisation_id, t.outcome, t.told_at
             FROM trial t
             WHERE t.id IN (
                 SELECT x.trial_id
                 FROM trial_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.hurdle = $2 AND m.person_id = $1 AND m.is_confirmed
                 UNION
                 SELECT a.id FROM trial a
                 WHERE a.author_id = $1 AND a.hurdle = $2
             )
             AND t.visibility IN ('bodies', 'own-organisation', 'only-me')
             AND t.is_named AND t.is_confirmed AND t.solution > 0
             ORDER BY t.number",
        )
        .bind(viewer.id())
        .bind(hurdle)
        .all()
        .await?;
    Ok(rows.into_iter().filter_map(Option::from).collect())
}

/// What is told of a solution to bodies and people of the viewer's, one by one, over the hurdles that
/// they may see.
pub async fn of_solution_to_few(
    db: &impl Reads,
    viewer: &Viewer,
    solution: i64,
) -> Result<Vec<Kept>> {
    if !viewer.is_member() {
        return Ok(Vec::new());
    }
    let filter = Filter::new(
        "SELECT t.solution, t.organisation_id, t.outcome, t.told_at
         FROM trial t
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle",
    )
    .and(
        "t.id IN (
             SELECT x.trial_id
             FROM trial_reader x
             JOIN membership m ON m.organisation_id = x.organisation_id
             WHERE m.person_id = ? AND m.is_confirmed
             UNION
             SELECT a.id FROM trial a
             WHERE a.author_id = ?
         )",
        vec![viewer.id().into(), viewer.id().into()],
    )
    .and(
        "t.visibility IN ('bodies', 'own-organisation', 'only-me') AND t.solution = ?
         AND t.is_named AND t.is_confirmed",
        vec![solution.into()],
    )
    .and(TRIAL_VISIBLE, seen_by(viewer))
    .and(HURDLE_VISIBLE, seen_by(viewer));
    let rows: Vec<Told> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().filter_map(Option::from).collect())
}

/// A hurdle's trials of some bodies, services or years that the viewer may read, one by one.
pub async fn narrowed(
    db: &impl Reads,
    viewer: &Viewer,
    hurdle: i64,
    to: &Narrowed<'_>,
) -> Result<Vec<Kept>> {
    let filter = Filter::new(
        "SELECT t.solution, t.organisation_id, t.outcome, t.told_at
         FROM trial t
         JOIN organisation o ON o.id = t.organisation_id",
    )
    .and(
        "t.hurdle = ? AND t.solution > 0 AND t.is_named AND t.is_confirmed",
        vec![hurdle.into()],
    )
    .and(TRIAL_VISIBLE, seen_by(viewer));
    let rows: Vec<Told> = db.filtered(to.added_to(filter, viewer)).all().await?;
    Ok(rows.into_iter().filter_map(Option::from).collect())
}

/// Tallies that are not what the trials themselves say: hurdle, solution, audience, body.
pub async fn faults(db: &impl Reads) -> Result<Vec<(i64, i64, String, String)>> {
    db.query(
        "WITH counted AS (
             SELECT hurdle, solution, visibility AS audience, organisation_id,
                    count(*) FILTER (WHERE outcome = 'worked') AS worked,
                    count(*) FILTER (WHERE outcome = 'partly') AS partly,
                    count(*) FILTER (WHERE outcome = 'no-effect') AS no_effect,
                    count(*) FILTER (WHERE outcome = 'worse') AS worse,
                    count(*) FILTER (WHERE outcome = 'stopped') AS stopped,
                    count(*) FILTER (WHERE outcome = 'too-early') AS too_early,
                    max(told_at) AS newest
             FROM trial
             WHERE visibility IN ('public', 'members') AND is_named AND is_confirmed
             GROUP BY hurdle, solution, visibility, organisation_id
         ),
         together AS (
             SELECT hurdle, solution, audience, organisation_id, worked, partly, no_effect, worse,
                    stopped, too_early, newest
             FROM counted
             UNION ALL
             SELECT hurdle, solution, audience, organisation_id, worked, partly, no_effect, worse,
                    stopped, too_early, newest
             FROM trial_tally
         )
         SELECT DISTINCT hurdle, solution, audience, organisation_id
         FROM together
         GROUP BY hurdle, solution, audience, organisation_id, worked, partly, no_effect, worse,
                  stopped, too_early, newest
         HAVING count(*) <> 2
         ORDER BY hurdle, solution, audience, organisation_id
         LIMIT 100",
    )
    .all()
    .await
}

/// How many tallies are kept.
pub async fn count(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db.query("SELECT count(*) FROM trial_tally").one().await?;
    Ok(row.0)
}

/// A solution's trials by year, as far as the viewer may read them: worked, partly, did not, open.
pub async fn by_year(
    db: &impl Reads,
    viewer: &Viewer,
    solution: i64,
) -> Result<Vec<(i64, i64, i64, i64, i64)>> {
    db.query(
        "SELECT t.year,
                count(*) FILTER (WHERE t.outcome = 'worked'),
                count(*) FILTER (WHERE t.outcome = 'partly'),
                count(*) FILTER (WHERE t.outcome IN ('no-effect', 'worse')),
                count(*) FILTER (WHERE t.outcome IN ('stopped', 'too-early'))
         FROM trial t
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         WHERE t.solution = $3 AND t.is_named AND t.is_confirmed
         AND (t.visibility = 'public' OR (t.visibility = 'members' AND $1) OR t.author_id = $2
             OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM trial_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.trial_id = t.id AND m.person_id = $2 AND m.is_confirmed)))
         AND h.state = 'live'
         AND (h.visibility = 'public' OR (h.visibility = 'members' AND $1) OR h.author_id = $2
             OR (h.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader y
                 JOIN membership n ON n.organisation_id = y.organisation_id
                 WHERE y.record_id = h.id AND n.person_id = $2 AND n.is_confirmed)))
         GROUP BY t.year
         ORDER BY t.year DESC
         LIMIT 30",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(solution)
    .all()
    .await
}
