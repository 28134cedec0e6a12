//! Keeping a group: the people of the body that began it, and stewards.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Error;
use web::{Fields, OrNotFound, Page, Query, redirect};

use super::groups::{self, Member, found, members};
use super::keeping::{self, beginner, kept, noted};
use super::model::{self, Act, Group};
use super::store;
use super::store_writing as writing;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::naming::sort_key;
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::store::{self as bodies, Listed, Which};
use crate::state::App;

/// Letters of a name looked for that count.
const LONGEST_SEARCH: usize = 80;
/// Bodies found that are offered.
const OFFERED: i64 = 20;

#[derive(Template)]
#[template(path = "peers/new.html")]
struct NewPage<'v> {
    v: &'v Visit,
    body: &'v Organisation,
    name: String,
    why: String,
    errors: &'v FieldErrors,
}

#[derive(Template)]
#[template(path = "peers/edit.html")]
struct EditPage<'v> {
    v: &'v Visit,
    group: &'v Group,
    name: String,
    why: String,
    members: Vec<Member>,
    /// What was looked for.
    find: String,
    found: Vec<Listed>,
    errors: &'v FieldErrors,
}

impl EditPage<'_> {
    fn is_in(&self, body: &Listed) -> bool {
        self.members.iter().any(|one| one.body.id == body.id)
    }
}

/// The form for a new group.
pub async fn form(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = beginner(&v, &app, &slug).await?;
    v.page(&NewPage {
        v: &v,
        body: &body,
        name: String::new(),
        why: String::new(),
        errors: &FieldErrors::default(),
    })
}

/// Begins a group of which this body is the first.
pub async fn begin(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let body = beginner(&v, &app, &slug).await?;
    let said = (fields.get("name"), fields.get("why"));
    let errors = match keeping::begun(&v, &app, &body, said).await? {
        Ok(number) => return Ok(back_to_edit(number, "group-begun")),
        Err(errors) => errors,
    };
    let page = NewPage {
        v: &v,
        body: &body,
        name: fields.get("name").to_owned(),
        why: fields.get("why").to_owned(),
        errors: &errors,
    };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// The form that changes a group.
pub async fn edit(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    Query(query): Query,
) -> Answer {
    let group = kept(&v, &app, &number).await?;
    let (find, errors) = (query.get("find"), FieldErrors::default());
    edited(&v, &app, &group, (None, find), &errors).await
}

/// The form with what was sent for it and what was looked for, and what is wrong.
pub async fn edited(
    v: &Visit,
    app: &App,
    group: &Group,
    (sent, find): (Option<&Fields>, &str),
    errors: &FieldErrors,
) -> Answer {
    let find: String = find.chars().take(LONGEST_SEARCH).collect();
    let today = day_of(v.now());
    let words: Vec<String> = sort_key(&find)
        .split_whitespace()
        .map(str::to_owned)
        .collect();
    let found = if words.is_empty() {
        Vec::new()
    } else {
        let which = Which {
            words,
            today: &today,
            ..Which::default()
        };
        bodies::listed(&app.db, &which, OFFERED).await?
    };
    let sent = |field: &str, known: &String| {
        let sent = sent.map(|fields| fields.get(field).to_owned());
        sent.unwrap_or_else(|| known.clone())
    };
    let page = EditPage {
        v,
        group,
        name: sent("name", &group.name),
        why: sent("why", &group.why),
        members: members(v, app, group.number).await?,
        find,
        found,
        errors,
    };
    if errors.is_empty() {
        v.page(&page)
    } else {
        v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
    }
}

/// Gives a group another name or reason.
pub async fn rename(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let group = kept(&v, &app, &number).await?;
    let said = (fields.get("name"), fields.get("why"));
    let errors = match keeping::renamed(&v, &app, &group, said).await? {
        Ok(()) => return Ok(back_to_edit(group.number, "group-kept")),
        Err(errors) => errors,
    };
    edited(&v, &app, &group, (Some(&fields), ""), &errors).await
}

/// Takes a group away. Stewards can bring it back.
pub async fn remove(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let group = kept(&v, &app, &number).await?;
    keeping::removed(&v, &app, &group).await?;
    let next = format!("{}/peers?told=group-removed", group.keeper_address());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

/// Makes a group again what it was after one of its changes: stewards undo.
pub async fn bring_back(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let group = found(&v, &app, &number).await?;
    let seq = fields.number("revision").or_not_found()?;
    let before = store::revision(&app.db, group.number, seq).await?;
    let before = before.filter(|one| one.act != Act::Removed.name());
    let before = before.or_not_found()?;
    let tx = app.db.begin().await?;
    let seq = writing::next_of_any(&tx, group.number).await?;
    match writing::rename(&tx, group.number, &before.name, &before.why).await {
        Err(Error::Duplicate) => {
            drop(tx);
            let mut errors = FieldErrors::default();
            errors.add("changes", v.with("wrong-group-taken", "name", before.name));
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return groups::shown(&v, &app, &group, status, &errors).await;
        }
        renamed => renamed?,
    }
    writing::set_members(&tx, group.number, &before.members).await?;
    let (which, day) = ((group.number, seq), before.at.day());
    noted(&v, tx, which, Act::BroughtBack, &day, &before.name).await?;
    let next = format!("{}?told=group-brought-back", group.address());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

/// Back to the form of a group, saying what was done.
pub fn back_to_edit(number: i64, told: &str) -> Page {
    let next = format!("{}/edit?told={told}", model::address(number));
    redirect(StatusCode::SEE_OTHER, &next)
}
