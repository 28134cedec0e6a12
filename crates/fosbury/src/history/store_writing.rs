//! Writing texts and revisions: each of these is a step of somebody's change.

use db::{Reads, Result, Tx};

use super::model::{Record, RecordId};
use crate::store_log;
use crate::subjects::SubjectRef;
use crate::time::Moment;

/// Makes sure that numbers up to this one are never given again.
pub async fn reserve_number(tx: &Tx, kind: &str, number: i64) -> Result<()> {
    tx.query(
        "INSERT INTO counter (name, value) VALUES ($1, $2)
         ON CONFLICT (name) DO UPDATE SET value = excluded.value
         WHERE counter.value < excluded.value",
    )
    .bind(kind)
    .bind(number)
    .run()
    .await?;
    Ok(())
}

/// Writes a new record; its head is the revision that follows in the same change.
pub async fn insert_record(tx: &Tx, record: &Record, sort_key: &str) -> Result<()> {
    tx.query(
        "INSERT INTO record (
             id, kind, number, title, slug, sort_key, summary, visibility, author_id,
             is_unfinished, state, into_number, head, made_at, changed_at, licence, credit, is_demo
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)",
    )
    .bind(&record.id)
    .bind(&record.kind)
    .bind(record.number)
    .bind(&record.title)
    .bind(&record.slug)
    .bind(sort_key)
    .bind(&record.summary)
    .bind(&record.visibility)
    .bind(record.author_id.clone())
    .bind(record.is_unfinished)
    .bind(&record.state)
    .bind(record.into_number)
    .bind(record.head)
    .bind(record.made_at)
    .bind(record.changed_at)
    .bind(&record.licence)
    .bind(&record.credit)
    .bind(record.is_demo)
    .run()
    .await?;
    Ok(())
}

/// Moves a record on from `from` to its new head; false when somebody else was first.
pub async fn move_head(tx: &Tx, record: &Record, sort_key: &str, from: i64) -> Result<bool> {
    let before: Option<(String, String)> = tx
        .query("SELECT state, visibility FROM record WHERE id = $1")
        .bind(&record.id)
        .one_or_none()
        .await?;
    let moved = tx
        .query(
            "UPDATE record
             SET title = $3, slug = $4, sort_key = $5, summary = $6, visibility = $7,
                 is_unfinished = $8, state = $9, into_number = $10, head = $11, changed_at = $12
             WHERE id = $1 AND head = $2",
        )
        .bind(&record.id)
        .bind(from)
        .bind(&record.title)
        .bind(&record.slug)
        .bind(sort_key)
        .bind(&record.summary)
        .bind(&record.visibility)
        .bind(record.is_unfinished)
        .bind(&record.state)
        .bind(record.into_number)
        .bind(record.head)
        .bind(record.changed_at)
        .run()
        .await?;
    let now = (record.state.clone(), record.visibility.clone());
    let is_for_bodies = ["bodies", "own-organisation"].contains(&record.visibility.as_str());
    if moved == 1 && (is_for_bodies || before.is_some_and(|before| before != now)) {
        store_log::trials_changed(tx, &record.kind, record.number).await?;
    }
    Ok(moved == 1)
}

/// A revision about to be written.
pub struct NewRevision<'a> {
    /// Of which record.
    pub record_id: &'a RecordId,
    /// Its number.
    pub seq: i64,
    /// What made it.
    pub act: &'a str,
    /// Its parts as stored.
    pub parts: &'a str,
    /// Why.
    pub summary: &'a str,
    /// Whether it is small.
    pub is_minor: bool,
    /// Who.
    pub author_id: Option<&'a str>,
    /// Who, in words.
    pub author_name: &'a str,
    /// When.
    pub at: Moment,
    /// The revision restored or undone.
    pub other_seq: Option<i64>,
    /// Words added and taken away.
    pub stat: (usize, usize),
    /// The hash of its parts.
    pub content_hash: &'a str,
    /// The hash that chains it to the one before.
    pub chain_hash: &'a str,
}

/// Writes a revision.
pub async fn insert_revision(tx: &Tx, new: &NewRevision<'_>) -> Result<()> {
    tx.query(
        "INSERT INTO revision (
             record_id, seq, act, parts, summary, is_minor, author_id, author_name, at, other_seq,
             added, removed, content_hash, chain_hash
         )
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)",
    )
    .bind(new.record_id)
    .bind(new.seq)
    .bind(new.act)
    .bind(new.parts)
    .bind(new.summary)
    .bind(new.is_minor)
    .bind(new.author_id)
    .bind(new.author_name)
    .bind(new.at)
    .bind(new.other_seq)
    .bind(new.stat.0)
    .bind(new.stat.1)
    .bind(new.content_hash)
    .bind(new.chain_hash)
    .run()
    .await?;
    Ok(())
}

/// The hash that the next revision chains to.
pub async fn chain_at(tx: &Tx, id: &RecordId, seq: i64) -> Result<String> {
    let row: Option<(String,)> = tx
        .query("SELECT chain_hash FROM revision WHERE record_id = $1 AND seq = $2")
        .bind(id)
        .bind(seq)
        .one_or_none()
        .await?;
    Ok(row.map(|row| row.0).unwrap_or_default())
}

/// Replaces what this record links to, wants and is tagged with.
pub async fn replace_links(
    tx: &Tx,
    id: &RecordId,
    links: &[SubjectRef],
    wanted: &[String],
    tags: &[String],
) -> Result<()> {
    tx.query("DELETE FROM record_link WHERE from_id = $1")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM wanted WHERE from_id = $1")
        .bind(id)
        .run()
        .await?;
    tx.query("DELETE FROM tag WHERE record_id = $1")
        .bind(id)
        .run()
        .await?;
    let links = links
        .iter()
        .map(|to| vec![id.into(), (&to.kind).into(), to.number.into()]);
    tx.insert_many(
        "record_link (from_id, to_kind, to_number)",
        3,
        links.collect(),
    )
    .await?;
    let wanted = wanted.iter().map(|title| vec![id.into(), title.into()]);
    tx.insert_many("wanted (from_id, title)", 2, wanted.collect())
        .await?;
    let tags = tags.iter().map(|tag| vec![id.into(), tag.into()]);
    tx.insert_many("tag (record_id, name)", 2, tags.collect())
        .await
}

/// Tells the index that a record changed; the position orders all changes by their commits.
pub async fn index_changed(tx: &Tx, id: &RecordId) -> Result<i64> {
    store_log::changed(tx, &id.0).await
}

/// Replaces a revision's text by a dated tombstone; its hashes stay.
pub async fn erase_revision(
    tx: &Tx,
    id: &RecordId,
    seq: i64,
    by: &str,
    why: &str,
    at: Moment,
) -> Result<u64> {
    // What a wiki brought along said in the same revision goes with it.
    tx.query("UPDATE wiki_text SET words = NULL WHERE record_id = $1 AND seq = $2")
        .bind(id)
        .bind(seq)
        .run()
        .await?;
    tx.query(
        "UPDATE revision
         SET parts = NULL, summary = '', erased_at = $3, erased_by = $4, erased_why = $5
         WHERE record_id = $1 AND seq = $2 AND parts IS NOT NULL",
    )
    .bind(id)
    .bind(seq)
    .bind(at)
    .bind(by)
    .bind(why)
    .run()
    .await
}

/// Forgets what a record's own row says of its words; `title` is what it is called from now on.
pub async fn forget_words(tx: &Tx, id: &RecordId, title: &str) -> Result<()> {
    tx.query("UPDATE record SET title = $2, slug = '', sort_key = '', summary = '' WHERE id = $1")
        .bind(id)
        .bind(title)
        .run()
        .await?;
    Ok(())
}
