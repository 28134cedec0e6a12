//! Answers by mail to letters about a session: read, and said in its discussion in the name of whom the
//! letter was written to, by the rules of the form.

use db::Db;
use mail::Received;

use super::letters::reader;
use super::store_letters::{self as letters, Letter};
use crate::discussion::model::{LONGEST_COMMENT, What};
use crate::discussion::places::PlaceId;
use crate::discussion::store::{self as said_store, NewSaid};
use crate::discussion::{publishing, saying};
use crate::ids::hashed;
use crate::sessions::guests::Asker;
use crate::sessions::store;
use crate::settings::Settings;
use crate::time::{HOUR, Moment};
use crate::viewer::Viewer;

/// Bytes of a message at the most.
pub const LARGEST: usize = 10 * 1024 * 1024;
/// What one person can say by mail in an hour.
const AN_HOUR: i64 = 30;

/// What became of a message.
#[derive(Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is said.
    Said {
        /// Under which number.
        number: i64,
        /// Whether a steward looks first.
        is_held: bool,
        /// How many files came with it, which were left out.
        files: usize,
    },
    /// It came before, and was said then.
    Before,
    /// A program wrote it: nothing is done, and nobody is told, or two programs would never stop.
    Automatic,
}

/// Why a message is not taken.
#[derive(Debug, thiserror::Error)]
pub enum Refused {
    /// It is no message.
    #[error("This is not a mail message.")]
    NoMessage,
    /// It is too large.
    #[error("The message is larger than 10 MB. Leave files out: answers are words.")]
    TooLarge,
    /// No letter had this address, or its time is over.
    #[error(
        "This address takes no answers, or takes none any more. Say it on the page that the letter links to."
    )]
    NoSuchAddress,
    /// Somebody else answered.
    #[error(
        "The letter that this answers was written to another address. Answer from the address of your account."
    )]
    NotYours,
    /// There are no words.
    #[error("The answer says nothing above what it quotes.")]
    Nothing,
    /// There are too many.
    #[error("The answer is longer than {LONGEST_COMMENT} letters. Say it shorter, or on the page.")]
    TooLong,
    /// Stewards have enough to look at, or somebody said a lot.
    #[error("So much waits here that this cannot be taken now. It is tried again.")]
    NotNow,
    /// The database failed.
    #[error("The database failed: {0}. It is tried again.")]
    Database(#[from] db::Error),
}

impl Refused {
    /// The code that a mail server's pipe understands (sysexits.h): to be returned with its sentence,
    /// or tried again.
    pub fn code(&self) -> u8 {
        match self {
            Self::NoMessage | Self::TooLarge | Self::Nothing | Self::TooLong => 65,
            Self::NoSuchAddress => 67,
            Self::NotYours => 77,
            Self::NotNow | Self::Database(_) => 75,
        }
    }
}

/// Takes a message. `to` is the address that it came in for, where the mail server says so; `mark` ends
/// somebody's own words.
pub async fn receive(
    db: &Db,
    settings: &Settings,
    bytes: &[u8],
    (to, mark): (Option<&str>, &str),
    now: Moment,
) -> Result<Taken, Refused> {
    if bytes.len() > LARGEST {
        return Err(Refused::TooLarge);
    }
    let message = Received::read(bytes).ok_or(Refused::NoMessage)?;
    if message.is_automatic {
        return Ok(Taken::Automatic);
    }
    let letter = letter(db, settings, &message, to, now).await?;
    let letter = letter.ok_or(Refused::NoSuchAddress)?;
    let (address, viewer) = reader(db, &letter.person.0)
        .await?
        .ok_or(Refused::NoSuchAddress)?;
    if message.from.as_ref() != Some(&address) {
        return Err(Refused::NotYours);
    }
    let words = texts::tidy(&mail::own_words(&message.text, mark));
    let words = words.trim();
    match words.chars().count() {
        0 => return Err(Refused::Nothing),
        1..=LONGEST_COMMENT => {}
        _ => return Err(Refused::TooLong),
    }
    let id = id_of(&message, bytes);
    if said_store::said_by(db, &viewer, &id).await?.is_some() {
        return Ok(Taken::Before);
    }
    let (number, is_held) = say(db, settings, (&letter, &viewer), (&id, words), now).await?;
    Ok(Taken::Said {
        number,
        is_held,
        files: message.files,
    })
}

/// The same message has the same id, however often it comes in.
fn id_of(message: &Received, bytes: &[u8]) -> String {
    let from = message.from.as_ref().map_or("", mail::Address::as_str);
    let known = if message.id.is_empty() {
        String::from_utf8_lossy(bytes).into_owned()
    } else {
        message.id.clone()
    };
    hashed(&format!("mail {from} {known}"))[..32].to_owned()
}

/// The letter that a message answers, by the secret in the address that it came in for.
async fn letter(
    db: &Db,
    settings: &Settings,
    message: &Received,
    to: Option<&str>,
    now: Moment,
) -> db::Result<Option<Letter>> {
    let named = to.and_then(|to| mail::Address::parse(to).ok());
    for address in named.iter().chain(&message.to) {
        let Some(secret) = settings.answered(address) else {
            continue;
        };
        let found = letters::letter(db, &hashed(&secret), now).await?;
        if let Some(letter) = found.filter(|letter| letter.session.is_some()) {
            return Ok(Some(letter));
        }
    }
    Ok(None)
}

/// Says it in the session's discussion, while its author may read there.
async fn say(
    db: &Db,
    settings: &Settings,
    (letter, viewer): (&Letter, &Viewer),
    (id, words): (&str, &str),
    now: Moment,
) -> Result<(i64, bool), Refused> {
    let session = letter.session.as_deref().unwrap_or_default();
    let number = letters::session_number(db, session).await?;
    let asker = Asker::of(viewer);
    let session = match number {
        Some(number) => store::session(db, &asker, number).await?,
        None => None,
    };
    let session = session.ok_or(Refused::NoSuchAddress)?;
    let place = PlaceId::Session(session.id);
    let thread = said_store::numbered(db, viewer, letter.thread).await?;
    let thread = thread
        .filter(|first| first.is_about(&place) && first.is_spoken() && !first.is("refused"))
        .map(|first| first.thread);
    let is_held = saying::waits(db, viewer, words, now).await?;
    let said = letters::said_since(db, &letter.person, now.plus(-HOUR)).await?;
    let tx = db.begin().await?;
    let is_full = is_held && said_store::is_full(&tx, settings.held_at_most).await?;
    if is_full || said >= AN_HOUR {
        return Err(Refused::NotNow);
    }
    let new = NewSaid {
        id,
        place: &place,
        what: What::Comment,
        is_held,
        thread,
        base: 0,
        now,
        author_id: Some(&letter.person.0),
        author_name: viewer.person().map_or("", |person| &person.name),
        secret_hash: None,
        note: "",
        words,
    };
    let number = said_store::insert(&tx, &new).await?;
    if is_held {
        tx.commit_quietly().await?;
    } else {
        publishing::published(&tx, (&place, id), &letter.person.0, now).await?;
        tx.commit().await?;
    }
    Ok((number, is_held))
}
