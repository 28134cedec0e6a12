//! My tokens: made, shown once, listed, ended; the owner can end anybody's.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, OrNotFound, Trouble, redirect};

use super::scope::{LASTING, MOST_TOKENS, Scope, TOKEN_MARK, tidy_token_name};
use super::store;
use super::store_audit as audit;
use super::store_tokens::{self, Token};
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::time::{DAY, Moment};
use crate::viewer::PersonId;

/// Days that a token lasts where nobody chooses.
const USUAL_DAYS: i64 = 90;

#[derive(Template)]
#[template(path = "people/tokens.html")]
struct TokensPage<'v> {
    v: &'v Visit,
    tokens: Vec<Shown>,
    /// The token just made: how it is called, and its secret.
    made: Option<(String, String)>,
    form: Asked,
    lasting: [i64; 3],
    offered: Vec<Scope>,
    errors: FieldErrors,
}

/// What the form asks for.
struct Asked {
    name: String,
    scopes: Vec<Scope>,
    days: i64,
}

impl Asked {
    fn nothing() -> Self {
        Self {
            name: String::new(),
            scopes: vec![Scope::Read],
            days: USUAL_DAYS,
        }
    }

    fn sent(fields: &Fields) -> Self {
        Self {
            name: fields.get("name").to_owned(),
            scopes: fields.all("scope").filter_map(Scope::parse).collect(),
            days: fields.number("days").unwrap_or_default(),
        }
    }

    fn has(&self, scope: &Scope) -> bool {
        self.scopes.contains(scope)
    }
}

/// What can be ticked: stewards' acts only where somebody is one.
fn offered(v: &Visit) -> Vec<Scope> {
    let may = |scope: &Scope| *scope != Scope::Keep || v.viewer.is_steward();
    Scope::ALL.into_iter().filter(may).collect()
}

/// A token as lists show it.
pub struct Shown {
    pub(super) id: String,
    pub(super) name: String,
    /// What it may do, in words.
    pub(super) may: String,
    pub(super) used_on: Option<Moment>,
    pub(super) ends_at: Moment,
    /// The address that its own begins with.
    pub(super) under: String,
}

/// Somebody's tokens that last, in words.
pub async fn of(v: &Visit, app: &App, person: &PersonId, under: &str) -> Answer<Vec<Shown>> {
    let tokens = store_tokens::of(&app.db, person, v.now()).await?;
    let in_words = |token: Token| {
        let may = Scope::all_in(&token.scopes);
        let may: Vec<String> = may
            .iter()
            .map(|one| v.say_of("scope", one.name()))
            .collect();
        Shown {
            id: token.id,
            name: token.name,
            may: may.join("; "),
            used_on: token.used_on,
            ends_at: token.ends_at,
            under: format!("{under}/tokens"),
        }
    };
    Ok(tokens.into_iter().map(in_words).collect())
}

/// My tokens, and the form for another.
pub async fn page(v: Visit, State(app): State<App>) -> Answer {
    let (form, errors) = (Asked::nothing(), FieldErrors::default());
    shown(&v, &app, StatusCode::OK, None, (form, errors)).await
}

async fn shown(
    v: &Visit,
    app: &App,
    status: StatusCode,
    made: Option<(String, String)>,
    (form, errors): (Asked, FieldErrors),
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let page = TokensPage {
        v,
        tokens: of(v, app, &person.id, "/account").await?,
        made,
        form,
        lasting: LASTING,
        offered: offered(v),
        errors,
    };
    v.page_with(status, &page)
}

/// Makes a token and shows it, once.
pub async fn make(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let asked = Asked::sent(&fields);
    let mut errors = FieldErrors::default();
    let name = tidy_token_name(&asked.name);
    if name.is_none() {
        errors.add("name", v.say("wrong-token-name"));
    }
    let is_beyond = asked.has(&Scope::Keep) && !v.viewer.is_steward();
    if asked.scopes.is_empty() || is_beyond {
        errors.add("scope", v.say("wrong-token-scope"));
    }
    if !LASTING.contains(&asked.days) {
        errors.add("days", v.say("wrong-token-days"));
    }
    let now = v.now();
    if store_tokens::of(&app.db, &person.id, now).await?.len() >= MOST_TOKENS {
        errors.add("name", v.with("wrong-token-many", "most", MOST_TOKENS));
    }
    let (Some(name), true) = (name, errors.is_empty()) else {
        let status = StatusCode::UNPROCESSABLE_ENTITY;
        return shown(&v, &app, status, None, (asked, errors)).await;
    };
    let secret = format!("{TOKEN_MARK}{}", new_secret());
    let token = Token {
        id: new_id(now),
        name,
        scopes: Scope::stored(&asked.scopes),
        made_at: now,
        ends_at: now.plus(asked.days * DAY),
        used_on: None,
    };
    let tx = app.db.begin().await?;
    store_tokens::insert(&tx, &token, &hashed(&secret), &person.id).await?;
    audit::note(
        &tx,
        now,
        Some(&person.id),
        "token",
        &token.id,
        &token.scopes,
    )
    .await?;
    tx.commit_quietly().await?;
    let made = Some((token.name, secret));
    let form = (Asked::nothing(), FieldErrors::default());
    shown(&v, &app, StatusCode::OK, made, form).await
}

/// Ends one of my tokens.
pub async fn end(v: Visit, State(app): State<App>, Path(id): Path<String>) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    end_one(&v, &app, &person.id, &id).await?;
    let next = "/account/tokens?told=token-ended";
    Ok(redirect(StatusCode::SEE_OTHER, next))
}

/// Ends somebody's token, as the owner.
pub async fn end_of(
    v: Visit,
    State(app): State<App>,
    Path((id, token)): Path<(String, String)>,
) -> Answer {
    let person = store::person(&app.db, &PersonId(id))
        .await?
        .or_not_found()?;
    end_one(&v, &app, &person.id, &token).await?;
    let next = format!("/people/{}?told=token-ended", person.id.0);
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

async fn end_one(v: &Visit, app: &App, person: &PersonId, id: &str) -> Answer<()> {
    let by = v.viewer.person().map(|by| &by.id);
    let tx = app.db.begin().await?;
    if store_tokens::end(&tx, person, id).await? {
        audit::note(&tx, v.now(), by, "token-end", id, &person.0).await?;
    }
    tx.commit_quietly().await?;
    Ok(())
}
