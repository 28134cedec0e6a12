//! Saying where one works, confirming it for others, and leaving.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use web::{OrNotFound, Page, Trouble, redirect};

use super::model::{Organisation, day_of};
use super::show::{body_at, keeps};
use super::store_members as members;
use crate::layout::{Answer, Visit};
use crate::people::{audit, store as people_store};
use crate::state::App;
use crate::store_log;
use crate::viewer::{Person, PersonId};

/// "I work here": confirmed at once where the person's proven mail address says so.
pub async fn ask(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = body_at(&app, &slug).await?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if body.has_ended(&day_of(v.now())) {
        return Err(Trouble::Gone.into());
    }
    let listed = people_store::person(&app.db, &person.id).await?;
    let address = listed.map(|one| one.address).unwrap_or_default();
    let tx = app.db.begin().await?;
    let key = body.key();
    members::ask(&tx, &person.id, &key, v.now()).await?;
    let is_proven = !body.mail_domain.is_empty()
        && address
            .rsplit_once('@')
            .is_some_and(|(_, domain)| domain == body.mail_domain);
    if is_proven {
        members::confirm(&tx, &person.id, &key, "mail-domain", None, v.now()).await?;
        note(&tx, &v, person, "membership-confirmed", &body, &person.id).await?;
    }
    store_log::commit_shown(tx, "organisations").await?;
    let told = if is_proven {
        "workplace-confirmed"
    } else {
        "workplace-asked"
    };
    Ok(back(&body, told))
}

/// Takes it back: what the body's people alone may read is closed from now on.
pub async fn leave(v: Visit, State(app): State<App>, Path(slug): Path<String>) -> Answer {
    let body = body_at(&app, &slug).await?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    members::remove(&tx, &person.id, &body.key()).await?;
    store_log::commit_shown(tx, "organisations").await?;
    Ok(back(&body, "workplace-left"))
}

/// Confirms somebody else: their colleagues may, and stewards.
pub async fn confirm(
    v: Visit,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let (body, by, who) = keeper(&v, &app, &slug, id).await?;
    if who == by.id {
        return Err(Trouble::Forbidden.into());
    }
    let how = if v.viewer.works_at(&body.key()) {
        "member"
    } else {
        "steward"
    };
    let tx = app.db.begin().await?;
    members::state(&tx, &who, &body.key())
        .await?
        .or_not_found()?;
    if members::confirm(&tx, &who, &body.key(), how, Some(&by.id), v.now()).await? == 1 {
        note(&tx, &v, by, "membership-confirmed", &body, &who).await?;
        store_log::commit_shown(tx, "organisations").await?;
    }
    Ok(back(&body, "colleague-confirmed"))
}

/// Refuses somebody who waits, or takes a colleague off the list: the latter stewards alone.
pub async fn remove(
    v: Visit,
    State(app): State<App>,
    Path((slug, id)): Path<(String, String)>,
) -> Answer {
    let (body, by, who) = keeper(&v, &app, &slug, id).await?;
    let tx = app.db.begin().await?;
    let is_confirmed = members::state(&tx, &who, &body.key())
        .await?
        .or_not_found()?;
    if is_confirmed && !v.viewer.is_steward() {
        return Err(Trouble::Forbidden.into());
    }
    if members::remove(&tx, &who, &body.key()).await? == 1 {
        note(&tx, &v, by, "membership-removed", &body, &who).await?;
        store_log::commit_shown(tx, "organisations").await?;
    }
    Ok(back(&body, "colleague-removed"))
}

/// The body, who acts, and for whom; refused where they may not.
async fn keeper<'v>(
    v: &'v Visit,
    app: &App,
    slug: &str,
    id: String,
) -> Answer<(Organisation, &'v Person, PersonId)> {
    let body = body_at(app, slug).await?;
    let by = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    if keeps(v, &body) {
        Ok((body, by, PersonId(id)))
    } else {
        Err(Trouble::Forbidden.into())
    }
}

async fn note(
    tx: &Tx,
    v: &Visit,
    by: &Person,
    act: &str,
    body: &Organisation,
    who: &PersonId,
) -> db::Result<()> {
    audit::note(tx, v.now(), Some(&by.id), act, &body.code, &who.0).await
}

/// Back to the body's page, saying what was done.
pub fn back(body: &Organisation, told: &str) -> Page {
    let next = format!("{}?told={told}", body.address());
    redirect(StatusCode::SEE_OTHER, &next)
}
