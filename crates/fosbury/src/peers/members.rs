//! Which bodies are in a group: its keepers add them, and every body's own people may take it out.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Error;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::editing::{back_to_edit, edited, kept, next, noted};
use super::groups::found;
use super::model::{Act, Group, MOST_MEMBERS};
use super::store_writing as writing;
use crate::history::one_called;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::show::body_at;
use crate::state::App;
use crate::trials::choosing::ended;

/// Takes a body in.
pub async fn add(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let group = kept(&v, &app, &number).await?;
    let words = fields.get("body").trim();
    let wrong = match wanted(&v, &app, &group, words).await? {
        Err(wrong) => wrong,
        Ok(body) => {
            let tx = app.db.begin().await?;
            let seq = next(&tx, &group).await?;
            match writing::add(&tx, group.number, &body.key()).await {
                Err(Error::Duplicate) => v.with("wrong-group-twice", "name", body.short_name),
                added => {
                    added?;
                    let (which, name) = ((group.number, seq), &body.short_name);
                    noted(&v, tx, which, Act::Added, name, &group.name).await?;
                    return Ok(back_to_edit(group.number, "group-body-added"));
                }
            }
        }
    };
    let mut errors = FieldErrors::default();
    errors.add("find", wrong);
    edited(&v, &app, &group, (None, words), &errors).await
}

/// The body that is meant, if it can come in; or a sentence why not.
async fn wanted(
    v: &Visit,
    app: &App,
    group: &Group,
    words: &str,
) -> Answer<Result<Organisation, String>> {
    if words.is_empty() {
        return Ok(Err(v.say("wrong-group-nobody")));
    }
    if usize::try_from(group.members).is_ok_and(|members| members >= MOST_MEMBERS) {
        return Ok(Err(v.with("wrong-group-full", "most", MOST_MEMBERS)));
    }
    Ok(match one_called(app, words).await? {
        Err(key) => Err(v.with(key, "words", words)),
        Ok(body) if body.has_ended(&day_of(v.now())) => Err(ended(v, app, &body).await?),
        Ok(body) => Ok(body),
    })
}

/// Takes a body out.
pub async fn take_out(
    v: Visit,
    State(app): State<App>,
    Path((number, slug)): Path<(String, String)>,
) -> Answer {
    let group = found(&v, &app, &number).await?;
    let body = body_at(&app, &slug).await?;
    if !group.may_lose(&body.key(), &v.viewer) {
        return Err(Trouble::Forbidden.into());
    }
    let tx = app.db.begin().await?;
    let seq = next(&tx, &group).await?;
    let gone = writing::take_out(&tx, group.number, &body.key()).await?;
    (gone == 1).then_some(()).or_not_found()?;
    let (which, name) = ((group.number, seq), &body.short_name);
    noted(&v, tx, which, Act::TakenOut, name, &group.name).await?;
    if group.is_kept_by(&v.viewer) {
        return Ok(back_to_edit(group.number, "group-body-out"));
    }
    let next = format!("{}?told=group-body-out", group.address());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}
