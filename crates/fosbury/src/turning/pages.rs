//! The page that asks what a guide is to become, and its acts.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use harvest::Register;
use web::{Fields, OrNotFound, Page, redirect};

use super::capture::Notes;
use super::doing::{self, Outcome, Wanted};
use super::looks::{Look, Why, look};
use super::merging;
use super::model::{Becomes, mapped};
use super::returning::{self, Returned};
use super::store;
use crate::discussion::model::What;
use crate::guides::Guides;
use crate::harvesting::becoming::entry;
use crate::harvesting::{making, store as harvested};
use crate::history::editing::{done, live_record, number_of};
use crate::history::forms::called;
use crate::history::model::{Parts, Record};
use crate::history::saving::in_short;
use crate::history::seen::seen;
use crate::history::store as texts;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::sessions::kinds::is_day;
use crate::state::App;
use crate::subjects::{SubjectRef, kind_called};

/// Records that a page is compared with at the most.
const COMPARED: i64 = 3_000;
/// Records that a page may be, at the most.
const TWINS: usize = 3;
/// Letters of an opening that are compared: of a long text every record covers little.
const COMPARED_LETTERS: usize = 140;

/// The register as pages are compared with it.
pub struct Known {
    register: Register<SubjectRef>,
    titles: Vec<(SubjectRef, String)>,
    headings: Vec<(i64, String)>,
}

impl Known {
    /// What this viewer may read of hurdles and solutions.
    pub async fn of(v: &Visit, app: &App) -> Answer<Self> {
        let (mut entries, mut titles, mut headings) = (Vec::new(), Vec::new(), Vec::new());
        for text in harvested::texts(&app.db, &v.viewer, COMPARED).await? {
            let Some(kind) = kind_called(&text.kind).filter(|kind| kind.name() != "guide") else {
                continue;
            };
            let parts = Parts::from_json(&text.parts);
            entries.push(entry(kind, text.number, &text.title, &parts));
            if text.kind == "hurdle" {
                headings.push((text.number, parts.get("heading").to_owned()));
            }
            titles.push((SubjectRef::new(&text.kind, text.number), text.title));
        }
        Ok(Self {
            register: Register::new(entries),
            titles,
            headings,
        })
    }

    /// Records that say what this page says, perhaps: each with its title.
    pub fn twins(&self, title: &str, text: &str) -> Vec<(SubjectRef, String)> {
        let opening = in_short(text, COMPARED_LETTERS);
        let mut found = self.register.twins(title, TWINS);
        found.extend(self.register.twins(&opening, TWINS));
        found.sort_by(|(_, one), (_, other)| other.total_cmp(one));
        let mut seen = BTreeSet::new();
        found.retain(|(twin, _)| seen.insert(twin.clone()));
        found.truncate(TWINS);
        let named = found.into_iter().filter_map(|(twin, _)| {
            let known = self.titles.iter().find(|(one, _)| *one == twin);
            known.cloned()
        });
        named.collect()
    }

    /// The heading of the hurdle that is nearest.
    pub fn heading(&self, twins: &[(SubjectRef, String)]) -> &'static str {
        let nearest = twins.iter().find(|(twin, _)| twin.kind == "hurdle");
        let heading = nearest.and_then(|(twin, _)| {
            let of = self.headings.iter().find(|(one, _)| *one == twin.number);
            of.map(|(_, heading)| heading.as_str())
        });
        making::heading(heading)
    }
}

#[derive(Template)]
#[template(path = "turning/form.html")]
struct FormPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    look: Option<Look>,
    twins: Vec<(SubjectRef, String)>,
    heading: String,
    day: String,
    young: String,
    into: String,
    /// The parts of what it becomes: what, which part, how it begins.
    pieces: Vec<(Becomes, String, String)>,
    errors: FieldErrors,
}

impl FormPage<'_> {
    fn headings(&self) -> [&'static str; 7] {
        crate::hurdles::HEADINGS
    }

    fn youngs(&self) -> [&'static str; 2] {
        ["no", "yes"]
    }

    fn is_heading(&self, one: &str) -> bool {
        self.heading == one
    }

    fn of_hurdle(&self) -> Vec<&(Becomes, String, String)> {
        self.of(Becomes::Hurdle)
    }

    fn of_solution(&self) -> Vec<&(Becomes, String, String)> {
        self.of(Becomes::Solution)
    }

    fn of(&self, becomes: Becomes) -> Vec<&(Becomes, String, String)> {
        let own = self.pieces.iter().filter(|(one, _, _)| *one == becomes);
        own.collect()
    }

    fn said(&self, why: &Why) -> String {
        said(self.v, why)
    }
}

/// Why a page looks like something, in words.
pub fn said(v: &Visit, why: &Why) -> String {
    v.with_of("turn-why", why.what, "value", &why.value)
}

/// Asks what a guide is to become.
pub async fn form(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Guides, &slug).await?;
    let sent = Fields::default();
    shown(&v, &app, &record, (&sent, FieldErrors::default())).await
}

async fn shown(
    v: &Visit,
    app: &App,
    record: &Record,
    (sent, errors): (&Fields, FieldErrors),
) -> Answer {
    let head = texts::revision(&app.db, &record.id, record.head).await?;
    let parts = seen(v, &Guides, head.or_not_found()?.parts()).await?;
    let known = Known::of(v, app).await?;
    let twins = known.twins(&record.title, parts.get("text"));
    let or = |key: &str, usual: &str| sent.sent(key).unwrap_or(usual).to_owned();
    let page = FormPage {
        v,
        record,
        called: called(v, record),
        look: look("", &record.title, parts.get("text")),
        heading: or("heading", known.heading(&twins)),
        day: or("day", &record.made_at.local_day()),
        young: or("young", "no"),
        into: or("number", ""),
        twins,
        pieces: pieces(v, &parts),
        errors,
    };
    let status = if page.errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    v.page_with(status, &page)
}

fn pieces(v: &Visit, parts: &Parts) -> Vec<(Becomes, String, String)> {
    let mut pieces = Vec::new();
    for becomes in [Becomes::Hurdle, Becomes::Solution] {
        let Some(kind) = kind_called(becomes.name()) else {
            continue;
        };
        let mapped = mapped(becomes, parts);
        let said = kind.parts().iter().filter(|part| {
            part.shape == crate::history::kind::Shape::Text && !mapped.get(part.key).is_empty()
        });
        pieces.extend(said.map(|part| {
            let label = v.say_in("part", kind.name(), part.key);
            (becomes, label, in_short(mapped.get(part.key), 140))
        }));
    }
    pieces
}

/// What a form or a program asks for; what is wrong with it otherwise.
pub async fn wanted(
    v: &Visit,
    app: &App,
    guide: &Record,
    fields: &Fields,
) -> Answer<Result<Wanted, FieldErrors>> {
    let mut errors = FieldErrors::default();
    Ok(match Becomes::named(fields.get("as")) {
        Some(Becomes::Hurdle) => {
            let sent = fields.get("heading");
            let chosen = crate::hurdles::HEADINGS.into_iter();
            let chosen = chosen.into_iter().find(|heading| *heading == sent);
            match chosen {
                Some(heading) => Ok(Wanted::Hurdle(heading)),
                None if sent.is_empty() => {
                    let known = Known::of(v, app).await?;
                    let twins = known.twins(&guide.title, &guide.summary);
                    Ok(Wanted::Hurdle(known.heading(&twins)))
                }
                None => {
                    errors.add("heading", v.say("wrong-choice"));
                    Err(errors)
                }
            }
        }
        Some(Becomes::Solution) => Ok(Wanted::Solution),
        Some(Becomes::Capture) => {
            // A form says the day; a key on the page of a wiki does not.
            let written = guide.made_at.local_day();
            let day = fields
                .sent("day")
                .map_or(written, |day| day.trim().to_owned());
            let is_young = fields.get("young") == "yes";
            if is_day(&day) {
                Ok(Wanted::Capture(Notes { day, is_young }))
            } else {
                errors.add("day", v.say("wrong-event-day"));
                Err(errors)
            }
        }
        None => {
            errors.add("as", v.say("wrong-turn-as"));
            Err(errors)
        }
    })
}

/// Turns a guide into what somebody says that it is, merges it into what says the same already, or
/// tells of it there.
pub async fn turn(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, &Guides, &slug).await?;
    let mut errors = match acted(&v, &app, &record, &fields).await? {
        Ok(page) => return Ok(page),
        Err(errors) => errors,
    };
    if errors.is_empty() {
        errors.add("as", v.say("wrong-turn-as"));
    }
    shown(&v, &app, &record, (&fields, errors)).await
}

/// Does with a guide what a form asks for, and goes on to what it became.
pub async fn acted(
    v: &Visit,
    app: &App,
    record: &Record,
    fields: &Fields,
) -> Answer<Result<Page, FieldErrors>> {
    let mut errors = FieldErrors::default();
    let sent = match fields.get("into") {
        "" => fields.get("number"),
        pressed => pressed,
    };
    if !sent.is_empty() || ["merge", "comment", "way"].contains(&fields.get("as")) {
        let what = match fields.get("as") {
            "comment" => Some(What::Comment),
            "way" => Some(What::Way),
            _ => None,
        };
        let there = named(sent);
        let there = there
            .as_ref()
            .map(|(kind, number)| (kind.as_str(), *number));
        let page = match (there, what) {
            (None, _) => None,
            (Some(there), Some(what)) => merging::repeated(v, app, record, (there, what)).await?,
            (Some(there), None) => merging::merged(v, app, record, there).await?,
        };
        let Some(page) = page else {
            errors.add("number", v.say("wrong-turn-into"));
            return Ok(Err(errors));
        };
        let told = if what.is_some() {
            "said"
        } else {
            "turned-into"
        };
        return Ok(Ok(done(&page, told)));
    }
    let wanted = match wanted(v, app, record, fields).await? {
        Ok(wanted) => wanted,
        Err(errors) => return Ok(Err(errors)),
    };
    Ok(match doing::turned(v, app, record, &wanted).await? {
        Outcome::Done(_, next) => {
            let next = format!("{next}?told=turned");
            Ok(redirect(StatusCode::SEE_OTHER, &next))
        }
        Outcome::Protected => Ok(done(record, "protected")),
        Outcome::Nothing => {
            errors.add("day", v.say("wrong-turn-nothing"));
            Err(errors)
        }
    })
}

/// The hurdle or solution that words such as "hurdle 27" or `solution-3` name.
pub fn named(words: &str) -> Option<(String, i64)> {
    let words = words.trim().to_lowercase().replace(['-', '/', '#'], " ");
    let mut words = words.split_whitespace();
    let (kind, number) = (words.next()?, words.next()?);
    Some((kind_called(kind)?.name().to_owned(), number.parse().ok()?))
}

/// Makes a guide of it again.
pub async fn come_back(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts::record(&app.db, &v.viewer, "guide", number).await?;
    let record = record.filter(|record| record.state == "turned");
    let record = record.or_not_found()?;
    let history = format!("{}/history", record.address());
    let told = |word: &str| redirect(StatusCode::SEE_OTHER, &format!("{history}?told={word}"));
    Ok(match returning::returned(&v, &app, record.clone()).await? {
        Returned::Done(record) => done(&record, "turned-back"),
        Returned::Protected => told("protected"),
        Returned::Used => told("turned-used"),
    })
}

/// Where a guide that became something else leads, if the page asked for is one.
pub async fn leads_on(app: &App, record: &Record) -> Answer<Option<Page>> {
    if record.state != "turned" {
        return Ok(None);
    }
    let turned = store::of_guide(&app.db, &record.id).await?.or_not_found()?;
    let next = if let Some(session) = turned.session {
        format!("/sessions/{session}")
    } else {
        let target = texts::record_by_id(&app.db, &turned.to_id).await?;
        let target = target.or_not_found()?;
        SubjectRef::new(&target.kind, target.number).address("")
    };
    Ok(Some(redirect(StatusCode::MOVED_PERMANENTLY, &next)))
}
