//! Finding precedents: bodies that cleared a hurdle, those most like the reader's first.

use std::collections::BTreeMap;

use ranking::{Compared, Places};

use super::model::{Cleared, Said, cleared};
use super::store;
use crate::cases::model::Card;
use crate::cases::store::{self as cases, Which as CasesOf};
use crate::layout::{Answer, Visit};
use crate::organisations::model::{Organisation, address};
use crate::state::App;
use crate::trials::choosing::chosen;
use crate::trials::model::Trial;
use crate::trials::store::{self as trials, Narrowed, Which};
use crate::trials::{store_bodies, store_sightings, worked};

/// Bodies looked at more closely.
const LOOKED_AT: usize = 30;
/// Precedents shown at the most.
const SHOWN: usize = 10;
/// Trials shown of each.
const TOLD: usize = 5;
/// Trials of all of them, read at the most.
const TRIALS: i64 = 400;
/// Stories of each.
const CASES: i64 = 3;

/// Who cleared a hurdle, and who is on the way.
pub struct Found {
    /// The reader's body.
    pub body: Option<Organisation>,
    /// Those most like it first.
    pub precedents: Vec<Precedent>,
    /// How many bodies face it, try something or are stuck.
    pub on_the_way: usize,
}

/// A body that cleared a hurdle.
pub struct Precedent {
    /// What people call it.
    pub name: String,
    /// Its word in addresses.
    pub slug: String,
    /// Its type in words.
    pub kind_name: String,
    /// Its nation.
    pub nation: String,
    /// Whether it counts as like the reader's.
    pub is_like_yours: bool,
    /// When it cleared the hurdle, and since when it had known it.
    pub cleared: Cleared,
    /// What it tried, the newest first.
    pub trials: Vec<Trial>,
    /// The stories that tell of it, the newest first.
    pub cases: Vec<Card>,
}

impl Precedent {
    /// Its address.
    pub fn address(&self) -> String {
        address(&self.slug)
    }
}

/// How like the reader's body another is: the smaller, the more.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
enum Likeness {
    Near(f64),
    SameKindAndNation,
    SameKind,
    Other,
}

/// The precedents of a hurdle for the body that the reader chose.
pub async fn found(v: &Visit, app: &App, hurdle: i64) -> Answer<Found> {
    let body = chosen(v, app).await?;
    for_body(v, app, hurdle, body).await
}

/// The precedents of a hurdle for this body, or for anybody.
pub async fn for_body(
    v: &Visit,
    app: &App,
    hurdle: i64,
    body: Option<Organisation>,
) -> Answer<Found> {
    let (db, viewer) = (&app.db, &v.viewer);
    let own = body.as_ref().map(|body| body.id.as_str());
    let stages = store_sightings::stages(db, viewer, hurdle).await?;
    let on_the_way = stages.iter().filter(|(_, stage, _)| stage != "cleared");
    let on_the_way = on_the_way.count();
    let mut newest: BTreeMap<String, i64> = BTreeMap::new();
    for (id, _, at) in stages
        .into_iter()
        .filter(|(_, stage, _)| stage == "cleared")
    {
        newest.insert(id.0, at.0);
    }
    let everything = Narrowed::default();
    let weights = worked::weights(app, None, v.now()).await?;
    let ranked = worked::ranked(app, viewer, hurdle, &[], &everything, &weights).await?;
    for one in ranked.into_iter().flat_map(|one| one.counted) {
        if one.tally.worked > 0 {
            let at = newest.entry(one.body).or_default();
            *at = (*at).max(one.tally.newest);
        }
    }
    let places = app.memory.places(db, v.now()).await?;
    let mut bodies: Vec<(Likeness, i64, String)> = newest
        .into_iter()
        .filter(|(id, _)| own != Some(id))
        .map(|(id, at)| (likeness(&places, own, &id), -at, id))
        .collect();
    bodies.sort_by(|one, other| {
        let by_likeness = one.0.partial_cmp(&other.0);
        let by_likeness = by_likeness.unwrap_or(std::cmp::Ordering::Equal);
        by_likeness.then_with(|| (one.1, &one.2).cmp(&(other.1, &other.2)))
    });
    bodies.truncate(LOOKED_AT);
    let ids: Vec<String> = bodies.into_iter().map(|(.., id)| id).collect();
    let said = store::of_hurdle(db, viewer, hurdle, ids.clone()).await?;
    let which = Which {
        hurdle: Some(hurdle),
        among: Some(ids.clone()),
        is_confirmed: Some(true),
        ..Which::default()
    };
    let trials = trials::listed(db, viewer, &which, TRIALS).await?;
    let like = own.and_then(|own| places.compared_with(own));
    let names = store_bodies::named(db, ids.clone()).await?;
    let cleared = ids.iter().filter_map(|id| {
        let (_, name, slug) = names.iter().find(|(known, ..)| known == id)?;
        told_of(id, &said, &trials).map(|(cleared, trials)| {
            let place = places.place(id);
            let one = Precedent {
                name: name.clone(),
                slug: slug.clone(),
                kind_name: place.map(|place| place.kind.clone()).unwrap_or_default(),
                nation: place.map(|place| place.nation.clone()).unwrap_or_default(),
                is_like_yours: like.as_ref().is_some_and(|like| is_among(like, id)),
                cleared,
                trials,
                cases: Vec::new(),
            };
            (id.as_str(), one)
        })
    });
    let shown: Vec<(&str, Precedent)> = cleared.take(SHOWN).collect();
    let mut precedents = Vec::new();
    for (id, mut one) in shown {
        let theirs = CasesOf {
            hurdle: Some(hurdle),
            organisation: Some(id),
            ..CasesOf::default()
        };
        one.cases = cases::listed(db, viewer, &theirs, CASES).await?;
        precedents.push(one);
    }
    Ok(Found {
        body,
        precedents,
        on_the_way,
    })
}

fn is_among(like: &Compared, id: &str) -> bool {
    like.ids().iter().any(|one| one == id)
}

fn told_of(id: &str, said: &[Said], trials: &[Trial]) -> Option<(Cleared, Vec<Trial>)> {
    let said = said.iter().filter(|one| one.organisation_id.0 == id);
    let trials = trials.iter().filter(|one| one.organisation_id.0 == id);
    let (said, trials): (Vec<&Said>, Vec<&Trial>) = (said.collect(), trials.collect());
    let cleared = cleared(&said, &trials)?;
    Some((cleared, trials.into_iter().take(TOLD).cloned().collect()))
}

fn likeness(places: &Places, own: Option<&str>, id: &str) -> Likeness {
    let Some(own) = own else {
        return Likeness::Other;
    };
    if let Some(distance) = places.distance(own, id) {
        return Likeness::Near(distance);
    }
    match (places.place(own), places.place(id)) {
        (Some(own), Some(other)) if own.kind == other.kind && own.nation == other.nation => {
            Likeness::SameKindAndNation
        }
        (Some(own), Some(other)) if own.kind == other.kind => Likeness::SameKind,
        _ => Likeness::Other,
    }
}
