//! Signing in: a link by mail that acts only by POST, and a code beside it.

use std::net::{IpAddr, SocketAddr};

use askama::Template;
use axum::extract::{ConnectInfo, FromRequestParts, Path, State};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode, header};
use web::{Cookie, CookieJar, Fields, Page, Query, Trouble, redirect, safe_next};

use super::SIGN_IN_COOKIE;
use super::letters::{SIGN_IN_LETTER, SignInLetter};
use super::model::{NAMELESS, Purpose, SIGN_IN_LASTS, TRIES, device};
use super::store::{self, EntryLink, Listed, NewLink, SignIn};
use crate::ids::{hashed, new_id, new_secret};
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::settings::SignUp;
use crate::state::App;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::{PersonId, Role};
use crate::wikis::store_authors;

/// The cookie that ties a typed code to the browser that asked for it.
const ASKED_COOKIE: &str = "fosbury-asked";

#[derive(Template)]
#[template(path = "people/sign-in.html")]
struct SignInPage<'v> {
    v: &'v Visit,
    address: String,
    next: String,
    errors: FieldErrors,
    has_mail: bool,
}

#[derive(Template)]
#[template(path = "people/check-mail.html")]
struct CheckPage<'v> {
    v: &'v Visit,
    code: String,
    errors: FieldErrors,
}

#[derive(Template)]
#[template(path = "people/landing.html")]
struct LandingPage<'v> {
    v: &'v Visit,
    action: String,
}

/// Where a request came from: the peer, or what a trusted proxy says of it. Never stored.
pub struct From(pub Option<IpAddr>);

impl FromRequestParts<App> for From {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        let peer = parts
            .extensions
            .get::<ConnectInfo<SocketAddr>>()
            .map(|peer| peer.0.ip());
        let is_proxy = peer.is_some_and(|peer| app.settings.trusted_proxies.contains(&peer));
        let told = parts
            .headers
            .get_all("x-forwarded-for")
            .into_iter()
            .next_back();
        // Only the last entry was written by our proxy; those before it are anybody's.
        let told =
            told.and_then(|told| told.to_str().ok()?.rsplit(',').next()?.trim().parse().ok());
        Ok(Self(if is_proxy { told.or(peer) } else { peer }))
    }
}

/// The sign-in page.
pub async fn form(v: Visit, State(app): State<App>, Query(query): Query) -> Answer {
    let (next, errors) = (safe_next(query.get("next")), FieldErrors::default());
    let has_mail = app.mailer.is_some();
    v.page(&SignInPage {
        v: &v,
        address: String::new(),
        next,
        errors,
        has_mail,
    })
}

/// Sends a letter with a link and a code; the answer is the same for known and unknown addresses.
pub async fn ask(v: Visit, State(app): State<App>, from: From, fields: Fields) -> Answer {
    let next = safe_next(fields.get("next"));
    let sent = fields.get("address").to_owned();
    let Ok(address) = mail::Address::parse(&sent) else {
        let mut errors = FieldErrors::default();
        errors.add("address", v.say("wrong-address"));
        let has_mail = app.mailer.is_some();
        let page = SignInPage {
            v: &v,
            address: sent,
            next,
            errors,
            has_mail,
        };
        return v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page);
    };
    if app.mailer.is_none() {
        return Err(Trouble::Forbidden.into());
    }
    app.limits.try_from(from.0)?;
    app.limits.letter_to(address.as_str())?;
    let (now, browser) = (v.now(), new_secret());
    let id = new_id(now);
    let tx = app.db.begin().await?;
    let link = NewLink {
        id: &id,
        purpose: Purpose::SignIn,
        secret_hash: &hashed(&new_secret()),
        address: address.as_str(),
        role: Role::Contributor,
        browser_hash: Some(&hashed(&browser)),
        next: &next,
        made_by: None,
        now,
    };
    store::insert_link(&tx, &link).await?;
    let body = serde_json::to_string(&SignInLetter { link: id.clone() }).unwrap_or_default();
    let job = jobs::Job::at_once(new_id(now), SIGN_IN_LETTER, body, now.0);
    jobs::enqueue(&tx, &job).await?;
    tx.commit_quietly().await?;
    app.jobs_wake.notify_one();
    let cookie = Cookie {
        name: ASKED_COOKIE,
        value: &browser,
        seconds: Purpose::SignIn.lasts() / 1000,
    };
    Ok(redirect(StatusCode::SEE_OTHER, "/sign-in/check").cookie(&cookie))
}

/// "Check your mail", with a field for the code.
pub async fn check(v: Visit) -> Answer {
    v.page(&CheckPage {
        v: &v,
        code: String::new(),
        errors: FieldErrors::default(),
    })
}

/// Signs in by the code, only in the browser that asked for it.
pub async fn by_code(
    v: Visit,
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
    fields: Fields,
) -> Answer {
    app.limits.try_from(from.0)?;
    let browser = CookieJar::of(&headers).get(ASKED_COOKIE).map(hashed);
    let link = match browser {
        Some(browser) => store::link_of_browser(&app.db, &browser, v.now()).await?,
        None => None,
    };
    let code = fields.get("code");
    let digits: String = code.chars().filter(char::is_ascii_digit).take(12).collect();
    let Some(link) = link else {
        return wrong_code(&v, code, "wrong-code-ended");
    };
    // Counted before it is looked at: guesses made side by side are no more than others.
    let tx = app.db.begin().await?;
    if !store::count_try(&tx, &link.id, TRIES).await? {
        return wrong_code(&v, code, "wrong-code-ended");
    }
    tx.commit_quietly().await?;
    if link.code_hash.as_deref() != Some(&hashed(&format!("{}{digits}", link.id))) {
        return wrong_code(&v, code, "wrong-code");
    }
    let_in(&v, &app, &link, &headers).await
}

fn wrong_code(v: &Visit, code: &str, key: &str) -> Answer {
    let mut errors = FieldErrors::default();
    errors.add("code", v.say(key));
    let code = code.to_owned();
    let page = CheckPage { v, code, errors };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Where a link from a letter leads: a button, since mail scanners open links.
pub async fn landing(v: Visit, State(app): State<App>, Path(token): Path<String>) -> Answer {
    let link = store::link(&app.db, &hashed(&token), v.now()).await?;
    if link.is_none_or(|link| link.purpose != Purpose::SignIn.name()) {
        return ended(&v);
    }
    let page = LandingPage {
        v: &v,
        action: format!("/sign-in/{token}"),
    };
    Ok(v.page(&page)?.without_referrer())
}

#[derive(Template)]
#[template(path = "people/ended.html")]
struct EndedPage<'v> {
    v: &'v Visit,
}

/// The page for a link that was used or has ended.
pub fn ended(v: &Visit) -> Answer {
    Ok(v.page_with(StatusCode::GONE, &EndedPage { v })?
        .without_referrer())
}

/// Signs in by the link, in any browser.
pub async fn by_link(
    v: Visit,
    State(app): State<App>,
    from: From,
    headers: HeaderMap,
    Path(token): Path<String>,
) -> Answer {
    app.limits.try_from(from.0)?;
    let link = store::link(&app.db, &hashed(&token), v.now()).await?;
    match link.filter(|link| link.purpose == Purpose::SignIn.name()) {
        Some(link) => let_in(&v, &app, &link, &headers).await,
        None => ended(&v),
    }
}

async fn let_in(v: &Visit, app: &App, link: &EntryLink, headers: &HeaderMap) -> Answer {
    let now = v.now();
    let tx = app.db.begin().await?;
    if !store::use_link(&tx, &link.id, now).await? {
        return ended(v);
    }
    let known = store::by_address(&tx, &link.address).await?;
    let is_new = known.is_none();
    if is_new && app.settings.sign_up == SignUp::Invited {
        return ended(v);
    }
    let person = if let Some(person) = known {
        person
    } else {
        let person = newcomer(&link.address, NAMELESS, Role::Contributor, now);
        store::insert(&tx, &person, false).await?;
        person
    };
    let secret = begin_sign_in(&tx, &person.id, headers, now).await?;
    // The address is proved: what it wrote in a wiki that came is theirs.
    if store_authors::recognise(&tx, &person.id, &link.address, now).await? {
        store_log::commit_shown(tx, "wikis").await?;
    } else {
        tx.commit_quietly().await?;
    }
    tracing::info!(person = %person.id.0, "Signed in by mail");
    let next = if is_new {
        "/account?told=new-here"
    } else {
        link.next.as_str()
    };
    Ok(signed_in(next, &secret))
}

/// Somebody about to be written down.
pub fn newcomer(address: &str, name: &str, role: Role, now: Moment) -> Listed {
    Listed {
        id: PersonId(new_id(now)),
        address: address.to_owned(),
        name: name.to_owned(),
        role: role.name().to_owned(),
        joined_at: now,
    }
}

/// Begins a sign-in with a secret of its own, which is returned for the cookie.
pub async fn begin_sign_in(
    tx: &db::Tx,
    person: &PersonId,
    headers: &HeaderMap,
    now: Moment,
) -> db::Result<String> {
    let agent = headers
        .get(header::USER_AGENT)
        .and_then(|agent| agent.to_str().ok());
    let sign_in = SignIn {
        id: new_id(now),
        device: device(agent.unwrap_or_default()),
        began_at: now,
        ends_at: now.plus(SIGN_IN_LASTS),
    };
    let secret = new_secret();
    store::insert_sign_in(tx, &sign_in, &hashed(&secret), person).await?;
    Ok(secret)
}

/// Goes on, signed in.
pub fn signed_in(next: &str, secret: &str) -> Page {
    let cookie = Cookie {
        name: SIGN_IN_COOKIE,
        value: secret,
        seconds: SIGN_IN_LASTS / 1000,
    };
    let asked = Cookie {
        name: ASKED_COOKIE,
        value: "",
        seconds: 0,
    };
    redirect(StatusCode::SEE_OTHER, next)
        .cookie(&cookie)
        .cookie(&asked)
}

/// Signs out: the sign-in ends here and in the database.
pub async fn out(v: Visit, State(app): State<App>) -> Answer {
    if let Some(person) = v.viewer.person() {
        let tx = app.db.begin().await?;
        store::end_sign_in(&tx, &person.id, &person.sign_in).await?;
        tx.commit_quietly().await?;
    }
    let cookie = Cookie {
        name: SIGN_IN_COOKIE,
        value: "",
        seconds: 0,
    };
    Ok(redirect(StatusCode::SEE_OTHER, "/?told=signed-out").cookie(&cookie))
}
