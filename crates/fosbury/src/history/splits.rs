//! Splitting a text: chosen parts, sections and solutions go to a page of their own.

use askama::Template;
use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use db::Tx;
use texts::sections::{replace_section, sections};
use web::{Fields, OrNotFound, Trouble, redirect};

use super::acts::{author, note_act};
use super::editing::live_record;
use super::forms::{self, called};
use super::kind::{Kind, Shape};
use super::model::{Parts, Record};
use super::saving::{self, Author, Beginning, Note};
use super::seen::seen;
use super::store;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::organisations::store_readers;
use crate::solutions::store::{Card, for_hurdle};
use crate::state::App;
use crate::subjects::kind_called;
use crate::viewer::Visibility;

#[derive(Template)]
#[template(path = "history/split.html")]
struct SplitPage<'v> {
    v: &'v Visit,
    record: &'v Record,
    called: String,
    pieces: Vec<Piece>,
    solutions: Vec<Card>,
    sent: &'v Fields,
    errors: FieldErrors,
}

impl SplitPage<'_> {
    fn is_ticked(&self, field: &str, value: &impl ToString) -> bool {
        let value = value.to_string();
        self.sent.all(field).any(|one| one == value)
    }
}

/// What can go: a whole part, or one section of it.
struct Piece {
    /// `steps`, or `steps.2` for its third section.
    key: String,
    label: String,
    opening: String,
    is_section: bool,
}

/// Asks what goes to a page of its own, and what that is called.
pub async fn form(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
) -> Answer {
    let record = live_record(&v, &app, kind, &slug).await?;
    let sent = Fields::default();
    shown(&v, &app, kind, &record, (&sent, FieldErrors::default())).await
}

async fn shown(
    v: &Visit,
    app: &App,
    kind: &dyn Kind,
    record: &Record,
    (sent, errors): (&Fields, FieldErrors),
) -> Answer {
    let head = store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?;
    let status = if errors.is_empty() {
        StatusCode::OK
    } else {
        StatusCode::UNPROCESSABLE_ENTITY
    };
    let page = SplitPage {
        v,
        record,
        called: called(v, record),
        pieces: pieces(v, kind, &head.parts()),
        solutions: solutions_of(v, app, record).await?,
        sent,
        errors,
    };
    v.page_with(status, &page)
}

async fn solutions_of(v: &Visit, app: &App, record: &Record) -> Answer<Vec<Card>> {
    if record.kind != "hurdle" {
        return Ok(Vec::new());
    }
    Ok(for_hurdle(&app.db, &v.viewer, record.number).await?)
}

fn pieces(v: &Visit, kind: &dyn Kind, parts: &Parts) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let part_name = format!("part-{}", kind.name());
    for part in kind.parts() {
        let words = parts.get(part.key);
        if words.is_empty() || !can_go(&part.shape) || part.is_needed {
            continue;
        }
        pieces.push(Piece {
            key: part.key.to_owned(),
            label: v.say_of(&part_name, part.key),
            opening: saving::in_short(words, 100),
            is_section: false,
        });
        if part.shape == Shape::Text {
            for (at, section) in sections(words).into_iter().enumerate() {
                pieces.push(Piece {
                    key: format!("{}.{at}", part.key),
                    label: section.title,
                    opening: String::new(),
                    is_section: true,
                });
            }
        }
    }
    pieces
}

fn can_go(shape: &Shape) -> bool {
    matches!(shape, Shape::Text | Shape::Lines | Shape::Line)
}

/// Writes the new page down and takes what went there out of the old one, in one change.
pub async fn split(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn Kind>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (_, author) = author(&v)?;
    let mut record = live_record(&v, &app, kind, &slug).await?;
    let before = store::revision(&app.db, &record.id, record.head)
        .await?
        .or_not_found()?
        .parts();
    let chosen: Vec<&str> = fields.all("piece").collect();
    let moving: Vec<i64> = fields
        .all("solution")
        .filter_map(|one| one.parse().ok())
        .collect();
    let (stays, mut goes) = parted(kind, &before, &chosen);
    goes.set("title", fields.get("title"));
    let visible = seen(&v, kind, goes.clone()).await?;
    let mut errors = forms::check(&v, kind, &visible).await?;
    if stays == before && moving.is_empty() {
        errors.add("pieces", v.say("wrong-split-nothing"));
    }
    if !errors.is_empty() {
        return shown(&v, &app, kind, &record, (&fields, errors)).await;
    }
    let old = (called(&v, &record), record.title.clone());
    let mut note = Note::of("begin-split", author.clone(), v.now());
    note.summary = v.with_two("split-from", ("page", &old.0), ("title", &old.1));
    let beginning = Beginning {
        kind,
        id: None,
        number: None,
        parts: goes,
        note,
        is_unfinished: false,
        visibility: Visibility::parse(&record.visibility).unwrap_or_default(),
        licence: record.licence.clone(),
        credit: record.credit.clone(),
        is_demo: record.is_demo,
    };
    let tx = app.db.begin().await?;
    let new = saving::begin(&tx, &beginning).await?;
    let readers = store_readers::of(&tx, &record.id.0).await?;
    store_readers::replace(&tx, &new.id.0, &readers).await?;
    let mut note = Note::of("split", author.clone(), v.now());
    let named = (called(&v, &new), new.title.clone());
    note.summary = v.with_two("split-to", ("page", &named.0), ("title", &named.1));
    if !saving::advance(&tx, kind, &mut record, &before, &stays, &note).await? {
        return Err(Trouble::OutOfService("somebody changed the page".to_owned()).into());
    }
    for number in moving {
        move_solution(&v, &tx, number, (record.number, &new), &author).await?;
    }
    note_act(&tx, &record, &note, "split").await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    let next = format!("{}?told=split", new.address());
    Ok(redirect(StatusCode::SEE_OTHER, &next))
}

/// Makes a solution one of the new hurdle instead of the old.
async fn move_solution(
    v: &Visit,
    tx: &Tx,
    number: i64,
    (from, to): (i64, &Record),
    author: &Author,
) -> Answer<()> {
    let kind = kind_called("solution").or_not_found()?;
    let mut solution = store::record(tx, &v.viewer, "solution", number)
        .await?
        .filter(Record::is_live)
        .or_not_found()?;
    let before = store::revision(tx, &solution.id, solution.head)
        .await?
        .or_not_found()?
        .parts();
    let (from, number) = (from.to_string(), to.number.to_string());
    let mut hurdles = before.list("hurdles");
    hurdles.retain(|one| *one != from);
    hurdles.push(number);
    let mut parts = before.clone();
    parts.set("hurdles", &hurdles.join("\n"));
    let mut note = Note::of("edit", author.clone(), v.now());
    let named = (called(v, to), to.title.clone());
    note.summary = v.with_two("split-goes-with", ("page", &named.0), ("title", &named.1));
    if saving::advance(tx, kind, &mut solution, &before, &parts, &note).await? {
        return Ok(());
    }
    Err(Trouble::OutOfService("somebody changed a solution".to_owned()).into())
}

/// The text without the chosen pieces, and a text of those pieces. Choices and tags are in both.
fn parted(kind: &dyn Kind, whole: &Parts, chosen: &[&str]) -> (Parts, Parts) {
    let (mut stays, mut goes) = (whole.clone(), Parts::default());
    for part in kind.parts() {
        let words = whole.get(part.key);
        if part.is_needed || !can_go(&part.shape) {
            goes.set(part.key, words);
        } else if chosen.contains(&part.key) {
            goes.set(part.key, words);
            stays.set(part.key, "");
        } else if part.shape == Shape::Text {
            let (left, gone) = cut(words, part.key, chosen);
            stays.set(part.key, &left);
            goes.set(part.key, &gone);
        }
    }
    (stays, goes)
}

/// A part's words without its chosen sections, and those sections.
fn cut(words: &str, key: &str, chosen: &[&str]) -> (String, String) {
    let all = sections(words);
    let is_chosen = |at: usize| chosen.contains(&format!("{key}.{at}").as_str());
    let (mut until, mut going) = (0, Vec::new());
    for (at, section) in all.iter().enumerate() {
        // A section inside one that goes is there already.
        if is_chosen(at) && section.range.start >= until {
            until = section.range.end;
            going.push(at);
        }
    }
    let gone: Vec<&str> = going
        .iter()
        .map(|at| words[all[*at].range.clone()].trim_end())
        .collect();
    let left = going
        .iter()
        .rev()
        .fold(words.to_owned(), |left, at| replace_section(&left, *at, ""));
    (left, gone.join("\n\n"))
}

#[cfg(test)]
mod tests {
    use super::cut;

    #[test]
    fn sections_go_with_what_is_under_them_and_once() {
        let words = "Before.\n\n# One\nA\n## Inner\nB\n\n# Two\nC\n";
        let (left, gone) = cut(words, "steps", &["steps.0", "steps.1"]);
        assert_eq!(left, "Before.\n\n# Two\nC\n");
        assert_eq!(gone, "# One\nA\n## Inner\nB");
        assert_eq!(
            cut(words, "why", &["steps.0"]),
            (words.to_owned(), String::new())
        );
        let (left, gone) = cut(words, "steps", &["steps.1", "steps.2"]);
        assert_eq!(left, "Before.\n\n# One\nA\n");
        assert_eq!(gone, "## Inner\nB\n\n# Two\nC");
    }
}
