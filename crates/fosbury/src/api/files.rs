//! Files on pages as JSON: what is there, and bringing one by the rules of the form.

use axum::Extension;
use axum::extract::{FromRequest, Path, Request, State};
use axum::http::{StatusCode, header};
use serde_json::{Value, json};
use web::{OrNotFound, Trouble, Upload};

use super::lists::answer;
use super::refusal::{Refusal, Told, invalid, json_with, refused};
use super::writing::{Of, checked};
use crate::attachments::model::Attachment;
use crate::attachments::pages::{before, on_page};
use crate::attachments::uploading::{MOST, sent, taken};
use crate::attachments::versions::History;
use crate::history::editing::live_record;
use crate::history::protecting;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;

/// What may be sent beside the file.
const FIELDS: [&str; 3] = ["alt", "credit", "decoration"];

/// A form with a file, and nothing else.
pub struct Parcel(Upload<MOST>);

impl FromRequest<App> for Parcel {
    type Rejection = Refusal;

    async fn from_request(request: Request, app: &App) -> Result<Self, Refusal> {
        let kind = request.headers().get(header::CONTENT_TYPE);
        let kind = kind.and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let name = kind.split(';').next().unwrap_or_default().trim();
        if !name.eq_ignore_ascii_case("multipart/form-data") {
            let words = app.words().say("api-multipart").into_owned();
            let status = StatusCode::UNSUPPORTED_MEDIA_TYPE;
            return Err(refused(status, "unsupported", &words));
        }
        Ok(Self(Upload::from_request(request, app).await?))
    }
}

/// The files of a page, in the order in which they came.
pub async fn list(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    let base = &app.settings.base_url;
    let files = on_page(&v, &app, &record).await?;
    let histories = before(&v, &app, &record).await?;
    let told = files.iter().map(|one| {
        let is_of = |history: &&History| history.now().is_some_and(|now| now.number == one.number);
        let history = histories.iter().find(is_of);
        file(base, one, history)
    });
    let results: Vec<Value> = told.collect();
    Ok(answer(&v, &results, None))
}

/// What a file was in the wiki that it came from, newest first.
fn versions(base: &str, history: Option<&History>) -> Value {
    let versions = history.into_iter().flat_map(|history| &history.versions);
    let told = versions.map(|one| {
        json!({
            "at": one.version.at().iso(),
            "by": one.version.author,
            "act": one.version.act,
            "summary": one.version.summary,
            "bytes": one.file.as_ref().map(|file| file.bytes),
            "url": one.file.as_ref().map(|file| format!("{base}{}", file.address())),
        })
    });
    told.collect()
}

/// Brings a file to a page.
pub async fn bring(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Of,
    Path(number): Path<String>,
    Parcel(upload): Parcel,
) -> Told {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let record = live_record(&v, &app, kind, checked(&number)?).await?;
    if let Some(until) = protecting::closed_until(&v, &app, &record).await? {
        let words = v.with("api-protected", "day", until.day());
        return Err(refused(StatusCode::FORBIDDEN, "protected", &words));
    }
    let mut errors = FieldErrors::default();
    let of_files = upload.files.iter().map(|file| file.field.as_str());
    let unknown = of_files.filter(|name| *name != "file");
    let named = upload.fields.names();
    for name in named.filter(|name| !FIELDS.contains(name)).chain(unknown) {
        errors.add(name, v.say("wrong-api-field"));
    }
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    if !errors.is_empty() {
        return Err(invalid(&app, status, &errors));
    }
    let beside = sent(&upload.fields);
    let number = match taken(&v, &app, person, &record, (&beside, upload.files)).await? {
        Ok(number) => number,
        Err(errors) => return Err(invalid(&app, status, &errors)),
    };
    let files = on_page(&v, &app, &record).await?;
    let kept = files
        .iter()
        .find(|one| one.number == number)
        .or_not_found()?;
    let value = file(&app.settings.base_url, kept, None);
    Ok(json_with(StatusCode::CREATED, &value))
}

fn file(base: &str, one: &Attachment, history: Option<&History>) -> Value {
    json!({
        "number": one.number,
        "name": one.name,
        "type": one.kind().content_type(),
        "bytes": one.bytes,
        "url": format!("{base}{}", one.address()),
        "shown_url": one.is_picture().then(|| format!("{base}{}", one.reading_address())),
        "width": one.width,
        "height": one.height,
        "alt": one.alt,
        "decoration": one.is_decoration,
        "credit": one.credit,
        "by": one.person,
        "at": one.at.iso(),
        "versions": versions(base, history),
    })
}
