//! Undoing all of one author: what would happen, and making it happen in one change.

use std::collections::BTreeMap;

use db::{Reads, Tx};
use web::OrNotFound;

use super::model::{Fate, fate};
use super::store_undo::{self as store, Brought, Spoken};
use crate::attachments::store as files_store;
use crate::discussion::store::{self as said_store, NewAct};
use crate::history::kind::Kind;
use crate::history::model::{Record, RecordId, Revision};
use crate::history::saving::{self, Author, Note};
use crate::history::store as texts_store;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::subjects::kind_called;
use crate::time::Moment;
use crate::viewer::Viewer;

/// Pages undone in one act at the most; the rest waits for the next.
pub const MOST_PAGES: i64 = 200;
/// Things said that are taken away in one act at the most.
pub const MOST_SAID: i64 = 500;
/// Files taken off their pages in one act at the most.
pub const MOST_FILES: i64 = 500;
/// Revisions of one page that are looked at; more need a hand.
const MOST_REVISIONS: i64 = 200;

/// Whose doings.
pub enum Whose {
    /// An account's, since a moment.
    Account(String, Moment),
    /// What visitors said, by its numbers.
    Visitors(Vec<i64>),
}

/// What would happen to one page.
pub struct Planned {
    /// The page.
    pub record: Record,
    kind: &'static dyn Kind,
    /// What becomes of it.
    pub fate: Fate,
}

/// What would happen.
pub struct Plan {
    /// Pages that change or need a hand.
    pub pages: Vec<Planned>,
    /// What is taken away.
    pub said: Vec<Spoken>,
    /// Files that are taken off their pages.
    pub files: Vec<Brought>,
}

impl Plan {
    /// The pages of which others' words stay.
    pub fn undone(&self) -> impl Iterator<Item = &Planned> {
        let is_undone = |one: &&Planned| matches!(one.fate, Fate::Undone { .. });
        self.pages.iter().filter(is_undone)
    }

    /// The pages that go.
    pub fn taken_away(&self) -> impl Iterator<Item = &Planned> {
        self.pages.iter().filter(|one| one.fate == Fate::TakenAway)
    }

    /// The pages that a person must look at.
    pub fn by_hand(&self) -> impl Iterator<Item = &Planned> {
        self.pages.iter().filter(|one| one.fate == Fate::ByHand)
    }

    /// Whether nothing would happen.
    pub fn is_empty(&self) -> bool {
        self.said.is_empty()
            && self.files.is_empty()
            && self.undone().next().is_none()
            && self.taken_away().next().is_none()
    }
}

/// What would happen.
pub async fn plan(db: &impl Reads, viewer: &Viewer, whose: &Whose) -> Answer<Plan> {
    let mut plan = Plan {
        pages: Vec::new(),
        said: Vec::new(),
        files: Vec::new(),
    };
    match whose {
        Whose::Account(person, since) => {
            for (id, first) in store::pages_of(db, viewer, person, *since, MOST_PAGES).await? {
                let is_theirs =
                    |one: &Revision| one.author_id.as_deref() == Some(person) && one.at >= *since;
                plan.add(db, &id, first, is_theirs).await?;
            }
            plan.said = store::said_by(db, viewer, person, *since, MOST_SAID).await?;
            plan.files = store::brought_by(db, viewer, person, *since, MOST_FILES).await?;
        }
        Whose::Visitors(numbers) => {
            plan.said = store::said_numbered(db, viewer, numbers.clone()).await?;
            let mut became: BTreeMap<&String, Vec<i64>> = BTreeMap::new();
            for one in &plan.said {
                if let Some(seq) = one.became {
                    became.entry(&one.place_id).or_default().push(seq);
                }
            }
            let became: Vec<(RecordId, Vec<i64>)> = became
                .into_iter()
                .map(|(id, seqs)| (RecordId(id.clone()), seqs))
                .collect();
            for (id, seqs) in became {
                let first = seqs.iter().copied().min().unwrap_or_default();
                plan.add(db, &id, first, |one| seqs.contains(&one.seq))
                    .await?;
            }
        }
    }
    // A suggestion that was accepted is a revision: it is undone as one.
    plan.said
        .retain(|one| one.state == "held" || !matches!(one.what.as_str(), "change" | "flag"));
    Ok(plan)
}

impl Plan {
    async fn add(
        &mut self,
        db: &impl Reads,
        id: &RecordId,
        first: i64,
        is_theirs: impl Fn(&Revision) -> bool,
    ) -> Answer<()> {
        let Some(record) = texts_store::record_by_id(db, id).await? else {
            return Ok(());
        };
        if !record.is_live() {
            return Ok(());
        }
        let kind = kind_called(&record.kind).or_not_found()?;
        let fate = if record.head - first + 2 > MOST_REVISIONS {
            Fate::ByHand
        } else {
            let mut revisions =
                texts_store::revisions(db, id, i64::MAX, record.head - first + 2).await?;
            revisions.reverse();
            fate(kind, &revisions, is_theirs)
        };
        if fate != Fate::Nothing {
            self.pages.push(Planned { record, kind, fate });
        }
        Ok(())
    }
}

/// Makes it happen inside one change, and notes it in the public log.
pub async fn carry_out(v: &Visit, tx: &Tx, plan: Plan, author: &Author, why: &str) -> Answer<()> {
    let mut done = [("edit", 0), ("page", 0), ("comment", 0), ("file", 0)];
    for one in plan.pages {
        let mut record = one.record;
        let head = texts_store::revision(tx, &record.id, record.head).await?;
        let before = head.or_not_found()?.parts();
        // Where somebody saved at this instant, whoever repeats the act finds it again.
        match one.fate {
            Fate::Undone {
                parts,
                newest,
                times,
            } => {
                let mut note = Note::of("undo", author.clone(), v.now());
                note.other_seq = Some(newest);
                why.clone_into(&mut note.summary);
                let moved =
                    saving::advance(tx, one.kind, &mut record, &before, &parts, &note).await?;
                done[0].1 += if moved { times } else { 0 };
            }
            Fate::TakenAway => {
                let mut note = Note::of("delete", author.clone(), v.now());
                why.clone_into(&mut note.summary);
                "deleted".clone_into(&mut record.state);
                let moved =
                    saving::advance(tx, one.kind, &mut record, &before, &before, &note).await?;
                done[1].1 += i64::from(moved);
            }
            Fate::ByHand | Fate::Nothing => {}
        }
    }
    for one in &plan.said {
        let is_gone = if one.state == "held" {
            said_store::settle(tx, &one.id, "held", "refused", why, v.now()).await?
        } else {
            said_store::take(tx, one.number, why, v.now()).await?
        };
        done[2].1 += i64::from(is_gone);
        said_store::note_shown(tx, &one.place()).await?;
    }
    done[3].1 = taken_off(v, tx, &plan.files, why).await?;
    for (what, times) in done.into_iter().filter(|(_, times)| *times > 0) {
        note_act(v, tx, ("undo-author", what), times, why).await?;
    }
    Ok(())
}

/// Takes files off their pages, as a steward does with one: each can be put back for a month.
async fn taken_off(v: &Visit, tx: &Tx, files: &[Brought], why: &str) -> Answer<i64> {
    let by = v.viewer.person().map(|person| &person.id);
    let mut times = 0;
    for one in files {
        files_store::removed(tx, one.number, v.now()).await?;
        let subject = format!("attachment {}", one.number);
        audit::note(tx, v.now(), by, "attachment-removal", &subject, why).await?;
        texts_store::index_changed(tx, &one.record_id).await?;
        times += 1;
    }
    Ok(times)
}

/// Notes an act about many pages in the public log.
pub async fn note_act(
    v: &Visit,
    tx: &Tx,
    (act, what): (&str, &str),
    times: i64,
    reason: &str,
) -> Answer<()> {
    let act = NewAct {
        act,
        what,
        number: 0,
        times,
        about: None,
        reason,
        by: v.viewer.id(),
    };
    said_store::note_act(tx, &act, v.now()).await?;
    Ok(())
}
