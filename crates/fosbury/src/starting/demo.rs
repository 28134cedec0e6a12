//! The invented county of Northshire and its neighbours: marked, and removable.

use std::collections::BTreeMap;

use db::{Db, Tx};
use serde::Deserialize;

use super::demo_evidence::{self, InventedEvidence};
use super::demo_groups;
use super::demo_trials;
use super::files::DEMO;
use super::register::CannotStart;
use super::store;
use crate::history::model::Parts;
use crate::history::saving::{self, Author, Beginning, Change, Note, Saved};
use crate::history::store as texts_store;
use crate::ids::new_id;
use crate::naming::{slug, sort_key};
use crate::organisations::model::{Alias, Body, Organisation, Service};
use crate::organisations::planning::Plan;
use crate::organisations::{store as bodies_store, store_import, store_members, store_readers};
use crate::people::store::{self as people_store, Listed};
use crate::subjects::kind_called;
use crate::time::{HOUR, Moment};
use crate::trials::store_tallies;
use crate::viewer::{PersonId, Viewer, Visibility};

/// Where invented figures come from.
pub(super) const INVENTED: &str = "Invented for the demo";

/// The demo's file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct World {
    people: Vec<Inhabitant>,
    organisation: Vec<InventedBody>,
    page: Vec<Page>,
    sighting: Vec<InventedSighting>,
    trial: Vec<InventedTrial>,
    evidence: Vec<InventedEvidence>,
    story: Vec<Page>,
    group: Vec<InventedGroup>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Inhabitant {
    name: String,
    address: String,
    role: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct InventedBody {
    code: String,
    name: String,
    short_name: String,
    kind: String,
    county: String,
    population: Option<i64>,
    start_on: String,
    end_on: String,
    mail_domain: String,
    other_names: Vec<String>,
    followed_by: Vec<String>,
    /// Shares of people in low and in high deprivation, and people per square kilometre.
    figures: Option<[f64; 3]>,
    /// Mail addresses of those who work there.
    members: Vec<String>,
    service: Vec<InventedService>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct InventedService {
    name: String,
    note: String,
}

/// Bodies that say that a hurdle happens there.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InventedSighting {
    pub(super) hurdle: i64,
    pub(super) stage: String,
    pub(super) days_ago: i64,
    /// Codes of the bodies.
    pub(super) bodies: Vec<String>,
}

/// What somebody invented tried.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct InventedTrial {
    pub(super) hurdle: i64,
    pub(super) solution: i64,
    /// The code of the body.
    pub(super) body: String,
    pub(super) outcome: String,
    /// The mail address of who told it.
    pub(super) author: String,
    pub(super) days_ago: i64,
    pub(super) service: String,
    pub(super) differently: String,
    pub(super) learned: String,
    pub(super) cost: String,
    pub(super) time: String,
    /// Who may read it; everybody where nothing is said.
    pub(super) visibility: String,
}

/// Bodies that somebody invented put together.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InventedGroup {
    pub(super) name: String,
    pub(super) why: String,
    /// The mail address of who began it.
    pub(super) author: String,
    pub(super) days_ago: i64,
    /// The code of the body whose people keep it.
    pub(super) keeper: String,
    /// Codes of its bodies, in the order in which they came in.
    pub(super) bodies: Vec<String>,
}

/// A page with its first words and what people made of it.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Page {
    kind: String,
    author: String,
    /// How long before today it was written, in hours.
    hours_ago: i64,
    #[serde(default)]
    unfinished: bool,
    /// Who may read it; everybody where nothing is said.
    #[serde(default)]
    visibility: String,
    /// Codes of the bodies whose people may, where it is kept to some.
    #[serde(default)]
    readers: Vec<String>,
    /// Of which trials of this file it tells, counted from 1.
    #[serde(default)]
    trials: Vec<usize>,
    parts: std::collections::BTreeMap<String, String>,
    #[serde(default)]
    edit: Vec<Edit>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Edit {
    author: String,
    hours_ago: i64,
    #[serde(default)]
    summary: String,
    #[serde(default)]
    minor: bool,
    parts: std::collections::BTreeMap<String, String>,
}

/// Fills the invented county, once.
pub async fn fill(db: &Db, now: Moment) -> Result<bool, CannotStart> {
    if store::has_demo(db).await? {
        return Ok(false);
    }
    for (name, file) in DEMO {
        let world: World = toml::from_str(file)
            .map_err(|error| db::Error::Unexpected(format!("starter/demo/{name}: {error}")))?;
        settle(db, &world, now).await?;
        for page in &world.page {
            write(db, page, &[], now).await?;
        }
        let told = demo_trials::tell(db, &world.sighting, &world.trial, now).await?;
        for story in &world.story {
            write(db, story, &told, now).await?;
        }
        demo_evidence::add(db, &world.evidence, &told, now).await?;
        demo_groups::begin(db, &world.group, now).await?;
    }
    Ok(true)
}

async fn settle(db: &Db, world: &World, now: Moment) -> db::Result<()> {
    let tx = db.begin().await?;
    for one in &world.people {
        let person = Listed {
            id: PersonId(new_id(now)),
            address: one.address.clone(),
            name: one.name.clone(),
            role: one.role.clone(),
            joined_at: now,
        };
        people_store::insert(&tx, &person, true).await?;
    }
    found(&tx, world, now).await?;
    tx.commit().await
}

/// Writes the bodies down, with their services and people.
async fn found(tx: &Tx, world: &World, now: Moment) -> db::Result<()> {
    let bodies = world.organisation.iter().map(|one| invented(one, now));
    let plan = Plan {
        new: bodies.collect(),
        ..Plan::default()
    };
    store_import::write(tx, &plan).await?;
    for (figure, source) in plan.sources(INVENTED, Some(INVENTED)) {
        store_import::note_source(tx, &figure, &source, now, true).await?;
    }
    for (one, body) in world.organisation.iter().zip(&plan.new) {
        let key = body.organisation.key();
        for service in &one.service {
            let (name, note) = (service.name.clone(), service.note.clone());
            let id = new_id(now);
            let sorted = sort_key(&name);
            bodies_store::add_service(tx, &key, &Service { id, name, note }, &sorted).await?;
        }
        for address in &one.members {
            let person = people_store::by_address(tx, address).await?;
            let unknown = || db::Error::Unexpected(format!("no {address} in the demo"));
            let person = person.ok_or_else(unknown)?.id;
            store_members::ask(tx, &person, &key, now).await?;
            store_members::confirm(tx, &person, &key, "mail-domain", None, now).await?;
        }
    }
    Ok(())
}

fn invented(one: &InventedBody, now: Moment) -> Body {
    let names = one.other_names.iter();
    let aliases = names.map(|name| Alias::name(name)).collect();
    let mut body = Organisation {
        id: new_id(now),
        code: one.code.clone(),
        slug: slug(&one.short_name),
        name: one.name.clone(),
        short_name: one.short_name.clone(),
        kind_name: one.kind.clone(),
        county: one.county.clone(),
        population: one.population,
        start_on: one.start_on.clone(),
        end_on: one.end_on.clone(),
        mail_domain: one.mail_domain.clone(),
        is_demo: true,
        ..Organisation::default()
    };
    body.describe(&aliases);
    Body {
        organisation: body,
        aliases,
        successors: one.followed_by.iter().cloned().collect(),
        figures: one.figures.map(figures).unwrap_or_default(),
    }
}

fn figures(all: [f64; 3]) -> BTreeMap<String, (f64, String)> {
    let names = ["low-deprivation", "high-deprivation", "density"];
    let named = names.into_iter().zip(all);
    named
        .map(|(name, value)| (name.to_owned(), (value, INVENTED.to_owned())))
        .collect()
}

pub(super) async fn author(db: &Db, address: &str) -> db::Result<Author> {
    let person = people_store::by_address(db, address).await?;
    let person =
        person.ok_or_else(|| db::Error::Unexpected(format!("no {address} in the demo")))?;
    Ok(Author {
        id: Some(person.id.0),
        name: person.name,
        is_steward: false,
    })
}

/// Writes a page down; `told` are the numbers of the trials that it may tell of.
async fn write(db: &Db, page: &Page, told: &[i64], now: Moment) -> db::Result<()> {
    let unknown = || db::Error::Unexpected(format!("no kind {} in the demo", page.kind));
    let kind = kind_called(&page.kind).ok_or_else(unknown)?;
    let mut parts = Parts::default();
    for (key, words) in &page.parts {
        parts.set(key, words);
    }
    let tied = page.trials.iter();
    let tied = tied.filter_map(|place| told.get(place.checked_sub(1)?));
    let tied: Vec<String> = tied.map(ToString::to_string).collect();
    parts.set("trials", &tied.join("\n"));
    let at = now.plus(-page.hours_ago * HOUR);
    let beginning = Beginning {
        kind,
        id: None,
        number: None,
        parts: parts.clone(),
        note: Note::of("create", author(db, &page.author).await?, at),
        is_unfinished: page.unfinished,
        visibility: Visibility::parse(&page.visibility).unwrap_or_default(),
        licence: super::register::LICENCE.to_owned(),
        credit: INVENTED.to_owned(),
        is_demo: true,
    };
    let tx = db.begin().await?;
    let record = saving::begin(&tx, &beginning).await?;
    let mut readers = Vec::new();
    for code in &page.readers {
        let unknown = || db::Error::Unexpected(format!("no body {code} in the demo"));
        let body = bodies_store::by_code(&tx, code).await?;
        readers.push(body.ok_or_else(unknown)?.key());
    }
    store_readers::replace(&tx, &record.id.0, &readers).await?;
    tx.commit().await?;
    for edit in &page.edit {
        for (key, words) in &edit.parts {
            parts.set(key, words);
        }
        let at = now.plus(-edit.hours_ago * HOUR);
        let mut note = Note::of("edit", author(db, &edit.author).await?, at);
        note.summary.clone_from(&edit.summary);
        note.is_minor = edit.minor;
        let head = texts_store::record(db, &Viewer::Visitor, kind.name(), record.number).await?;
        let change = Change {
            kind,
            id: &record.id,
            base: head.map_or(1, |head| head.head),
            parts: parts.clone(),
            note,
            is_unfinished: None,
            visibility: None,
        };
        if let Saved::Conflict(_) | Saved::Gone = saving::save(db, &change).await? {
            return Err(db::Error::Unexpected(
                "the demo clashes with itself".to_owned(),
            ));
        }
    }
    Ok(())
}

/// Takes the invented county away for good.
pub async fn remove(db: &Db) -> db::Result<usize> {
    let tx = db.begin().await?;
    let records = store::demo_records(&tx).await?;
    for (id,) in &records {
        let id = crate::history::model::RecordId(id.clone());
        texts_store::index_changed(&tx, &id).await?;
    }
    store::remove_demo(&tx).await?;
    store_tallies::count_all_again(&tx, 0, 0).await?;
    tx.commit().await?;
    Ok(records.len())
}
