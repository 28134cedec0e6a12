//! Changes as lists and feeds show them: revisions of all records, newest first.

use db::{Filter, Reads, Result};

use super::model::{RecordId, Revision};
use super::store::{VISIBLE, seen_by};
use crate::subjects::SubjectRef;
use crate::viewer::Viewer;

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
    /// Nothing that came with the program.
    pub is_without_start: bool,
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

    /// The place of a change, for an address.
    pub fn written((at, id, seq): (i64, &str, i64)) -> String {
        format!("{at}_{id}_{seq}")
    }

    /// The moment, the id and the number of the revision.
    pub fn place(self) -> (i64, &'a str, i64) {
        (self.0, self.1, self.2)
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
                v.is_minor, v.author_id, coalesce(p.name, w.name, v.author_name), v.at, v.other_seq,
                v.added, v.removed, v.erased_at, v.erased_why
         FROM revision v
         JOIN record r ON r.id = v.record_id
         LEFT JOIN person p ON p.id = v.author_id
         LEFT JOIN wiki_page k ON k.record_id = v.record_id AND v.author_id IS NULL
         LEFT JOIN wiki_author a ON a.wiki_id = k.wiki_id AND a.name = v.author_name
             AND a.confirmed_at IS NOT NULL
         LEFT JOIN person w ON w.id = a.person_id",
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
    if which.is_without_start {
        filter = filter.and("v.act <> 'start'", Vec::new());
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
