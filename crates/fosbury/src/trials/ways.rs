//! A hurdle's ways over, in the order of what worked for the reader.

use std::collections::BTreeMap;

use ranking::{Ranked, Weights};

use super::choosing::chosen;
use super::store::Narrowed;
use super::strip::Strip;
use super::{store_bodies, worked};
use crate::layout::{Answer, Visit};
use crate::organisations::model::Organisation;
use crate::solutions::store::{self as solutions, Card, for_hurdle};
use crate::state::App;

/// Solutions that somebody tried but that are not linked with the hurdle, shown at the most.
const UNLINKED: usize = 20;

/// The ways over a hurdle for one reader.
pub struct Ways {
    /// Best first.
    pub ways: Vec<Way>,
    /// For which body they are ranked, if one is chosen.
    pub body: Option<Organisation>,
    /// How much each body weighs.
    pub weights: Weights,
}

/// A way over, with what came of it.
pub struct Way {
    /// The solution.
    pub card: Card,
    /// Its places in marks and words.
    pub strip: Strip,
    /// The numbers behind its rank.
    pub ranked: Ranked<i64>,
}

impl Ways {
    /// Whether somebody tried one of them.
    pub fn is_tried(&self) -> bool {
        let mut ways = self.ways.iter();
        ways.any(|way| !way.ranked.counted.is_empty())
    }
}

/// The ways over a hurdle, ranked for the reader's body.
pub async fn over(v: &Visit, app: &App, hurdle: i64, narrowed: &Narrowed<'_>) -> Answer<Ways> {
    let body = chosen(v, app).await?;
    let id = body.as_ref().map(|body| body.id.as_str());
    let weights = worked::weights(app, id, v.now()).await?;
    let cards = for_hurdle(&app.db, &v.viewer, hurdle).await?;
    let linked: Vec<i64> = cards.iter().map(|card| card.number).collect();
    let mut cards: BTreeMap<i64, Card> =
        cards.into_iter().map(|card| (card.number, card)).collect();
    let ranked = worked::ranked(app, &v.viewer, hurdle, &linked, narrowed, &weights).await?;
    let (mut ways, mut unlinked) = (Vec::new(), 0);
    for one in ranked {
        let mut card = cards.remove(&one.solution);
        if card.is_none() && unlinked < UNLINKED {
            unlinked += 1;
            card = solutions::card(&app.db, &v.viewer, one.solution).await?;
        }
        if let Some(card) = card {
            let strip = Strip::of(v, &one);
            ways.push(Way {
                card,
                strip,
                ranked: one,
            });
        }
    }
    Ok(Ways {
        ways,
        body,
        weights,
    })
}

/// A near place with what it tried.
pub struct Near {
    /// What people call it.
    pub name: String,
    /// Its word in addresses.
    pub slug: String,
    /// What it tried: the solution's title and address, and the mark of what came of it.
    pub tried: Vec<(String, String, &'static str)>,
}

/// The nearest places that tried something, the nearest first.
pub async fn nearest(app: &App, ways: &Ways, at_most: usize) -> Answer<Vec<Near>> {
    let Some(own) = ways.body.as_ref().map(|body| &body.id) else {
        return Ok(Vec::new());
    };
    let counted = ways.ways.iter().flat_map(|way| &way.ranked.counted);
    let mut bodies: Vec<(&str, f64)> = counted
        .filter(|one| one.body != *own)
        .map(|one| (one.body.as_str(), one.weight))
        .collect();
    bodies.sort_by(|one, other| other.1.total_cmp(&one.1).then(one.0.cmp(other.0)));
    bodies.dedup_by(|one, other| one.0 == other.0);
    bodies.truncate(at_most);
    let ids = bodies.iter().map(|(id, _)| (*id).to_owned()).collect();
    let named = store_bodies::named(&app.db, ids).await?;
    let mut near = Vec::new();
    for (id, _) in bodies {
        let Some((_, name, slug)) = named.iter().find(|(known, ..)| known == id) else {
            continue;
        };
        let tried = ways.ways.iter().filter_map(|way| {
            let part = way.ranked.counted.iter().find(|one| one.body == id)?;
            let mark = super::strip::mark_of(part);
            Some((way.card.title.clone(), way.card.address(), mark))
        });
        near.push(Near {
            name: name.clone(),
            slug: slug.clone(),
            tried: tried.collect(),
        });
    }
    Ok(near)
}
