//! Turning a guide into a record of its own: its words go into parts, its address leads on, and what
//! was said of it comes along. One change, undone by one press.

use db::Tx;
use web::{OrNotFound, Trouble};

use super::capture::{self, Notes};
use super::model::{Becomes, mapped};
use super::store::{self, Turned};
use crate::discussion::store_along;
use crate::guides::Guides;
use crate::history::forms::called;
use crate::history::kind::Kind;
use crate::history::model::{Parts, Record};
use crate::history::saving::{self, Author, Beginning, Note};
use crate::history::store as texts;
use crate::history::store_protection;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::store_log;
use crate::subjects::kind_called;
use crate::viewer::{Person, Visibility};

/// What somebody wants of a guide.
pub enum Wanted {
    /// A hurdle under this heading.
    Hurdle(&'static str),
    /// A solution.
    Solution,
    /// The notes of a session.
    Capture(Notes),
}

/// What a guide became, or why it did not.
pub enum Outcome {
    /// The record, and where to go on.
    Done(Box<Record>, String),
    /// Only stewards change this page for now.
    Protected,
    /// There is nothing in it that could be notes.
    Nothing,
}

/// A guide with the words it has now, and who acts.
pub(super) struct Acting<'a> {
    pub v: &'a Visit,
    pub tx: &'a Tx,
    pub guide: &'a Record,
    pub parts: &'a Parts,
    pub person: &'a Person,
}

impl Acting<'_> {
    /// What a revision says of where its words come from.
    pub fn origin(&self) -> String {
        let (page, title) = (called(self.v, self.guide), &self.guide.title);
        self.v
            .with_two("turn-from", ("page", &page), ("title", title))
    }

    /// A record of this kind that only those see who see the guide.
    pub async fn begin(&self, kind: &dyn Kind, parts: Parts) -> Answer<Record> {
        let guide = self.guide;
        let mut note = Note::of("begin-turn", Author::of(self.person), self.v.now());
        note.summary = self.origin();
        let beginning = Beginning {
            kind,
            id: None,
            number: None,
            parts,
            note,
            is_unfinished: true,
            visibility: Visibility::parse(&guide.visibility).unwrap_or(Visibility::OnlyMe),
            licence: guide.licence.clone(),
            credit: guide.credit.clone(),
            is_demo: guide.is_demo,
        };
        let mut record = saving::begin(self.tx, &beginning).await?;
        store::belongs_to(self.tx, &record.id, guide.author_id.as_deref()).await?;
        record.author_id.clone_from(&guide.author_id);
        let readers = store_readers::of(self.tx, &guide.id.0).await?;
        store_readers::replace(self.tx, &record.id.0, &readers).await?;
        Ok(record)
    }

    /// Notes what the guide became: its address leads there, what was said of it goes along.
    pub async fn leads_to(&self, to: &Record, turned: &Turned) -> Answer<()> {
        let (v, tx) = (self.v, self.tx);
        let mut note = Note::of("turn", Author::of(self.person), v.now());
        let (page, title) = (called(v, to), &to.title);
        note.summary = v.with_two("turn-to", ("page", &page), ("title", title));
        let mut guide = self.guide.clone();
        "turned".clone_into(&mut guide.state);
        let (before, now) = (self.parts, self.parts);
        if !saving::advance(tx, &Guides, &mut guide, before, now, &note).await? {
            return Err(changed().into());
        }
        store::insert(tx, &guide.id, turned, &self.person.id, v.now()).await?;
        store_along::bring_along(tx, &self.guide.id, &to.id).await?;
        texts::index_changed(tx, &to.id).await?;
        Ok(())
    }
}

pub(super) fn changed() -> Trouble {
    Trouble::OutOfService("somebody changed the page at the same instant".to_owned())
}

/// Whether somebody may change this page now.
pub(super) async fn is_protected(v: &Visit, app: &App, record: &Record) -> Answer<bool> {
    let one = store_protection::of(&app.db, &record.id, v.now()).await?;
    Ok(one.is_some() && !v.viewer.is_steward())
}

/// Turns a guide that the viewer may read into what they want.
pub async fn turned(v: &Visit, app: &App, guide: &Record, wanted: &Wanted) -> Answer<Outcome> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if is_protected(v, app, guide).await? {
        return Ok(Outcome::Protected);
    }
    let head = texts::revision(&app.db, &guide.id, guide.head).await?;
    let parts = head.or_not_found()?.parts();
    let (kind, becomes) = match wanted {
        Wanted::Hurdle(_) => ("hurdle", Becomes::Hurdle),
        Wanted::Solution => ("solution", Becomes::Solution),
        Wanted::Capture(_) => ("event", Becomes::Capture),
    };
    let kind = kind_called(kind).or_not_found()?;
    let tx = app.db.begin().await?;
    let acting = Acting {
        v,
        tx: &tx,
        guide,
        parts: &parts,
        person,
    };
    let (record, session, next) = match wanted {
        Wanted::Capture(notes) => match capture::begin(&acting, kind, notes).await? {
            Some((event, session)) => (event, Some(session.number), session.address()),
            None => return Ok(Outcome::Nothing),
        },
        Wanted::Hurdle(_) | Wanted::Solution => {
            let mut becomes = mapped(becomes, &parts);
            if let Wanted::Hurdle(heading) = wanted {
                becomes.set("heading", heading);
            }
            let record = acting.begin(kind, becomes).await?;
            let next = record.address();
            (record, None, next)
        }
    };
    let turned = Turned {
        to_id: record.id.clone(),
        session,
        seq: record.head,
        is_made: true,
    };
    acting.leads_to(&record, &turned).await?;
    if session.is_some() {
        store_log::changed(&tx, "sessions").await?;
    }
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(Outcome::Done(Box::new(record), next))
}
