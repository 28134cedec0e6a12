//! Lines on their way in: from the form of the page, or many at once from its script, which sends
//! again whatever it does not know to have arrived.

use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use web::{Fields, Page, Query, Trouble, redirect};

use super::guests::Seat;
use super::live;
use super::model::{Event, LAST_PLACE, LONGEST_LINE, Line, Session};
use super::notes::{self, Typed};
use super::store;
use super::store_lines::{self, Sent, Writer, Written};
use crate::layout::Answer;
use crate::layout::field::FieldErrors;
use crate::state::App;

/// Lines in one request at the most.
const MOST_AT_ONCE: usize = 100;
/// Lines of one form at the most.
const MOST_OF_FORM: usize = 400;

/// A line as the page's script sends it.
#[derive(Deserialize)]
struct Scripted {
    id: String,
    place: i64,
    together: bool,
    text: String,
    edition: i64,
}

/// A line of one line, without blanks around it and no longer than one may be.
fn tidied(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").chars().take(LONGEST_LINE).collect()
}

fn is_id(id: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
    (8..=64).contains(&id.len()) && id.bytes().all(is_plain)
}

impl Scripted {
    fn sent(self) -> Option<Sent> {
        let is_sound = is_id(&self.id)
            && (0..LAST_PLACE).contains(&self.place)
            && (1..1_000_000).contains(&self.edition);
        is_sound.then(|| Sent {
            id: self.id,
            place: self.place,
            is_together: self.together,
            text: tidied(&self.text),
            edition: self.edition,
        })
    }
}

/// Writes lines: those of the form, or those that the script sends as `lines`.
pub async fn write(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    fields: Fields,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let writer = seat.writer(&event)?;
    if let Some(lines) = fields.sent("lines") {
        return scripted(&app, &session, &writer, lines, &seat).await;
    }
    let sent = of_form(&seat, &fields);
    let is_change = is_id(fields.get("line"));
    let is_empty = sent.iter().all(|line| line.text.is_empty());
    let mut errors = FieldErrors::default();
    if is_empty && !is_change {
        errors.add("text", seat.v.say("wrong-line-none"));
    } else if sent.len() > MOST_OF_FORM {
        errors.add("text", seat.v.say("wrong-line-many"));
    } else {
        let written = keep(&app, &session, &writer, &sent, &seat).await?;
        let words = match written.iter().find(|one| **one != Written::Kept) {
            None => {
                let told = format!("{}?told=line-kept#write", session.address());
                return Ok(redirect(StatusCode::SEE_OTHER, &told));
            }
            Some(Written::Locked) => "wrong-line-locked",
            Some(Written::Full) => "wrong-line-full",
            Some(_) => "wrong-line-other",
        };
        errors.add("text", seat.v.say(words));
    }
    let typed = Typed {
        text: fields.get("text").to_owned(),
        is_together: fields.get("where") == "together",
        line: changed(&seat, &app, &session, fields.get("line")).await?,
        ..Typed::default()
    };
    refused(&seat, &app, (&session, &event), typed, errors).await
}

async fn refused(
    seat: &Seat,
    app: &App,
    about: (&Session, &Event),
    typed: Typed,
    errors: FieldErrors,
) -> Answer {
    notes::shown(seat, app, about, typed, errors).await
}

async fn changed(seat: &Seat, app: &App, session: &Session, id: &str) -> Answer<Option<Line>> {
    let lines = store::lines(&app.db, &seat.asker(), session.number, None).await?;
    Ok(lines.into_iter().find(|line| line.id == id))
}

/// The lines of a form: each line of its text, or the one that it changes. Their ids come with the
/// form, so that a form sent twice writes nothing twice.
fn of_form(seat: &Seat, fields: &Fields) -> Vec<Sent> {
    let is_together = fields.get("where") == "together";
    let now = seat.v.now().0.saturating_mul(1_000);
    let line = fields.get("line");
    if is_id(line) {
        return vec![Sent {
            id: line.to_owned(),
            place: fields
                .number("place")
                .unwrap_or(now)
                .clamp(0, LAST_PLACE - 1),
            is_together,
            text: tidied(fields.get("text")),
            edition: fields.number("edition").unwrap_or(2).clamp(1, 999_999),
        }];
    }
    let begun = fields.get("begun");
    let begun = if is_id(begun) && begun.len() <= 40 {
        begun.to_owned()
    } else {
        crate::ids::new_id(seat.v.now())
    };
    let lines = fields.get("text").lines().map(tidied);
    let lines = lines.filter(|line| !line.is_empty()).take(MOST_OF_FORM + 1);
    let sent = lines.zip(0_i64..).map(|(text, at)| Sent {
        id: format!("{begun}-{at}"),
        place: (now + at).clamp(0, LAST_PLACE - 1),
        is_together,
        text,
        edition: 1,
    });
    sent.collect()
}

/// Keeps lines in one change, and tells those who watch.
async fn keep(
    app: &App,
    session: &Session,
    writer: &Writer,
    sent: &[Sent],
    seat: &Seat,
) -> Answer<Vec<Written>> {
    let tx = app.db.begin().await?;
    let mut written = Vec::with_capacity(sent.len());
    for one in sent {
        let done = store_lines::write(&tx, &session.id, one, writer, seat.v.now()).await?;
        written.push(done);
    }
    if written.contains(&Written::Kept) {
        // Pages kept for visitors show nothing of it: an open session's page is made each time.
        tx.commit_quietly().await?;
        app.live.wake(&session.id);
    }
    Ok(written)
}

async fn scripted(
    app: &App,
    session: &Session,
    writer: &Writer,
    lines: &str,
    seat: &Seat,
) -> Answer {
    let lines: Vec<Scripted> =
        serde_json::from_str(lines).map_err(|error| Trouble::Unreadable(error.to_string()))?;
    if lines.len() > MOST_AT_ONCE {
        return Err(Trouble::TooLarge.into());
    }
    let (mut sent, mut refused) = (Vec::new(), Vec::new());
    for line in lines {
        let id = line.id.clone();
        match line.sent() {
            Some(line) => sent.push(line),
            None => refused.push(id),
        }
    }
    let written = keep(app, session, writer, &sent, seat).await?;
    let is_locked = written.contains(&Written::Locked);
    let (mut kept, mut waiting) = (Vec::new(), Vec::new());
    for (line, written) in sent.into_iter().zip(written) {
        match written {
            Written::Kept => kept.push(line.id),
            Written::Locked => waiting.push(line.id),
            Written::NotYours | Written::Full => refused.push(line.id),
        }
    }
    refused.extend(waiting);
    Ok(json_answer(
        &json!({ "kept": kept, "refused": refused, "locked": is_locked }),
    ))
}

/// The lines written since a version, for a script whose connection cannot stay open.
pub async fn since(
    seat: Seat,
    State(app): State<App>,
    Path(slug): Path<String>,
    Query(query): Query,
) -> Answer {
    let (session, event) = seat.session(&slug).await?;
    let since = query.number("since").unwrap_or(0);
    let lines = store::lines(&app.db, &seat.asker(), session.number, Some(since)).await?;
    let reached = lines.iter().map(|line| line.version).max().unwrap_or(since);
    let is_locked = session.is_locked();
    let told = live::answer(&session.id, &event, reached, is_locked, &lines);
    Ok(json_answer(&told))
}

fn json_answer(value: &Value) -> Page {
    let mut response = value.to_string().into_response();
    let kind = HeaderValue::from_static("application/json; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, kind);
    Page::from(response)
}
