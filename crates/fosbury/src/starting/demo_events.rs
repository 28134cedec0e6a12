//! Events of the invented county: one that is over, one that is on.

use db::{Db, Result};
use serde::Deserialize;

use super::demo::{INVENTED, author};
use super::demo_after::InventedAfter;
use crate::history::model::Parts;
use crate::history::saving::{self, Beginning, Note};
use crate::ids::new_id;
use crate::sessions::Events;
use crate::sessions::locking::{Beginner, write_up};
use crate::sessions::planning::moment;
use crate::sessions::store_captures;
use crate::sessions::store_lines::{self, Sent, Writer};
use crate::sessions::store_writing::{self, Planned};
use crate::settings::Site;
use crate::time::{DAY, HOUR, Moment};
use crate::viewer::{PersonId, Visibility};
use crate::words::Words;

/// An invented event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InventedEvent {
    title: String,
    place: String,
    introduction: String,
    author: String,
    days_ago: i64,
    session: Vec<InventedSession>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InventedSession {
    starts: String,
    ends: String,
    room: String,
    title: String,
    #[serde(default)]
    lead: String,
    #[serde(default)]
    is_locked: bool,
    #[serde(default)]
    line: Vec<InventedLine>,
    #[serde(default)]
    after: InventedAfter,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InventedLine {
    by: String,
    text: String,
    #[serde(default)]
    together: bool,
}

/// Holds the events.
pub async fn hold(db: &Db, events: &[InventedEvent], now: Moment) -> Result<()> {
    for event in events {
        held(db, event, now).await?;
    }
    Ok(())
}

async fn held(db: &Db, invented: &InventedEvent, now: Moment) -> Result<()> {
    let day = now.plus(-invented.days_ago * DAY).local_day();
    let mut parts = Parts::default();
    for (key, words) in [
        ("title", invented.title.as_str()),
        ("first", &day),
        ("last", &day),
        ("place", &invented.place),
        ("introduction", &invented.introduction),
        ("young", "no"),
    ] {
        parts.set(key, words);
    }
    let author_of_event = author(db, &invented.author).await?;
    let begun_at = now.plus(-(invented.days_ago + 3) * DAY);
    let beginning = Beginning {
        kind: &Events,
        id: None,
        number: None,
        parts,
        note: Note::of("create", author_of_event.clone(), begun_at),
        is_unfinished: false,
        visibility: Visibility::Public,
        licence: super::register::LICENCE.to_owned(),
        credit: INVENTED.to_owned(),
        is_demo: true,
    };
    let mut writers = Vec::new();
    for line in invented.session.iter().flat_map(|one| &one.line) {
        let one = author(db, &line.by).await?;
        writers.push(Writer {
            person: one.id.map(PersonId),
            guest: String::new(),
            name: one.name,
        });
    }
    let mut writers = writers.into_iter();
    let mut tellers = Vec::with_capacity(invented.session.len());
    for one in &invented.session {
        tellers.push(one.after.tellers(db).await?);
    }
    let mut tellers = tellers.into_iter();
    let words = Words::english();
    let site = Site {
        licence: super::register::LICENCE.to_owned(),
        credit: INVENTED.to_owned(),
        ..Site::default()
    };
    let tx = db.begin().await?;
    let event = saving::begin(&tx, &beginning).await?;
    for one in &invented.session {
        let planned = Planned {
            day: day.clone(),
            starts: one.starts.clone(),
            ends: one.ends.clone(),
            room: one.room.clone(),
            title: one.title.clone(),
            lead: one.lead.clone(),
        };
        let (id, number) = store_writing::add(&tx, event.number, &planned, true, begun_at).await?;
        let starts = moment(&day, &one.starts).unwrap_or(now);
        let mut ids = Vec::with_capacity(one.line.len());
        for (line, at) in one.line.iter().zip(1_i64..) {
            let sent = Sent {
                id: new_id(now),
                place: at * 1_000,
                is_together: line.together,
                text: line.text.clone(),
                edition: 1,
            };
            ids.push(sent.id.clone());
            let writer = writers.next().unwrap_or_default();
            let written_at = starts.plus(at * 60_000);
            store_lines::write(&tx, &id, &sent, &writer, written_at).await?;
        }
        if one.is_locked
            && let Some(lines) = store_captures::lock(&tx, &id, None, starts.plus(DAY)).await?
            && let Some(session) = store_writing::session(&tx, number).await?
        {
            let beginner = Beginner {
                event: &event,
                is_young: false,
                author: author_of_event.clone(),
                site: &site,
                words: &words,
                now: starts.plus(DAY),
            };
            write_up(&tx, &session, lines, &beginner).await?;
        }
        if let Some(tellers) = tellers.next() {
            let told = (id.as_str(), ids.as_slice());
            one.after
                .tell(&tx, told, &tellers, starts.plus(HOUR))
                .await?;
        }
    }
    tx.commit().await
}
