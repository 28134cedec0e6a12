//! What `fosbury check` reads: every record and every chain, whatever its visibility.

use db::{Reads, Result};

use super::model::RecordId;
use crate::time::Moment;

/// All records: id, a name for people, head.
pub async fn records(db: &impl Reads) -> Result<Vec<(String, String, i64)>> {
    db.query("SELECT id, kind || ' ' || number, head FROM record ORDER BY kind, number")
        .all()
        .await
}

/// One link of a chain of revisions.
#[derive(Clone, Debug)]
pub struct Link {
    /// The revision's number.
    pub seq: i64,
    /// Its parts, unless erased.
    pub parts: Option<String>,
    /// Its author's name.
    pub author_name: String,
    /// Its author's id, if they had an account.
    pub author_id: Option<String>,
    /// When it was saved.
    pub at: Moment,
    /// The hash of its parts.
    pub content_hash: String,
    /// The hash that chains it to the one before.
    pub chain_hash: String,
}
db::columns!(Link {
    seq,
    parts,
    author_name,
    author_id,
    at,
    content_hash,
    chain_hash
});

/// The chain of a record, oldest first.
pub async fn chain(db: &impl Reads, id: &RecordId) -> Result<Vec<Link>> {
    db.query(
        "SELECT seq, parts, author_name, author_id, at, content_hash, chain_hash
         FROM revision
         WHERE record_id = $1
         ORDER BY seq",
    )
    .bind(id)
    .all()
    .await
}
