//! A guide's lines become the locked notes of a session, in an event made for them.

use harvest::{Format, read};
use web::OrNotFound;

use super::doing::Acting;
use crate::history::kind::Kind;
use crate::history::model::{Parts, Record};
use crate::history::saving::Author;
use crate::layout::Answer;
use crate::sessions::bringing::lines_of;
use crate::sessions::guests::Asker;
use crate::sessions::locking::{self, Beginner};
use crate::sessions::model::Session;
use crate::sessions::store_writing::{self, Planned};
use crate::sessions::{store as sessions, store_captures, store_lines};

/// When notes were taken, and of whom.
pub struct Notes {
    /// The day, such as `2026-05-03`.
    pub day: String,
    /// Whether young people were there.
    pub is_young: bool,
}

/// When a session began whose notes do not say it.
const BEGINS: &str = "10:00";

/// The event and its session with the guide's lines; none where it has no lines.
pub(super) async fn begin(
    acting: &Acting<'_>,
    kind: &dyn Kind,
    notes: &Notes,
) -> Answer<Option<(Record, Session)>> {
    let (v, tx) = (acting.v, acting.tx);
    let text = acting.parts.get("text");
    let Ok(read) = read(text.as_bytes(), Some(Format::Markdown)) else {
        return Ok(None);
    };
    if read.lines.is_empty() {
        return Ok(None);
    }
    let mut parts = Parts::default();
    parts.set("title", acting.parts.get("title"));
    parts.set("tags", acting.parts.get("tags"));
    parts.set("first", &notes.day);
    parts.set("last", &notes.day);
    parts.set("young", if notes.is_young { "yes" } else { "no" });
    let record = acting.begin(kind, parts).await?;
    let planned = Planned {
        day: notes.day.clone(),
        starts: BEGINS.to_owned(),
        title: record.title.clone(),
        ..Planned::default()
    };
    let (_, number) =
        store_writing::add(tx, record.number, &planned, record.is_demo, v.now()).await?;
    let asker = Asker::of(&v.viewer);
    let event = sessions::event(tx, &asker, record.number).await?;
    let event = event.or_not_found()?;
    let session = sessions::session(tx, &asker, number)
        .await?
        .or_not_found()?;
    let lines = lines_of(&read, &session, &event, None, v.now());
    if !store_lines::bring(tx, &session.id, &lines).await? {
        return Ok(None);
    }
    let by = Some(&acting.person.id);
    if let Some(lines) = store_captures::lock(tx, &session.id, by, v.now()).await? {
        let beginner = Beginner {
            event: &record,
            is_young: event.is_young,
            author: Author::of(acting.person),
            site: v.site(),
            words: &v.look.words,
            now: v.now(),
        };
        locking::write_up(tx, &session, lines, &beginner).await?;
    }
    Ok(Some((record, session)))
}
