//! Whether what is kept of evidence is what its texts say: for `fosbury check`.

use std::collections::BTreeSet;

use db::{Reads, Result};

use super::model::ties;
use crate::history::model::Parts;

/// How many items were looked at, and a line for each whose ties are not those of its text.
pub async fn faults(db: &impl Reads) -> Result<(usize, Vec<String>)> {
    let heads: Vec<(i64, Option<String>)> = db
        .query(
            "SELECT r.number, v.parts FROM record r
             JOIN revision v ON v.record_id = r.id AND v.seq = r.head
             WHERE r.kind = 'evidence'
             ORDER BY r.number",
        )
        .all()
        .await?;
    let kept: Vec<(i64, String, i64)> = db
        .query("SELECT evidence, kind, number FROM evidence_tie WHERE kind <> 'trial'")
        .all()
        .await?;
    let mut kept: BTreeSet<(i64, String, i64)> = kept.into_iter().collect();
    let mut wrong = BTreeSet::new();
    for (number, parts) in &heads {
        let parts = parts.as_deref().map(Parts::from_json).unwrap_or_default();
        for (kind, about) in ties(&parts)
            .into_iter()
            .filter(|(kind, _)| *kind != "trial")
        {
            if !kept.remove(&(*number, kind.to_owned(), about)) {
                wrong.insert(*number);
            }
        }
    }
    wrong.extend(kept.into_iter().map(|(number, _, _)| number));
    let about_nothing: Vec<(i64,)> = db
        .query(
            "SELECT t.evidence FROM evidence_tie t
             LEFT JOIN trial o ON o.number = t.number
             LEFT JOIN evidence e ON e.number = t.evidence
             WHERE t.kind = 'trial' AND (o.number IS NULL OR e.number IS NULL)",
        )
        .all()
        .await?;
    wrong.extend(about_nothing.into_iter().map(|row| row.0));
    let out_of_order: Vec<(i64,)> = db
        .query(
            "SELECT t.evidence FROM evidence_tie t
             JOIN evidence e ON e.number = t.evidence
             WHERE e.weight <> t.weight OR e.told_on <> t.told_on",
        )
        .all()
        .await?;
    wrong.extend(out_of_order.into_iter().map(|row| row.0));
    let told = wrong.into_iter();
    let told =
        told.map(|number| format!("what evidence {number} is about is not what its text says"));
    Ok((heads.len(), told.collect()))
}
