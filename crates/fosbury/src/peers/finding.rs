//! The bodies that are like one, with the reasons; or why there are none, and what is left.

use std::collections::{BTreeMap, HashMap};

use db::{Db, Result};
use ranking::{Apart, Places, WhyNot};

use super::model::{MEASURES, likeness};
use super::store;
use crate::organisations::model::{Organisation, day_of};
use crate::organisations::store::{self as bodies, Listed};
use crate::time::Moment;
use crate::trials::memory::Memory;

/// What was found for a body.
#[derive(Clone, Debug)]
pub struct Similar {
    /// Its own figures by name, those that are known.
    pub figures: BTreeMap<String, f64>,
    /// h: half of the distances between a body of its kind and its peers are shorter.
    pub typical: Option<f64>,
    /// Who is like it.
    pub found: Found,
}

/// Who is like a body.
#[derive(Clone, Debug)]
pub enum Found {
    /// Its peers, the nearest first.
    Peers(Vec<Like>),
    /// None, and why; the others of its kind in its nation.
    Instead(WhyNot, Vec<Listed>),
    /// It is no more; these followed it.
    Ended(Vec<Listed>),
}

/// A similar body.
#[derive(Clone, Debug)]
pub struct Like {
    /// Which.
    pub body: Listed,
    /// How far away, in standard deviations.
    pub distance: f64,
    /// How alike that is for its kind: `very`, `much`, `somewhat`, `little`.
    pub likeness: &'static str,
    /// By what it is near, measure by measure.
    pub apart: Vec<Apart>,
}

/// Looks for the bodies that are like this one.
pub async fn similar(
    db: &Db,
    memory: &Memory,
    body: &Organisation,
    now: Moment,
) -> Result<Similar> {
    let places = memory.places(db, now).await?;
    let own = places.place(&body.id);
    let typical = places.typical_distance(&body.kind_name);
    let found = if body.has_ended(&day_of(now)) {
        Found::Ended(bodies::successors(db, &body.key()).await?)
    } else {
        found(db, &places, body, typical).await?
    };
    Ok(Similar {
        figures: own.map(|own| own.figures.clone()).unwrap_or_default(),
        typical,
        found,
    })
}

async fn found(
    db: &Db,
    places: &Places,
    body: &Organisation,
    typical: Option<f64>,
) -> Result<Found> {
    let peers = match places.peers(&body.id) {
        Ok(peers) => peers,
        Err(why) => {
            let like = places.compared_with(&body.id);
            let ids = like.map(|like| like.ids().to_vec()).unwrap_or_default();
            return Ok(Found::Instead(why, store::bodies(db, ids).await?));
        }
    };
    let ids = peers.iter().map(|peer| peer.id.clone()).collect();
    let listed = store::bodies(db, ids).await?.into_iter();
    let mut listed: HashMap<String, Listed> = listed.map(|one| (one.id.0.clone(), one)).collect();
    let like = peers.into_iter().filter_map(|peer| {
        Some(Like {
            body: listed.remove(&peer.id)?,
            distance: peer.distance,
            likeness: likeness(peer.distance, typical),
            apart: peer.apart,
        })
    });
    Ok(Found::Peers(like.collect()))
}

/// From where a kind of figure comes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    /// What is counted.
    pub measure: &'static str,
    /// The file, or who says so.
    pub source: String,
    /// When it was read last, where that is known.
    pub read_at: Option<Moment>,
}

/// From where the figures of a body and of those like it come.
pub async fn sources(db: &Db, body: &Organisation, similar: &Similar) -> Result<Vec<Source>> {
    let mut ids = vec![body.id.clone()];
    if let Found::Peers(peers) = &similar.found {
        ids.extend(peers.iter().map(|one| one.body.id.0.clone()));
    }
    let figures = store::sources(db, ids).await?;
    let population = store::population_source(db, body.is_demo).await?;
    let mut sources = Vec::new();
    for measure in MEASURES {
        let of_figures = figures.iter().filter(|(name, ..)| name == measure);
        let of_figures = of_figures.map(|(_, source, read_at)| (source.clone(), *read_at));
        let of_people = population.iter().filter(|_| measure == ranking::POPULATION);
        for (source, read_at) in of_figures.chain(of_people.cloned()) {
            sources.push(Source {
                measure,
                source,
                read_at,
            });
        }
    }
    Ok(sources)
}
