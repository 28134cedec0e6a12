//! What is told of a session, as a part of its page: tips, outcomes, actions.

use std::collections::BTreeMap;

use askama::Template;
use web::Trouble;

use super::model::{Action, MOST, Told, as_solution};
use super::store_actions::Which;
use super::{store, store_actions};
use crate::history::model::Record;
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::sessions::guests::Seat;
use crate::sessions::model::{Event, Session, day_in_words, name_in};
use crate::state::App;

/// What the forms sent, where something was wrong with it.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The words of a tip.
    pub tip: Option<String>,
    /// The words of an outcome.
    pub outcome: String,
    /// The page that came of it.
    pub page: String,
    /// The number of the line that it comes from.
    pub line: String,
    /// What is to be done.
    pub doing: String,
    /// The number of the line that this comes from.
    pub from: String,
    /// Who does it.
    pub owner: String,
    /// By when.
    pub due: String,
}

#[derive(Template)]
#[template(path = "sessions/after/section.html")]
struct Section<'v> {
    v: &'v Visit,
    event: &'v Event,
    session: &'v Session,
    tips: Vec<Told>,
    outcomes: Vec<Told>,
    actions: Vec<Action>,
    /// The pages that came of outcomes, with their titles, as far as they may be seen.
    pages: BTreeMap<String, (String, String)>,
    /// Tips and outcomes that whoever asks may take back.
    own: Vec<String>,
    own_tip: String,
    may_write: bool,
    there: Vec<String>,
    today: String,
    begun: String,
    sent: &'v Sent,
    errors: &'v FieldErrors,
}

impl Section<'_> {
    fn called(&self, name: &str) -> String {
        name_in(self.event, name)
    }

    fn page(&self, told: &Told) -> Option<&(String, String)> {
        self.pages.get(&told.id)
    }

    fn may_erase(&self, told: &Told) -> bool {
        self.own.contains(&told.id)
    }

    fn due(&self, action: &Action) -> String {
        day_in_words(&action.due_on)
    }

    fn is_overdue(&self, action: &Action) -> bool {
        action.is_overdue(&self.today)
    }

    fn as_solution(&self, tip: &Told) -> String {
        let credit = self.v.with("tip-credit", "name", self.called(&tip.author));
        as_solution(tip, &self.session.address(), &credit)
    }

    fn is_empty(&self) -> bool {
        self.tips.is_empty() && self.outcomes.is_empty() && self.actions.is_empty()
    }

    /// Whether a form that was sent must be open, since something is wrong in it.
    fn is_wrong(&self, fields: &[&str]) -> bool {
        fields.iter().any(|field| self.errors.of(field).is_some())
    }
}

/// What is told of a session, for its page.
pub async fn section(
    seat: &Seat,
    app: &App,
    (session, event): (&Session, &Event),
    sent: &Sent,
    errors: &FieldErrors,
) -> Answer<String> {
    let (v, db, asker) = (&seat.v, &app.db, seat.asker());
    let told = store::told(db, &asker, session.number).await?;
    let which = Which {
        session: Some(session.number),
        ..Which::default()
    };
    let actions = store_actions::actions(db, &asker, which, MOST).await?;
    let is_running = event.is_run_by(&v.viewer);
    let mut pages = BTreeMap::new();
    for one in &told {
        if let Some(page) = page_of(v, app, one).await? {
            pages.insert(one.id.clone(), page);
        }
    }
    let own = told
        .iter()
        .filter(|one| is_running || one.is_of(&asker) && v.viewer.is_member());
    let own = own.map(|one| one.id.clone()).collect();
    let (tips, outcomes): (Vec<Told>, Vec<Told>) =
        told.into_iter().partition(|one| one.what == "tip");
    let may_write = asker.may_write(event);
    let own_tip = match &sent.tip {
        Some(words) => words.clone(),
        None => tips
            .iter()
            .find(|tip| may_write && tip.is_of(&asker))
            .map_or(String::new(), |tip| tip.text.clone()),
    };
    let there = if v.viewer.is_member() && !event.is_young {
        store::there(db, &session.id).await?
    } else {
        Vec::new()
    };
    let page = Section {
        v,
        event,
        session,
        tips,
        outcomes,
        actions,
        pages,
        own,
        own_tip,
        may_write,
        there: there.into_iter().map(|row| row.0).collect(),
        today: day_of(v.now()),
        begun: new_id(v.now()),
        sent,
        errors,
    };
    page.render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

/// The title and the address of the page that came of an outcome, as far as it may be seen.
pub(super) async fn page_of(v: &Visit, app: &App, told: &Told) -> Answer<Option<(String, String)>> {
    let Some(subject) = told.subject() else {
        return Ok(None);
    };
    let record = texts_store::record(&app.db, &v.viewer, &subject.kind, subject.number).await?;
    let record = record.filter(Record::is_live);
    Ok(record.map(|record| {
        let called = v.called(&record.kind, record.number);
        (format!("{called}: {}", record.title), record.address())
    }))
}
