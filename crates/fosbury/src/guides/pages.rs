//! Pages of guides.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use texts::sections::sections;
use web::{OrNotFound, Query, redirect};

use super::Guides;
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::discussion;
use crate::harvesting::section as harvest_section;
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
use crate::turning::pages as turning;

/// Guides on one page of a list.
const ON_ONE_PAGE: i64 = 100;

#[derive(Template)]
#[template(path = "guides/show.html")]
struct GuidePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    /// The bodies it was opened to: name and word in addresses.
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    tags: Vec<String>,
    opening: Option<web::Rendered>,
    sections: Vec<Section>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    /// The lines of notes that it cites.
    notes: String,
    discussion: String,
}

/// A part of the guide under one heading of the highest level in it.
struct Section {
    /// Which of the text's sections it is, for the form that edits it alone.
    at: usize,
    title: String,
    words: web::Rendered,
}

/// A guide, its sections each with a way to edit it.
pub async fn show(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "guide", number)
        .await?
        .or_not_found()?;
    if let Some(page) = turning::leads_on(&app, &record).await? {
        return Ok(page);
    }
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/guides/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    let (db, viewer) = (&app.db, &v.viewer);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &Guides, &parts).await?;
    let (opening, sections) = divided(parts.get("text"), &targets);
    let page = GuidePage {
        v: &v,
        record: &record,
        readers: store_readers::named(&app.db, &record.id.0).await?,
        protection: store_protection::of(&app.db, &record.id, v.now()).await?,
        tags: parts.list("tags"),
        opening,
        sections,
        linking_here: texts_store::linking_here(db, viewer, &SubjectRef::new("guide", number))
            .await?,
        files: attachments::on_page(&v, &app, &record).await?,
        changed_by: head.author,
        notes: harvest_section::of_record(&v, &app, &record.id).await?,
        discussion: discussion::section(&v, &app, &record).await?,
    };
    v.shared_page(&page)
}

/// The words before the first heading, and the sections under the highest headings.
fn divided(text: &str, targets: &Targets) -> (Option<web::Rendered>, Vec<Section>) {
    let all = sections(text);
    let Some(highest) = all.iter().map(|section| section.level).min() else {
        return (
            (!text.is_empty()).then(|| targets.render(text, 2)),
            Vec::new(),
        );
    };
    let first = all
        .first()
        .map_or(text.len(), |section| section.range.start);
    let opening = &text[..first];
    let tops = all
        .iter()
        .enumerate()
        .filter(|(_, section)| section.level == highest);
    let divided = tops.map(|(at, section)| {
        let words = &text[section.range.clone()];
        let body = words.split_once('\n').map_or("", |(_, body)| body);
        Section {
            at,
            title: web::plain(&format!("# {}", section.title))
                .trim()
                .to_owned(),
            words: targets.render(body, 3),
        }
    });
    let opening = (!opening.trim().is_empty()).then(|| targets.render(opening, 2));
    (opening, divided.collect())
}

#[derive(Template)]
#[template(path = "guides/list.html")]
struct ListPage<'v> {
    v: &'v Visit,
    guides: Vec<Listed>,
    more: Option<i64>,
}

/// All guides.
pub async fn list(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let after = query.number("after").unwrap_or(0);
    let mut guides =
        texts_store::listed(&app.db, &v.viewer, "guide", after, ON_ONE_PAGE + 1).await?;
    let has_more = guides.len() > usize::try_from(ON_ONE_PAGE).unwrap_or_default();
    if has_more {
        guides.pop();
    }
    let more = guides.last().map(|last| last.number).filter(|_| has_more);
    v.shared_page(&ListPage {
        v: &v,
        guides,
        more,
    })
}
