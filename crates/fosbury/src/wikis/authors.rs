//! Stewards see who wrote in wikis that came, and confirm whose accounts those are.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::claims::named;
use super::store_authors::{self, Author};
use crate::layout::{Answer, Visit};
use crate::people::store_audit as audit;
use crate::state::App;
use crate::store_log;
use crate::viewer::Person;

#[derive(Template)]
#[template(path = "wikis/authors.html")]
struct AuthorsPage<'v> {
    v: &'v Visit,
    waiting: Vec<Author>,
    known: Vec<Author>,
    free: Vec<Author>,
}

impl AuthorsPage<'_> {
    fn says(&self, author: &Author) -> String {
        let (name, wiki) = (&author.name, &author.title);
        self.v
            .with_two("author-revisions", ("name", name), ("wiki", wiki))
    }

    fn id<'a>(&self, author: &'a Author) -> &'a str {
        author.person_id.as_ref().map_or("", |id| id.0.as_str())
    }

    fn may_confirm(&self, author: &Author) -> bool {
        may_confirm(self.v, self.id(author))
    }
}

/// Nobody but an owner confirms what they said themselves.
fn may_confirm(v: &Visit, person: &str) -> bool {
    v.viewer.is_owner() || person != v.viewer.id()
}

/// Who wrote in wikis that came.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    let all = store_authors::all(&app.db, &v.viewer).await?;
    let (free, claimed): (Vec<Author>, Vec<Author>) = all
        .into_iter()
        .partition(|author| author.person_id.is_none());
    let (known, waiting) = claimed
        .into_iter()
        .partition(|author| author.confirmed_at.is_some());
    v.page(&AuthorsPage {
        v: &v,
        waiting,
        known,
        free,
    })
}

fn back(told: &str) -> web::Page {
    redirect(StatusCode::SEE_OTHER, &format!("/desk/authors?told={told}"))
}

fn steward(v: &Visit) -> Answer<&Person> {
    Ok(v.viewer.person().ok_or(Trouble::SignInFirst)?)
}

/// Confirms that somebody is an author.
pub async fn confirm(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let by = steward(&v)?;
    let author = named(&fields).or_not_found()?;
    let person = fields.get("person");
    if !may_confirm(&v, person) {
        return Err(Trouble::Forbidden.into());
    }
    let tx = app.db.begin().await?;
    if store_authors::confirm(&tx, author, (person, &by.id), v.now()).await? {
        let subject = format!("wiki {} {}", author.0, author.1);
        audit::note(&tx, v.now(), Some(&by.id), "tie-author", &subject, person).await?;
        store_log::commit_shown(tx, "wikis").await?;
    }
    Ok(back("author-confirmed"))
}

/// Says no to it, or takes it back.
pub async fn take_back(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let by = steward(&v)?;
    let author = named(&fields).or_not_found()?;
    let person = fields.get("person");
    let tx = app.db.begin().await?;
    if store_authors::untie(&tx, author, person).await? {
        let subject = format!("wiki {} {}", author.0, author.1);
        audit::note(&tx, v.now(), Some(&by.id), "untie-author", &subject, person).await?;
        store_log::commit_shown(tx, "wikis").await?;
    }
    Ok(back("author-taken-back"))
}
