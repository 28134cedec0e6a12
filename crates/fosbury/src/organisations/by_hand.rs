//! What stewards do by hand: adding a body that no list has, and setting its mail domain.

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use web::{Fields, Trouble};

use super::joining::back;
use super::model::{
    Organisation, WrongDomain, free_slug, parse_code, parse_domain, parse_homepage, tidy_line,
};
use super::show::{Sent, body_at, shown};
use super::{store, store_import, store_members};
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::people::audit;
use crate::state::App;
use crate::store_log;

/// The fields of the form with the letters that each may have.
const FIELDS: [(&str, usize); 7] = [
    ("name", 200),
    ("short-name", 120),
    ("code", 40),
    ("kind", 120),
    ("nation", 120),
    ("homepage", 300),
    ("mail-domain", 200),
];

#[derive(Template)]
#[template(path = "organisations/new.html")]
struct NewPage<'v> {
    v: &'v Visit,
    sent: &'v Fields,
    errors: &'v FieldErrors,
}

impl NewPage<'_> {
    fn label(&self, field: &str) -> String {
        self.v.say(match field {
            "name" => "organisation-official",
            "short-name" => "organisation-short-name",
            "code" => "organisation-code",
            "kind" => "organisation-kind",
            "nation" => "organisation-nation",
            "homepage" => "organisation-homepage",
            _ => "organisation-mail-domain",
        })
    }

    fn hint(&self, field: &str) -> Option<String> {
        self.v.say_if(&format!("organisation-{field}-hint"))
    }

    fn fields(&self) -> [&'static str; 7] {
        FIELDS.map(|(name, _)| name)
    }
}

/// The form for a new body.
pub async fn form(v: Visit) -> Answer {
    let (sent, errors) = (Fields::default(), FieldErrors::default());
    v.page(&NewPage {
        v: &v,
        sent: &sent,
        errors: &errors,
    })
}

fn unfit(v: &Visit, sent: &Fields, errors: &FieldErrors) -> Answer {
    let page = NewPage { v, sent, errors };
    v.page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// Adds a body.
pub async fn add(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let mut errors = FieldErrors::default();
    let mut body = read(&v, &fields, &mut errors);
    if !errors.is_empty() {
        return unfit(&v, &fields, &errors);
    }
    let tx = app.db.begin().await?;
    store_import::alone(&tx).await?;
    let known = store_import::known(&tx).await?;
    if known.contains_key(&body.code) {
        errors.add("code", v.say("wrong-organisation-code-taken"));
        return unfit(&v, &fields, &errors);
    }
    let is_taken = |slug: &str| known.values().any(|one| one.organisation.slug == slug);
    body.slug = free_slug(&[&body.short_name], &body, is_taken);
    body.describe(&BTreeSet::new());
    store_import::insert(&tx, &body).await?;
    let act = "organisation-added";
    audit::note(&tx, v.now(), Some(&person.id), act, &body.code, &body.name).await?;
    store_log::commit_shown(tx, "organisations").await?;
    Ok(back(&body, "organisation-added"))
}

fn read(v: &Visit, fields: &Fields, errors: &mut FieldErrors) -> Organisation {
    let mut tidy = |name: &str, key: &str| {
        let longest = FIELDS.iter().find(|(field, _)| *field == name);
        let words = tidy_line(fields.get(name), longest.map_or(0, |(_, longest)| *longest));
        if words.is_none() {
            errors.add(name, v.say(key));
        }
        words.unwrap_or_default()
    };
    let short = "wrong-organisation-short";
    let mut body = Organisation {
        id: new_id(v.now()),
        name: tidy("name", "wrong-organisation-name"),
        short_name: tidy("short-name", short),
        kind_name: tidy("kind", short),
        nation: tidy("nation", short),
        ..Organisation::default()
    };
    if body.name.is_empty() && errors.of("name").is_none() {
        errors.add("name", v.say("wrong-organisation-name"));
    }
    if body.short_name.is_empty() {
        body.short_name.clone_from(&body.name);
    }
    match parse_code(fields.get("code")) {
        Some(code) => body.code = code,
        None => errors.add("code", v.say("wrong-organisation-code")),
    }
    if !fields.get("homepage").trim().is_empty() {
        match parse_homepage(fields.get("homepage")) {
            Some(site) => body.homepage = site,
            None => errors.add("homepage", v.say("wrong-organisation-homepage")),
        }
    }
    match parse_domain(fields.get("mail-domain")) {
        Ok(domain) => body.mail_domain = domain,
        Err(wrong) => errors.add("mail-domain", v.say(told(wrong))),
    }
    body
}

fn told(wrong: WrongDomain) -> &'static str {
    match wrong {
        WrongDomain::Unreadable => "wrong-mail-domain",
        WrongDomain::ForEverybody => "wrong-mail-domain-for-all",
    }
}

/// Sets a body's mail domain; those who wait and have such an address are confirmed.
pub async fn mail_domain(
    v: Visit,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let body = body_at(&app, &slug).await?;
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let sent = fields.get("mail-domain");
    let domain = match parse_domain(sent) {
        Ok(domain) => domain,
        Err(wrong) => {
            let mut errors = FieldErrors::default();
            errors.add("mail-domain", v.say(told(wrong)));
            let sent = Sent {
                mail_domain: Some(sent.to_owned()),
                ..Sent::default()
            };
            let status = StatusCode::UNPROCESSABLE_ENTITY;
            return shown(&v, &app, &body, status, None, (&sent, &errors)).await;
        }
    };
    let tx = app.db.begin().await?;
    store::change_mail_domain(&tx, &body.key(), &domain).await?;
    store_members::confirm_by_domain(&tx, &body.key(), &domain, v.now()).await?;
    audit::note(
        &tx,
        v.now(),
        Some(&person.id),
        "mail-domain",
        &body.code,
        &domain,
    )
    .await?;
    store_log::commit_shown(tx, "organisations").await?;
    Ok(back(&body, "mail-domain-kept"))
}
