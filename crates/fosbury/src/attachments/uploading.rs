//! Bringing a file to a page.

use axum::Extension;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use tokio::sync::Semaphore;
use web::{Brought, Fields, Page, Trouble, Upload, redirect};

use super::content::{Content, Refusal, recognised};
use super::files::{Error, Folder, hash};
use super::model::{Attachment, Kind, length, named};
use super::pages::{Sent, refused};
use super::picture::{READING_WIDTH, redrawn};
use super::store;
use crate::history::editing::{done, live_record};
use crate::history::kind::Kind as TextKind;
use crate::history::model::{Record, RecordId};
use crate::history::protecting;
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::layout::field::FieldErrors;
use crate::layout::{Answer, Visit};
use crate::state::App;
use crate::store_log;
use crate::subjects::kind_called;
use crate::time::{DAY, Moment};
use crate::viewer::Person;

/// Bytes of the whole form at the most. What is longer than a place wants but shorter than this
/// is refused with the person's words kept.
pub const MOST: usize = 32 * 1024 * 1024;
/// Letters of the words about a file at the most.
const LONGEST_ALT: usize = 300;
const LONGEST_CREDIT: usize = 200;

/// Pictures are drawn one at a time: each may take a good part of a small machine's memory.
static DRAWING: Semaphore = Semaphore::const_new(1);

/// A file as it will be kept: the whole, and what pages show of it.
pub struct Ready {
    kind: Kind,
    whole: Piece,
    reading: Option<Piece>,
}

/// Bytes with their hash, and their size if they are a picture.
struct Piece {
    bytes: Vec<u8>,
    sha256: String,
    size: Option<(u32, u32)>,
}

impl Piece {
    fn new(bytes: Vec<u8>, size: Option<(u32, u32)>) -> Self {
        let sha256 = hash(&bytes);
        Self {
            bytes,
            sha256,
            size,
        }
    }

    fn length(&self) -> i64 {
        i64::try_from(self.bytes.len()).unwrap_or(i64::MAX)
    }

    fn width(&self) -> Option<i64> {
        self.size.map(|(width, _)| i64::from(width))
    }

    fn height(&self) -> Option<i64> {
        self.size.map(|(_, height)| i64::from(height))
    }
}

impl Ready {
    /// What it is.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// How much it takes up.
    pub fn length(&self) -> i64 {
        self.whole.length() + self.reading.as_ref().map_or(0, Piece::length)
    }

    /// Lays the bytes down.
    pub async fn keep(self, folder: &Folder) -> std::io::Result<()> {
        for piece in std::iter::once(self.whole).chain(self.reading) {
            folder.keep(&piece.sha256, piece.bytes).await?;
        }
        Ok(())
    }

    /// What is written down of it, without words, page or number.
    pub fn row(&self, person: &str, name: String, now: Moment) -> Attachment {
        let reading = self.reading.as_ref();
        Attachment {
            number: 0,
            record_id: String::new(),
            kind: self.kind.name().to_owned(),
            name,
            alt: String::new(),
            credit: String::new(),
            is_decoration: false,
            sha256: self.whole.sha256.clone(),
            bytes: self.whole.length(),
            width: self.whole.width(),
            height: self.whole.height(),
            reading_sha256: reading.map(|piece| piece.sha256.clone()),
            reading_bytes: reading.map_or(0, Piece::length),
            reading_width: reading.and_then(Piece::width),
            reading_height: reading.and_then(Piece::height),
            person_id: person.to_owned(),
            person: String::new(),
            at: now,
            removed_at: None,
            is_older: false,
            is_public: false,
        }
    }
}

/// Brings a file to a page.
pub async fn bring(
    v: Visit,
    State(app): State<App>,
    Extension(kind): Extension<&'static dyn TextKind>,
    Path(slug): Path<String>,
    upload: Upload<MOST>,
) -> Answer {
    let person = v.viewer.person().ok_or(Trouble::SignInFirst)?;
    let record = live_record(&v, &app, kind, &slug).await?;
    if protecting::is_closed(&v, &app, &record).await? {
        return Ok(done(&record, "protected"));
    }
    let sent = sent(&upload.fields);
    match taken(&v, &app, person, &record, (&sent, upload.files)).await? {
        Ok(number) => Ok(brought_to(&record, number)),
        Err(mut errors) => {
            // A browser forgets the file that was chosen.
            if errors.of("file").is_none() {
                errors.add("file", v.say("wrong-file-again"));
            }
            refused(&v, &app, &record, sent, errors).await
        }
    }
}

/// Keeps the file among these, and says its number; or what is wrong with what was sent.
pub async fn taken(
    v: &Visit,
    app: &App,
    person: &Person,
    record: &Record,
    (sent, files): (&Sent, Vec<Brought>),
) -> Answer<Result<i64, FieldErrors>> {
    let mut errors = words_wrong(v, sent);
    if let Some(kind) = kind_called(&record.kind)
        && kind.lacks_consent(&app.db, &record.id).await?
    {
        errors.add("file", v.say("wrong-file-consent"));
        return Ok(Err(errors));
    }
    let brought = files.into_iter().find(|file| file.field == "file");
    let ready = match brought {
        None => Err(v.say("wrong-file-none")),
        Some(file) => prepared(v, app, file).await?,
    };
    let (name, ready) = match ready {
        Ok(ready) => ready,
        Err(words) => {
            errors.add("file", words);
            return Ok(Err(errors));
        }
    };
    if ready.kind.is_picture() && sent.alt.trim().is_empty() && !sent.is_decoration {
        errors.add("alt", v.say("wrong-alt-none"));
    }
    if let Some(words) = too_much(v, app, person, &ready).await? {
        errors.add("file", words);
    }
    if !errors.is_empty() {
        return Ok(Err(errors));
    }
    Ok(Ok(kept(v, app, person, record, sent, name, ready).await?))
}

fn brought_to(record: &Record, number: i64) -> Page {
    let next = format!(
        "{}/attachments?told=file-brought#file-{number}",
        record.address()
    );
    redirect(StatusCode::SEE_OTHER, &next)
}

/// What was said beside the file.
pub fn sent(fields: &Fields) -> Sent {
    Sent {
        alt: fields.get("alt").to_owned(),
        credit: fields.get("credit").to_owned(),
        is_decoration: fields.ticked("decoration"),
    }
}

fn words_wrong(v: &Visit, sent: &Sent) -> FieldErrors {
    let mut errors = FieldErrors::default();
    if sent.alt.chars().count() > LONGEST_ALT {
        errors.add("alt", v.with("wrong-alt-long", "longest", LONGEST_ALT));
    }
    if sent.credit.chars().count() > LONGEST_CREDIT {
        errors.add(
            "credit",
            v.with("wrong-credit-long", "longest", LONGEST_CREDIT),
        );
    }
    errors
}

/// The file as it will be kept, or the sentence that says why it is not.
async fn prepared(v: &Visit, app: &App, file: Brought) -> Answer<Result<(String, Ready), String>> {
    let largest = app.settings.attachments.largest;
    if file.bytes.len() as u64 > largest * 1_000_000 {
        return Ok(Err(v.with("wrong-file-large", "largest", largest)));
    }
    let turn = DRAWING.acquire().await;
    let name = file.name.clone();
    let ready = tokio::task::spawn_blocking(move || made_ready(file.bytes, &file.name)).await;
    drop(turn);
    let ready = ready.map_err(|error| Trouble::OurFault(error.to_string()))?;
    Ok(match ready {
        Ok(ready) => Ok((named(&name, ready.kind), ready)),
        Err(refusal) => Err(v.say_of("refused", refusal.name())),
    })
}

/// The file as it will be kept, or why it is not.
pub fn made_ready(bytes: Vec<u8>, name: &str) -> Result<Ready, Refusal> {
    match recognised(&bytes, name)? {
        Content::Document(kind) => Ok(Ready {
            kind,
            whole: Piece::new(bytes, None),
            reading: None,
        }),
        Content::Picture(format) => {
            let (whole, reading) = redrawn(&bytes, format, READING_WIDTH)?;
            let piece = |picture: super::picture::Picture| {
                Piece::new(picture.bytes, Some((picture.width, picture.height)))
            };
            Ok(Ready {
                kind: whole.kind,
                whole: piece(whole),
                reading: reading.map(piece),
            })
        }
    }
}

/// The sentence that says which measure is full, if one is.
async fn too_much(v: &Visit, app: &App, person: &Person, ready: &Ready) -> Answer<Option<String>> {
    let limits = &app.settings.attachments;
    let fits = |used: i64, most: u64| {
        u64::try_from(used + ready.length()).is_ok_and(|bytes| bytes <= most * 1_000_000)
    };
    let today = store::brought_since(&app.db, &person.id.0, v.now().plus(-DAY)).await?;
    if !fits(today, limits.a_day) {
        let (day, used) = (limits.a_day, length(today));
        return Ok(Some(v.with_two(
            "wrong-file-day",
            ("day", &day),
            ("used", &used),
        )));
    }
    let kept = store::kept_in_all(&app.db).await?;
    if !fits(kept, limits.in_all) {
        return Ok(Some(v.with("wrong-file-all", "all", limits.in_all)));
    }
    Ok(None)
}

/// Writes the row, then the bytes, then shows it: whatever happens between, no bytes are lost
/// sight of and nobody is shown a file that is not there.
async fn kept(
    v: &Visit,
    app: &App,
    person: &Person,
    record: &Record,
    sent: &Sent,
    name: String,
    ready: Ready,
) -> Answer<i64> {
    let tx = app.db.begin().await?;
    let number = store_log::next_number(&tx, "attachment").await?;
    let row = row(v, person, record, sent, name, &ready);
    store::insert(&tx, &new_id(v.now()), &Attachment { number, ..row }).await?;
    tx.commit_quietly().await?;
    if let Err(error) = written(app, ready).await {
        let tx = app.db.begin().await?;
        store::forget(&tx, number).await?;
        tx.commit_quietly().await?;
        return Err(Error::from(error).into());
    }
    let tx = app.db.begin().await?;
    store::shown(&tx, number).await?;
    texts_store::index_changed(&tx, &RecordId(record.id.0.clone())).await?;
    tx.commit().await?;
    app.index_wake.notify_one();
    Ok(number)
}

async fn written(app: &App, ready: Ready) -> std::io::Result<()> {
    ready.keep(&Folder::of(&app.settings)).await
}

fn row(
    v: &Visit,
    person: &Person,
    record: &Record,
    sent: &Sent,
    name: String,
    ready: &Ready,
) -> Attachment {
    let is_decoration = ready.kind.is_picture() && sent.is_decoration;
    Attachment {
        record_id: record.id.0.clone(),
        alt: if is_decoration {
            String::new()
        } else {
            texts::one_line(&sent.alt)
        },
        credit: texts::one_line(&sent.credit),
        is_decoration,
        person: person.name.clone(),
        ..ready.row(&person.id.0, name, v.now())
    }
}
