//! What `NumPy` and `SciPy` make of random cases (`scipy/cases.py`), and what this crate makes of them.

use std::collections::BTreeMap;

use ranking::{Outcome, Place, Places, Ranked, Tally, Tried, Weights, lower_end, rank};
use serde::Deserialize;

#[derive(Deserialize)]
struct All {
    quantiles: Vec<(f64, f64, f64)>,
    cases: Vec<Case>,
}

#[derive(Deserialize)]
struct Case {
    bodies: Vec<Body>,
    reader: Option<String>,
    h: Option<f64>,
    peers: Option<Vec<(String, f64)>>,
    weights: BTreeMap<String, f64>,
    trials: Vec<(usize, String, String)>,
    ranked: Vec<Expected>,
}

#[derive(Deserialize)]
struct Body {
    id: String,
    kind: String,
    figures: BTreeMap<String, f64>,
}

#[derive(Deserialize)]
struct Expected {
    solution: usize,
    a: f64,
    b: f64,
    lower: f64,
}

fn all() -> All {
    serde_json::from_str(include_str!("scipy/cases.json")).unwrap()
}

#[track_caller]
fn near(ours: f64, theirs: f64, what: &str) {
    let off = (ours - theirs).abs();
    assert!(off <= 1e-9, "{what}: {ours} here, {theirs} there");
}

#[test]
fn quantiles_are_those_of_scipy() {
    for (a, b, lower) in all().quantiles {
        near(lower_end(a, b), lower, &format!("Beta({a}, {b})"));
    }
}

#[test]
fn distances_weights_and_ranks_are_those_of_scipy() {
    let cases = all().cases;
    assert!(cases.len() >= 200);
    for (number, case) in cases.iter().enumerate() {
        let places = places(case);
        let weights = case.reader.as_ref();
        let weights = weights.map_or_else(Weights::equal, |reader| places.weights(reader));
        for (body, weight) in &case.weights {
            near(weights.of(body), *weight, &format!("case {number}, {body}"));
        }
        if let Some(reader) = &case.reader {
            peers_agree(number, case, &places, reader);
        }
        let ranked = rank(tried(case), &weights);
        assert_eq!(ranked.len(), case.ranked.len());
        for expected in &case.ranked {
            let own = ranked.iter().find(|one| one.solution == expected.solution);
            let own = own.unwrap();
            let what = format!("case {number}, solution {}", expected.solution);
            near(own.a, expected.a, &what);
            near(own.b, expected.b, &what);
            near(own.lower, expected.lower, &what);
        }
        in_order(&ranked);
    }
}

fn peers_agree(number: usize, case: &Case, places: &Places, reader: &str) {
    let own = places.peers(reader).ok();
    assert_eq!(own.is_some(), case.peers.is_some(), "case {number}");
    let (Some(own), Some(theirs)) = (own, &case.peers) else {
        return;
    };
    assert_eq!(own.len(), theirs.len(), "case {number}");
    for (own, (id, distance)) in own.iter().zip(theirs) {
        assert_eq!(&own.id, id, "case {number}");
        near(own.distance, *distance, &format!("case {number}, {id}"));
    }
    let kind = &places.place(reader).unwrap().kind;
    near(places.typical_distance(kind).unwrap(), case.h.unwrap(), "h");
}

fn in_order(ranked: &[Ranked<usize>]) {
    for pair in ranked.windows(2) {
        assert!(pair[0].lower > pair[1].lower - 2e-9);
    }
}

fn places(case: &Case) -> Places {
    let bodies = case.bodies.iter().map(|body| Place {
        id: body.id.clone(),
        kind: body.kind.clone(),
        nation: "Northshire".to_owned(),
        figures: body.figures.clone(),
    });
    Places::new(bodies.collect(), &[])
}

fn tried(case: &Case) -> Vec<Tried<usize>> {
    let solutions = case.ranked.iter().map(|expected| {
        let own = case.trials.iter();
        let own = own.filter(|(solution, ..)| *solution == expected.solution);
        let told = own.map(|(_, body, outcome)| {
            let outcome = Outcome::parse(outcome).unwrap();
            (body.clone(), Tally::one(outcome, 0))
        });
        Tried {
            solution: expected.solution,
            told: told.collect(),
        }
    });
    solutions.collect()
}
