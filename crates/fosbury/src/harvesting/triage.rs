//! The triage page: each passage of the notes beside what it may be.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use harvest::Register;
use web::{Fields, OrNotFound, Query, Trouble};

use super::becoming::entry;
use super::model::{Guess, Outcome, Passage, Session, guess, passages};
use super::store;
use super::store_kept::{self, Leads};
use crate::history::editing::number_of;
use crate::history::model::Parts;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::sessions::model::initials;
use crate::state::App;
use crate::subjects::{SubjectRef, kind_called};

/// Records that lines are compared with at the most.
const COMPARED: i64 = 3_000;
/// Passages on one page.
const ON_ONE_PAGE: usize = 150;
/// The kinds with their keys, in the order in which they are offered.
pub const KINDS: [(&str, &str); 7] = [
    ("hurdle", "h"),
    ("solution", "s"),
    ("example", "e"),
    ("resource", "r"),
    ("principle", "p"),
    ("question", "q"),
    ("action", "t"),
];
/// How a passage is merged into a record.
pub const HOWS: [&str; 4] = ["cited", "comment", "way", "help"];

/// All that is known of a session's notes while somebody looks at them.
pub struct Table {
    /// The session.
    pub session: Session,
    /// Its passages.
    pub passages: Vec<Passage>,
    /// The titles of records that passages may be.
    pub titles: Vec<(SubjectRef, String)>,
    /// The headings of hurdles, by number.
    pub headings: Vec<(i64, String)>,
    /// Where lines lead that the session keeps.
    pub leads: Vec<Leads>,
}

#[derive(Template)]
#[template(path = "harvesting/triage.html")]
struct TriagePage<'v> {
    v: &'v Visit,
    table: &'v Table,
    /// The passages on this page.
    shown: &'v [Passage],
    /// The passage that waits next, by its anchor.
    next: String,
    /// Passages that wait, and all that somebody should decide.
    waiting: usize,
    all: usize,
    /// Who may see what is made.
    visibility: String,
    /// The viewer's last act that can be undone, and its words.
    last: Option<(String, String)>,
    /// The number of the passage where the page before and after this one begin.
    before: Option<usize>,
    after: Option<usize>,
    sent: Option<&'v Fields>,
    errors: &'v FieldErrors,
}

impl TriagePage<'_> {
    fn kinds(&self) -> [(&'static str, &'static str); 7] {
        KINDS
    }

    fn hows(&self) -> [&'static str; 4] {
        HOWS
    }

    /// The first two kinds that something can be made of.
    fn likely(&self, guess: &Guess) -> Vec<(&'static str, &'static str)> {
        let keyed = guess
            .kinds
            .iter()
            .filter_map(|kind| KINDS.into_iter().find(|(name, _)| name == kind));
        keyed.take(2).collect()
    }

    /// The kinds that stand behind the rest; of a heading, all.
    fn others(&self, guess: &Guess) -> Vec<(&'static str, &'static str)> {
        if guess.is_heading {
            return KINDS.to_vec();
        }
        let likely = self.likely(guess);
        let others = KINDS.into_iter().filter(|kind| !likely.contains(kind));
        others.collect()
    }

    fn is_likely_aside(&self, guess: &Guess) -> bool {
        guess.kinds.first() == Some(&"aside")
    }

    fn title_of(&self, twin: &SubjectRef) -> &str {
        let found = self.table.titles.iter().find(|(one, _)| one == twin);
        found.map_or("", |(_, title)| title)
    }

    fn waiting_words(&self) -> String {
        let (waiting, all) = (
            ("n", &self.waiting as &dyn ToString),
            ("all", &self.all as _),
        );
        self.v.with_two("harvest-waiting", waiting, all)
    }

    /// The action or the question that a line became which the session keeps.
    fn leads_to(&self, done: &Outcome) -> Option<(String, String)> {
        leads_to(
            self.v,
            &self.table.leads,
            done,
            &self.table.session.address(),
        )
    }

    fn by_words(&self, done: &Outcome) -> String {
        let day = done.at.day();
        let (name, day) = (("name", &done.by_name as &dyn ToString), ("day", &day as _));
        self.v.with_two("harvest-by", name, day)
    }

    fn is_chosen(&self, opening: &str) -> bool {
        self.visibility == opening
    }

    /// A key for each twin.
    fn key_of(&self, at: &usize) -> &'static str {
        ["m", "n", ","].get(*at).copied().unwrap_or_default()
    }

    fn is_sent(&self, passage: &Passage) -> bool {
        self.sent.is_some_and(|fields| is_of(fields, passage))
    }

    /// What was sent for a passage, or what it begins with.
    fn field(&self, passage: &Passage, name: &str, usual: &str) -> String {
        match self.sent {
            Some(fields) if is_of(fields, passage) => fields.get(name).to_owned(),
            _ => usual.to_owned(),
        }
    }

    /// The name of a field's element, different for each passage but the one with mistakes.
    fn id(&self, passage: &Passage, name: &str) -> String {
        if self.is_sent(passage) {
            name.to_owned()
        } else {
            format!("{name}-{}", passage.anchor())
        }
    }

    fn same_words(&self, passage: &Passage) -> Vec<i64> {
        let group = |one: &Passage| one.guess.as_ref().and_then(|guess| guess.group);
        let Some(own) = group(passage) else {
            return Vec::new();
        };
        let others = self.table.passages.iter();
        let others =
            others.filter(|one| group(one) == Some(own) && one.anchor() != passage.anchor());
        others.map(|one| one.number).collect()
    }

    fn trial_form(&self, passage: &Passage) -> String {
        let twins = passage.guess.iter().flat_map(|guess| &guess.twins);
        let hurdle = twins.into_iter().find(|twin| twin.kind == "hurdle");
        hurdle.map_or_else(
            || "/hurdles".to_owned(),
            |hurdle| format!("{}/trials/new", hurdle.address("")),
        )
    }
}

/// The words and the address of the action or the question that a line became.
pub fn leads_to(
    v: &Visit,
    leads: &[Leads],
    done: &Outcome,
    session: &str,
) -> Option<(String, String)> {
    let (_, action, said) = leads.iter().find(|(act, ..)| *act == done.act)?;
    if *action > 0 {
        let words = v.with("called-action", "number", action);
        return Some((words, format!("{session}/actions/{action}")));
    }
    (*said > 0).then(|| {
        let words = v.with("harvest-asked", "number", said);
        (words, format!("/comments/{said}"))
    })
}

fn is_of(fields: &Fields, passage: &Passage) -> bool {
    fields.number("line") == Some(passage.number)
        && fields.number("part").unwrap_or(0) == passage.part
}

/// The page.
pub async fn page(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let table = table(&v, &app, &slug).await?;
    let errors = FieldErrors::default();
    let place = Place {
        after: anchor_of(query.get("after")),
        from: query.number("from"),
        visibility: query.get("for").to_owned(),
    };
    v.page(&laid_out(&v, &table, &place, (None, &errors)))
}

/// Where somebody is in the page.
#[derive(Default)]
pub struct Place {
    /// The line and piece that was just decided.
    pub after: Option<(i64, i64)>,
    /// The line that the page begins with.
    pub from: Option<i64>,
    /// Who may see what is made.
    pub visibility: String,
}

fn anchor_of(words: &str) -> Option<(i64, i64)> {
    let (line, part) = words.split_once('-')?;
    Some((line.parse().ok()?, part.parse().ok()?))
}

/// The page again, with what was sent and what is wrong with it.
pub fn again(v: &Visit, table: &Table, fields: &Fields, errors: &FieldErrors) -> Answer {
    let line = fields.number("line").unwrap_or(0);
    let place = Place {
        after: Some((line, fields.number("part").unwrap_or(0) - 1)),
        from: None,
        visibility: fields.get("visibility").to_owned(),
    };
    v.page_with(
        StatusCode::UNPROCESSABLE_ENTITY,
        &laid_out(v, table, &place, (Some(fields), errors)),
    )
}

/// A session's locked notes; not found where there are none to harvest.
pub async fn table(v: &Visit, app: &App, slug: &str) -> Answer<Table> {
    let number = number_of(slug).or_not_found()?;
    let (db, viewer) = (&app.db, &v.viewer);
    let session = store::session(db, viewer, number).await?.or_not_found()?;
    if session.locked_at.is_none() {
        return Err(Trouble::NotFound.into());
    }
    let lines = store::lines(db, &session.id).await?;
    let outcomes = store::outcomes(db, viewer, &session.id).await?;
    let leads = store_kept::leads(db, viewer, &session.id).await?;
    let mut passages = passages(&lines, &outcomes);
    if session.is_young {
        for passage in &mut passages {
            passage.taker = initials(&passage.taker);
        }
    }
    let texts = store::texts(db, viewer, COMPARED).await?;
    let mut titles = Vec::with_capacity(texts.len());
    let mut headings = Vec::new();
    let mut entries = Vec::with_capacity(texts.len());
    for text in texts {
        let Some(kind) = kind_called(&text.kind) else {
            continue;
        };
        let parts = Parts::from_json(&text.parts);
        entries.push(entry(kind, text.number, &text.title, &parts));
        if text.kind == "hurdle" {
            headings.push((text.number, parts.get("heading").to_owned()));
        }
        titles.push((SubjectRef::new(&text.kind, text.number), text.title));
    }
    guess(&mut passages, &Register::new(entries));
    Ok(Table {
        session,
        passages,
        titles,
        headings,
        leads,
    })
}

fn laid_out<'v>(
    v: &'v Visit,
    table: &'v Table,
    place: &Place,
    (sent, errors): (Option<&'v Fields>, &'v FieldErrors),
) -> TriagePage<'v> {
    let all = &table.passages;
    let is_after = |passage: &&Passage| {
        place
            .after
            .is_none_or(|after| (passage.number, passage.part) > after)
    };
    let open = || all.iter().filter(|passage| passage.is_open());
    let next = open().find(is_after).or_else(|| open().next());
    let at = |number: i64| all.iter().position(|one| one.number >= number);
    let begins = place
        .from
        .and_then(at)
        .or_else(|| next.and_then(|next| at(next.number)))
        .unwrap_or(0)
        / ON_ONE_PAGE
        * ON_ONE_PAGE;
    let ends = (begins + ON_ONE_PAGE).min(all.len());
    let openings = table.session.openings();
    let chosen = openings.iter().find(|one| **one == place.visibility);
    TriagePage {
        v,
        table,
        shown: &all[begins..ends],
        next: next.map(Passage::anchor).unwrap_or_default(),
        waiting: open().count(),
        all: all
            .iter()
            .filter(|one| one.outcome.is_some() || one.is_open())
            .count(),
        visibility: chosen
            .or(openings.first())
            .copied()
            .unwrap_or_default()
            .to_owned(),
        last: last_of(v, all),
        before: begins
            .checked_sub(ON_ONE_PAGE)
            .and_then(|at| all.get(at))
            .and_then(number),
        after: all.get(ends).and_then(number),
        sent,
        errors,
    }
}

fn number(passage: &Passage) -> Option<usize> {
    usize::try_from(passage.number).ok()
}

fn last_of(v: &Visit, passages: &[Passage]) -> Option<(String, String)> {
    let own = passages.iter().filter(|passage| {
        let by = passage.outcome.as_ref().and_then(|it| it.by_id.as_deref());
        by == Some(v.viewer.id())
    });
    let last =
        own.max_by_key(|passage| passage.outcome.as_ref().map(|it| (it.at, it.act.clone())))?;
    let act = last.outcome.as_ref()?.act.clone();
    Some((act, last.text.chars().take(60).collect()))
}
