//! Records as the index sees them, and the log of their changes.

use db::Db;
use index::{Batch, Change, Document, Log};

use super::found::TRIAL;
use super::store;
use crate::history::kind::{Kind, Shape};
use crate::history::model::{Parts, Record, RecordId};
use crate::history::saving::opening;
use crate::history::store as texts_store;
use crate::organisations::store_readers;
use crate::subjects::kind_called;
use crate::trials::store_index;
use crate::viewer::{OrganisationId, Visibility};

/// Letters of what was learned that stand for the whole.
const SUMMARY: usize = 240;
const PUBLIC: &str = "public";
const MEMBERS: &str = "members";

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
    let Some(record) = texts_store::record_by_id(db, id).await? else {
        let trial = trial(db, &id.0).await?;
        return Ok(trial.map_or_else(gone, Change::put));
    };
    if !record.is_live() {
        return Ok(gone());
    }
    let head = texts_store::revision(db, id, record.head).await?;
    let Some(kind) = kind_called(&record.kind) else {
        return Ok(gone());
    };
    let parts = head.map(|head| head.parts()).unwrap_or_default();
    let readers = store_readers::of(db, &record.id.0).await?;
    Ok(Change::put(document(kind, &record, &parts, &readers)))
}

/// A record as the index sees it; `readers` are the bodies that it was opened to.
pub fn document(
    kind: &dyn Kind,
    record: &Record,
    parts: &Parts,
    readers: &[OrganisationId],
) -> Document {
    let texts = kind.parts().iter().filter(|part| part.shape == Shape::Text);
    let body = texts
        .map(|part| plain(parts.get(part.key)))
        .collect::<Vec<_>>()
        .join("\n");
    let tags = parts.list("tags");
    let mut facets = kind.facets(parts);
    facets.extend(tags.iter().map(|tag| ("tag".to_owned(), tag.clone())));
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
        seen_by: seen_by(record, readers),
    }
}

/// A trial with words of its own as the index sees it. Who looks for the hurdle is not to find its
/// trials first: a trial is found by what was learned, and by whose it is where that may be known.
async fn trial(db: &Db, id: &str) -> db::Result<Option<Document>> {
    let Some(one) = store_index::indexed(db, id).await? else {
        return Ok(None);
    };
    let author = one.author_id.as_deref();
    let mut seen_by = marks(
        &one.visibility,
        author,
        &store_index::readers(db, id).await?,
    );
    for (record, visibility, author) in [
        (&one.hurdle_id, &one.hurdle_visibility, &one.hurdle_author),
        (
            &one.solution_id,
            &one.solution_visibility,
            &one.solution_author,
        ),
    ] {
        if !record.is_empty() {
            let readers = store_readers::of(db, record).await?;
            seen_by = both(seen_by, marks(visibility, author.as_deref(), &readers));
        }
    }
    let named = |words: &str| {
        if one.is_named {
            words.to_owned()
        } else {
            String::new()
        }
    };
    let body = [
        plain(&one.learned),
        plain(&one.differently),
        named(&one.organisation_name),
        named(&one.service),
    ];
    Ok(Some(Document {
        id: id.to_owned(),
        kind: TRIAL.to_owned(),
        number: one.number,
        title: named(&one.organisation),
        summary: web::summary(&one.learned, SUMMARY),
        body: body.join("\n"),
        facets: vec![("outcome".to_owned(), one.outcome)],
        seen_by,
        ..Document::default()
    }))
}

/// The marks of a record: a viewer who has one of them may find it.
fn seen_by(record: &Record, readers: &[OrganisationId]) -> Vec<String> {
    marks(&record.visibility, record.author_id.as_deref(), readers)
}

fn marks(visibility: &str, author: Option<&str>, readers: &[OrganisationId]) -> Vec<String> {
    let author = || format!("person:{}", author.unwrap_or("nobody"));
    match Visibility::parse(visibility) {
        Some(Visibility::Public) => vec![PUBLIC.to_owned()],
        Some(Visibility::Members) => vec![MEMBERS.to_owned()],
        Some(Visibility::NamedBodies | Visibility::OwnOrganisation) => {
            let bodies = readers.iter().map(|body| format!("body:{}", body.0));
            bodies.chain([author()]).collect()
        }
        Some(Visibility::OnlyMe) | None => vec![author()],
    }
}

/// Marks that whoever has one of may find what asks for both: never more people, sometimes fewer,
/// where somebody would come to each by another way.
fn both(one: Vec<String>, other: Vec<String>) -> Vec<String> {
    let is = |marks: &[String], mark: &str| marks.iter().any(|known| known == mark);
    if is(&one, PUBLIC) || (is(&one, MEMBERS) && !is(&other, PUBLIC)) {
        return other;
    }
    if is(&other, PUBLIC) || is(&other, MEMBERS) {
        return one;
    }
    one.into_iter().filter(|mark| is(&other, mark)).collect()
}

/// The words of a text as a reader sees them: links by their words, no signs.
fn plain(markdown: &str) -> String {
    web::plain(&texts::links::rewrite(markdown, |link| {
        Some(link.words.clone().unwrap_or_default())
    }))
}
