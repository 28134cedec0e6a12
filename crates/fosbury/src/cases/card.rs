//! The showcase card of a case: on a screen, and on half a printed page.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, redirect};

use super::model::Story;
use super::{Cases, store, store_ties};
use crate::attachments::model::Attachment;
use crate::attachments::pages as attachments;
use crate::history::editing::live_record;
use crate::history::model::Record;
use crate::history::protecting;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;

#[derive(Template)]
#[template(path = "cases/card.html")]
struct CardPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    story: Story,
    picture: Option<Attachment>,
    /// All pictures on the page.
    pictures: Vec<Attachment>,
    errors: FieldErrors,
}

impl CardPage<'_> {
    fn is_chosen(&self, one: &Attachment) -> bool {
        let shown = self.picture.as_ref();
        shown.is_some_and(|shown| shown.number == one.number)
    }
}

/// The picture that a card shows: the one that was chosen, or the first on the page that says
/// something.
pub(super) fn picture(files: &[Attachment], chosen: Option<i64>) -> Option<Attachment> {
    let pictures = || files.iter().filter(|one| one.is_picture());
    let own = pictures().find(|one| Some(one.number) == chosen);
    let first = pictures().find(|one| !one.is_decoration);
    own.or(first).cloned()
}

/// The card.
pub async fn page(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let record = live_record(&v, &app, &Cases, &slug).await?;
    let address = format!("{}/card", record.address());
    if v.path() != address {
        return Ok(redirect(StatusCode::MOVED_PERMANENTLY, &address));
    }
    shown(&v, &app, &record, FieldErrors::default()).await
}

async fn shown(v: &Visit, app: &App, record: &Record, errors: FieldErrors) -> Answer {
    let (db, viewer) = (&app.db, &v.viewer);
    let card = store::card(db, viewer, record.number)
        .await?
        .or_not_found()?;
    let mut pictures = attachments::on_page(v, app, record).await?;
    pictures.retain(Attachment::is_picture);
    let is_right = errors.is_empty();
    let page = CardPage {
        v,
        record,
        picture: picture(&pictures, card.picture),
        pictures,
        story: Story {
            trials: store_ties::trials_of(db, viewer, record.number).await?,
            card,
        },
        errors,
    };
    if is_right {
        v.shared_page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

/// Chooses the picture on the card.
pub async fn choose(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let record = live_record(&v, &app, &Cases, &slug).await?;
    let next = format!("{}/card", record.address());
    if protecting::is_closed(&v, &app, &record).await? {
        let next = format!("{next}?told=protected");
        return Ok(redirect(StatusCode::SEE_OTHER, &next));
    }
    let files = attachments::on_page(&v, &app, &record).await?;
    let chosen = fields.number("picture");
    let is_here = |one: &Attachment| one.is_picture() && Some(one.number) == chosen;
    if !files.iter().any(is_here) {
        let mut errors = FieldErrors::default();
        errors.add("picture", v.say("wrong-picture"));
        return shown(&v, &app, &record, errors).await;
    }
    let tx = app.db.begin().await?;
    store_ties::choose_picture(&tx, record.number, chosen).await?;
    store_log::commit_shown(tx, "cases").await?;
    let next = format!("{next}?told=picture-chosen");
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}
