//! The files of a page.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;

use super::acts::may_remove;
use super::model::Attachment;
use super::versions::{History, by_themselves, histories};
use super::{store, store_versions};
use crate::history::editing::live_record;
use crate::history::kind::Kind;
use crate::history::model::Record;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// The files of a page, with the form to bring another.
#[derive(Template)]
#[template(path = "attachments/list.html")]
pub struct FilesPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    files: Vec<Attachment>,
    histories: Vec<History>,
    removed: Vec<Attachment>,
    sent: Sent,
    errors: FieldErrors,
}

/// What the form brought beside the file.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// What a picture shows, in words.
    pub alt: String,
    /// Whose it is and under which licence.
    pub credit: String,
    /// Whether a picture says nothing that the text does not.
    pub is_decoration: bool,
}

impl FilesPage<'_> {
    fn may_remove(&self, one: &Attachment) -> bool {
        may_remove(&self.v.viewer, one)
    }

    /// What a file was before.
    fn before(&self, one: &Attachment) -> Option<&History> {
        let mut all = self.histories.iter();
        all.find(|history| history.now().is_some_and(|now| now.number == one.number))
    }

    /// Files that were deleted where they came from, and left something behind.
    fn deleted(&self) -> Vec<&History> {
        let all = self.histories.iter();
        all.filter(|history| history.is_deleted()).collect()
    }

    fn largest(&self) -> u64 {
        self.v.app.settings.attachments.largest
    }
}

/// The files of a page that are on it, as the page itself lists them.
pub async fn on_page(v: &Visit, app: &App, record: &Record) -> Answer<Vec<Attachment>> {
    let mut files = store::of_record(&app.db, &v.viewer, &record.id, false).await?;
    files.retain(|one| one.removed_at.is_none());
    Ok(files)
}

/// What the files of a page were before.
pub async fn before(v: &Visit, app: &App, record: &Record) -> Answer<Vec<History>> {
    let mut files = store::of_record(&app.db, &v.viewer, &record.id, true).await?;
    files.retain(|one| one.removed_at.is_none());
    let versions = store_versions::of_record(&app.db, &record.id).await?;
    Ok(histories(versions, &files))
}

/// All files of a page.
pub async fn list(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let page = page(&v, &app, &record, Sent::default(), FieldErrors::default()).await?;
    v.shared_page(&page)
}

/// The same with a form to mend.
pub async fn refused(
    v: &Visit,
    app: &App,
    record: &Record,
    sent: Sent,
    errors: FieldErrors,
) -> Answer {
    let page = page(v, app, record, sent, errors).await?;
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

async fn page<'v>(
    v: &'v Visit,
    app: &App,
    record: &'v Record,
    sent: Sent,
    errors: FieldErrors,
) -> Answer<FilesPage<'v>> {
    let all = store::of_record(&app.db, &v.viewer, &record.id, true).await?;
    let (removed, files): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|one| one.removed_at.is_some());
    let versions = store_versions::of_record(&app.db, &record.id).await?;
    let removed = by_themselves(removed, &versions).into_iter();
    let removed = removed.filter(|one| may_remove(&v.viewer, one));
    let histories = histories(versions, &files);
    let files = files.into_iter().filter(|one| !one.is_older).collect();
    Ok(FilesPage {
        v,
        record,
        files,
        histories,
        removed: removed.collect(),
        sent,
        errors,
    })
}
