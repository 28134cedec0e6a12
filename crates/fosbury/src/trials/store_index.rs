//! Trials as the index reads them, whoever may see them.

use db::{Db, Reads, Result};

use crate::store_log;
use crate::viewer::OrganisationId;

/// Trials noted in one change.
const AT_ONCE: i64 = 500;

/// A trial with words of its own, and what says who may read it.
#[derive(Clone, Debug)]
pub struct Indexed {
    /// Its number.
    pub number: i64,
    /// What was done differently.
    pub differently: String,
    /// What was learned.
    pub learned: String,
    /// In which part of the body.
    pub service: String,
    /// What people call the body.
    pub organisation: String,
    /// Its whole name.
    pub organisation_name: String,
    /// What came of it.
    pub outcome: String,
    /// Whether the body may be named.
    pub is_named: bool,
    /// Who may read it.
    pub visibility: String,
    /// Who told it.
    pub author_id: Option<String>,
    /// The id of its hurdle.
    pub hurdle_id: String,
    /// Who may see that.
    pub hurdle_visibility: String,
    /// Who wrote that.
    pub hurdle_author: Option<String>,
    /// The id of its solution; nothing for a way of their own.
    pub solution_id: String,
    /// Who may see that.
    pub solution_visibility: String,
    /// Who wrote that.
    pub solution_author: Option<String>,
}
db::columns!(Indexed {
    number,
    differently,
    learned,
    service,
    organisation,
    organisation_name,
    outcome,
    is_named,
    visibility,
    author_id,
    hurdle_id,
    hurdle_visibility,
    hurdle_author,
    solution_id,
    solution_visibility,
    solution_author,
});

/// The trial with this id, if it has words of its own and all that it is about can be read.
pub async fn indexed(db: &impl Reads, id: &str) -> Result<Option<Indexed>> {
    db.query(
        "SELECT t.number, t.differently, t.learned, t.service, o.short_name, o.name, t.outcome,
                t.is_named, t.visibility, t.author_id, h.id, h.visibility, h.author_id,
                coalesce(s.id, ''), coalesce(s.visibility, ''), s.author_id
         FROM trial t
         JOIN organisation o ON o.id = t.organisation_id
         JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
         LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
         WHERE t.id = $1 AND (t.learned <> '' OR t.differently <> '')
         AND h.state = 'live' AND (t.solution = 0 OR s.state = 'live')",
    )
    .bind(id)
    .one_or_none()
    .await
}

/// Notes that the trials of a body go by another name: those with words of their own are indexed again.
pub async fn renamed(db: &Db, body: &OrganisationId) -> Result<()> {
    let mut after = 0;
    loop {
        let trials: Vec<(String, i64)> = db
            .query(
                "SELECT id, number FROM trial
                 WHERE organisation_id = $1 AND number > $2
                 AND (learned <> '' OR differently <> '')
                 ORDER BY number
                 LIMIT $3",
            )
            .bind(body)
            .bind(after)
            .bind(AT_ONCE)
            .all()
            .await?;
        let Some((_, last)) = trials.last() else {
            return Ok(());
        };
        after = *last;
        let tx = db.begin().await?;
        for (id, _) in &trials {
            store_log::changed(&tx, id).await?;
        }
        tx.commit().await?;
    }
}

/// The bodies that a trial was opened to.
pub async fn readers(db: &impl Reads, id: &str) -> Result<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = db
        .query(
            "SELECT organisation_id FROM trial_reader
             WHERE trial_id = $1
             ORDER BY organisation_id",
        )
        .bind(id)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// How many trials the index should hold.
pub async fn count(db: &impl Reads) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*)
             FROM trial t
             JOIN record h ON h.kind = 'hurdle' AND h.number = t.hurdle
             LEFT JOIN record s ON s.kind = 'solution' AND s.number = t.solution
             WHERE (t.learned <> '' OR t.differently <> '')
             AND h.state = 'live' AND (t.solution = 0 OR s.state = 'live')",
        )
        .one()
        .await?;
    Ok(row.0)
}
