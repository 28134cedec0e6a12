//! One comment: its address, its author's changes, thanks, and taking it away.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Trouble, redirect};

use super::deciding;
use super::model::{LONGEST_COMMENT, Said};
use super::saying::{check_words, is_held};
use super::store::{self, NewAct};
use crate::interchange;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::state::App;

/// The comment with this number, as far as this viewer may read it.
async fn comment(v: &Visit, app: &App, number: &str) -> Answer<Said> {
    let number: i64 = number.parse().ok().or_not_found()?;
    let said = store::numbered(&app.db, &v.viewer, number).await?;
    let said = said.filter(|said| {
        let is_shown = said.is("published") || (said.is("held") && said.is_by(v.viewer.id()));
        said.is_spoken() && is_shown
    });
    Ok(said.or_not_found()?)
}

/// Where a comment stands: its discussion, from the page on which its thread begins.
fn place(said: &Said, told: &str) -> String {
    let told = if told.is_empty() {
        String::new()
    } else {
        format!("&told={told}")
    };
    format!(
        "{}/discussion?before={}{told}#comment-{}",
        said.record_address(),
        said.thread.saturating_add(1),
        said.number
    )
}

fn back(said: &Said, told: &str) -> Page {
    redirect(StatusCode::SEE_OTHER, &place(said, told))
}

/// Goes on to where a comment stands.
pub async fn go(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let said = comment(&v, &app, &number).await?;
    Ok(redirect(StatusCode::FOUND, &place(&said, "")))
}

#[derive(Template)]
#[template(path = "discussion/comment.html")]
struct CommentPage<'v> {
    v: &'v Visit,
    said: &'v Said,
    words: &'v str,
    why: &'v str,
    is_mine: bool,
    errors: FieldErrors,
}

fn comment_page<'v>(v: &'v Visit, said: &'v Said, errors: FieldErrors) -> CommentPage<'v> {
    CommentPage {
        v,
        said,
        words: &said.words,
        why: "",
        is_mine: said.is_by(v.viewer.id()),
        errors,
    }
}

/// What its author, a steward and the owner can do with a comment.
pub async fn edit_page(v: Visit, State(app): State<App>, Path(number): Path<String>) -> Answer {
    let said = comment(&v, &app, &number).await?;
    if !said.is_by(v.viewer.id()) && !v.viewer.is_steward() {
        return Err(Trouble::Forbidden.into());
    }
    v.page(&comment_page(&v, &said, FieldErrors::default()))
}

/// Changes one's own comment.
pub async fn edit(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let said = comment(&v, &app, &number).await?;
    if !said.is_by(v.viewer.id()) {
        return Err(Trouble::Forbidden.into());
    }
    let words = texts::tidy(fields.get("words")).trim().to_owned();
    let mut errors = FieldErrors::default();
    check_words(&v, &words, LONGEST_COMMENT, &mut errors);
    if !errors.is_empty() {
        let mut page = comment_page(&v, &said, errors);
        page.words = fields.get("words");
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let is_held = is_held(&v, &app, &words).await?;
    let tx = app.db.begin().await?;
    store::edit(&tx, &said.id, &words, is_held, v.now()).await?;
    note_change(&tx, &said).await?;
    tx.commit().await?;
    Ok(back(&said, "said-edited"))
}

/// Lets other nodes know that a page kept for visitors is stale.
async fn note_change(tx: &db::Tx, said: &Said) -> db::Result<()> {
    store::note_shown(tx, &said.place()).await
}

/// Takes a comment away: its author for any reason, a steward for one that is said.
pub async fn remove(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let said = comment(&v, &app, &number).await?;
    if said.is_by(v.viewer.id()) {
        let tx = app.db.begin().await?;
        if said.is("held") {
            store::settle(&tx, &said.id, "held", "withdrawn", "", v.now()).await?;
        } else {
            store::remove(&tx, &said.id, v.now()).await?;
        }
        note_change(&tx, &said).await?;
        tx.commit().await?;
        return Ok(back(&said, "said-removed"));
    }
    if !v.viewer.is_steward() {
        return Err(Trouble::Forbidden.into());
    }
    let why = texts::one_line(fields.get("why"));
    if let Some(wrong) = deciding::wrong_reason(&v, &why) {
        let mut errors = FieldErrors::default();
        errors.add("why", wrong);
        let mut page = comment_page(&v, &said, errors);
        page.why = fields.get("why");
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let tx = app.db.begin().await?;
    deciding::take_away(&v, &tx, said.number, &why).await?;
    tx.commit().await?;
    Ok(back(&said, "said-removed"))
}

/// Erases the words of a comment for good.
pub async fn erase(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let number: i64 = number.parse().ok().or_not_found()?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let said = store::numbered(&app.db, &v.viewer, number)
        .await?
        .filter(Said::is_spoken)
        .or_not_found()?;
    let why = texts::one_line(fields.get("why"));
    if let Some(wrong) = deciding::wrong_reason(&v, &why) {
        let mut errors = FieldErrors::default();
        errors.add("erase-why", wrong);
        let mut page = comment_page(&v, &said, errors);
        page.why = fields.get("why");
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    }
    let place = said.place();
    let tx = app.db.begin().await?;
    store::erase(&tx, &said.id, v.now()).await?;
    let subject = format!("comment {}", said.number);
    audit::note(&tx, v.now(), Some(&person.id), "erase", &subject, &why).await?;
    let act = NewAct {
        act: "erase",
        what: &said.what,
        number: said.number,
        times: 1,
        about: Some(&place),
        reason: &why,
        by: v.viewer.id(),
    };
    store::note_act(&tx, &act, v.now()).await?;
    store::note_shown(&tx, &place).await?;
    tx.commit().await?;
    interchange::keep_forgotten(&app).await;
    Ok(back(&said, "said-erased"))
}

/// Thanks for a comment, or takes the thanks back.
pub async fn thank(
    v: Visit,
    State(app): State<App>,
    Path(number): Path<String>,
    fields: Fields,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let said = comment(&v, &app, &number).await?;
    if said.is_by(&person.id.0) {
        return Err(Trouble::Forbidden.into());
    }
    let tx = app.db.begin().await?;
    if fields.ticked("undo") {
        store::forget_thanks(&tx, &said.id, &person.id.0).await?;
    } else {
        store::thank(&tx, &said.id, &person.id.0, v.now()).await?;
    }
    note_change(&tx, &said).await?;
    tx.commit().await?;
    Ok(back(&said, ""))
}
