//! Coming in by an invitation, or by the owner's first link.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, StatusCode};
use web::Fields;

use super::invitations::may_grant;
use super::model::{Purpose, tidy_name};
use super::signing_in::{From, begin_sign_in, ended, newcomer, signed_in};
use super::store::{self, EntryLink, Maker};
use super::store_audit as audit;
use crate::ids::hashed;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::viewer::Role;

#[derive(Template)]
#[template(path = "people/join.html")]
struct JoinPage<'v> {
    v: &'v Visit,
    action: String,
    is_owner: bool,
    /// Known already: signing in again needs no name.
    known_as: Option<String>,
    role: String,
    name: String,
    address: String,
    errors: FieldErrors,
}

async fn invited(app: &App, v: &Visit, token: &str) -> Answer<Option<EntryLink>> {
    let link = store::link(&app.db, &hashed(token), v.now()).await?;
    Ok(link.filter(|link| link.purpose != Purpose::SignIn.name()))
}

async fn join_page<'v>(
    v: &'v Visit,
    app: &App,
    link: &EntryLink,
    token: &str,
) -> Answer<JoinPage<'v>> {
    let known = store::by_address(&app.db, &link.address).await?;
    Ok(JoinPage {
        v,
        action: format!("/join/{token}"),
        is_owner: link.purpose == Purpose::Owner.name(),
        known_as: known.map(|person| person.name),
        role: link.role.clone(),
        name: String::new(),
        address: link.address.clone(),
        errors: FieldErrors::default(),
    })
}

/// Where an invitation leads: a form that asks for a name.
pub async fn landing(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let Some(link) = invited(&app, &v, &token).await? else {
        return ended(&v);
    };
    let page = join_page(&v, &app, &link, &token).await?;
    Ok(v.page(&page)?.without_referrer())
}

/// Joins with the role the link gives, and signs in.
pub async fn join(
    v: Visit,
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
    Path(token): Path<String>,
    fields: Fields,
) -> Answer {
    app.limits.try_from(from.0)?;
    let Some(link) = invited(&app, &v, &token).await? else {
        return ended(&v);
    };
    let mut page = join_page(&v, &app, &link, &token).await?;
    page.name = fields.get("name").to_owned();
    if page.is_owner {
        page.address = fields.get("address").to_owned();
    }
    let address = mail::Address::parse(&page.address);
    let name = tidy_name(&page.name).or_else(|| page.known_as.clone());
    if address.is_err() {
        page.errors.add("address", v.say("wrong-address"));
    }
    if name.is_none() {
        page.errors.add("name", v.say("wrong-name"));
    }
    let (Ok(address), Some(name)) = (address, name) else {
        let answer = v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)?;
        return Ok(answer.without_referrer());
    };
    let role = Role::parse(&link.role).unwrap_or(Role::Contributor);
    let now = v.now();
    let tx = app.db.begin().await?;
    let known = store::by_address(&tx, address.as_str()).await?;
    let own = known.as_ref().and_then(|person| Role::parse(&person.role));
    let highest = own.map_or(role, |own| own.max(role));
    let is_granted = match store::maker(&tx, &link.id).await? {
        Maker::Program => true,
        // Whoever hands over a link must not come in by it as somebody above them.
        Maker::Person(maker) => may_grant(maker, highest),
        Maker::Former => false,
    };
    if !is_granted || !store::use_link(&tx, &link.id, now).await? {
        return ended(&v);
    }
    let id = if let Some(person) = known {
        // An invitation can raise a role, never lower it.
        store::change_role(&tx, &person.id, highest).await?;
        person.id
    } else {
        let person = newcomer(address.as_str(), &name, role, now);
        store::insert(&tx, &person, false).await?;
        person.id
    };
    audit::note(&tx, now, Some(&id), "join", role.name(), &link.purpose).await?;
    let secret = begin_sign_in(&tx, &id, &headers, now).await?;
    store_log::commit_shown(tx, "people").await?;
    tracing::info!(person = %id.0, role = role.name(), "Joined by a link");
    Ok(signed_in(&link.next, &secret))
}
