//! What solutions keep beside their text. `$1` and `$2` are always the viewer's.

use db::{Filter, Reads, Result, Tx};

use crate::history::model::{Parts, RecordId};
use crate::history::store::{Listed, VISIBLE, seen_by};
use crate::subjects::SubjectRef;
use crate::viewer::Viewer;

/// A solution as cards show it.
#[derive(Clone, Debug)]
pub struct Card {
    /// Its number for ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// Its first sentences.
    pub summary: String,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
    /// `cure`, `work-around` or `method`.
    pub kind: String,
    /// `top`, `below` or `both`.
    pub direction: String,
    /// `hours`, `days`, `weeks` or `months`.
    pub effort: String,
    /// In a few words.
    pub cost: String,
    /// In a sentence or two.
    pub who_agrees: String,
    /// Whether it can be begun this week with nobody to ask.
    pub is_alone: bool,
}
db::columns!(Card {
    number,
    title,
    slug,
    summary,
    is_unfinished,
    kind,
    direction,
    effort,
    cost,
    who_agrees,
    is_alone,
});

impl Card {
    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new("solution", self.number).address(&self.slug)
    }
}

/// Brings a solution's facts and hurdles up to date.
pub async fn keep(tx: &Tx, id: &RecordId, number: i64, parts: &Parts) -> Result<()> {
    tx.query(
        "INSERT INTO solution (
             record_id, number, kind, direction, effort, cost, who_agrees, is_alone
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (record_id) DO UPDATE SET
             kind = excluded.kind, direction = excluded.direction, effort = excluded.effort,
             cost = excluded.cost, who_agrees = excluded.who_agrees, is_alone = excluded.is_alone",
    )
    .bind(id)
    .bind(number)
    .bind(parts.get("kind"))
    .bind(parts.get("direction"))
    .bind(parts.get("effort"))
    .bind(parts.get("cost"))
    .bind(parts.get("agrees"))
    .bind(parts.get("alone") == "yes")
    .run()
    .await?;
    tx.query("DELETE FROM solution_hurdle WHERE solution = $1")
        .bind(number)
        .run()
        .await?;
    let hurdles = parts.numbers("hurdles").into_iter();
    let rows = hurdles
        .map(|hurdle| vec![number.into(), hurdle.into()])
        .collect();
    tx.insert_many("solution_hurdle (solution, hurdle)", 2, rows)
        .await
}

/// The live solutions for a hurdle and for those merged into it: what can be begun alone first,
/// then by number.
pub async fn for_hurdle(db: &impl Reads, viewer: &Viewer, hurdle: i64) -> Result<Vec<Card>> {
    db.query(
        "SELECT DISTINCT r.number, r.title, r.slug, r.summary, r.is_unfinished, s.kind, s.direction,
                s.effort, s.cost, s.who_agrees, s.is_alone
         FROM solution_hurdle sh
         JOIN solution s ON s.number = sh.solution
         JOIN record r ON r.id = s.record_id
         WHERE r.state = 'live' AND sh.hurdle IN (
             SELECT CAST($3 AS BIGINT)
             UNION ALL
             SELECT number FROM record WHERE kind = 'hurdle' AND into_number = $3
         )
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY s.is_alone DESC, r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(hurdle)
    .all()
    .await
}

/// The live hurdles that a solution is for; one that was merged is the one it was merged into.
pub async fn hurdles_of(db: &impl Reads, viewer: &Viewer, solution: i64) -> Result<Vec<Listed>> {
    db.query(
        "SELECT DISTINCT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM solution_hurdle sh
         CROSS JOIN record named
         CROSS JOIN record r
         WHERE sh.solution = $3 AND named.kind = 'hurdle' AND named.number = sh.hurdle
         AND r.kind = 'hurdle' AND r.number = CASE
             WHEN named.state = 'merged' THEN named.into_number
             ELSE named.number
         END
         AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
         ORDER BY r.number",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(solution)
    .all()
    .await
}

/// Which solutions to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which<'a> {
    /// Only cures, work-arounds or methods.
    pub kind: Option<&'a str>,
    /// Only those from the top, or from below; what comes from both counts as either.
    pub from: Option<&'a str>,
    /// Only those that can be begun this week with nobody to ask.
    pub is_alone: bool,
    /// Only those after this number.
    pub after: i64,
}

/// Live solutions by number.
pub async fn listed(
    db: &impl Reads,
    viewer: &Viewer,
    which: Which<'_>,
    at_most: i64,
) -> Result<Vec<Card>> {
    let mut filter = Filter::new(
        "SELECT r.number, r.title, r.slug, r.summary, r.is_unfinished, s.kind, s.direction,
                s.effort, s.cost, s.who_agrees, s.is_alone
         FROM solution s
         JOIN record r ON r.id = s.record_id",
    )
    .and(
        "r.state = 'live' AND s.number > ?",
        vec![which.after.into()],
    )
    .and(VISIBLE, seen_by(viewer));
    if let Some(kind) = which.kind {
        filter = filter.and("s.kind = ?", vec![kind.into()]);
    }
    if let Some(from) = which.from {
        filter = filter.and("s.direction = ? OR s.direction = 'both'", vec![from.into()]);
    }
    if which.is_alone {
        filter = filter.and("s.is_alone", Vec::new());
    }
    let filter = filter.then("ORDER BY s.number LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// The facts of a live solution.
pub async fn card(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Card>> {
    let rows: Vec<Card> = listed(
        db,
        viewer,
        Which {
            after: number - 1,
            ..Which::default()
        },
        1,
    )
    .await?;
    Ok(rows.into_iter().find(|card| card.number == number))
}
