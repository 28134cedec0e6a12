//! What was forgotten since a backup is forgotten again in what comes back of it.

use std::collections::BTreeSet;
use std::path::Path;

use db::Db;

use super::erasures::Forgotten;
use super::refused::Told;
use super::{files, store};
use crate::attachments::store as attachments_store;
use crate::discussion::store as discussion_store;
use crate::history::model::{Parts, RecordId};
use crate::history::store as texts_store;
use crate::people::model::FORMER;
use crate::people::store as people_store;
use crate::sessions::after::store_actions;
use crate::sessions::store_captures;
use crate::store_log;
use crate::subjects::kind_called;
use crate::time::Moment;
use crate::trials::{show, store_versions, store_writing};
use crate::viewer::PersonId;

/// Forgets again, in one change; a line for each thing that an older copy still had.
pub async fn replay(db: &Db, attachments: &Path, list: &[Forgotten]) -> Told<Vec<String>> {
    let (mut told, mut bytes) = (Vec::new(), BTreeSet::new());
    let tx = db.begin().await?;
    for one in list {
        let line = match one {
            Forgotten::Person { person, at } => leave(&tx, person, Moment(*at)).await?,
            Forgotten::Revision {
                record,
                revision,
                at,
            } => erase(&tx, record, *revision, Moment(*at)).await?,
            Forgotten::Version { trial, version, at } => {
                let at = Moment(*at);
                let is_here = store_versions::erase_again(&tx, trial, *version, at).await?;
                if is_here {
                    store_log::changed(&tx, trial).await?;
                }
                let told = || format!("version {version} of a trial was erased again");
                is_here.then(told)
            }
            Forgotten::Trial { trial, at } => take_back(&tx, trial, Moment(*at)).await?,
            Forgotten::Comment { comment, at } => unsay(&tx, comment, Moment(*at)).await?,
            Forgotten::Line { session, line, at } => {
                let why = "erased before";
                let at = Moment(*at);
                let is_here = store_captures::erase(&tx, session, line, None, why, at).await?;
                is_here.then(|| format!("a line erased on {} was erased again", at.day()))
            }
            Forgotten::Told { told, at } => {
                let at = Moment(*at);
                let is_here = store_actions::erase_any(&tx, told, at).await?;
                is_here.then(|| {
                    format!(
                        "words told of a session, erased on {}, were erased again",
                        at.day()
                    )
                })
            }
            Forgotten::File { file, at } => {
                let hashes = store::erase_file_again(&tx, file, Moment(*at)).await?;
                let is_here = !hashes.is_empty();
                bytes.extend(hashes);
                is_here.then(|| format!("a file erased on {} was erased again", Moment(*at).day()))
            }
        };
        told.extend(line);
    }
    for hash in bytes {
        if !attachments_store::is_needed(&tx, &hash).await? {
            let folder = attachments.join(hash.get(..2).unwrap_or_default());
            files::remove(&folder.join(&hash));
        }
    }
    tx.commit().await?;
    Ok(told)
}

async fn leave(tx: &db::Tx, person: &str, at: Moment) -> db::Result<Option<String>> {
    let id = PersonId(person.to_owned());
    if people_store::person(tx, &id).await?.is_none() {
        return Ok(None);
    }
    people_store::depart(tx, &id, FORMER, at).await?;
    discussion_store::let_go(tx, person, FORMER).await?;
    store_captures::let_go(tx, person, FORMER).await?;
    Ok(Some(format!(
        "somebody who left on {} left again",
        at.day()
    )))
}

async fn take_back(tx: &db::Tx, id: &str, at: Moment) -> db::Result<Option<String>> {
    let Some(number) = store_writing::number_of(tx, id).await? else {
        return Ok(None);
    };
    show::take_back(tx, (id, number), None, at).await?;
    store_log::changed(tx, id).await?;
    Ok(Some(format!("trial {number} was taken back again")))
}

async fn unsay(tx: &db::Tx, id: &str, at: Moment) -> db::Result<Option<String>> {
    let Some((number, place)) = store::comment_to_erase(tx, id).await? else {
        return Ok(None);
    };
    discussion_store::erase(tx, id, at).await?;
    discussion_store::note_shown(tx, &place).await?;
    Ok(Some(format!("comment {number} was erased again")))
}

async fn erase(tx: &db::Tx, record: &str, seq: i64, erased: Moment) -> db::Result<Option<String>> {
    let id = RecordId(record.to_owned());
    if !store::erase_again(tx, &id, seq, erased).await? {
        return Ok(None);
    }
    let Some(record) = texts_store::record_by_id(tx, &id).await? else {
        return Ok(None);
    };
    let called = format!("{} {}", record.kind, record.number);
    if seq != record.head {
        return Ok(Some(format!("revision {seq} of {called} was erased again")));
    }
    // In the copy it was the newest: the page has nothing left to show.
    store::delete_emptied(tx, &id).await?;
    texts_store::forget_words(tx, &id, &called).await?;
    texts_store::replace_links(tx, &id, &[], &[], &[]).await?;
    if let Some(kind) = kind_called(&record.kind) {
        kind.keep(tx, &id, record.number, &Parts::default()).await?;
    }
    texts_store::index_changed(tx, &id).await?;
    Ok(Some(format!(
        "revision {seq} of {called} was erased again; it was the page's newest in this backup, so the page is deleted"
    )))
}
