//! A guide that became something else is a guide again, as it was.

use web::{OrNotFound, Trouble};

use super::doing::{changed, is_protected};
use super::store::{self, Turned};
use crate::guides::Guides;
use crate::history::forms::called;
use crate::history::model::{Record, RecordId};
use crate::history::saving::{self, Author, Note};
use crate::history::store as texts;
use crate::layout::{Answer, Visit};
use crate::sessions::store_writing;
use crate::state::App;
use crate::store_log;
use crate::subjects::kind_called;

/// The guide as it is again, or why it cannot be.
pub enum Returned {
    /// It is a guide again.
    Done(Box<Record>),
    /// Only stewards change it for now.
    Protected,
    /// What it became was changed or used since: only a steward who may see it takes it back.
    Used,
}

/// Makes a guide of it again: what was made of it goes, what went along comes back.
pub async fn returned(v: &Visit, app: &App, mut guide: Record) -> Answer<Returned> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if is_protected(v, app, &guide).await? {
        return Ok(Returned::Protected);
    }
    let tx = app.db.begin().await?;
    let turned = store::of_guide(&tx, &guide.id).await?.or_not_found()?;
    let target = texts::record_by_id(&tx, &turned.to_id).await?;
    let target = target.or_not_found()?;
    let is_used = target.head != turned.seq
        || store::is_leant_on(&tx, &guide.id, &target.kind, &turned).await?;
    let seen = texts::record(&tx, &v.viewer, &target.kind, target.number).await?;
    if turned.is_made && (seen.is_none() || is_used && !v.viewer.is_steward()) {
        return Ok(Returned::Used);
    }
    let head = texts::revision(&tx, &guide.id, guide.head).await?;
    let head = head.or_not_found()?;
    if head.parts.is_none() {
        // Nothing is left that could come back.
        return Err(Trouble::Gone.into());
    }
    let parts = head.parts();
    let author = Author::of(person);
    let note = Note::of("return", author.clone(), v.now());
    let at = guide.head;
    "live".clone_into(&mut guide.state);
    if !saving::advance(&tx, &Guides, &mut guide, &parts, &parts, &note).await? {
        return Err(changed().into());
    }
    store::is_as_it_came(&tx, &guide.id, at, guide.head).await?;
    let (page, title) = (called(v, &guide), guide.title.clone());
    let why = v.with_two("turn-back", ("page", &page), ("title", &title));
    if turned.is_made {
        let mut goes = vec![turned.to_id.clone()];
        if let Some(session) = turned.session {
            goes.extend(store_writing::record_of_write_up(&tx, session).await?);
            store_log::changed(&tx, "sessions").await?;
        }
        for id in goes {
            delete(&tx, &id, &author, &why, v).await?;
        }
    } else {
        give_back(&tx, target, &turned, &author, v).await?;
    }
    store::bring_back(&tx, &guide.id, &turned).await?;
    texts::index_changed(&tx, &guide.id).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(Returned::Done(Box::new(guide)))
}

async fn delete(tx: &db::Tx, id: &RecordId, author: &Author, why: &str, v: &Visit) -> Answer<()> {
    let record = texts::record_by_id(tx, id).await?;
    let Some(mut record) = record.filter(Record::is_live) else {
        return Ok(());
    };
    let kind = kind_called(&record.kind).or_not_found()?;
    let head = texts::revision(tx, id, record.head).await?;
    let parts = head.or_not_found()?.parts();
    let mut note = Note::of("delete", author.clone(), v.now());
    why.clone_into(&mut note.summary);
    "deleted".clone_into(&mut record.state);
    if saving::advance(tx, kind, &mut record, &parts, &parts, &note).await? {
        return Ok(());
    }
    Err(changed().into())
}

/// Takes a guide's words out of a page that took them in, if nobody changed it since.
async fn give_back(
    tx: &db::Tx,
    mut page: Record,
    turned: &Turned,
    author: &Author,
    v: &Visit,
) -> Answer<()> {
    texts::index_changed(tx, &page.id).await?;
    if page.head != turned.seq || !page.is_live() {
        return Ok(());
    }
    let kind = kind_called(&page.kind).or_not_found()?;
    let now = texts::revision(tx, &page.id, turned.seq).await?;
    let before = texts::revision(tx, &page.id, turned.seq - 1).await?;
    let before = before.or_not_found()?;
    if before.parts.is_none() {
        return Ok(());
    }
    let (now, before) = (now.or_not_found()?.parts(), before.parts());
    let mut note = Note::of("undo", author.clone(), v.now());
    note.other_seq = Some(turned.seq);
    if saving::advance(tx, kind, &mut page, &now, &before, &note).await? {
        return Ok(());
    }
    Err(changed().into())
}
