//! Texts and revisions in the database. `$1` and `$2` are always the viewer's.

use db::{Filter, Reads, Result, Value};

use super::model::{Record, RecordId, Revision};
pub use super::store_changes::{Changed, Cursor, Which, changes};
pub use super::store_lists::{
    begun_at, linking_here, orphans, sharing_tags, tagged, tags, titled, wanted, written,
};
pub use super::store_writing::{
    NewRevision, chain_at, erase_revision, forget_words, index_changed, insert_record,
    insert_revision, move_head, replace_links, reserve_number,
};
use crate::subjects::SubjectRef;
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
         AND (visibility = 'public' OR (visibility = 'members' AND $1) OR author_id = $2
             OR (visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = record.id AND m.person_id = $2 AND m.is_confirmed)))",
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
                coalesce(p.name, w.name, v.author_name), v.at, v.other_seq, v.added, v.removed,
                v.erased_at, v.erased_why
         FROM revision v
         LEFT JOIN person p ON p.id = v.author_id
         LEFT JOIN wiki_page k ON k.record_id = v.record_id AND v.author_id IS NULL
         LEFT JOIN wiki_author a ON a.wiki_id = k.wiki_id AND a.name = v.author_name
             AND a.confirmed_at IS NOT NULL
         LEFT JOIN person w ON w.id = a.person_id
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
                coalesce(p.name, w.name, v.author_name), v.at, v.other_seq, v.added, v.removed,
                v.erased_at, v.erased_why
         FROM revision v
         LEFT JOIN person p ON p.id = v.author_id
         LEFT JOIN wiki_page k ON k.record_id = v.record_id AND v.author_id IS NULL
         LEFT JOIN wiki_author a ON a.wiki_id = k.wiki_id AND a.name = v.author_name
             AND a.confirmed_at IS NOT NULL
         LEFT JOIN person w ON w.id = a.person_id
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

/// The condition that a record `r` may be read by a viewer, for [`Filter`]s; [`seen_by`] has its
/// values. Statements written out say the same.
pub const VISIBLE: &str =
    "r.visibility = 'public' OR (r.visibility = 'members' AND ?) OR r.author_id = ?
     OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
         SELECT 1 FROM record_reader x
         JOIN membership m ON m.organisation_id = x.organisation_id
         WHERE x.record_id = r.id AND m.person_id = ? AND m.is_confirmed))";

/// What [`VISIBLE`] asks of the viewer.
pub fn seen_by(viewer: &Viewer) -> Vec<Value> {
    vec![
        viewer.is_member().into(),
        viewer.id().into(),
        viewer.id().into(),
    ]
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
         AND (r.visibility = 'public' OR (r.visibility = 'members' AND $1) OR r.author_id = $2
             OR (r.visibility IN ('bodies', 'own-organisation') AND EXISTS (
                 SELECT 1 FROM record_reader x
                 JOIN membership m ON m.organisation_id = x.organisation_id
                 WHERE x.record_id = r.id AND m.person_id = $2 AND m.is_confirmed)))
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
