//! A case's own page: the story, its trials, and what follows from them.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{OrNotFound, redirect};

use super::model::Story;
use super::{Cases, card, store, store_ties};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::discussion;
use crate::history::editing::number_of;
use crate::history::linking::Targets;
use crate::history::model::Record;
use crate::history::removals;
use crate::history::store::{self as texts_store, Listed};
use crate::history::store_protection::{self, Protection};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::state::App;
use crate::subjects::SubjectRef;

/// The sections of a case's page, in order.
const SECTIONS: [&str; 4] = ["before", "did", "came", "again"];

#[derive(Template)]
#[template(path = "cases/show.html")]
struct CasePage<'v> {
    v: &'v Visit,
    record: &'v Record,
    /// The bodies it was opened to: name and word in addresses.
    readers: Vec<(String, String)>,
    protection: Option<Protection>,
    tags: Vec<String>,
    story: Story,
    picture: Option<Attachment>,
    sections: Vec<(&'static str, Option<web::Rendered>)>,
    related: Vec<Listed>,
    linking_here: Vec<Listed>,
    files: Vec<Attachment>,
    changed_by: String,
    discussion: String,
    /// What the form for another trial sent, where something was wrong with it.
    sent: &'v str,
    errors: &'v FieldErrors,
}

/// A case.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = texts_store::record(&app.db, &v.viewer, "case", number)
        .await?
        .or_not_found()?;
    if let Some(page) = removals::gone(&v, &record)? {
        return Ok(page);
    }
    if record.address() != format!("/cases/{slug}") {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &record.address()));
    }
    shown(&v, &app, &record, ("", &FieldErrors::default())).await
}

/// The page of a case, with what was wrong in its form for another trial.
pub(super) async fn shown(
    v: &Visit,
    app: &App,
    record: &Record,
    (sent, errors): (&str, &FieldErrors),
) -> Answer {
    let (db, viewer) = (&app.db, &v.viewer);
    let head = texts_store::revision(db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let parts = head.parts();
    let targets = Targets::of(db, viewer, &Cases, &parts).await?;
    let sections = SECTIONS.iter().map(|key| {
        let words = parts.get(key);
        (*key, (!words.is_empty()).then(|| targets.render(words, 3)))
    });
    let told = store::card(db, viewer, record.number)
        .await?
        .or_not_found()?;
    let files = attachments::on_page(v, app, record).await?;
    let to = SubjectRef::new("case", record.number);
    let page = CasePage {
        v,
        record,
        readers: store_readers::named(db, &record.id.0).await?,
        protection: store_protection::of(db, &record.id, v.now()).await?,
        tags: parts.list("tags"),
        picture: card::picture(&files, told.picture),
        story: Story {
            trials: store_ties::trials_of(db, viewer, record.number).await?,
            card: told,
        },
        sections: sections.collect(),
        related: texts_store::sharing_tags(db, viewer, record).await?,
        linking_here: texts_store::linking_here(db, viewer, &to).await?,
        files,
        changed_by: head.author,
        discussion: discussion::section(v, app, record).await?,
        sent,
        errors,
    };
    if errors.is_empty() {
        v.shared_page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}
