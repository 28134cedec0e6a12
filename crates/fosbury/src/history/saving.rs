//! Saving a text: all it owes in one change, nothing lost, never "last save wins".

use db::{Db, Tx};
use texts::diff::stat;

use super::kind::Kind;
use super::linking;
use super::model::{Clash, Parts, Record, RecordId, chain_hash, merge_parts, slug, sort_key};
use super::store::{self, NewRevision};
use super::store_protection;
use crate::ids::new_id;
use crate::organisations::store_readers;
use crate::store_log;
use crate::time::Moment;
use crate::viewer::{OrganisationId, Person, Role, Visibility};

/// Who saves: a person, or a text that came with the program.
#[derive(Clone, Debug)]
pub struct Author {
    /// The person's id.
    pub id: Option<String>,
    /// How they are called.
    pub name: String,
    /// Whether a steward answers for it: then a protected page can be changed.
    pub is_steward: bool,
}

impl Author {
    /// The author that this person is.
    pub fn of(person: &Person) -> Self {
        Self {
            id: Some(person.id.0.clone()),
            name: person.name.clone(),
            is_steward: matches!(person.role, Role::Steward | Role::Owner),
        }
    }
}

/// A change of a text that exists.
pub struct Change<'a> {
    /// Its kind.
    pub kind: &'a dyn Kind,
    /// Which text.
    pub id: &'a RecordId,
    /// The revision that the author began from.
    pub base: i64,
    /// All parts as the author wants them.
    pub parts: Parts,
    /// What the author says of it.
    pub note: Note,
    /// Whether it is finished; as before where nothing is said.
    pub is_unfinished: Option<bool>,
    /// Who may see it; as before where nothing is said.
    pub visibility: Option<Opening>,
}

/// Whom a text is opened to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// Who may see it.
    pub to: Visibility,
    /// The bodies whose people may, where it is for bodies; as before where nothing is said.
    pub readers: Option<Vec<OrganisationId>>,
}

/// What an author says of a change.
#[derive(Clone, Debug)]
pub struct Note {
    /// `edit`, `restore`, `undo`, `delete`, ….
    pub act: &'static str,
    /// Why, in a few words.
    pub summary: String,
    /// Whether it is small.
    pub is_minor: bool,
    /// Who.
    pub author: Author,
    /// When.
    pub at: Moment,
    /// The revision that is restored or undone.
    pub other_seq: Option<i64>,
}

impl Note {
    /// A plain act without words.
    pub fn of(act: &'static str, author: Author, at: Moment) -> Self {
        Self {
            act,
            summary: String::new(),
            is_minor: false,
            author,
            at,
            other_seq: None,
        }
    }
}

/// What became of a change.
#[derive(Debug)]
pub enum Saved {
    /// It is the new head.
    Done(Record),
    /// It was brought together with what others saved meanwhile.
    Merged(Record),
    /// There was nothing to change.
    Unchanged(Record),
    /// Others changed the same places: nothing is saved, nothing is lost.
    Conflict(Conflict),
    /// Only stewards change this text until this moment: nothing is saved.
    Protected(Record, Moment),
    /// The text is not there any more.
    Gone,
}

/// What a person must decide.
#[derive(Debug)]
pub struct Conflict {
    /// The text as it stands now.
    pub record: Record,
    /// All parts, merged where they merge, with this person's words elsewhere.
    pub parts: Parts,
    /// Where they clash.
    pub clashes: Vec<Clash>,
    /// Who saved meanwhile.
    pub other: String,
}

/// Tries at the most when others save at the same instant.
pub const TRIES: usize = 5;

/// Saves a change, merging it with what others saved since its base.
pub async fn save(db: &Db, change: &Change<'_>) -> db::Result<Saved> {
    for _ in 0..TRIES {
        let tx = db.begin().await?;
        match try_save(&tx, change).await? {
            Some(saved @ (Saved::Done(_) | Saved::Merged(_))) => {
                tx.commit().await?;
                return Ok(saved);
            }
            Some(other) => return Ok(other),
            None => {}
        }
    }
    Err(db::Error::Unavailable(
        "too many people save this page at once".to_owned(),
    ))
}

/// One try inside somebody's change; none when somebody else moved the head in between. Only what
/// is done or merged may be committed.
pub async fn try_save(tx: &Tx, change: &Change<'_>) -> db::Result<Option<Saved>> {
    let Some(mut record) = store::record_by_id(tx, change.id).await? else {
        return Ok(Some(Saved::Gone));
    };
    if !record.is_live() {
        return Ok(Some(Saved::Gone));
    }
    let author = &change.note.author;
    if !author.is_steward
        && let Some(one) = store_protection::of(tx, change.id, change.note.at).await?
    {
        return Ok(Some(Saved::Protected(record, one.ends_at)));
    }
    let head = parts_at(tx, change.id, record.head).await?;
    let is_behind = record.head != change.base;
    let wanted = change.kind.words(&change.parts);
    let mut parts = wanted.clone();
    if is_behind {
        let base = parts_at(tx, change.id, change.base).await?;
        let merged = merge_parts(change.kind, &base, &head, &wanted);
        if !merged.clashes.is_empty() {
            let theirs = store::revision(tx, change.id, record.head).await?;
            let other = theirs.map(|revision| revision.author).unwrap_or_default();
            let (parts, clashes) = (merged.parts, merged.clashes);
            return Ok(Some(Saved::Conflict(Conflict {
                record,
                parts,
                clashes,
                other,
            })));
        }
        parts = merged.parts;
    }
    linking::by_number(tx, change.kind, &mut parts).await?;
    let unfinished = change.is_unfinished.unwrap_or(record.is_unfinished);
    let opening = change.visibility.as_ref();
    let visibility = opening.map_or(record.visibility.clone(), |opening| {
        opening.to.name().to_owned()
    });
    let readers = opening.and_then(|opening| opening.readers.as_ref());
    let is_opened = match readers {
        Some(readers) => *readers != store_readers::of(tx, &record.id.0).await?,
        None => false,
    };
    let stays = unfinished == record.is_unfinished && visibility == record.visibility;
    if parts == head && stays && !is_opened {
        return Ok(Some(Saved::Unchanged(record)));
    }
    record.is_unfinished = unfinished;
    record.visibility = visibility;
    let moved = advance(tx, change.kind, &mut record, &head, &parts, &change.note).await?;
    if let Some(readers) = readers.filter(|_| moved && is_opened) {
        store_readers::replace(tx, &record.id.0, readers).await?;
    }
    let merged = is_behind && parts != wanted;
    Ok(moved.then_some(if merged {
        Saved::Merged(record)
    } else {
        Saved::Done(record)
    }))
}

/// Writes the next revision of a record and everything that follows from it.
///
/// False when somebody else moved the head in between: the change must be dropped.
pub async fn advance(
    tx: &Tx,
    kind: &dyn Kind,
    record: &mut Record,
    before: &Parts,
    parts: &Parts,
    note: &Note,
) -> db::Result<bool> {
    let from = record.head;
    record.head = from + 1;
    record.changed_at = note.at;
    describe(kind, record, parts);
    if !store::move_head(tx, record, &sort_key(&record.title), from).await? {
        return Ok(false);
    }
    write_revision(tx, kind, record, before, parts, note).await?;
    Ok(true)
}

async fn write_revision(
    tx: &Tx,
    kind: &dyn Kind,
    record: &Record,
    before: &Parts,
    parts: &Parts,
    note: &Note,
) -> db::Result<()> {
    let words = kind.words(parts);
    let content_hash = words.hash();
    let chained_to = store::chain_at(tx, &record.id, record.head - 1).await?;
    let signed = note.author.id.as_deref().unwrap_or(&note.author.name);
    let chain_hash = chain_hash(&chained_to, record.head, &content_hash, signed, note.at);
    let new = NewRevision {
        record_id: &record.id,
        seq: record.head,
        act: note.act,
        parts: &words.to_json(),
        summary: &note.summary,
        is_minor: note.is_minor,
        author_id: note.author.id.as_deref(),
        author_name: &note.author.name,
        at: note.at,
        other_seq: note.other_seq,
        stat: changed_words(kind, before, &words),
        content_hash: &content_hash,
        chain_hash: &chain_hash,
    };
    store::insert_revision(tx, &new).await?;
    let found = linking::links_in(kind, parts);
    store::replace_links(
        tx,
        &record.id,
        &found.to,
        &found.wanted,
        &parts.list("tags"),
    )
    .await?;
    kind.keep(tx, &record.id, record.number, parts).await?;
    store::index_changed(tx, &record.id).await?;
    Ok(())
}

fn changed_words(kind: &dyn Kind, before: &Parts, after: &Parts) -> (usize, usize) {
    let changed = kind
        .parts()
        .iter()
        .filter(|part| before.get(part.key) != after.get(part.key));
    changed.fold((0, 0), |(added, removed), part| {
        let (more, less) = stat(before.get(part.key), after.get(part.key));
        (added + more, removed + less)
    })
}

/// Brings the record's own words up to date with its parts.
fn describe(kind: &dyn Kind, record: &mut Record, parts: &Parts) {
    parts.get("title").clone_into(&mut record.title);
    record.slug = slug(&record.title);
    record.summary = opening(kind, parts);
}

/// The first sentences of a text, for lists and the index.
pub fn opening(kind: &dyn Kind, parts: &Parts) -> String {
    in_short(parts.get(kind.opening()), 220)
}

/// The beginning of a text in plain words, links as what they say.
pub fn in_short(text: &str, letters: usize) -> String {
    let plain_links = texts::links::rewrite(text, |link| link.words.clone());
    web::summary(&plain_links, letters)
}

async fn parts_at(tx: &Tx, id: &RecordId, seq: i64) -> db::Result<Parts> {
    Ok(store::revision(tx, id, seq)
        .await?
        .map(|revision| revision.parts())
        .unwrap_or_default())
}

/// A text that does not exist yet.
pub struct Beginning<'a> {
    /// Its kind.
    pub kind: &'a dyn Kind,
    /// Its id, where the form gave it one.
    pub id: Option<RecordId>,
    /// Its number, where it comes with one; the next free one otherwise.
    pub number: Option<i64>,
    /// Its parts.
    pub parts: Parts,
    /// What its author says of it.
    pub note: Note,
    /// Whether its author says that it is not finished.
    pub is_unfinished: bool,
    /// Who may see it.
    pub visibility: Visibility,
    /// The licence of its words.
    pub licence: String,
    /// Whom to credit.
    pub credit: String,
    /// Whether it belongs to the invented county.
    pub is_demo: bool,
}

/// Writes a new text inside somebody's change.
pub async fn begin(tx: &Tx, beginning: &Beginning<'_>) -> db::Result<Record> {
    let kind = beginning.kind;
    let number = match beginning.number {
        Some(number) => {
            store::reserve_number(tx, kind.name(), number).await?;
            number
        }
        None => store_log::next_number(tx, kind.name()).await?,
    };
    let mut parts = beginning.parts.clone();
    linking::by_number(tx, kind, &mut parts).await?;
    let mut record = Record {
        id: beginning
            .id
            .clone()
            .unwrap_or_else(|| RecordId(new_id(beginning.note.at))),
        kind: kind.name().to_owned(),
        number,
        title: String::new(),
        slug: String::new(),
        summary: String::new(),
        visibility: beginning.visibility.name().to_owned(),
        author_id: beginning.note.author.id.clone(),
        is_unfinished: beginning.is_unfinished,
        state: "live".to_owned(),
        into_number: None,
        head: 1,
        made_at: beginning.note.at,
        changed_at: beginning.note.at,
        licence: beginning.licence.clone(),
        credit: beginning.credit.clone(),
        is_demo: beginning.is_demo,
    };
    describe(kind, &mut record, &parts);
    store::insert_record(tx, &record, &sort_key(&record.title)).await?;
    write_revision(
        tx,
        kind,
        &record,
        &Parts::default(),
        &parts,
        &beginning.note,
    )
    .await?;
    Ok(record)
}
