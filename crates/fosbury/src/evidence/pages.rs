//! The page of an item of evidence.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::model::{Item, STRENGTHS};
use super::{Evidence, store, store_ties};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::discussion;
use crate::harvesting::section as harvest_section;
use crate::history::editing::number_of;
use crate::history::linking::Targets;
use crate::history::model::{Parts, Record};
use crate::history::removals;
use crate::history::store::{self as texts_store, Listed};
use crate::history::store_protection::{self, Protection};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;
use crate::trials::model::Trial;

/// The sections that every item has; without words each asks one small question.
const ALWAYS: [&str; 2] = ["quote", "says"];

#[derive(Template)]
#[template(path = "evidence/show.html")]
struct EvidencePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    /// The bodies it was opened to: name and word in addresses.
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    item: Item,
    tags: Vec<String>,
    sample: String,
    sections: Vec<(&'static str, Option<web::Rendered>)>,
    records: Vec<Listed>,
    trials: Vec<Trial>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    /// The lines of notes that it cites.
    notes: String,
    discussion: String,
    /// What the form for another trial sent, where something was wrong with it.
    sent: &'v str,
    errors: &'v FieldErrors,
}

impl EvidencePage<'_> {
    fn strengths(&self) -> [&'static str; 5] {
        STRENGTHS
    }

    /// Whether this is a study or figures, which have a method and a sample.
    fn is_worked_out(&self) -> bool {
        is_worked_out(&self.item.kind)
    }
}

fn is_worked_out(kind: &str) -> bool {
    ["study", "figures"].contains(&kind)
}

/// The sections shown: those with words, and those that are asked for in this kind of evidence.
fn sections_of(item: &Item, parts: &Parts) -> Vec<&'static str> {
    let mut keys = ALWAYS.to_vec();
    let is_asked = |key: &str| match key {
        "method" => is_worked_out(&item.kind),
        _ => item.kind == "recording",
    };
    let more = ["method", "transcript"].into_iter();
    keys.extend(more.filter(|key| is_asked(key) || !parts.get(key).is_empty()));
    keys
}

/// An item: the passage and what it shows, how strong it is, whose it is, and what it is about.
pub async fn show(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "evidence", number)
        .await?
        .or_not_found()?;
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/evidence/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    shown(&v, &app, &record, ("", &FieldErrors::default())).await
}

/// The page of an item, with what was wrong in its form for another trial.
pub async fn shown(
    v: &Visit,
    app: &App,
    record: &Record,
    (sent, errors): (&str, &FieldErrors),
) -> Answer {
    let (db, viewer, number) = (&app.db, &v.viewer, record.number);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &Evidence, &parts).await?;
    let item = store::item(db, viewer, number).await?.or_not_found()?;
    let sections = sections_of(&item, &parts).into_iter().map(|key| {
        let words = parts.get(key);
        (key, (!words.is_empty()).then(|| targets.render(words, 3)))
    });
    let sections = sections.collect();
    let page = EvidencePage {
        v,
        record,
        readers: store_readers::named(db, &record.id.0).await?,
        protection: store_protection::of(db, &record.id, v.now()).await?,
        tags: parts.list("tags"),
        sample: parts.get("sample").to_owned(),
        sections,
        records: store::records_of(db, viewer, number).await?,
        trials: store_ties::trials_of(db, viewer, number).await?,
        linking_here: texts_store::linking_here(db, viewer, &SubjectRef::new("evidence", number))
            .await?,
        files: attachments::on_page(v, app, record).await?,
        changed_by: head.author,
        notes: harvest_section::of_record(v, app, &record.id).await?,
        discussion: discussion::section(v, app, record).await?,
        item,
        sent,
        errors,
    };
    if errors.is_empty() {
        v.shared_page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}
