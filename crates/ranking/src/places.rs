//! Every body that may be compared, standardised within its kind.

use std::collections::{BTreeMap, HashMap};

use crate::peers::{Compared, NO_PEERS_BELOW, PEERS, Peer, WhyNot};
use crate::place::{ALWAYS, Place};
use crate::weights::Weights;

/// All bodies of today with their standardised figures: made once, asked often.
#[derive(Clone, Debug, Default)]
pub struct Places {
    bodies: Vec<Place>,
    by_id: HashMap<String, usize>,
    measures: Vec<String>,
    /// Standardised figures, in the order of `measures`; none where one is missing.
    standard: Vec<Option<Vec<f64>>>,
    kinds: BTreeMap<String, Kind>,
}

/// The bodies of one kind.
#[derive(Clone, Debug, Default)]
struct Kind {
    /// All of them.
    members: Vec<usize>,
    /// Half of the distances between a body and its peers are shorter than this.
    typical: f64,
}

impl Places {
    /// Standardises these bodies. `extra` names measures beyond the four that are always used.
    ///
    /// Within each kind a figure x becomes z = (x − mean) / standard deviation, both over the bodies
    /// of the kind that have every figure (population form, divided by n); where all are equal
    /// z = 0. Standardising before measuring distances: Everitt, Landau, Leese and Stahl,
    /// *Cluster Analysis*, 5th edition, 2011, section 3.8.
    pub fn new(mut places: Vec<Place>, extra: &[String]) -> Self {
        places.sort_by(|one, other| one.id.cmp(&other.id));
        places.dedup_by(|one, other| one.id == other.id);
        let always = ALWAYS.into_iter().map(str::to_owned);
        let mut measures: Vec<String> = always.collect();
        for name in extra {
            if !measures.contains(name) {
                measures.push(name.clone());
            }
        }
        let mut kinds: BTreeMap<String, Kind> = BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            kinds
                .entry(place.kind.clone())
                .or_default()
                .members
                .push(at);
        }
        let ids = places.iter().enumerate();
        let mut all = Self {
            by_id: ids.map(|(at, place)| (place.id.clone(), at)).collect(),
            standard: vec![None; places.len()],
            bodies: places,
            measures,
            kinds: BTreeMap::new(),
        };
        for kind in kinds.values() {
            all.standardise(&kind.members);
        }
        for kind in kinds.values_mut() {
            kind.typical = all.typical(&kind.members);
        }
        all.kinds = kinds;
        all
    }

    /// The body of this id.
    pub fn place(&self, id: &str) -> Option<&Place> {
        self.by_id.get(id).map(|at| &self.bodies[*at])
    }

    /// All bodies, by id.
    pub fn all(&self) -> &[Place] {
        &self.bodies
    }

    /// What the bodies are compared by.
    pub fn measures(&self) -> &[String] {
        &self.measures
    }

    /// The distance between two bodies: d = √Σ (z − z′)² over the measures. None between kinds,
    /// where a figure is missing, or where too few are of the kind.
    pub fn distance(&self, one: &str, other: &str) -> Option<f64> {
        let (one, other) = (*self.by_id.get(one)?, *self.by_id.get(other)?);
        let is_compared = self.bodies[one].kind == self.bodies[other].kind
            && self.kinds[&self.bodies[one].kind].members.len() >= NO_PEERS_BELOW;
        self.apart(one, other).filter(|_| is_compared)
    }

    /// h: the median distance between a body of this kind and its peers, over all of the kind.
    pub fn typical_distance(&self, kind: &str) -> Option<f64> {
        let kind = self.kinds.get(kind)?;
        (kind.members.len() >= NO_PEERS_BELOW && kind.typical.is_finite()).then_some(kind.typical)
    }

    /// The nearest bodies of the same kind, the nearest first; or why there are none.
    pub fn peers(&self, id: &str) -> Result<Vec<Peer>, WhyNot> {
        let at = *self.by_id.get(id).ok_or(WhyNot::Unknown)?;
        let place = &self.bodies[at];
        let members = &self.kinds[&place.kind].members;
        if members.len() < NO_PEERS_BELOW {
            return Err(WhyNot::TooFew(members.len()));
        }
        let missing = self.measures.iter();
        let missing: Vec<String> = missing
            .filter(|measure| place.compared(measure).is_none())
            .cloned()
            .collect();
        if !missing.is_empty() {
            return Err(WhyNot::Missing(missing));
        }
        let nearest = self.nearest(at, members);
        if nearest.is_empty() {
            return Err(WhyNot::NobodyElse);
        }
        let peers = nearest.into_iter();
        Ok(peers
            .map(|(distance, other)| Peer {
                id: self.bodies[other].id.clone(),
                distance,
                apart: self.reasons(at, other),
            })
            .collect())
    }

    /// The bodies that are counted as like this one: its peers, or where there are none those of its
    /// kind in its nation.
    pub fn compared_with(&self, id: &str) -> Option<Compared> {
        let place = self.place(id)?;
        Some(match self.peers(id) {
            Ok(peers) => Compared::Peers(peers.into_iter().map(|peer| peer.id).collect()),
            Err(why) => {
                let members = self.kinds[&place.kind].members.iter();
                let others = members.map(|at| &self.bodies[*at]);
                let others = others.filter(|other| other.id != id && other.nation == place.nation);
                Compared::KindAndNation(others.map(|other| other.id.clone()).collect(), why)
            }
        })
    }

    /// How much each body's trials weigh for a reader from this one.
    pub fn weights(&self, reader: &str) -> Weights {
        let Some(place) = self.place(reader) else {
            return Weights::of_a_place(reader, HashMap::new(), None);
        };
        let typical = self.typical_distance(&place.kind);
        let members = self.kinds[&place.kind].members.iter();
        let ids = members.map(|at| &self.bodies[*at].id);
        let distances = ids.filter_map(|id| Some((id.clone(), self.distance(reader, id)?)));
        let like = self.compared_with(reader);
        Weights::of_a_place(reader, distances.collect(), typical).counting(like)
    }

    fn standardise(&mut self, members: &[usize]) {
        let whole: Vec<(usize, Vec<f64>)> = members
            .iter()
            .filter_map(|at| {
                let figures = self.measures.iter();
                let figures = figures.map(|measure| self.bodies[*at].compared(measure));
                Some((*at, figures.collect::<Option<Vec<f64>>>()?))
            })
            .collect();
        let mut standard: Vec<Vec<f64>> = vec![Vec::new(); whole.len()];
        for measure in 0..self.measures.len() {
            let column: Vec<f64> = whole.iter().map(|(_, figures)| figures[measure]).collect();
            for (row, z) in standardised(&column).into_iter().enumerate() {
                standard[row].push(z);
            }
        }
        for ((at, _), figures) in whole.into_iter().zip(standard) {
            self.standard[at] = Some(figures);
        }
    }

    fn typical(&self, members: &[usize]) -> f64 {
        let nearest = members.iter().flat_map(|at| self.nearest(*at, members));
        median(nearest.map(|(distance, _)| distance).collect())
    }

    fn nearest(&self, at: usize, members: &[usize]) -> Vec<(f64, usize)> {
        let others = members.iter().filter(|other| **other != at);
        let mut others: Vec<(f64, usize)> = others
            .filter_map(|other| Some((self.apart(at, *other)?, *other)))
            .collect();
        others.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        others.truncate(PEERS);
        others
    }

    fn apart(&self, one: usize, other: usize) -> Option<f64> {
        let (one, other) = (self.standard[one].as_ref()?, self.standard[other].as_ref()?);
        let squares = one.iter().zip(other).map(|(z, to)| (z - to) * (z - to));
        Some(squares.sum::<f64>().sqrt())
    }

    fn reasons(&self, one: usize, other: usize) -> Vec<crate::Apart> {
        let (Some(own), Some(theirs)) = (&self.standard[one], &self.standard[other]) else {
            return Vec::new();
        };
        let figure = |at: usize, measure: &str| {
            let figures = &self.bodies[at].figures;
            figures.get(measure).copied().unwrap_or_default()
        };
        let measures = self.measures.iter().enumerate();
        measures
            .map(|(at, measure)| crate::Apart {
                measure: measure.clone(),
                own: figure(one, measure),
                theirs: figure(other, measure),
                apart: (own[at] - theirs[at]).abs(),
            })
            .collect()
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "there are some hundreds of bodies"
)]
fn standardised(column: &[f64]) -> Vec<f64> {
    let n = column.len() as f64;
    let mean = column.iter().sum::<f64>() / n;
    let squares = column.iter().map(|x| (x - mean) * (x - mean));
    let deviation = (squares.sum::<f64>() / n).sqrt();
    // What is left of equal numbers after rounding is no difference.
    let is_flat = deviation <= mean.abs() * 1e-12;
    let z = |x: &f64| {
        if is_flat { 0.0 } else { (x - mean) / deviation }
    };
    column.iter().map(z).collect()
}

/// The middle one; of an even number the mean of the two in the middle. Not a number without any.
fn median(mut numbers: Vec<f64>) -> f64 {
    numbers.sort_by(f64::total_cmp);
    let middle = numbers.len() / 2;
    match numbers.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => numbers[middle],
        _ => f64::midpoint(numbers[middle - 1], numbers[middle]),
    }
}
