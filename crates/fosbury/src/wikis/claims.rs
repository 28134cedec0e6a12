//! "Those are mine": what somebody wrote in a wiki that came is offered to them on their page.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::store_authors::{self, Author, are_alike};
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::viewer::Person;

#[derive(Template)]
#[template(path = "wikis/claims.html")]
struct Section<'v> {
    v: &'v Visit,
    offered: Vec<Author>,
    own: Vec<Author>,
    /// Names that nobody said are theirs and that are not alike: to choose from.
    others: Vec<Author>,
}

fn says(v: &Visit, author: &Author) -> String {
    let (name, wiki) = (&author.name, &author.title);
    v.with_two("author-revisions", ("name", name), ("wiki", wiki))
}

impl Section<'_> {
    fn says(&self, author: &Author) -> String {
        says(self.v, author)
    }
}

/// What this person may have written; nothing where no wiki came.
pub async fn section(v: &Visit, app: &App) -> Answer<String> {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let authors = store_authors::all(&app.db, &v.viewer).await?;
    let is_own = |author: &Author| author.person_id.as_ref() == Some(&person.id);
    let (own, free): (Vec<Author>, Vec<Author>) = authors
        .into_iter()
        .filter(|author| author.person_id.is_none() || is_own(author))
        .partition(is_own);
    let (offered, others): (Vec<Author>, Vec<Author>) = free
        .into_iter()
        .partition(|author| are_alike(&author.name, &person.name));
    if own.is_empty() && offered.is_empty() && others.is_empty() {
        return Ok(String::new());
    }
    let section = Section {
        v,
        offered,
        own,
        others,
    };
    section
        .render()
        .map_err(|error| Trouble::OurFault(error.to_string()).into())
}

/// The wiki and the name that a form is about: `3:Kit H.`.
pub(super) fn named(fields: &Fields) -> Option<(i64, &str)> {
    let (wiki, name) = fields.get("author").split_once(':')?;
    Some((wiki.parse().ok()?, name))
}

fn back(told: &str) -> web::Page {
    redirect(
        StatusCode::SEE_OTHER,
        &format!("/account?told={told}#authors"),
    )
}

fn person(v: &Visit) -> Answer<&Person> {
    Ok(v.viewer.person().ok_or(Trouble::SignInFirst)?)
}

/// Notes that somebody says so; a steward confirms it.
pub async fn claim(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let author = named(&fields).or_not_found()?;
    let seen = store_authors::all(&app.db, &v.viewer).await?;
    let is_seen = seen
        .iter()
        .any(|one| (one.wiki, one.name.as_str()) == author);
    is_seen.then_some(()).or_not_found()?;
    let tx = app.db.begin().await?;
    if store_authors::claim(&tx, author, &person(&v)?.id, v.now()).await? {
        store_log::commit_shown(tx, "wikis").await?;
    }
    Ok(back("author-claimed"))
}

/// They are not theirs after all.
pub async fn give_up(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let author = named(&fields).or_not_found()?;
    let tx = app.db.begin().await?;
    if store_authors::untie(&tx, author, &person(&v)?.id.0).await? {
        store_log::commit_shown(tx, "wikis").await?;
    }
    Ok(back("author-given-up"))
}
