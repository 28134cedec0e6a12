//! Cases in the database, as a viewer may read them.

use db::{Filter, Reads, Result, Tx};

use super::model::Card;
use super::store_ties;
use crate::history::model::{Parts, RecordId};
use crate::history::store::{VISIBLE, seen_by};
use crate::trials::store::{HURDLE_VISIBLE, KNOWN, SOLUTION_VISIBLE, TRIAL_VISIBLE};
use crate::viewer::Viewer;

/// Brings a case's card up to date with its text, and ties it to the trials that its beginning
/// names.
pub async fn keep(tx: &Tx, id: &RecordId, number: i64, parts: &Parts) -> Result<()> {
    tx.query(
        "INSERT INTO case_card (record_id, number, result, cost)
         VALUES ($1, $2, $3, $4)
         ON CONFLICT (record_id) DO UPDATE SET result = excluded.result, cost = excluded.cost",
    )
    .bind(id)
    .bind(number)
    .bind(parts.get("result"))
    .bind(parts.get("cost"))
    .run()
    .await?;
    if parts.0.is_empty() {
        // Its words were erased: nothing is left that could tell of a trial.
        return store_ties::untie_all(tx, number).await;
    }
    for trial in parts.numbers("trials") {
        store_ties::tie(tx, number, trial).await?;
    }
    Ok(())
}

/// Which cases to list.
#[derive(Clone, Copy, Debug, Default)]
pub struct Which<'a> {
    /// Only those that tell of this trial.
    pub trial: Option<i64>,
    /// Only those that tell of a trial on this hurdle.
    pub hurdle: Option<i64>,
    /// Only those that tell of a trial of this solution.
    pub solution: Option<i64>,
    /// Only those that tell of a trial of this body.
    pub organisation: Option<&'a str>,
    /// Only those that tell of a trial with this outcome.
    pub outcome: Option<&'a str>,
    /// Only those that tell of a trial of a body of this type.
    pub kind: Option<&'a str>,
    /// Only those with this tag.
    pub tag: Option<&'a str>,
    /// Only those before this number.
    pub before: Option<i64>,
}

impl Which<'_> {
    fn is_about_trials(&self) -> bool {
        let numbers = [self.trial, self.hurdle, self.solution];
        let names = [self.organisation, self.outcome, self.kind];
        numbers.iter().any(Option::is_some) || names.iter().any(Option::is_some)
    }

    /// Adds what the trials have to be. All of it is asked of one trial that the viewer may see,
    /// and whose trial it is must not come out by asking.
    fn told_of(&self, mut filter: Filter, viewer: &Viewer) -> Filter {
        if let Some(trial) = self.trial {
            filter = filter.and("e.trial = ?", vec![trial.into()]);
        }
        if let Some(hurdle) = self.hurdle {
            filter = filter.and("t.hurdle = ?", vec![hurdle.into()]);
        }
        if let Some(solution) = self.solution {
            filter = filter.and("t.solution = ?", vec![solution.into()]);
        }
        if let Some(organisation) = self.organisation {
            filter = filter.and("t.organisation_id = ?", vec![organisation.into()]);
        }
        if let Some(kind) = self.kind {
            filter = filter.and("o.kind_name = ?", vec![kind.into()]);
        }
        if let Some(outcome) = self.outcome {
            filter = filter.and("t.outcome = ?", vec![outcome.into()]);
        }
        if self.organisation.is_some() || self.kind.is_some() {
            filter = filter.and(KNOWN, vec![viewer.id().into(), viewer.id().into()]);
        }
        filter
            .and("t.number = e.trial", Vec::new())
            .and(TRIAL_VISIBLE, seen_by(viewer))
            .and(HURDLE_VISIBLE, seen_by(viewer))
            .and(SOLUTION_VISIBLE, seen_by(viewer))
    }
}

/// Live cases, newest first. Hurdles have many trials and few are told of in cases: those come
/// first on an engine that keeps the written order.
pub async fn listed(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
    at_most: i64,
) -> Result<Vec<Card>> {
    let mut filter = if which.is_about_trials() {
        which.told_of(
            Filter::new(
                "SELECT DISTINCT r.number, r.title, r.slug, r.summary, r.is_unfinished, c.result,
                        c.cost, c.picture
                 FROM case_trial e
                 CROSS JOIN trial t
                 JOIN case_card c ON c.number = e.number
                 JOIN record r ON r.id = c.record_id
                 JOIN organisation o ON o.id = t.organisation_id
                 JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
                 LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution",
            ),
            viewer,
        )
    } else {
        Filter::new(
            "SELECT r.number, r.title, r.slug, r.summary, r.is_unfinished, c.result, c.cost,
                    c.picture
             FROM case_card c
             JOIN record r ON r.id = c.record_id",
        )
    };
    if let Some(tag) = which.tag {
        filter = filter.and(
            "r.id IN (SELECT g.record_id FROM tag g WHERE g.name = ?)",
            vec![tag.into()],
        );
    }
    if let Some(before) = which.before {
        filter = filter.and("c.number < ?", vec![before.into()]);
    }
    let filter = filter
        .and("r.state = 'live'", Vec::new())
        .and(VISIBLE, seen_by(viewer))
        .then("ORDER BY r.number DESC LIMIT ?", vec![at_most.into()]);
    db.filtered(filter).all().await
}

/// The card of a live case.
pub async fn card(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Card>> {
    let which = Which {
        before: number.checked_add(1),
        ..Which::default()
    };
    let newest = listed(db, viewer, &which, 1).await?;
    Ok(newest.into_iter().find(|card| card.number == number))
}

/// The types of bodies whose trials cases tell of, as far as the viewer may know them.
pub async fn kinds(db: &impl Reads, viewer: &Viewer) -> Result<Vec<String>> {
    let filter = Filter::new(
        "SELECT DISTINCT o.kind_name
         FROM case_card c
         JOIN record r ON r.id = c.record_id
         JOIN case_trial e ON e.number = c.number
         JOIN trial t ON t.number = e.trial
         JOIN organisation o ON o.id = t.organisation_id
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution",
    )
    .and("r.state = 'live' AND o.kind_name <> ''", Vec::new())
    .and(KNOWN, vec![viewer.id().into(), viewer.id().into()])
    .and(TRIAL_VISIBLE, seen_by(viewer))
    .and(HURDLE_VISIBLE, seen_by(viewer))
    .and(SOLUTION_VISIBLE, seen_by(viewer))
    .and(VISIBLE, seen_by(viewer))
    .then("ORDER BY o.kind_name LIMIT 60", Vec::new());
    let rows: Vec<(String,)> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// The tags of live cases, by name.
pub async fn tags(db: &impl Reads, viewer: &Viewer) -> Result<Vec<String>> {
    let filter = Filter::new(
        "SELECT DISTINCT g.name
         FROM case_card c
         JOIN record r ON r.id = c.record_id
         JOIN tag g ON g.record_id = r.id",
    )
    .and("r.state = 'live'", Vec::new())
    .and(VISIBLE, seen_by(viewer))
    .then("ORDER BY g.name LIMIT 200", Vec::new());
    let rows: Vec<(String,)> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}
