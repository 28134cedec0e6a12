//! Words not saved yet, kept so that a closed tab loses nothing.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Page, Trouble, redirect};

use super::editing::{number_of, sent_parts};
use super::kind::Kind;
use super::model::Parts;
use super::seen::seen;
use super::store;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::Moment;
use crate::viewer::PersonId;

/// Words somebody has not saved yet.
#[derive(Clone, Debug)]
pub struct Draft {
    /// `hurdle`, `solution`, `guide`.
    pub kind: String,
    /// Of which text; 0 for one that does not exist yet.
    pub number: i64,
    /// The revision they began from.
    pub base: i64,
    /// The parts as stored.
    pub parts: String,
    /// When they were kept.
    pub at: Moment,
}
db::columns!(Draft {
    kind,
    number,
    base,
    parts,
    at
});

/// Where a draft belongs.
pub struct Place<'a> {
    /// Whose it is.
    pub person: &'a PersonId,
    /// `hurdle`, `solution`, `guide`.
    pub kind: &'a str,
    /// Of which text; 0 for one that does not exist yet.
    pub number: i64,
}

/// Keeps the words of a page that does not exist yet, as they are typed.
pub async fn keep_new(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    fields: Fields,
) -> Answer {
    let parts = sent_parts(kind, &fields, &Parts::default());
    keep_words(&v, &app, kind, 0, 0, &parts).await
}

/// Keeps the words of a page that is being changed, as they are typed.
pub async fn keep(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    let record = store::record(&app.db, &v.viewer, kind.name(), number)
        .await?
        .or_not_found()?;
    let base = fields.number("base").unwrap_or(record.head);
    let before = store::revision(&app.db, &record.id, base)
        .await?
        .or_not_found()?
        .parts();
    let before = seen(&v, kind, before).await?;
    let parts = sent_parts(kind, &fields, &before);
    keep_words(&v, &app, kind, number, base, &parts).await
}

async fn keep_words(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    number: i64,
    base: i64,
    parts: &Parts,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let longest = kind
        .parts()
        .iter()
        .find(|p| parts.get(p.key).chars().count() > 2 * p.longest);
    if longest.is_some() {
        return Err(Trouble::TooLarge.into());
    }
    let tx = app.db.begin().await?;
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number,
    };
    super::store_drafts::put(&tx, &place, base, parts, v.now()).await?;
    tx.commit_quietly().await?;
    Ok(Page::html(String::new()).status(StatusCode::NO_CONTENT))
}

/// Throws away the kept words of a page that does not exist yet.
pub async fn discard_new(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
) -> Answer {
    discard_words(&v, &app, kind, 0).await?;
    Ok(redirect(
        StatusCode::SEE_OTHER,
        &format!("/{}/new?told=draft-gone", kind.plural()),
    ))
}

/// Throws away the kept words of a page.
pub async fn discard(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let number = number_of(&slug).or_not_found()?;
    discard_words(&v, &app, kind, number).await?;
    let next = format!("/{}/{number}/edit?told=draft-gone", kind.plural());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

async fn discard_words(v: &Visit, app: &App, kind: &dyn Kind, number: i64) -> Answer<()> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let tx = app.db.begin().await?;
    let place = Place {
        person: &person.id,
        kind: kind.name(),
        number,
    };
    super::store_drafts::remove(&tx, &place).await?;
    tx.commit_quietly().await?;
    Ok(())
}
