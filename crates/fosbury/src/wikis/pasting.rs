//! A single page from elsewhere: pasted, looked at, and kept as a guide that nobody else sees yet.

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use web::{Fields, Trouble, redirect};

use super::model::Line;
use super::pages::said;
use super::pasted::{SYNTAXES, becomes, guessed};
use crate::guides::Guides;
use crate::history::forms::check;
use crate::history::linking::Targets;
use crate::history::model::{Parts, Record, RecordId};
use crate::history::saving::{self, Author, Beginning, Note};
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::viewer::{Person, Visibility};

/// Letters that can be pasted at the most: markup takes more room than the words it holds.
const LONGEST: usize = 200_000;
/// Letters of a source and of a licence at the most.
const LONGEST_LINE: usize = 200;
/// Things not understood that are told at the most.
const MOST_TOLD: usize = 40;

#[derive(Template)]
#[template(path = "wikis/pasting.html")]
struct PastingPage<'v> {
    v: &'v Visit,
    form: Pasted,
    shown: Option<Shown>,
    errors: FieldErrors,
}

impl PastingPage<'_> {
    fn syntaxes(&self) -> [&'static str; 4] {
        SYNTAXES
    }

    fn said(&self, line: &Line) -> String {
        said(self.v, line)
    }
}

/// What the form says.
#[derive(Default)]
struct Pasted {
    begun: String,
    text: String,
    syntax: String,
    title: String,
    source: String,
    licence: String,
}

impl Pasted {
    fn sent(fields: &Fields) -> Self {
        let line = |name| texts::one_line(fields.get(name));
        let syntax = fields.get("syntax");
        let is_known = SYNTAXES.contains(&syntax);
        Self {
            begun: fields.get("begun").to_owned(),
            text: fields.get("text").to_owned(),
            syntax: if is_known { syntax } else { "" }.to_owned(),
            title: line("title"),
            source: line("source"),
            licence: line("licence"),
        }
    }

    fn syntax(&self) -> &str {
        if self.syntax.is_empty() {
            guessed(&self.text)
        } else {
            &self.syntax
        }
    }

    /// The id that the form gave to what it makes, so that it is made once.
    fn id(&self) -> Option<RecordId> {
        let is_hex = self.begun.bytes().all(|byte| byte.is_ascii_hexdigit());
        (self.begun.len() == 32 && is_hex).then(|| RecordId(self.begun.clone()))
    }
}

/// How it would look.
struct Shown {
    title: String,
    syntax: String,
    words: web::Rendered,
    lines: Vec<Line>,
}

/// The form.
pub async fn form(v: Visit) -> Answer {
    let form = Pasted {
        begun: new_id(v.now()),
        ..Pasted::default()
    };
    v.page(&PastingPage {
        v: &v,
        form,
        shown: None,
        errors: FieldErrors::default(),
    })
}

/// Shows how a page would look, or keeps it.
pub async fn send(v: Visit, State(app): State<App>, fields: Fields) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let form = Pasted::sent(&fields);
    let mut errors = FieldErrors::default();
    let length = form.text.chars().count();
    if form.text.trim().is_empty() {
        errors.add("text", v.say("wrong-pasted-none"));
    } else if length > LONGEST {
        errors.add(
            "text",
            v.with("wrong-pasted-long", "over", length - LONGEST),
        );
    }
    if !errors.is_empty() {
        return answered(&v, form, None, errors);
    }
    let (parts, lines) = becomes(&form.text, form.syntax(), &form.title);
    let is_kept = fields.get("do") == "keep";
    if is_kept {
        errors = wrong(&v, &form, &parts).await?;
        if errors.is_empty() {
            let record = kept(&v, &app, person, &form, parts).await?;
            let next = format!("{}?told=page-pasted", record.address());
            return Ok(redirect(StatusCode::SEE_OTHER, &next));
        }
    }
    let targets = Targets::of(&app.db, &v.viewer, &Guides, &parts).await?;
    let shown = Shown {
        title: parts.get("title").to_owned(),
        syntax: form.syntax().to_owned(),
        words: targets.render(parts.get("text"), 3),
        lines: lines.into_iter().take(MOST_TOLD).collect(),
    };
    answered(&v, form, Some(shown), errors)
}

fn answered(v: &Visit, form: Pasted, shown: Option<Shown>, errors: FieldErrors) -> Answer {
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = PastingPage {
        v,
        form,
        shown,
        errors,
    };
    v.page_with(status, &page)
}

/// What is wrong with a page that is to be kept.
async fn wrong(v: &Visit, form: &Pasted, parts: &Parts) -> Answer<FieldErrors> {
    let mut errors = check(v, &Guides, parts).await?;
    for (field, words, key) in [
        ("source", &form.source, "wrong-pasted-source"),
        ("licence", &form.licence, "wrong-pasted-licence"),
    ] {
        if words.is_empty() || words.chars().count() > LONGEST_LINE {
            errors.add(field, v.say(key));
        }
    }
    Ok(errors)
}

/// Keeps it as a guide that is not finished, for its author alone, under the licence it came with.
async fn kept(
    v: &Visit,
    app: &App,
    person: &Person,
    form: &Pasted,
    parts: Parts,
) -> Answer<Record> {
    let id = form.id();
    if let Some(id) = &id
        && let Some(record) = texts_store::record_by_id(&app.db, id).await?
        && record.author_id.as_deref() == Some(&person.id.0)
    {
        return Ok(record);
    }
    let mut note = Note::of("create", Author::of(person), v.now());
    note.summary = v.with("pasted-summary", "source", &form.source);
    let beginning = Beginning {
        kind: &Guides,
        id,
        number: None,
        parts,
        note,
        is_unfinished: true,
        visibility: Visibility::OnlyMe,
        licence: form.licence.clone(),
        credit: form.source.clone(),
        is_demo: false,
    };
    let tx = app.db.begin().await?;
    let record = saving::begin(&tx, &beginning).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(record)
}
