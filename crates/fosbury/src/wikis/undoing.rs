//! Taking a wiki back: its pages go, their histories stay, and what was edited here stays whole.

use db::Db;

use super::model::Wiki;
use super::store;
use crate::guides::Guides;
use crate::history::saving::{self, Author, Note};
use crate::history::store as texts_store;
use crate::people::store_audit as audit;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Pages taken back, and pages that stay because somebody edited them here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TakenBack {
    /// Deleted now.
    pub gone: usize,
    /// Left as they are.
    pub stay: usize,
}

/// Deletes every page of a wiki that nobody edited here, in one change.
pub async fn undo(
    db: &Db,
    wiki: &Wiki,
    author: Author,
    summary: &str,
    now: Moment,
) -> db::Result<TakenBack> {
    let mut done = TakenBack::default();
    let tx = db.begin().await?;
    for (page, _, record, last_seq) in store::places(&tx, &wiki.id).await? {
        let Some(record) = record else { continue };
        let Some(mut record) = texts_store::record_by_id(&tx, &record).await? else {
            continue;
        };
        if !record.is_live() {
            continue;
        }
        let head = texts_store::revision(&tx, &record.id, record.head).await?;
        let Some(parts) = head
            .filter(|head| head.parts.is_some())
            .map(|head| head.parts())
        else {
            continue;
        };
        if record.head != last_seq {
            done.stay += 1;
            continue;
        }
        let mut note = Note::of("delete", author.clone(), now);
        summary.clone_into(&mut note.summary);
        "deleted".clone_into(&mut record.state);
        if !saving::advance(&tx, &Guides, &mut record, &parts, &parts, &note).await? {
            return Err(db::Error::Unavailable(
                "somebody edits a page of it".to_owned(),
            ));
        }
        // The deletion is the wiki's own as well: when it comes again, its next revision follows.
        store::page_is(&tx, &wiki.id, &page, &record.id, record.head).await?;
        done.gone += 1;
    }
    store::is_undone(&tx, &wiki.id, now).await?;
    let detail = format!("{} pages", done.gone);
    let by = author.id.clone().map(PersonId);
    audit::note(&tx, now, by.as_ref(), "undo-wiki", &wiki.title, &detail).await?;
    tx.commit().await?;
    Ok(done)
}
