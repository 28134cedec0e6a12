//! What came of an event: what was found, what was done, and what is still to be done; as a page and
//! its actions as a table.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::{Path, State};

use super::asking::ASK_AFTER;
use super::model::{Action, MOST, Told};
use super::section::page_of;
use super::store_actions::Which;
use super::{store, store_actions, store_came};
use crate::history::model::Record;
use crate::history::store::{self as texts_store, Listed};
use crate::layout::{Answer, Visit};
use crate::organisations::model::day_of;
use crate::sessions::guests::Seat;
use crate::sessions::model::{Event, MOST_SESSIONS, Session, day_in_words, name_in};
use crate::sessions::store as sessions_store;
use crate::state::App;
use crate::trials::model::Trial;
use crate::trials::store as trials_store;
use crate::trials::table;

/// Actions of one event at the most.
const ROWS: i64 = 5_000;
/// Pages that its notes became, at the most.
const PAGES: i64 = 300;
/// Trials shown of each of them.
const TRIALS: i64 = 10;

/// A session and what came of it.
struct Came {
    session: Session,
    outcomes: Vec<(Told, Option<(String, String)>)>,
}

/// A page that notes became, and who tried it since.
struct Became {
    page: Listed,
    is_made: bool,
    trials: Vec<Trial>,
}

#[derive(Template)]
#[template(path = "sessions/after/came.html")]
struct CamePage<'v> {
    v: &'v Visit,
    event: &'v Event,
    open: Vec<Action>,
    done: Vec<Action>,
    dropped: Vec<Action>,
    sessions: Vec<Came>,
    became: Vec<Became>,
    /// The write-ups that may be seen: title and address, by the session's number.
    write_ups: BTreeMap<i64, (String, String)>,
    today: String,
}

impl CamePage<'_> {
    fn called(&self, name: &str) -> String {
        name_in(self.event, name)
    }

    fn has_actions(&self) -> bool {
        self.lists().iter().any(|(_, list)| !list.is_empty())
    }

    fn due(&self, action: &Action) -> String {
        day_in_words(&action.due_on)
    }

    fn is_overdue(&self, action: &Action) -> bool {
        action.is_overdue(&self.today)
    }

    fn write_up(&self, session: &i64) -> Option<&(String, String)> {
        self.write_ups.get(session)
    }

    fn lists(&self) -> [(&'static str, &Vec<Action>); 3] {
        [
            ("open", &self.open),
            ("done", &self.done),
            ("dropped", &self.dropped),
        ]
    }
}

/// The pages that the notes became, as far as they may be seen, with the trials of those that were made
/// of them.
async fn became(seat: &Seat, app: &App, event: &Event) -> Answer<Vec<Became>> {
    let (db, viewer) = (&app.db, &seat.v.viewer);
    let found = store_came::pages(db, &seat.asker(), event.number, PAGES).await?;
    let is_made = |id: &str| found.iter().any(|(one, made)| one == id && *made);
    let mut ids: Vec<String> = found.iter().map(|(id, _)| id.clone()).collect();
    ids.dedup();
    let mut all = Vec::new();
    for (id, page) in texts_store::with_ids(db, viewer, &ids).await? {
        let mut which = trials_store::Which::default();
        match page.kind.as_str() {
            "hurdle" => which.hurdle = Some(page.number),
            "solution" => which.solution = Some(page.number),
            _ => {}
        }
        let is_made = is_made(&id);
        let is_tried = which.hurdle.or(which.solution).is_some();
        let trials = if is_made && is_tried {
            trials_store::listed(db, viewer, &which, TRIALS).await?
        } else {
            Vec::new()
        };
        all.push(Became {
            page,
            is_made,
            trials,
        });
    }
    all.sort_by_key(|one| (!one.is_made, one.page.kind.clone(), one.page.number));
    Ok(all)
}

async fn actions_of(seat: &Seat, app: &App, event: &Event) -> Answer<Vec<Action>> {
    let which = Which {
        event: Some(event.number),
        ..Which::default()
    };
    Ok(store_actions::actions(&app.db, &seat.asker(), which, ROWS).await?)
}

/// How much of what was taken on is done and how much is open, once thirty days have gone by since the
/// event.
pub(in crate::sessions) async fn so_far(
    seat: &Seat,
    app: &App,
    event: &Event,
) -> Answer<Option<(i64, i64)>> {
    let long_ago = seat.v.now().plus(-ASK_AFTER).local_day();
    if event.last_day.is_empty() || event.last_day > long_ago {
        return Ok(None);
    }
    let actions = actions_of(seat, app, event).await?;
    let standing = |state: &str| {
        let found = actions.iter().filter(|one| one.state == state).count();
        i64::try_from(found).unwrap_or(i64::MAX)
    };
    Ok(Some((standing("done"), standing("open"))))
}

/// What came of an event.
pub(super) async fn page(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let event = seat.event(&slug).await?;
    let (v, db, asker) = (&seat.v, &app.db, seat.asker());
    let which = sessions_store::Which {
        event: Some(event.number),
        ..sessions_store::Which::default()
    };
    let most = i64::try_from(MOST_SESSIONS).unwrap_or(MOST);
    let (mut sessions, mut write_ups) = (Vec::new(), BTreeMap::new());
    for session in sessions_store::sessions(db, &asker, which, most).await? {
        if let Some(number) = session.write_up {
            let record = texts_store::record(db, &v.viewer, "write-up", number).await?;
            if let Some(record) = record.filter(Record::is_live) {
                let address = record.address();
                write_ups.insert(session.number, (record.title, address));
            }
        }
        let told = store::told(db, &asker, session.number).await?;
        let mut outcomes = Vec::new();
        for one in told.into_iter().filter(|one| one.what == "outcome") {
            let page = page_of(v, &app, &one).await?;
            outcomes.push((one, page));
        }
        if !outcomes.is_empty() || write_ups.contains_key(&session.number) {
            sessions.push(Came { session, outcomes });
        }
    }
    let (open, ended): (Vec<Action>, Vec<Action>) = actions_of(&seat, &app, &event)
        .await?
        .into_iter()
        .partition(Action::is_open);
    let (done, dropped) = ended.into_iter().partition(|action| action.state == "done");
    v.page(&CamePage {
        v,
        event: &event,
        open,
        done,
        dropped,
        sessions,
        became: became(&seat, &app, &event).await?,
        write_ups,
        today: day_of(v.now()),
    })
}

/// The actions of an event as a table for other programs.
pub(super) async fn csv(seat: Seat, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let event = seat.event(&slug).await?;
    let base = &app.settings.base_url;
    let actions = actions_of(&seat, &app, &event).await?;
    let rows = actions.iter().map(|action| {
        vec![
            action.number.to_string(),
            action.what.clone(),
            name_in(&event, &action.owner),
            action.due_on.clone(),
            action.state.clone(),
            action.why.clone(),
            action.session.to_string(),
            action.session_title.clone(),
            action.line_number.map_or(String::new(), |n| n.to_string()),
            format!("{base}{}", action.address()),
        ]
    });
    let columns = [
        "action",
        "what",
        "owner",
        "due",
        "state",
        "why",
        "session",
        "session title",
        "line",
        "address",
    ];
    table::csv("actions", &columns, rows)
}
