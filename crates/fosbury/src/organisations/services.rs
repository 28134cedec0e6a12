//! A body's services, kept by its people and by stewards.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble};

use super::joining::back;
use super::model::{Organisation, Service, tidy_line};
use super::show::{Sent, body_at, keeps, shown};
use super::store;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::naming::sort_key;
use crate::state::App;
use crate::store_log;

/// Letters of a name at the most.
const LONGEST_NAME: usize = 120;
/// Letters of a note at the most.
const LONGEST_NOTE: usize = 300;

/// Writes a service down.
pub async fn add(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let body = kept(&v, &app, &slug).await?;
    keep(&v, &app, &body, None, &fields).await
}

/// Gives a service another name or note.
pub async fn rename(
    v: Visit,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
    fields: Fields,
) -> Answer {
    let body = kept(&v, &app, &slug).await?;
    let services = store::services(&app.db, &body.key()).await?;
    services.iter().find(|one| one.id == id).or_not_found()?;
    keep(&v, &app, &body, Some(id), &fields).await
}

/// Takes a service off the list.
pub async fn remove(
    v: Visit,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let body = kept(&v, &app, &slug).await?;
    let tx = app.db.begin().await?;
    let removed = store::remove_service(&tx, &body.key(), &id).await?;
    (removed == 1).then_some(()).or_not_found()?;
    store_log::commit_shown(tx, "organisations").await?;
    Ok(back(&body, "service-removed"))
}

/// The body, if this viewer keeps its services.
async fn kept(v: &Visit, app: &App, slug: &str) -> Answer<Organisation> {
    let body = body_at(app, slug).await?;
    if keeps(v, &body) {
        Ok(body)
    } else {
        Err(Trouble::Forbidden.into())
    }
}

async fn keep(
    v: &Visit,
    app: &App,
    body: &Organisation,
    id: Option<String>,
    fields: &Fields,
) -> Answer {
    let mut errors = FieldErrors::default();
    let which = id.clone().unwrap_or_default();
    let name = tidy_line(fields.get("name"), LONGEST_NAME);
    let name = name.filter(|name| !sort_key(name).trim().is_empty());
    let note = tidy_line(fields.get("note"), LONGEST_NOTE);
    if name.is_none() {
        errors.add(&format!("name{which}"), v.say("wrong-service-name"));
    }
    if note.is_none() {
        errors.add(&format!("note{which}"), v.say("wrong-service-note"));
    }
    if let (Some(name), Some(note)) = (name, note) {
        match write(v, app, body, id, name, note).await {
            Err(db::Error::Duplicate) => {
                errors.add(&format!("name{which}"), v.say("wrong-service-twice"));
            }
            written => {
                written?;
                return Ok(back(body, "service-kept"));
            }
        }
    }
    let sent = Sent {
        service: Some(which),
        name: fields.get("name").to_owned(),
        note: fields.get("note").to_owned(),
        ..Sent::default()
    };
    let status = StatusCode::UNPROCESSABLE_ENTITY;
    shown(v, app, body, status, None, (&sent, &errors)).await
}

async fn write(
    v: &Visit,
    app: &App,
    body: &Organisation,
    id: Option<String>,
    name: String,
    note: String,
) -> db::Result<()> {
    let tx = app.db.begin().await?;
    let key = sort_key(&name).trim().to_owned();
    let is_new = id.is_none();
    let id = id.unwrap_or_else(|| new_id(v.now()));
    let service = Service { id, name, note };
    if is_new {
        store::add_service(&tx, &body.key(), &service, &key).await?;
    } else {
        store::rename_service(&tx, &body.key(), &service, &key).await?;
    }
    store_log::commit_shown(tx, "organisations").await
}
