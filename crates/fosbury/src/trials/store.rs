//! Trials in the database, as a viewer may read them.

use db::{Filter, Reads, Result, Value};

use super::model::Trial;
use crate::viewer::Viewer;

/// The condition that a trial `t` may be read by a viewer; [`seen_by`] has its values.
pub const TRIAL_VISIBLE: &str =
    "t.visibility = 'public' OR (t.visibility = 'members' AND ?) OR t.author_id = ?
     OR (t.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM trial_reader x
         JOIN membership m ON m.organisation_id = x.organisation_id
         WHERE x.trial_id = t.id AND m.person_id = ? AND m.is_confirmed))";
/// The condition that the hurdle of a trial is there for the viewer.
pub const HURDLE_VISIBLE: &str = "h.state = 'live' AND (h.visibility = 'public'
     OR (h.visibility = 'members' AND ?) OR h.author_id = ?
     OR (h.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM record_reader y
         JOIN membership n ON n.organisation_id = y.organisation_id
         WHERE y.record_id = h.id AND n.person_id = ? AND n.is_confirmed)))";
/// The condition that the solution of a trial, if it has one, is there for the viewer.
pub const SOLUTION_VISIBLE: &str =
    "t.solution = 0 OR (s.state = 'live' AND (s.visibility = 'public'
     OR (s.visibility = 'members' AND ?) OR s.author_id = ?
     OR (s.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM record_reader z
         JOIN membership k ON k.organisation_id = z.organisation_id
         WHERE z.record_id = s.id AND k.person_id = ? AND k.is_confirmed))))";
/// The condition that the viewer may know whose trial it is.
pub const KNOWN: &str = "t.is_named OR t.author_id = ? OR EXISTS (
         SELECT 1 FROM membership w
         WHERE w.organisation_id = t.organisation_id AND w.person_id = ? AND w.is_confirmed)";

/// What [`TRIAL_VISIBLE`], [`HURDLE_VISIBLE`] and [`SOLUTION_VISIBLE`] ask of the viewer.
pub fn seen_by(viewer: &Viewer) -> Vec<Value> {
    vec![
        viewer.is_member().into(),
        viewer.id().into(),
        viewer.id().into(),
    ]
}

/// Which trials to list.
#[derive(Clone, Debug, Default)]
pub struct Which<'a> {
    /// Only those of this hurdle.
    pub hurdle: Option<i64>,
    /// Only those of this solution.
    pub solution: Option<i64>,
    /// Only those of this body.
    pub organisation: Option<&'a str>,
    /// Only those with these numbers.
    pub numbers: Option<Vec<i64>>,
    /// Only those with these ids.
    pub ids: Option<Vec<String>>,
    /// Only those of these bodies.
    pub among: Option<Vec<String>>,
    /// Only those with this outcome.
    pub outcome: Option<&'a str>,
    /// Only those that wait for somebody to confirm them, or only those that do not.
    pub is_confirmed: Option<bool>,
    /// Only those of bodies like this, or of this service, or of this year.
    pub narrowed: Narrowed<'a>,
    /// Only those before this number.
    pub before: Option<i64>,
}

/// Bodies, services and years that somebody asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Narrowed<'a> {
    /// Only bodies of this type.
    pub kind: Option<&'a str>,
    /// Only bodies of this nation.
    pub nation: Option<&'a str>,
    /// Only bodies with so many people: from the first, below the second.
    pub size: Option<(i64, i64)>,
    /// Only trials in a service of this name.
    pub service: Option<&'a str>,
    /// Only trials of this year.
    pub year: Option<i64>,
    /// Only bodies of the group with this number.
    pub group: Option<i64>,
}

impl Narrowed<'_> {
    /// Whether everything is asked for.
    pub fn is_everything(&self) -> bool {
        *self == Self::default()
    }

    /// Adds what is asked for; whose trial it is must not come out by asking.
    pub(super) fn added_to(&self, mut filter: Filter, viewer: &Viewer) -> Filter {
        if let Some(kind) = self.kind {
            filter = filter.and("o.kind_name = ?", vec![kind.into()]);
        }
        if let Some(nation) = self.nation {
            filter = filter.and("o.nation = ?", vec![nation.into()]);
        }
        if let Some((from, below)) = self.size {
            let size = vec![from.into(), below.into()];
            filter = filter.and("o.population >= ? AND o.population < ?", size);
        }
        if let Some(service) = self.service {
            filter = filter.and("t.service = ?", vec![service.into()]);
        }
        if let Some(year) = self.year {
            filter = filter.and("t.year = ?", vec![year.into()]);
        }
        if let Some(group) = self.group {
            filter = filter.and(
                "o.id IN (SELECT organisation_id FROM body_group_member WHERE group_number = ?)",
                vec![group.into()],
            );
        }
        let is_of_bodies = self.kind.is_some()
            || self.nation.is_some()
            || self.size.is_some()
            || self.service.is_some()
            || self.group.is_some();
        if is_of_bodies {
            filter = known(filter, viewer);
        }
        filter
    }
}

fn known(filter: Filter, viewer: &Viewer) -> Filter {
    filter.and(KNOWN, vec![viewer.id().into(), viewer.id().into()])
}

/// Trials, newest first.
pub async fn listed(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
    at_most: i64,
) -> Result<Vec<Trial>> {
    let mut filter = Filter::new(
        "SELECT t.id, t.number, t.hurdle, h.title, h.slug, t.solution, coalesce(s.title, ''),
                coalesce(s.slug, ''), t.organisation_id, o.short_name, o.slug, o.kind_name,
                o.nation, t.service, t.outcome, t.begun_on, t.ended_on, t.differently, t.learned,
                t.cost, t.time_taken, t.who_agreed, t.visibility, t.is_named, t.is_confirmed,
                t.author_id, coalesce(p.name, ''), t.told_at, t.changed_at, t.ask_at, t.is_demo,
                t.version
         FROM trial t
         JOIN organisation o ON o.id = t.organisation_id
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
         LEFT JOIN person p ON p.id = t.author_id",
    );
    if let Some(hurdle) = which.hurdle {
        filter = filter.and("t.hurdle = ?", vec![hurdle.into()]);
    }
    if let Some(solution) = which.solution {
        filter = filter.and("t.solution = ?", vec![solution.into()]);
    }
    if let Some(organisation) = which.organisation {
        filter = filter.and("t.organisation_id = ?", vec![organisation.into()]);
        filter = known(filter, viewer);
    }
    if let Some(among) = &which.among {
        filter = known(filter.and_in("t.organisation_id", among.clone()), viewer);
    }
    if let Some(numbers) = &which.numbers {
        filter = filter.and_in("t.number", numbers.clone());
    }
    if let Some(ids) = &which.ids {
        filter = filter.and_in("t.id", ids.clone());
    }
    if let Some(outcome) = which.outcome {
        filter = filter.and("t.outcome = ?", vec![outcome.into()]);
    }
    if let Some(is_confirmed) = which.is_confirmed {
        filter = filter.and("t.is_confirmed = ?", vec![is_confirmed.into()]);
    }
    if let Some(before) = which.before {
        filter = filter.and("t.number < ?", vec![before.into()]);
    }
    let filter = which
        .narrowed
        .added_to(filter, viewer)
        .and(TRIAL_VISIBLE, seen_by(viewer))
        .and(HURDLE_VISIBLE, seen_by(viewer))
        .and(SOLUTION_VISIBLE, seen_by(viewer))
        .then("ORDER BY t.number DESC LIMIT ?", vec![at_most.into()]);
    let trials: Vec<Trial> = db.filtered(filter).all().await?;
    Ok(trials.into_iter().map(|one| one.veiled(viewer)).collect())
}

/// The trial with this number.
pub async fn numbered(db: &impl Reads, viewer: &Viewer, number: i64) -> Result<Option<Trial>> {
    let which = Which {
        before: number.checked_add(1),
        ..Which::default()
    };
    let newest = listed(db, viewer, &which, 1).await?;
    Ok(newest.into_iter().find(|one| one.number == number))
}

/// Those of these numbers that the viewer may read, newest first.
pub async fn among(db: &impl Reads, viewer: &Viewer, numbers: &[i64]) -> Result<Vec<Trial>> {
    let which = Which {
        numbers: Some(numbers.to_vec()),
        ..Which::default()
    };
    let at_most = i64::try_from(numbers.len()).unwrap_or(i64::MAX);
    listed(db, viewer, &which, at_most).await
}

/// Those with these ids that the viewer may read, newest first.
pub async fn with_ids(db: &impl Reads, viewer: &Viewer, ids: Vec<String>) -> Result<Vec<Trial>> {
    let at_most = i64::try_from(ids.len()).unwrap_or(i64::MAX);
    let which = Which {
        ids: Some(ids),
        ..Which::default()
    };
    listed(db, viewer, &which, at_most).await
}

/// The bodies that a trial was opened to: id, name and word in addresses, for whoever may read it.
pub async fn readers(db: &impl Reads, trial: &str) -> Result<Vec<(String, String, String)>> {
    db.query(
        "SELECT o.id, o.short_name, o.slug
         FROM trial_reader x
         JOIN organisation o ON o.id = x.organisation_id
         WHERE x.trial_id = $1
         ORDER BY o.sort_key",
    )
    .bind(trial)
    .all()
    .await
}

/// Trials of the same body, hurdle and solution that may be told twice; the viewer may read them.
pub async fn alike(
    db: &impl Reads,
    viewer: &Viewer,
    hurdle: i64,
    solution: i64,
    organisation: &str,
) -> Result<Vec<Trial>> {
    let which = Which {
        hurdle: Some(hurdle),
        solution: Some(solution),
        organisation: Some(organisation),
        ..Which::default()
    };
    listed(db, viewer, &which, 20).await
}

/// Trials of the viewer's that wait for "did it work?", the longest waiting first.
pub async fn asked_about(
    db: &impl Reads,
    viewer: &Viewer,
    now: crate::time::Moment,
) -> Result<Vec<(i64, String)>> {
    if !viewer.is_member() {
        return Ok(Vec::new());
    }
    db.query(
        "SELECT t.number, r.title
         FROM trial t
         JOIN record r ON r.number = t.hurdle AND r.kind = 'hurdle'
         WHERE t.author_id = $1 AND t.outcome = 'too-early' AND t.ask_at <= $2
         ORDER BY t.ask_at, t.number
         LIMIT 50",
    )
    .bind(viewer.id())
    .bind(now)
    .all()
    .await
}

/// How many told of a hurdle without a name: bodies, each once.
pub async fn unnamed(db: &impl Reads, hurdle: i64) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(DISTINCT organisation_id) FROM trial
             WHERE hurdle = $1 AND visibility = 'public' AND is_named = FALSE AND is_confirmed",
        )
        .bind(hurdle)
        .one()
        .await?;
    Ok(row.0)
}

/// The years in which a hurdle's public trials happened, the newest first: each is found in the index
/// from the one before, however many trials there are.
pub async fn years(db: &impl Reads, hurdle: i64) -> Result<Vec<(i64,)>> {
    db.query(
        "WITH RECURSIVE told (year) AS (
             SELECT max(year) FROM trial WHERE hurdle = $1 AND visibility = 'public'
             UNION ALL
             SELECT (SELECT max(t.year) FROM trial t
                     WHERE t.hurdle = $1 AND t.visibility = 'public' AND t.year < told.year)
             FROM told WHERE told.year IS NOT NULL
         )
         SELECT year FROM told WHERE year IS NOT NULL LIMIT 30",
    )
    .bind(hurdle)
    .all()
    .await
}

/// The services in which a hurdle's public, named trials happened, by name, found in the same way.
pub async fn services(db: &impl Reads, hurdle: i64) -> Result<Vec<(String,)>> {
    db.query(
        "WITH RECURSIVE told (service) AS (
             SELECT min(service) FROM trial
             WHERE hurdle = $1 AND visibility = 'public' AND is_named = TRUE AND service > ''
             UNION ALL
             SELECT (SELECT min(t.service) FROM trial t
                     WHERE t.hurdle = $1 AND t.visibility = 'public' AND t.is_named = TRUE
                     AND t.service > told.service)
             FROM told WHERE told.service IS NOT NULL
         )
         SELECT service FROM told WHERE service IS NOT NULL LIMIT 50",
    )
    .bind(hurdle)
    .all()
    .await
}
