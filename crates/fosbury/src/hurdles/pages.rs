//! Pages of hurdles.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, Query, redirect};

use super::model::SECTIONS;
use super::{HEADINGS, Hurdles, store};
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
use crate::layout::{Answer, Stopped, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::trials::facing;
use crate::trials::store::Narrowed;
use crate::trials::ways::{self, Ways};
use crate::turning::section::made_of;

/// Hurdles on one page of a list.
const ON_ONE_PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "hurdles/show.html")]
struct HurdlePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    /// The bodies it was opened to: name and word in addresses.
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    heading: String,
    tags: Vec<String>,
    sections: Vec<Section>,
    ways: Ways,
    here: String,
    cases: String,
    depends_on: Vec<Listed>,
    frees: Vec<Listed>,
    related: Vec<Listed>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    /// The lines of notes that it cites.
    notes: String,
    discussion: String,
    evidence: String,
}

/// A section of the page; without words it asks one small question.
struct Section {
    key: &'static str,
    words: Option<web::Rendered>,
}

impl HurdlePage<'_> {
    fn has_ways(&self) -> bool {
        !self.ways.ways.is_empty()
    }
}

/// A hurdle, answering first and explaining after.
pub async fn show(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "hurdle", number)
        .await?
        .or_not_found()?;
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/hurdles/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    let (db, viewer) = (&app.db, &v.viewer);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &Hurdles, &parts).await?;
    let sections = SECTIONS.iter().map(|key| {
        let words = parts.get(key);
        Section {
            key,
            words: (!words.is_empty()).then(|| targets.render(words, 3)),
        }
    });
    let of_this = CasesOf {
        hurdle: Some(number),
        ..CasesOf::default()
    };
    let subject = SubjectRef::new("hurdle", number);
    let everything = Narrowed::default();
    // Three questions at a time: none waits for what another asks.
    let ((ways, here), (cases, depends_on, frees, related, linking_here), rest) = tokio::try_join!(
        async {
            let ways = ways::over(&v, &app, number, &everything).await?;
            Ok::<_, Stopped>((ways, facing::section(&v, &app, &record).await?))
        },
        async {
            Ok::<_, Stopped>((
                cases::section(&v, &app, "hurdle", &of_this, None).await?,
                store::depends_on(db, viewer, number).await?,
                store::frees(db, viewer, number).await?,
                texts_store::sharing_tags(db, viewer, &record).await?,
                texts_store::linking_here(db, viewer, &subject).await?,
            ))
        },
        async {
            Ok::<_, Stopped>((
                attachments::on_page(&v, &app, &record).await?,
                made_of(&v, &app, &record.id).await?,
                discussion::section(&v, &app, &record).await?,
                evidence_section::of_record(&v, &app, &record).await?,
            ))
        },
    )?;
    let (files, notes, discussion, evidence) = rest;
    let page = HurdlePage {
        v: &v,
        record: &record,
        readers: store_readers::named(&app.db, &record.id.0).await?,
        protection: store_protection::of(&app.db, &record.id, v.now()).await?,
        heading: parts.get("heading").to_owned(),
        tags: parts.list("tags"),
        sections: sections.collect(),
        ways,
        here,
        cases,
        depends_on,
        frees,
        related,
        linking_here,
        files,
        changed_by: head.author,
        notes,
        discussion,
        evidence,
    };
    v.shared_page(&page)
}

#[derive(Template)]
#[template(path = "hurdles/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    chosen: Option<&'static str>,
    groups: Vec<Group>,
    more: Option<i64>,
}

struct Group {
    heading: &'static str,
    hurdles: Vec<Listed>,
}

/// All hurdles by heading, or those of one heading.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let chosen = HEADINGS
        .into_iter()
        .find(|heading| *heading == query.get("heading"));
    let after = query.number("after").unwrap_or(0);
    let mut groups = Vec::new();
    let mut more = None;
    for heading in HEADINGS
        .into_iter()
        .filter(|name| chosen.is_none_or(|chosen| chosen == *name))
    {
        let mut hurdles = store::under(&app.db, &v.viewer, heading, after, ON_ONE_PAGE + 1).await?;
        if hurdles.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default() {
            hurdles.pop();
            more = hurdles
                .last()
                .map(|last| last.number)
                .filter(|_| chosen.is_some());
        }
        groups.push(Group { heading, hurdles });
    }
    v.shared_page(&ListPage {
        v: &v,
        chosen,
        groups,
        more,
    })
}
