//! The stewards' queue: what waits, with a diff for each suggested change, and what to do about it.

use std::collections::BTreeMap;

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Query, redirect};

use super::deciding::{self, Decided};
use super::model::{Said, applied, leads_elsewhere};
use super::places::PlaceId;
use super::store::{self, NewAct};
use crate::history::diff::{self, PartDiff};
use crate::history::model::merge_parts;
use crate::history::seen::seen;
use crate::history::{clash_of_another, store as texts_store};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::subjects::kind_called;

/// Items on one page of the queue.
const ON_ONE_PAGE: i64 = 30;

#[derive(Template)]
#[template(path = "discussion/held.html")]
struct HeldPage<'v> {
    v: &'v Visit,
    queue: Queue,
}

impl HeldPage<'_> {
    fn heading(&self) -> String {
        self.v.say(if self.v.viewer.is_steward() {
            "held-title"
        } else {
            "held-title-bodies"
        })
    }
}

/// What waits, as the queue's own page and the desk show it.
pub struct Queue {
    /// How much there is.
    pub count: i64,
    /// The first of it.
    pub items: Vec<Item>,
    /// After which number there is more.
    pub more: Option<i64>,
    /// What a form sent that has to be mended.
    pub sent: Fields,
    /// What is wrong with it.
    pub errors: FieldErrors,
}

impl Queue {
    /// Whether the box of an item is ticked.
    pub fn is_ticked(&self, number: &i64) -> bool {
        let number = number.to_string();
        self.sent.all("item").any(|one| one == number)
    }

    /// The name of an item's field for a reason.
    pub fn reason_field(&self, number: &i64) -> String {
        format!("why-{number}")
    }

    /// What stands in that field.
    pub fn why(&self, number: &i64) -> String {
        self.sent.get(&format!("why-{number}")).to_owned()
    }
}

/// Something that waits, as the queue shows it.
pub struct Item {
    /// What was said.
    pub said: Said,
    /// What a suggested change would change today.
    pub changes: Vec<PartDiff>,
    /// Whether a suggested change touches words that others changed since.
    pub clashes: bool,
    /// Whether it has links to other places.
    pub leads_elsewhere: bool,
    /// The comment that a flag is about.
    pub about: Option<Said>,
}

/// The queue.
pub async fn page(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let after = query.number("after").unwrap_or(0);
    let sent = (Fields::default(), FieldErrors::default());
    shown(&v, &app, after, StatusCode::OK, sent).await
}

async fn shown(
    v: &Visit,
    app: &App,
    after: i64,
    status: StatusCode,
    sent: (Fields, FieldErrors),
) -> Answer {
    let queue = queue(v, app, after, sent).await?;
    v.page_with(status, &HeldPage { v, queue })
}

/// What waits after this number.
pub async fn queue(
    v: &Visit,
    app: &App,
    after: i64,
    (sent, errors): (Fields, FieldErrors),
) -> Answer<Queue> {
    let mut held = store::held(&app.db, &v.viewer, after, ON_ONE_PAGE + 1).await?;
    let has_more = held.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        held.pop();
    }
    let more = held.last().map(|last| last.number).filter(|_| has_more);
    let mut items = Vec::with_capacity(held.len());
    for said in held {
        items.push(item(v, app, said).await?);
    }
    Ok(Queue {
        count: store::held_counts(&app.db, &v.viewer).await?.items(),
        items,
        more,
        sent,
        errors,
    })
}

async fn item(v: &Visit, app: &App, said: Said) -> Answer<Item> {
    let mut item = Item {
        changes: Vec::new(),
        clashes: false,
        leads_elsewhere: said.is_spoken() && leads_elsewhere(&said.words),
        about: None,
        said,
    };
    if item.said.what == "flag" && item.said.thread > 0 {
        let about = store::numbered(&app.db, &v.viewer, item.said.thread).await?;
        item.about = about.filter(|about| about.is("published"));
    }
    if item.said.what == "change" {
        let kind = kind_called(&item.said.kind).or_not_found()?;
        let number = item.said.record;
        let record = texts_store::record(&app.db, &v.viewer, kind.name(), number)
            .await?
            .or_not_found()?;
        let at = |seq| texts_store::revision(&app.db, &record.id, seq);
        let base = at(item.said.base).await?.or_not_found()?.parts();
        let today = at(record.head).await?.or_not_found()?.parts();
        let mine = applied(&base, &item.said.words);
        let merged = merge_parts(kind, &base, &today, &mine);
        item.clashes = !merged.clashes.is_empty();
        let after = seen(v, kind, merged.parts).await?;
        item.changes = diff::short(v, kind, &seen(v, kind, today).await?, &after);
    }
    Ok(item)
}

/// Accepts or refuses: one item by its own buttons, or all that are ticked.
pub async fn decide(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let one = ["accept", "refuse"]
        .into_iter()
        .find_map(|act| fields.number(act).map(|number| (act == "accept", number)));
    let (is_accepted, numbers, field) = if let Some((is_accepted, number)) = one {
        (is_accepted, vec![number], format!("why-{number}"))
    } else {
        let ticked = fields.all("item").filter_map(|one| one.parse().ok());
        let numbers = ticked.take(200).collect();
        (fields.get("do") == "accept", numbers, "why".to_owned())
    };
    let why = texts::one_line(fields.get(&field));
    let mut errors = FieldErrors::default();
    if numbers.is_empty() {
        errors.add("why", v.say("wrong-held-none"));
    } else if !is_accepted && let Some(wrong) = deciding::wrong_reason(&v, &why) {
        errors.add(&field, wrong);
    }
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, 0, status, (fields, errors)).await;
    }
    let mut told = "decided";
    for number in numbers {
        let Some(said) = store::to_decide(&app.db, &v.viewer, number).await? else {
            told = "decided-late";
            continue;
        };
        let decided = if is_accepted {
            deciding::accept(&v, &app, &said).await?
        } else {
            deciding::refuse(&v, &app, &said, &why).await?
        };
        match decided {
            Decided::Done => {}
            Decided::Late => told = "decided-late",
            Decided::Clash(kind, conflict) => {
                let action = format!("/desk/held/{number}/resolutions");
                return clash_of_another(&v, kind, &conflict, action).await;
            }
        }
    }
    let to = format!("/desk/held?told={told}");
    Ok(redirect(StatusCode::SEE_OTHER, &to))
}

/// Refuses everything by visitors that waits, in one act.
pub async fn clear(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let why = texts::one_line(fields.get("why-all"));
    let mut errors = FieldErrors::default();
    if let Some(wrong) = deciding::wrong_reason(&v, &why) {
        errors.add("why-all", wrong);
    } else if !fields.ticked("sure") {
        errors.add("sure", v.say("wrong-held-sure"));
    }
    if !errors.is_empty() {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, 0, status, (fields, errors)).await;
    }
    let tx = app.db.begin().await?;
    let mut times: BTreeMap<(PlaceId, String), i64> = BTreeMap::new();
    for (id, kind, page, what) in store::every_held(&tx, &v.viewer).await? {
        if store::settle(&tx, &id, "held", "refused", &why, v.now()).await? {
            *times.entry((PlaceId::of(&kind, &page), what)).or_default() += 1;
        }
    }
    for ((place, what), times) in times {
        let act = NewAct {
            act: "refuse",
            what: &what,
            number: 0,
            times,
            about: Some(&place),
            reason: &why,
            by: v.viewer.id(),
        };
        store::note_act(&tx, &act, v.now()).await?;
    }
    tx.commit().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/desk/held?told=decided"))
}
