//! For which body somebody wants to see what worked: chosen once, kept in a cookie or the account.

use askama::Template;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use web::{Cookie, CookieJar, Fields, Query, redirect, safe_next};

use super::store_bodies;
use crate::history::one_called;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::store as bodies;
use crate::state::App;

/// The cookie that keeps a visitor's choice; the browser adds `__Host-`.
pub const BODY_COOKIE: &str = "fosbury-body";
/// How long it is kept, in seconds: a year.
const KEPT: i64 = 365 * 24 * 60 * 60;
/// Letters of a body's word in addresses at the most.
const LONGEST_WORD: usize = 120;
/// Bodies offered by name at the most.
const OFFERED: i64 = 500;

#[derive(Template)]
#[template(path = "trials/choose.html")]
struct ChoosePage<'v> {
    v: &'v Visit,
    chosen: Option<Organisation>,
    names: Vec<String>,
    words: String,
    next: String,
    errors: FieldErrors,
}

/// The word of the body that a browser chose, or nothing.
pub fn kept_in(headers: &HeaderMap) -> String {
    let kept = CookieJar::of(headers).get(BODY_COOKIE).unwrap_or_default();
    let is_slug = |c: char| c.is_ascii_alphanumeric() || c == '-';
    let is_word = kept.len() <= LONGEST_WORD && kept.chars().all(is_slug);
    if is_word {
        kept.to_owned()
    } else {
        String::new()
    }
}

/// The body chosen, if it is still there.
pub async fn chosen(v: &Visit, app: &App) -> Answer<Option<Organisation>> {
    let kept = match v.viewer.person() {
        Some(person) => store_bodies::chosen(&app.db, &person.id).await?,
        None => None,
    };
    let slug = kept.unwrap_or_else(|| v.body_cookie.clone());
    if slug.is_empty() {
        return Ok(None);
    }
    let found = bodies::by_slug(&app.db, &slug).await?;
    Ok(found.filter(|body| !body.has_ended(&day_of(v.now()))))
}

/// The names that forms offer while somebody types.
pub async fn names(v: &Visit, app: &App) -> Answer<Vec<String>> {
    let today = day_of(v.now());
    let which = bodies::Which {
        today: &today,
        ..bodies::Which::default()
    };
    let listed = bodies::listed(&app.db, &which, OFFERED).await?;
    Ok(listed.into_iter().map(|one| one.short_name).collect())
}

/// The form to choose.
pub async fn form(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let next = safe_next(query.get("next"));
    let page = ChoosePage {
        v: &v,
        chosen: chosen(&v, &app).await?,
        names: names(&v, &app).await?,
        words: String::new(),
        next,
        errors: FieldErrors::default(),
    };
    v.page(&page)
}

/// Keeps the choice, or forgets it.
pub async fn choose(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let next = safe_next(fields.get("next"));
    let words = fields.get("body").trim().to_owned();
    let mut slug = String::new();
    if !fields.ticked("nobody") {
        match one_called(&app, &words).await? {
            Ok(body) if !body.has_ended(&day_of(v.now())) => slug = body.slug,
            Ok(body) => {
                return refused(&v, &app, (words, next), ended(&v, &app, &body).await?).await;
            }
            Err(key) => {
                let wrong = v.with(key, "words", &words);
                return refused(&v, &app, (words, next), wrong).await;
            }
        }
    }
    let cookie = Cookie {
        name: BODY_COOKIE,
        value: &slug,
        seconds: if slug.is_empty() { 0 } else { KEPT },
    };
    if let Some(person) = v.viewer.person() {
        let tx = app.db.begin().await?;
        match bodies::by_slug(&tx, &slug).await? {
            Some(body) => store_bodies::choose(&tx, &person.id, &body.key()).await?,
            None => store_bodies::choose_none(&tx, &person.id).await?,
        }
        tx.commit_quietly().await?;
    }
    Ok(redirect(StatusCode::SEE_OTHER, &next).cookie(&cookie))
}

async fn refused(v: &Visit, app: &App, (words, next): (String, String), wrong: String) -> Answer {
    let mut errors = FieldErrors::default();
    errors.add("body", wrong);
    let page = ChoosePage {
        v,
        chosen: chosen(v, app).await?,
        names: names(v, app).await?,
        words,
        next,
        errors,
    };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// "It is no more": with those that followed it, by name.
pub async fn ended(v: &Visit, app: &App, body: &Organisation) -> Answer<String> {
    let successors = bodies::successors(&app.db, &body.key()).await?;
    let names: Vec<&str> = successors.iter().map(|one| one.name.as_str()).collect();
    let day = body.ended().unwrap_or_default();
    Ok(if names.is_empty() {
        v.with_two("wrong-body-ended", ("body", &body.name), ("day", &day))
    } else {
        let names = names.join(", ");
        v.with_two(
            "wrong-body-followed",
            ("body", &body.name),
            ("names", &names),
        )
    })
}
