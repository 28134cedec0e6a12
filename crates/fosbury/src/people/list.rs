//! People and invitations, for those who keep the place in order.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::invitations::may_grant;
use super::model::FORMER;
use super::store::{self, EntryLink, Listed};
use super::store_audit as audit;
use super::store_tokens;
use super::tokens::{self, Shown};
use crate::discussion::store as discussion_store;
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::sessions::store_captures;
use crate::state::App;
use crate::store_log;
use crate::viewer::{PersonId, Role};

#[derive(Template)]
#[template(path = "people/people.html")]
struct PeoplePage<'v> {
    v: &'v Visit,
    people: Vec<Listed>,
    invitations: Vec<EntryLink>,
    /// The invitation just made: for whom, and its link.
    made: Option<(String, String)>,
    address: String,
    roles: Vec<Role>,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "people/person.html")]
struct PersonPage<'v> {
    v: &'v Visit,
    person: Listed,
    tokens: Vec<Shown>,
    roles: [Role; 9],
    errors: FieldErrors,
}

/// Everybody, and the invitations that wait.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    shown(
        &v,
        &app,
        StatusCode::OK,
        None,
        (String::new(), FieldErrors::default()),
    )
    .await
}

/// The page of people, with an invitation just made or a form to mend.
pub async fn shown(
    v: &Visit,
    app: &App,
    status: StatusCode,
    made: Option<(String, String)>,
    (address, errors): (String, FieldErrors),
) -> Answer {
    let own = v
        .viewer
        .person()
        .map_or(Role::Contributor, |person| person.role);
    let page = PeoplePage {
        v,
        people: store::everybody(&app.db).await?,
        invitations: store::invitations(&app.db, v.now()).await?,
        made,
        address,
        roles: Role::ALL
            .into_iter()
            .filter(|role| may_grant(own, *role))
            .collect(),
        errors,
    };
    Ok(v.page_with(status, &page)?.without_referrer())
}

/// One person, with what the owner may do.
pub async fn person(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let person = store::person(&app.db, &PersonId(id))
        .await?
        .or_not_found()?;
    v.page(&PersonPage {
        v: &v,
        tokens: tokens::of(&v, &app, &person.id, &format!("/people/{}", person.id.0)).await?,
        person,
        roles: Role::ALL,
        errors: FieldErrors::default(),
    })
}

async fn refused(v: &Visit, app: &App, person: Listed, key: &str) -> Answer {
    let mut errors = FieldErrors::default();
    errors.add("role", v.say(key));
    let page = PersonPage {
        v,
        tokens: tokens::of(v, app, &person.id, &format!("/people/{}", person.id.0)).await?,
        person,
        roles: Role::ALL,
        errors,
    };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Gives somebody another role; one owner must stay.
pub async fn change_role(
    v: Visit,
    State(app): State<App>,
    Path(id): Path<String>,
    fields: Fields,
) -> Answer {
    let by = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let person = store::person(&app.db, &PersonId(id))
        .await?
        .or_not_found()?;
    let Some(role) = Role::parse(fields.get("role")) else {
        return refused(&v, &app, person, "wrong-role").await;
    };
    let tx = app.db.begin().await?;
    store::change_role(&tx, &person.id, role).await?;
    if store::owners(&tx).await? == 0 {
        drop(tx);
        return refused(&v, &app, person, "wrong-last-owner").await;
    }
    let detail = format!("{} to {}", person.role, role.name());
    audit::note(&tx, v.now(), Some(&by.id), "role", &person.id.0, &detail).await?;
    store_log::commit_shown(tx, "people").await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/people?told=role-kept"))
}

/// Lets somebody go: their address is forgotten, their edits stay without their name.
pub async fn depart(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let by = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let person = store::person(&app.db, &PersonId(id))
        .await?
        .or_not_found()?;
    let tx = app.db.begin().await?;
    store::depart(&tx, &person.id, FORMER, v.now()).await?;
    store_tokens::end_all(&tx, &person.id).await?;
    discussion_store::let_go(&tx, &person.id.0, FORMER).await?;
    store_captures::let_go(&tx, &person.id.0, FORMER).await?;
    if store::owners(&tx).await? == 0 {
        drop(tx);
        return refused(&v, &app, person, "wrong-last-owner").await;
    }
    audit::note(&tx, v.now(), Some(&by.id), "departure", &person.id.0, "").await?;
    store_log::commit_shown(tx, "people").await?;
    interchange::keep_forgotten(&app).await;
    Ok(redirect(StatusCode::SEE_OTHER, "/people?told=person-left"))
}
