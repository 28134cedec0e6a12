//! What follows when something is published: those whom it concerns are told.

use std::collections::BTreeMap;

use db::Tx;

use super::model::{handle, named};
use super::places::PlaceId;
use super::store::{self, Whom};
use crate::ids::new_id;
use crate::time::Moment;
use crate::viewer::Viewer;

/// The kind of job that writes letters about what was said of a session: those whom it concerns may
/// answer by mail.
pub const SAID_LETTERS: &str = "said-letters";

/// Tells whom a comment names, whom it answers, who watches its page, and whose trial or organisation
/// it is about; and other nodes, whose
/// kept pages are stale now.
pub async fn published(
    tx: &Tx,
    (place, id): (&PlaceId, &str),
    author: &str,
    now: Moment,
) -> db::Result<()> {
    store::note_shown(tx, place).await?;
    let Some((thread, words)) = store::spoken(tx, id).await? else {
        return Ok(());
    };
    let mut whom: BTreeMap<String, &'static str> = BTreeMap::new();
    for (person,) in store::watchers(tx, place).await? {
        whom.insert(person, "watched");
    }
    let theirs = match place {
        PlaceId::Session(_) => "there",
        _ => "yours",
    };
    for (person,) in store::concerned(tx, place).await? {
        whom.insert(person, theirs);
    }
    for (person,) in store::voices(tx, place, thread).await? {
        whom.insert(person, "answer");
    }
    let names = named(&words);
    if !names.is_empty() {
        for (person, name) in store::names(tx).await? {
            if names.contains(&handle(&name)) {
                whom.insert(person, "mention");
            }
        }
    }
    whom.remove(author);
    let whom: Vec<Whom> = whom
        .into_iter()
        .map(|(person, why)| Whom { person, why })
        .collect();
    store::tell(tx, id, &whom, now).await?;
    if matches!(place, PlaceId::Session(_)) && !whom.is_empty() {
        let job = jobs::Job::at_once(new_id(now), SAID_LETTERS, id.to_owned(), now.0);
        jobs::enqueue(tx, &job).await?;
    }
    Ok(())
}

/// Tells an author with an account what was decided of theirs.
pub async fn decided(
    tx: &Tx,
    id: &str,
    author: Option<&str>,
    why: &'static str,
    by: &Viewer,
    now: Moment,
) -> db::Result<()> {
    let author = author.filter(|author| *author != by.id());
    let whom = author.map(|person| Whom {
        person: person.to_owned(),
        why,
    });
    store::tell(tx, id, whom.as_slice(), now).await
}
