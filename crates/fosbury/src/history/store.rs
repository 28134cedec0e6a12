//! Texts and revisions in the database. `$1` and `$2` are always the viewer's.

use db::{Filter, Reads, Result, Tx, Value};

use super::model::{Record, RecordId, Revision};
use crate::subjects::SubjectRef;
use crate::time::Moment;
use crate::viewer::Viewer;

/// The record of this kind and number, if this viewer may know of it.
pub async fn record(
    db: &impl Reads,
    viewer: &Viewer,
    kind: &str,
    number: i64,
) -> Result<Option<Record>> {
    db.query(
        "SELECT id, kind, number, title, slug, summary, visibility, author_id, is_unfinished,
                state, into_number, head, made_at, changed_at, licence, credit, is_demo
         FROM record
         WHERE kind = $3 AND number = $4
         AND (visibility = 'public' OR (visibility = 'members' AND $1) OR author_id = $2)",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(kind)
    .bind(number)
    .one_or_none()
    .await
}

/// The same without a viewer, for the index and for changes that were allowed already.
pub async fn record_by_id(db: &impl Reads, id: &RecordId) -> Result<Option<Record>> {
    db.query(
        "SELECT id, kind, number, title, slug, summary, visibility, author_id, is_unfinished,
                state, into_number, head, made_at, changed_at, licence, credit, is_demo
         FROM record
         WHERE id = $1",
    )
    .bind(id)
    .one_or_none()
    .await
}

/// One revision of a record.
pub async fn revision(db: &impl Reads, id: &RecordId, seq: i64) -> Result<Option<Revision>> {
    db.query(
        "SELECT v.seq, v.act, v.parts, v.summary, v.is_minor, v.author_id,
                coalesce(p.name, v.author_name), v.at, v.other_seq, v.added, v.removed,
                v.erased_at, v.erased_why
         FROM revision v
         LEFT JOIN person p ON p.id = v.author_id
         WHERE v.record_id = $1 AND v.seq = $2",
    )
    .bind(id)
    .bind(seq)
    .one_or_none()
    .await
}

/// The revisions of a record before `before`, newest first.
pub async fn revisions(
    db: &impl Reads,
    id: &RecordId,
    before: i64,
    at_most: i64,
) -> Result<Vec<Revision>> {
    db.query(
        "SELECT v.seq, v.act, v.parts, v.summary, v.is_minor, v.author_id,
                coalesce(p.name, v.author_name), v.at, v.other_seq, v.added, v.removed,
                v.erased_at, v.erased_why
         FROM revision v
         LEFT JOIN person p ON p.id = v.author_id
         WHERE v.record_id = $1 AND v.seq < $2
         ORDER BY v.seq DESC
         LIMIT $3",
    )
    .bind(id)
    .bind(before)
    .bind(at_most)
    .all()
    .await
}

/// A record as lists show it.
#[derive(Clone, Debug)]
pub struct Listed {
    /// `hurdle`, `solution`, `guide`.
    pub kind: String,
    /// For ever.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// Its first sentence.
    pub summary: String,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
}
db::columns!(Listed {
    kind,
    number,
    title,
    slug,
    summary,
    is_unfinished
});

impl Listed {
    /// Its address.
    pub fn address(&self) -> String {
        SubjectRef::new(&self.kind, self.number).address(&self.slug)
    }
}

const VISIBLE: &str =
    "r.visibility = 'public' OR (r.visibility = 'members' AND ?) OR r.author_id = ?";

fn seen_by(viewer: &Viewer) -> Vec<Value> {
    vec![viewer.is_member().into(), viewer.id().into()]
}

/// Live records of a kind by title, those after `after` in that order.
pub async fn listed(
    db: &impl Reads,
    viewer: &Viewer,
    kind: &str,
    after: i64,
    at_most: i64,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.kind = $3 AND r.number > $4 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         ORDER BY r.number
         LIMIT $5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(kind)
    .bind(after)
    .bind(at_most)
    .all()
    .await
}

/// How many live records of a kind this viewer may read.
pub async fn count(db: &impl Reads, viewer: &Viewer, kind: &str) -> Result<i64> {
    let row: (i64,) = db
        .query(
            "SELECT count(*)
             FROM record r
             WHERE r.kind = $3 AND r.state = 'live'
             AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)",
        )
        .bind(viewer.is_member())
        .bind(viewer.id())
        .bind(kind)
        .one()
        .await?;
    Ok(row.0)
}

/// The records of a kind among these numbers, live or not: what links need to know.
pub async fn among(
    db: &impl Reads,
    viewer: &Viewer,
    kind: &str,
    numbers: &[i64],
) -> Result<Vec<Record>> {
    let filter = Filter::new(
        "SELECT id, kind, number, title, slug, summary, visibility, author_id, is_unfinished,
                state, into_number, head, made_at, changed_at, licence, credit, is_demo
         FROM record r",
    )
    .and("r.kind = ?", vec![kind.into()])
    .and(VISIBLE, seen_by(viewer))
    .and_in("r.number", numbers.to_vec());
    db.filtered(filter).all().await
}

/// The records with these ids that are live and visible to the viewer.
pub async fn with_ids(
    db: &impl Reads,
    viewer: &Viewer,
    ids: &[String],
) -> Result<Vec<(String, Listed)>> {
    let filter = Filter::new(
        "SELECT r.id, r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished FROM record r",
    )
    .and("r.state = 'live'", Vec::new())
    .and(VISIBLE, seen_by(viewer))
    .and_in("r.id", ids.to_vec());
    let rows: Vec<WithId> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().map(|row| (row.id, row.listed)).collect())
}

struct WithId {
    id: String,
    listed: Listed,
}

impl db::FromRow for WithId {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.take()?,
            listed: Listed::from_row(row)?,
        })
    }
}

/// Live records that link to this one.
pub async fn linking_here(
    db: &impl Reads,
    viewer: &Viewer,
    to: &SubjectRef,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record_link l
         JOIN record r ON r.id = l.from_id
         WHERE l.to_kind = $3 AND l.to_number = $4 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         ORDER BY r.kind, r.number
         LIMIT 60",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(&to.kind)
    .bind(to.number)
    .all()
    .await
}

/// Live records of the same kind that share most tags with this one.
pub async fn sharing_tags(
    db: &impl Reads,
    viewer: &Viewer,
    record: &Record,
) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         JOIN tag t ON t.record_id = r.id
         WHERE t.name IN (SELECT name FROM tag WHERE record_id = $3)
         AND r.kind = $4 AND r.id <> $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         GROUP BY r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         ORDER BY count(*) DESC, r.number
         LIMIT 5",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(&record.id)
    .bind(&record.kind)
    .all()
    .await
}

/// The tags of a record, by name.
pub async fn tags_of(db: &impl Reads, id: &RecordId) -> Result<Vec<String>> {
    let rows: Vec<(String,)> = db
        .query("SELECT name FROM tag WHERE record_id = $1 ORDER BY name")
        .bind(id)
        .all()
        .await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// All tags with the number of live records this viewer may read under each.
pub async fn tags(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT t.name, count(*)
         FROM tag t
         JOIN record r ON r.id = t.record_id
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         GROUP BY t.name
         ORDER BY t.name",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Live records with this tag, by kind and number.
pub async fn tagged(db: &impl Reads, viewer: &Viewer, tag: &str) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM tag t
         JOIN record r ON r.id = t.record_id
         WHERE t.name = $3 AND r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         ORDER BY r.kind, r.number
         LIMIT 500",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(tag)
    .all()
    .await
}

/// Those of these sort keys that are the title of a live page which everybody may read.
pub async fn written(db: &impl Reads, sort_keys: Vec<String>) -> Result<Vec<String>> {
    let filter = Filter::new("SELECT sort_key FROM record")
        .and("state = 'live' AND visibility = 'public'", Vec::new())
        .and_in("sort_key", sort_keys);
    let rows: Vec<(String,)> = db.filtered(filter).all().await?;
    Ok(rows.into_iter().map(|row| row.0).collect())
}

/// Records of one kind, or of all, whose title sorts like this one.
pub async fn titled(db: &impl Reads, sort_key: &str) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT kind, number FROM record
         WHERE sort_key = $1 AND state = 'live' AND visibility = 'public'
         ORDER BY kind, number
         LIMIT 2",
    )
    .bind(sort_key)
    .all()
    .await
}

/// Titles that are linked to and not written yet, with how often.
pub async fn wanted(db: &impl Reads, viewer: &Viewer) -> Result<Vec<(String, i64)>> {
    db.query(
        "SELECT w.title, count(*)
         FROM wanted w
         JOIN record r ON r.id = w.from_id
         WHERE r.state = 'live'
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         GROUP BY w.title
         ORDER BY count(*) DESC, w.title
         LIMIT 200",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .all()
    .await
}

/// Live records of this kind that nothing links to.
pub async fn orphans(db: &impl Reads, viewer: &Viewer, kind: &str) -> Result<Vec<Listed>> {
    db.query(
        "SELECT r.kind, r.number, r.title, r.slug, r.summary, r.is_unfinished
         FROM record r
         WHERE r.kind = $3 AND r.state = 'live'
         AND NOT EXISTS (
             SELECT 1 FROM record_link l WHERE l.to_kind = r.kind AND l.to_number = r.number
         )
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2)
         ORDER BY r.number
         LIMIT 200",
    )
    .bind(viewer.is_member())
    .bind(viewer.id())
    .bind(kind)
    .all()
    .await
}

/// The next number of a kind: given once, never again.
pub async fn next_number(tx: &Tx, kind: &str) -> Result<i64> {
    let row: (i64,) = tx
        .query(
            "INSERT INTO counter (name, value) VALUES ($1, 1)
             ON CONFLICT (name) DO UPDATE SET value = counter.value + 1
             RETURNING value",
        )
        .bind(kind)
        .one()
        .await?;
    Ok(row.0)
}

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
    let position = next_number(tx, "index-position").await?;
    tx.query("INSERT INTO index_change (position, record_id) VALUES ($1, $2)")
        .bind(position)
        .bind(id)
        .run()
        .await?;
    Ok(position)
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

/// A change as lists and feeds of changes show it.
#[derive(Clone, Debug)]
pub struct Changed {
    /// The record's id.
    pub id: RecordId,
    /// Its kind.
    pub kind: String,
    /// Its number.
    pub number: i64,
    /// Today's title.
    pub title: String,
    /// The title's words in addresses.
    pub slug: String,
    /// The revision.
    pub revision: Revision,
}

impl db::FromRow for Changed {
    fn from_row(row: &mut db::Row<'_>) -> Result<Self> {
        Ok(Self {
            id: row.take()?,
            kind: row.take()?,
            number: row.take()?,
            title: row.take()?,
            slug: row.take()?,
            revision: Revision::from_row(row)?,
        })
    }
}

impl Changed {
    /// The record's address.
    pub fn address(&self) -> String {
        SubjectRef::new(&self.kind, self.number).address(&self.slug)
    }
}

/// Which changes to list.
#[derive(Clone, Debug, Default)]
pub struct Which<'a> {
    /// Only records of this kind.
    pub kind: Option<&'a str>,
    /// Only records with this tag.
    pub tag: Option<&'a str>,
    /// Only first revisions.
    pub is_new_only: bool,
    /// No small ones.
    pub is_without_minor: bool,
    /// Only changes that stand after this one in the list.
    pub before: Option<Cursor<'a>>,
}

/// A place in the list of changes: a moment, a record's id, a revision's number.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a>(i64, &'a str, i64);

impl<'a> Cursor<'a> {
    /// As addresses carry it.
    pub fn parse(written: &'a str) -> Option<Self> {
        let (at, rest) = written.split_once('_')?;
        let (id, seq) = rest.split_once('_')?;
        Some(Self(at.parse().ok()?, id, seq.parse().ok()?))
    }

    /// The place of this change, for an address.
    pub fn written(changed: &Changed) -> String {
        let revision = &changed.revision;
        format!("{}_{}_{}", revision.at.0, changed.id.0, revision.seq)
    }
}

/// The newest changes that this viewer may read.
pub async fn changes(
    db: &impl Reads,
    viewer: &Viewer,
    which: &Which<'_>,
    at_most: i64,
) -> Result<Vec<Changed>> {
    let mut filter = Filter::new(
        "SELECT r.id, r.kind, r.number, r.title, r.slug, v.seq, v.act, v.parts, v.summary,
                v.is_minor, v.author_id, coalesce(p.name, v.author_name), v.at, v.other_seq,
                v.added, v.removed, v.erased_at, v.erased_why
         FROM revision v
         JOIN record r ON r.id = v.record_id
         LEFT JOIN person p ON p.id = v.author_id",
    )
    .and(VISIBLE, seen_by(viewer));
    if let Some(kind) = which.kind {
        filter = filter.and("r.kind = ?", vec![kind.into()]);
    }
    if let Some(tag) = which.tag {
        filter = filter.and(
            "r.id IN (SELECT record_id FROM tag WHERE name = ?)",
            vec![tag.into()],
        );
    }
    if which.is_new_only {
        filter = filter.and("v.seq = 1", Vec::new());
    }
    if which.is_without_minor {
        filter = filter.and("NOT v.is_minor", Vec::new());
    }
    if let Some(Cursor(at, id, seq)) = which.before {
        filter = filter.and(
            "v.at < ? OR (v.at = ? AND (v.record_id < ? OR (v.record_id = ? AND v.seq < ?)))",
            vec![at.into(), at.into(), id.into(), id.into(), seq.into()],
        );
    }
    let filter = filter.then(
        "ORDER BY v.at DESC, v.record_id DESC, v.seq DESC LIMIT ?",
        vec![at_most.into()],
    );
    db.filtered(filter).all().await
}
