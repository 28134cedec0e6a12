//! Pages of solutions.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, redirect};

use super::store::{self, Card, Which};
use super::{KINDS_OF_SOLUTION, Solutions};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::cases::section as cases;
use crate::cases::store::Which as CasesOf;
use crate::discussion;
use crate::evidence::section as evidence_section;
use crate::history::editing::number_of;
use crate::history::linking::Targets;
use crate::history::model::Record;
use crate::history::removals;
use crate::history::store::{self as texts_store, Listed};
use crate::history::store_protection::{self, Protection};
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::trials::solution_section;
use crate::turning::section::made_of;

/// Solutions on one page of a list.
const ON_ONE_PAGE: i64 = 30;
/// The sections of a solution's page, in order.
const SECTIONS: [&str; 4] = ["short", "steps", "say", "watch"];

#[derive(Template)]
#[template(path = "solutions/show.html")]
struct SolutionPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    /// The bodies it was opened to: name and word in addresses.
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    card: Card,
    tags: Vec<String>,
    sections: Vec<(&'static str, Option<web::Rendered>)>,
    hurdles: Vec<Listed>,
    related: Vec<Listed>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    /// The lines of notes that it cites.
    notes: String,
    discussion: String,
    evidence: String,
    worked: String,
    cases: String,
}

/// A solution: what it takes first, then its steps and words.
pub async fn show(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "solution", number)
        .await?
        .or_not_found()?;
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/solutions/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    let (db, viewer) = (&app.db, &v.viewer);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &Solutions, &parts).await?;
    let sections = SECTIONS.iter().map(|key| {
        let words = parts.get(key);
        (*key, (!words.is_empty()).then(|| targets.render(words, 3)))
    });
    let of_this = CasesOf {
        solution: Some(number),
        ..CasesOf::default()
    };
    let page = SolutionPage {
        v: &v,
        record: &record,
        readers: store_readers::named(&app.db, &record.id.0).await?,
        protection: store_protection::of(&app.db, &record.id, v.now()).await?,
        card: store::card(db, viewer, number).await?.or_not_found()?,
        tags: parts.list("tags"),
        sections: sections.collect(),
        hurdles: store::hurdles_of(db, viewer, number).await?,
        related: texts_store::sharing_tags(db, viewer, &record).await?,
        linking_here: texts_store::linking_here(db, viewer, &SubjectRef::new("solution", number))
            .await?,
        files: attachments::on_page(&v, &app, &record).await?,
        changed_by: head.author,
        notes: made_of(&v, &app, &record.id).await?,
        discussion: discussion::section(&v, &app, &record).await?,
        evidence: evidence_section::of_record(&v, &app, &record).await?,
        worked: solution_section::section(&v, &app, &record).await?,
        cases: cases::section(&v, &app, "solution", &of_this, None).await?,
    };
    v.shared_page(&page)
}

#[derive(Template)]
#[template(path = "solutions/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    kind: Option<&'static str>,
    from: Option<&'static str>,
    is_alone: bool,
    solutions: Vec<Card>,
    more: Option<i64>,
}

impl ListPage<'_> {
    fn kinds(&self) -> [&'static str; 3] {
        KINDS_OF_SOLUTION
    }

    fn next(&self, after: &i64) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.kind.map(|kind| ("kind", kind)));
        query.extend_pairs(self.from.map(|from| ("from", from)));
        query.extend_pairs(self.is_alone.then_some(("nobody", "1")));
        query.append_pair("after", &after.to_string());
        format!("/solutions?{}", query.finish())
    }
}

/// All solutions, or those that fit.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let kind = KINDS_OF_SOLUTION
        .into_iter()
        .find(|kind| *kind == query.get("kind"));
    let from = ["top", "below"]
        .into_iter()
        .find(|from| *from == query.get("from"));
    let is_alone = query.ticked("nobody");
    let which = Which {
        kind,
        from,
        is_alone,
        after: query.number("after").unwrap_or(0),
    };
    let mut solutions = store::listed(&app.db, &v.viewer, which, ON_ONE_PAGE + 1).await?;
    let has_more = solutions.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        solutions.pop();
    }
    let more = solutions
        .last()
        .map(|last| last.number)
        .filter(|_| has_more);
    v.shared_page(&ListPage {
        v: &v,
        kind,
        from,
        is_alone,
        solutions,
        more,
    })
}
