//! Inviting somebody: a link that the inviter hands over, for places without mail.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use web::{Fields, Trouble, redirect};

use super::list;
use super::model::Purpose;
use super::store::{self, NewLink};
use super::store_audit as audit;
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::Moment;
use crate::viewer::{PersonId, Role};

/// Makes an invitation; its secret is returned once and never again.
pub async fn make(
    tx: &Tx,
    purpose: Purpose,
    address: &str,
    role: Role,
    made_by: Option<&PersonId>,
    now: Moment,
) -> db::Result<String> {
    let secret = new_secret();
    let link = NewLink {
        id: &new_id(now),
        purpose,
        secret_hash: &hashed(&secret),
        address,
        role,
        browser_hash: None,
        next: "/",
        made_by,
        now,
    };
    store::insert_link(tx, &link).await?;
    Ok(secret)
}

/// Whether somebody of this role may let others in as that: nobody grants what they lack.
pub fn may_grant(own: Role, role: Role) -> bool {
    match own {
        Role::Owner => true,
        Role::Steward => role < Role::Steward,
        _ => false,
    }
}

/// Makes an invitation and shows its link, once.
pub async fn invite(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let sent = fields.get("address").to_owned();
    let mut errors = FieldErrors::default();
    let address = mail::Address::parse(&sent);
    if address.is_err() {
        errors.add("address", v.say("wrong-address"));
    }
    if let Ok(address) = &address
        && let Some(known) = store::by_address(&app.db, address.as_str()).await?
        && !Role::parse(&known.role).is_some_and(|own| may_grant(person.role, own))
    {
        // The link would sign whoever holds it in as them.
        errors.add("address", v.say("wrong-invite-above"));
    }
    let role = Role::parse(fields.get("role")).filter(|role| may_grant(person.role, *role));
    if role.is_none() {
        errors.add("role", v.say("wrong-role"));
    }
    let (Ok(address), Some(role), true) = (address, role, errors.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return list::shown(&v, &app, status, None, (sent, errors)).await;
    };
    let now = v.now();
    let tx = app.db.begin().await?;
    let by = Some(&person.id);
    let secret = make(&tx, Purpose::Invitation, address.as_str(), role, by, now).await?;
    audit::note(&tx, now, by, "invite", role.name(), "").await?;
    tx.commit_quietly().await?;
    let link = format!("{}/join/{secret}", app.settings.base_url);
    let made = Some((address.as_str().to_owned(), link));
    list::shown(
        &v,
        &app,
        StatusCode::OK,
        made,
        (String::new(), FieldErrors::default()),
    )
    .await
}

/// Takes an invitation back.
pub async fn withdraw(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let tx = app.db.begin().await?;
    store::withdraw(&tx, &id).await?;
    audit::note(
        &tx,
        v.now(),
        v.viewer.person().map(|p| &p.id),
        "withdraw",
        &id,
        "",
    )
    .await?;
    tx.commit_quietly().await?;
    Ok(redirect(StatusCode::SEE_OTHER, "/people"))
}
