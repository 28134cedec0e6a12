//! What a steward decides: each act in one change, noted without a name, told to whom it concerns.

use db::Tx;
use web::OrNotFound;

use super::model::{LONGEST_REASON, Said, applied};
use super::publishing;
use super::store::{self, NewAct};
use crate::history::kind::Kind;
use crate::history::model::Parts;
use crate::history::saving::{self, Author, Change, Conflict, Note, Saved};
use crate::history::store as texts_store;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;

/// What became of a decision.
pub enum Decided {
    /// It was carried out.
    Done,
    /// Somebody else decided before.
    Late,
    /// A suggested change touches words that others changed since.
    Clash(&'static dyn Kind, Box<Conflict>),
}

/// What is wrong with a reason.
pub fn wrong_reason(v: &Visit, why: &str) -> Option<String> {
    let length = why.chars().count();
    if length == 0 {
        Some(v.say("wrong-held-why"))
    } else if length > LONGEST_REASON {
        let (part, over) = (v.say("held-why"), length - LONGEST_REASON);
        Some(v.with_two("wrong-long", ("part", &part), ("over", &over)))
    } else {
        None
    }
}

/// Accepts what waits: a comment is published, a change saved, a flagged comment taken away.
pub async fn accept(v: &Visit, app: &App, said: &Said) -> Answer<Decided> {
    if said.what == "change" {
        let place = said.place();
        let record = place.record().or_not_found()?;
        let base = texts_store::revision(&app.db, record, said.base).await?;
        let parts = applied(&base.or_not_found()?.parts(), &said.words);
        return accept_change(v, app, said, said.base, parts).await;
    }
    let tx = app.db.begin().await?;
    if !store::settle(&tx, &said.id, "held", "published", "", v.now()).await? {
        return Ok(Decided::Late);
    }
    if said.what == "flag" {
        if said.thread > 0 {
            take_away(v, &tx, said.thread, &v.say_of("flag", &said.note)).await?;
        }
    } else {
        let author = said.author_id.as_deref();
        let about = (&said.place(), said.id.as_str());
        publishing::published(&tx, about, author.unwrap_or_default(), v.now()).await?;
    }
    finish(v, &tx, said, "accepted", "").await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    app.jobs_wake.notify_one();
    Ok(Decided::Done)
}

/// Refuses what waits, with a reason for its author.
pub async fn refuse(v: &Visit, app: &App, said: &Said, why: &str) -> Answer<Decided> {
    let tx = app.db.begin().await?;
    if !store::settle(&tx, &said.id, "held", "refused", why, v.now()).await? {
        return Ok(Decided::Late);
    }
    finish(v, &tx, said, "refused", why).await?;
    tx.commit().await?;
    Ok(Decided::Done)
}

/// Saves a suggested change under its author's name, merged with what others saved since.
pub async fn accept_change(
    v: &Visit,
    app: &App,
    said: &Said,
    base: i64,
    parts: Parts,
) -> Answer<Decided> {
    let place = said.place();
    let id = place.record().or_not_found()?;
    let kind = kind_called(&said.kind).or_not_found()?;
    let change = Change {
        kind,
        id,
        base,
        parts,
        note: note(v, said),
        is_unfinished: None,
        visibility: None,
    };
    for _ in 0..saving::TRIES {
        let tx = app.db.begin().await?;
        if !store::settle(&tx, &said.id, "held", "published", "", v.now()).await? {
            return Ok(Decided::Late);
        }
        let head = match saving::try_save(&tx, &change).await? {
            Some(Saved::Done(record) | Saved::Merged(record) | Saved::Unchanged(record)) => {
                record.head
            }
            Some(Saved::Conflict(conflict)) => return Ok(Decided::Clash(kind, Box::new(conflict))),
            Some(Saved::Gone | Saved::Protected(..)) => return Ok(Decided::Late),
            None => continue,
        };
        store::publish_revision(&tx, &said.id, head).await?;
        finish(v, &tx, said, "accepted", "").await?;
        tx.commit().await?;
        app.index_wake.notify_one();
        return Ok(Decided::Done);
    }
    Err(db::Error::Unavailable("too many people save this page at once".to_owned()).into())
}

/// The revision says that it was suggested, and by whom.
fn note(v: &Visit, said: &Said) -> Note {
    let author = Author {
        id: said.author_id.clone(),
        name: if said.author.is_empty() {
            v.say("suggested-by-visitor")
        } else {
            said.author.clone()
        },
        // Who accepts it answers for it.
        is_steward: v.viewer.is_steward(),
    };
    let mut note = Note::of("edit", author, v.now());
    note.summary = if said.note.is_empty() {
        v.say("suggested-summary")
    } else {
        v.with("suggested-summary-why", "why", &said.note)
    };
    note
}

/// Takes a published comment away from its discussion.
pub async fn take_away(v: &Visit, tx: &Tx, number: i64, why: &str) -> Answer<()> {
    let Some(comment) = store::numbered(tx, &v.viewer, number).await? else {
        return Ok(());
    };
    if !store::take(tx, number, why, v.now()).await? {
        return Ok(());
    }
    let author = comment.author_id.as_deref();
    publishing::decided(tx, &comment.id, author, "taken", &v.viewer, v.now()).await?;
    note_act(v, tx, &comment, "take", why).await
}

async fn finish(v: &Visit, tx: &Tx, said: &Said, told: &'static str, why: &str) -> Answer<()> {
    let author = said.author_id.as_deref();
    publishing::decided(tx, &said.id, author, told, &v.viewer, v.now()).await?;
    let act = if told == "accepted" {
        "accept"
    } else {
        "refuse"
    };
    note_act(v, tx, said, act, why).await
}

async fn note_act(v: &Visit, tx: &Tx, said: &Said, act: &str, reason: &str) -> Answer<()> {
    let place = said.place();
    let act = NewAct {
        act,
        what: &said.what,
        number: said.number,
        times: 1,
        about: Some(&place),
        reason,
        by: v.viewer.id(),
    };
    store::note_act(tx, &act, v.now()).await?;
    Ok(store::note_shown(tx, &place).await?)
}
