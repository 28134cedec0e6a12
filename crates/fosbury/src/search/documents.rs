//! Records as the index sees them, and the log of their changes.

use db::Db;
use index::{Batch, Change, Document, Log};

use super::store;
use crate::history::kind::{Kind, Shape};
use crate::history::model::{Parts, Record, RecordId};
use crate::history::saving::opening;
use crate::history::store as texts_store;
use crate::subjects::kind_called;

/// The log of changes in the database.
pub struct ChangeLog(pub Db);

impl Log for ChangeLog {
    type Error = db::Error;

    async fn changes_after(&self, position: i64, at_most: usize) -> Result<Batch, db::Error> {
        let at_most = i64::try_from(at_most).unwrap_or(i64::MAX);
        let entries = store::changes_after(&self.0, position, at_most).await?;
        let position = match entries.last() {
            Some((last, _)) => *last,
            // Lower where the database was restored. Never higher: what was committed between the
            // two statements has not been given yet.
            None => store::newest(&self.0).await?.min(position),
        };
        let mut changes = Vec::with_capacity(entries.len());
        for (_, id) in entries {
            changes.push(change_of(&self.0, &RecordId(id)).await?);
        }
        Ok(Batch { changes, position })
    }
}

async fn change_of(db: &Db, id: &RecordId) -> db::Result<Change> {
    let gone = || Change::Remove { id: id.0.clone() };
    let Some(record) = texts_store::record_by_id(db, id)
        .await?
        .filter(Record::is_live)
    else {
        return Ok(gone());
    };
    let head = texts_store::revision(db, id, record.head).await?;
    let Some(kind) = kind_called(&record.kind) else {
        return Ok(gone());
    };
    let parts = head.map(|head| head.parts()).unwrap_or_default();
    Ok(Change::put(document(kind, &record, &parts)))
}

/// A record as the index sees it.
pub fn document(kind: &dyn Kind, record: &Record, parts: &Parts) -> Document {
    let texts = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    let body = texts
        .map(|part| plain(parts.get(part.key)))
        .collect::<Vec<_>>()
        .join("\n");
    let tags = parts.list("tags");
    let mut facets = kind.facets(parts);
    facets.extend(tags.iter().map(|tag| ("tag".to_owned(), tag.clone())));
    let seen_by = match record.visibility.as_str() {
        "public" => "public".to_owned(),
        "members" => "members".to_owned(),
        _ => format!("person:{}", record.author_id.as_deref().unwrap_or("nobody")),
    };
    Document {
        id: record.id.0.clone(),
        kind: record.kind.clone(),
        number: record.number,
        title: record.title.clone(),
        phrases: parts.list("phrases"),
        summary: opening(kind, parts),
        body,
        tags,
        facets,
        seen_by: vec![seen_by],
    }
}

/// The words of a text as a reader sees them: links by their words, no signs.
fn plain(markdown: &str) -> String {
    web::plain(&texts::links::rewrite(markdown, |link| {
        Some(link.words.clone().unwrap_or_default())
    }))
}
