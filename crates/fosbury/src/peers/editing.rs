//! Keeping a group: the people of the body that began it, and stewards.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::{Error, Tx};
use web::{Fields, OrNotFound, Page, Query, Trouble, redirect};

use super::groups::{self, Member, found, members};
use super::model::{self, Act, Group, MOST_GROUPS};
use super::store;
use super::store_writing::{self as writing, Change, New};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::naming::sort_key;
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::show::{body_at, keeps};
use crate::organisations::store::{self as bodies, Listed, Which};
use crate::people::audit;
use crate::state::App;
use crate::store_log;

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

/// The body in whose name this viewer may begin a group.
async fn beginner(v: &Visit, app: &App, slug: &str) -> Answer<Organisation> {
    let body = body_at(app, slug).await?;
    if !keeps(v, &body) {
        return Err(Trouble::Forbidden.into());
    }
    if body.has_ended(&day_of(v.now())) {
        return Err(Trouble::Gone.into());
    }
    Ok(body)
}

/// A group's name and reason as they were sent, if they can be.
fn read(v: &Visit, fields: &Fields, errors: &mut FieldErrors) -> Option<(String, String)> {
    let name = model::name(fields.get("name"));
    let why = model::why(fields.get("why"));
    if name.is_none() {
        errors.add(
            "name",
            v.with("wrong-group-name", "most", model::LONGEST_NAME),
        );
    }
    if why.is_none() {
        errors.add("why", v.with("wrong-group-why", "most", model::LONGEST_WHY));
    }
    Some((name?, why?))
}

/// Begins a group of which this body is the first.
pub async fn begin(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let body = beginner(&v, &app, &slug).await?;
    let mut errors = FieldErrors::default();
    let told = read(&v, &fields, &mut errors);
    let kept = store::kept_by(&app.db, &body.key()).await?;
    if usize::try_from(kept).is_ok_and(|kept| kept >= MOST_GROUPS) {
        errors.add("name", v.with("wrong-group-many", "most", MOST_GROUPS));
    } else if let Some((name, why)) = told {
        let tx = app.db.begin().await?;
        let new = New {
            keeper: &body.key(),
            name: &name,
            why: &why,
            is_demo: false,
        };
        match writing::begin(&tx, &new).await {
            Err(Error::Duplicate) => errors.add("name", v.with("wrong-group-taken", "name", name)),
            begun => {
                let number = begun?;
                writing::add(&tx, number, &body.key()).await?;
                noted(&v, tx, (number, 1), Act::Begun, &body.short_name, &name).await?;
                return Ok(back_to_edit(number, "group-begun"));
            }
        }
    }
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

/// The group, if it is there and this viewer keeps it.
pub async fn kept(v: &Visit, app: &App, number: &str) -> Answer<Group> {
    let group = found(v, app, number).await?;
    if group.removed_at.is_some() {
        return Err(Trouble::Gone.into());
    }
    if group.is_kept_by(&v.viewer) {
        Ok(group)
    } else {
        Err(Trouble::Forbidden.into())
    }
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
    let mut errors = FieldErrors::default();
    if let Some((name, why)) = read(&v, &fields, &mut errors) {
        let tx = app.db.begin().await?;
        let seq = next(&tx, &group).await?;
        match writing::rename(&tx, group.number, &name, &why).await {
            Err(Error::Duplicate) => errors.add("name", v.with("wrong-group-taken", "name", name)),
            renamed => {
                renamed?;
                noted(&v, tx, (group.number, seq), Act::Renamed, "", &name).await?;
                return Ok(back_to_edit(group.number, "group-kept"));
            }
        }
    }
    edited(&v, &app, &group, (Some(&fields), ""), &errors).await
}

/// Takes a group away. Stewards can bring it back.
pub async fn remove(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let group = kept(&v, &app, &number).await?;
    let tx = app.db.begin().await?;
    let seq = next(&tx, &group).await?;
    writing::remove(&tx, group.number, v.now()).await?;
    let which = (group.number, seq);
    noted(&v, tx, which, Act::Removed, &group.name, &group.name).await?;
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

/// The number of the revision that a change of this group makes.
pub async fn next(tx: &Tx, group: &Group) -> Answer<i64> {
    let seq = writing::next(tx, group.number).await?;
    Ok(seq.ok_or(Trouble::Gone)?)
}

/// Writes a change of a group down, for its history and for the audit, and ends it.
pub async fn noted(
    v: &Visit,
    tx: Tx,
    (number, seq): (i64, i64),
    act: Act,
    detail: &str,
    name: &str,
) -> Answer<()> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let change = Change {
        number,
        seq,
        person: Some(&person.id.0),
        now: v.now(),
        act,
        detail,
    };
    writing::note(&tx, &change).await?;
    let (act, subject) = (format!("group-{}", act.name()), format!("group {number}"));
    audit::note(&tx, v.now(), Some(&person.id), &act, &subject, name).await?;
    store_log::commit_shown(tx, "groups").await?;
    Ok(())
}

/// Back to the form of a group, saying what was done.
pub fn back_to_edit(number: i64, told: &str) -> Page {
    let next = format!("{}/edit?told={told}", model::address(number));
    redirect(StatusCode::SEE_OTHER, &next)
}
