//! Which bodies' people may read a record that is not for everybody.

use db::{Reads, Result, Tx, Value};

use crate::viewer::OrganisationId;

/// The bodies that a record was opened to.
pub async fn of(db: &impl Reads, record: &str) -> Result<Vec<OrganisationId>> {
    let rows: Vec<(OrganisationId,)> = db
        .query(
            "SELECT organisation_id FROM record_reader
             WHERE record_id = $1
             ORDER BY organisation_id",
        )
        .bind(record)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Their names and addresses, for whoever may read the record.
pub async fn named(db: &impl Reads, record: &str) -> Result<Vec<(String, String)>> {
    db.query(
        "SELECT o.short_name, o.slug
         FROM record_reader x
         JOIN organisation o ON o.id = x.organisation_id
         WHERE x.record_id = $1
         ORDER BY o.sort_key",
    )
    .bind(record)
    .all()
    .await
}

/// Opens a record to these bodies, and to no others.
pub async fn replace(tx: &Tx, record: &str, readers: &[OrganisationId]) -> Result<()> {
    tx.query("DELETE FROM record_reader WHERE record_id = $1")
        .bind(record)
        .run()
        .await?;
    let rows = readers
        .iter()
        .map(|body| vec![Value::from(record), body.into()]);
    tx.insert_many(
        "record_reader (record_id, organisation_id)",
        2,
        rows.collect(),
    )
    .await
}
