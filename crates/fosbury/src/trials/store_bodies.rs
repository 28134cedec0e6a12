//! Bodies as they are compared, and for which of them somebody wants to see what worked.

use db::{Reads, Result, Tx};

use crate::viewer::{OrganisationId, PersonId};

/// The bodies of today: id, type, nation, people.
pub async fn of_today(
    db: &impl Reads,
    today: &str,
) -> Result<Vec<(String, String, String, Option<i64>)>> {
    db.query(
        "SELECT id, kind_name, nation, population FROM organisation
         WHERE end_on = '' OR end_on > $1
         ORDER BY id",
    )
    .bind(today)
    .all()
    .await
}

/// Every figure of every body: whose, what, how much.
pub async fn figures(db: &impl Reads) -> Result<Vec<(String, String, f64)>> {
    db.query(
        "SELECT organisation_id, name, value FROM organisation_figure
         ORDER BY organisation_id, name",
    )
    .all()
    .await
}

/// Names and words in addresses of some bodies.
pub async fn named(db: &impl Reads, ids: Vec<String>) -> Result<Vec<(String, String, String)>> {
    let filter = db::Filter::new("SELECT id, short_name, slug FROM organisation")
        .and_in("id", ids)
        .then("ORDER BY sort_key", Vec::new());
    db.filtered(filter).all().await
}

/// Types and nations of bodies, for tables: id, type in words, nation.
pub async fn kinds(db: &impl Reads) -> Result<Vec<(String, String, String)>> {
    db.query("SELECT id, kind_name, nation FROM organisation ORDER BY id")
        .all()
        .await
}

/// For which body a person wants to see what worked: chosen, or else where they work.
pub async fn chosen(db: &impl Reads, person: &PersonId) -> Result<Option<String>> {
    let row: Option<(String,)> = db
        .query(
            "SELECT o.slug
             FROM (
                 SELECT organisation_id, 0 AS place FROM chosen_body WHERE person_id = $1
                 UNION ALL
                 SELECT organisation_id, 1 AS place FROM membership
                 WHERE person_id = $1 AND is_confirmed
             ) c
             JOIN organisation o ON o.id = c.organisation_id
             ORDER BY c.place, o.sort_key
             LIMIT 1",
        )
        .bind(person)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0))
}

/// Keeps the choice with the account.
pub async fn choose(tx: &Tx, person: &PersonId, body: &OrganisationId) -> Result<()> {
    tx.query(
        "INSERT INTO chosen_body (person_id, organisation_id) VALUES ($1, $2)
         ON CONFLICT (person_id) DO UPDATE SET organisation_id = excluded.organisation_id",
    )
    .bind(person)
    .bind(body)
    .run()
    .await?;
    Ok(())
}

/// Forgets the choice.
pub async fn choose_none(tx: &Tx, person: &PersonId) -> Result<()> {
    tx.query("DELETE FROM chosen_body WHERE person_id = $1")
        .bind(person)
        .run()
        .await?;
    Ok(())
}

/// What changes when bodies or their figures do: numbers to compare with those of before.
pub async fn fingerprint(db: &impl Reads) -> Result<(i64, i64, i64, f64, f64)> {
    db.query(
        "SELECT (SELECT count(*) FROM organisation),
                (SELECT CAST(coalesce(sum(population), 0) AS BIGINT) FROM organisation),
                (SELECT count(*) FROM organisation WHERE end_on <> ''),
                (SELECT coalesce(sum(value), 0.0) FROM organisation_figure),
                (SELECT coalesce(sum(value * value), 0.0) FROM organisation_figure)",
    )
    .one()
    .await
}
