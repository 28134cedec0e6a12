//! My own account: my name, my drafts, where I am signed in.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, Trouble, redirect};

use super::model::tidy_name;
use super::store::{self, SignIn};
use crate::history::drafts::Draft;
use crate::history::{store as texts_store, store_drafts};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_members::{Waiting, Workplace};
use crate::organisations::{self, store_members};
use crate::state::App;
use crate::store_log;
use crate::subjects::plural_of;
use crate::viewer::Person;
use crate::wikis::claims;

#[derive(Template)]
#[template(path = "people/account.html")]
struct AccountPage<'v> {
    v: &'v Visit,
    person: &'v Person,
    name: String,
    drafts: Vec<Kept>,
    sign_ins: Vec<SignIn>,
    workplaces: Vec<Workplace>,
    waiting: Vec<Waiting>,
    /// What they may have written in wikis that came.
    authors: String,
    errors: FieldErrors,
}

struct Kept {
    title: String,
    address: String,
    at: String,
}

/// The account page.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    shown(&v, &app, StatusCode::OK, None, FieldErrors::default()).await
}

async fn shown(
    v: &Visit,
    app: &App,
    status: StatusCode,
    name: Option<String>,
    errors: FieldErrors,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let mut drafts = Vec::new();
    for draft in store_drafts::all_of(&app.db, &person.id).await? {
        drafts.push(kept(v, app, &draft).await?);
    }
    let page = AccountPage {
        v,
        person,
        name: name.unwrap_or_else(|| person.name.clone()),
        drafts,
        workplaces: store_members::workplaces(&app.db, &person.id).await?,
        waiting: organisations::waiting(&app.db, &v.viewer).await?,
        authors: claims::section(v, app).await?,
        sign_ins: store::sign_ins(&app.db, &person.id, v.now()).await?,
        errors,
    };
    v.page_with(status, &page)
}

async fn kept(v: &Visit, app: &App, draft: &Draft) -> Answer<Kept> {
    let at = draft.at.day_and_time();
    if draft.number == 0 {
        let title = v.say_of("new", &draft.kind);
        return Ok(Kept {
            title,
            address: format!("/{}/new", plural_of(&draft.kind)),
            at,
        });
    }
    let record = texts_store::record(&app.db, &v.viewer, &draft.kind, draft.number).await?;
    let title = record.map_or_else(|| v.say("draft-of-nothing"), |record| record.title);
    Ok(Kept {
        title,
        address: format!("/{}/{}/edit", plural_of(&draft.kind), draft.number),
        at,
    })
}

/// Changes how I am called.
pub async fn rename(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let sent = fields.get("name").to_owned();
    let Some(name) = tidy_name(&sent) else {
        let mut errors = FieldErrors::default();
        errors.add("name", v.say("wrong-name"));
        return shown(
            &v,
            &app,
            StatusCode::UNPROCESSABLE_ENTITY,
            Some(sent),
            errors,
        )
        .await;
    };
    let tx = app.db.begin().await?;
    store::rename(&tx, &person.id, &name).await?;
    store_log::commit_shown(tx, "people").await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/account?told=name-kept"))
}

/// Ends one of my sign-ins.
pub async fn end_sign_in(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    store::end_sign_in(&tx, &person.id, &id).await?;
    tx.commit_quietly().await?;
    Ok(redirect(
        StatusCode::SEE_OTHER,
        "/account?told=sign-in-ended",
    ))
}
