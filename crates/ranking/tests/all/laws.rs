//! What must hold of every ranking, whatever was told.

use std::collections::BTreeMap;

use proptest::prelude::*;
use ranking::{
    Compared, DENSITY, HIGH, LOW, Outcome, POPULATION, Place, Places, Ranked, Tally, Tried,
    Weights, WhyNot, rank,
};

type Told = Vec<(usize, usize, Outcome, i64)>;

fn outcome() -> impl Strategy<Value = Outcome> {
    proptest::sample::select(Outcome::ALL.to_vec())
}

/// Trials of up to five solutions by up to fifteen bodies.
fn told() -> impl Strategy<Value = Told> {
    prop::collection::vec((0..5_usize, 0..15_usize, outcome(), 0..50_i64), 0..60)
}

prop_compose! {
    fn place()(low in 0.0..1.0_f64, high in 0.0..1.0_f64, density in 1.0..5000.0_f64,
        population in 1000.0..900_000.0_f64, kind in 0..2_usize, lacks in 0..12_usize) -> Place {
        let mut figures = BTreeMap::from([
            (LOW.to_owned(), low),
            (HIGH.to_owned(), high),
            (DENSITY.to_owned(), density),
            (POPULATION.to_owned(), population),
        ]);
        if lacks == 0 {
            figures.remove(DENSITY);
        }
        Place { id: String::new(), kind: format!("kind {kind}"), nation: "Here".to_owned(), figures }
    }
}

fn bodies() -> impl Strategy<Value = Vec<Place>> {
    prop::collection::vec(place(), 15).prop_map(|mut bodies| {
        for (at, body) in bodies.iter_mut().enumerate() {
            body.id = name(at);
        }
        bodies
    })
}

fn name(body: usize) -> String {
    format!("body {body:02}")
}

fn tried(told: &Told) -> Vec<Tried<usize>> {
    let mut solutions: BTreeMap<usize, Vec<(String, Tally)>> = BTreeMap::new();
    for (solution, body, outcome, at) in told {
        let tally = Tally::one(*outcome, *at);
        solutions
            .entry(*solution)
            .or_default()
            .push((name(*body), tally));
    }
    let solutions = solutions.into_iter();
    solutions
        .map(|(solution, told)| Tried { solution, told })
        .collect()
}

fn ranked(bodies: &[Place], told: &Told) -> Vec<Ranked<usize>> {
    let places = Places::new(bodies.to_vec(), &[]);
    rank(tried(told), &places.weights(&name(0)))
}

fn rank_of(ranked: &[Ranked<usize>], solution: usize) -> usize {
    let at = ranked.iter().position(|one| one.solution == solution);
    at.unwrap()
}

fn close(one: f64, other: f64) -> bool {
    (one - other).abs() < 1e-9
}

proptest! {
    #[test]
    fn one_more_success_never_ranks_lower(bodies in bodies(), told in told(),
        body in 0..15_usize, at in 0..50_i64) {
        let before = ranked(&bodies, &told);
        for solution in before.iter().map(|one| one.solution) {
            let mut more = told.clone();
            more.push((solution, body, Outcome::Worked, at));
            let after = ranked(&bodies, &more);
            prop_assert!(rank_of(&after, solution) <= rank_of(&before, solution));
        }
    }

    #[test]
    fn one_bodys_repetition_never_outweighs(bodies in bodies(), told in told(),
        times in 1..40_usize) {
        let before = ranked(&bodies, &told);
        let Some((solution, body, ..)) = told.first().copied() else { return Ok(()) };
        let own: Told = told.iter().copied()
            .filter(|(of, by, ..)| (*of, *by) == (solution, body)).collect();
        let mut more = told.clone();
        for _ in 0..times {
            more.extend(&own);
        }
        let after = ranked(&bodies, &more);
        let order = |ranked: &[Ranked<usize>]| -> Vec<usize> {
            ranked.iter().map(|one| one.solution).collect()
        };
        prop_assert_eq!(order(&after), order(&before));
        for (one, other) in after.iter().zip(&before) {
            prop_assert!(close(one.lower, other.lower));
            prop_assert_eq!(one.plain, other.plain);
        }
    }

    #[test]
    fn harm_never_stands_above_none_at_an_equal_or_better_lower_end(bodies in bodies(),
        told in told()) {
        let ranked = ranked(&bodies, &told);
        for (at, above) in ranked.iter().enumerate().filter(|(_, one)| one.has_harm()) {
            for below in ranked[at..].iter().filter(|one| !one.has_harm()) {
                prop_assert!(below.lower < above.lower);
            }
        }
    }

    #[test]
    fn the_order_of_what_is_told_is_irrelevant(bodies in bodies(), told in told()) {
        let mut turned = told.clone();
        turned.reverse();
        let mut others = bodies.clone();
        others.reverse();
        prop_assert_eq!(ranked(&bodies, &told), ranked(&others, &turned));
    }

    #[test]
    fn other_names_change_nothing(bodies in bodies(), told in told()) {
        let other = |name: &str| name.chars().rev().collect::<String>();
        let places = Places::new(bodies.clone(), &[]);
        let renamed = bodies.iter().map(|place| Place {
            id: other(&place.id), kind: other(&place.kind), nation: other(&place.nation),
            figures: place.figures.clone(),
        });
        let renamed = Places::new(renamed.collect(), &[]);
        let theirs = tried(&told).into_iter().map(|one| Tried {
            solution: one.solution,
            told: one.told.iter().map(|(body, tally)| (other(body), *tally)).collect(),
        });
        let theirs = rank(theirs.collect(), &renamed.weights(&other(&name(0))));
        let ours = rank(tried(&told), &places.weights(&name(0)));
        for (one, two) in ours.iter().zip(&theirs) {
            prop_assert!(close(one.a, two.a) && close(one.b, two.b));
            prop_assert_eq!((one.plain, one.like_yours), (two.plain, two.like_yours));
        }
        prop_assert_eq!(
            places.peers(&name(0)).map(|peers| peers.len()),
            renamed.peers(&other(&name(0))).map(|peers| peers.len())
        );
    }

    #[test]
    fn for_an_unknown_reader_counts_are_plain(told in told()) {
        for one in rank(tried(&told), &Weights::equal()) {
            prop_assert!(one.counted.iter().all(|part| close(part.weight, 1.0)));
            prop_assert_eq!(one.like_yours, None);
            let places = one.counted.iter().filter(|part| part.mean.is_some()).count();
            prop_assert_eq!(one.plain.of(), places);
            #[expect(clippy::cast_precision_loss, reason = "a handful of places")]
            let sum = places as f64;
            prop_assert!(close(one.a + one.b, 2.0 + sum));
        }
    }

    #[test]
    fn weights_lie_between_nothing_and_one(bodies in bodies()) {
        let places = Places::new(bodies.clone(), &[]);
        for reader in &bodies {
            let weights = places.weights(&reader.id);
            prop_assert!(close(weights.of(&reader.id), 1.0));
            for other in &bodies {
                let weight = weights.of(&other.id);
                prop_assert!(weight > 0.0 && weight <= 1.0);
                prop_assert_eq!(
                    places.distance(&reader.id, &other.id),
                    places.distance(&other.id, &reader.id)
                );
            }
        }
    }
}

fn town(id: &str, population: f64) -> Place {
    Place {
        id: id.to_owned(),
        kind: "district".to_owned(),
        nation: "Here".to_owned(),
        figures: BTreeMap::from([
            (LOW.to_owned(), 0.2),
            (HIGH.to_owned(), 0.3),
            (DENSITY.to_owned(), 400.0),
            (POPULATION.to_owned(), population),
        ]),
    }
}

#[test]
fn it_says_why_a_body_has_no_peers() {
    let four: Vec<Place> = ["a", "b", "c", "d"].map(|id| town(id, 9000.0)).into();
    let few = Places::new(four.clone(), &[]);
    assert_eq!(few.peers("a"), Err(WhyNot::TooFew(4)));
    assert_eq!(few.peers("z"), Err(WhyNot::Unknown));
    let others = ["b", "c", "d"].map(str::to_owned).to_vec();
    let instead = Compared::KindAndNation(others, WhyNot::TooFew(4));
    assert_eq!(few.compared_with("a"), Some(instead));
    let mut lacking = town("e", 9000.0);
    lacking.figures.remove(HIGH);
    let five = Places::new([four, vec![lacking]].concat(), &[]);
    assert_eq!(five.peers("e"), Err(WhyNot::Missing(vec![HIGH.to_owned()])));
    assert_eq!(five.peers("a").unwrap().len(), 3);
}

#[test]
fn bodies_that_are_all_alike_weigh_the_same() {
    let alike: Vec<Place> = ["a", "b", "c", "d", "e"].map(|id| town(id, 9000.0)).into();
    let weights = Places::new(alike, &[]).weights("a");
    assert!(close(weights.of("e"), 1.0));
}

#[test]
fn a_named_measure_joins_the_distance() {
    let mut towns: Vec<Place> = ["a", "b", "c", "d", "e"].map(|id| town(id, 9000.0)).into();
    for (at, town) in towns.iter_mut().enumerate() {
        let cars = if at < 2 { 1.0 } else { 9.0 };
        town.figures.insert("cars".to_owned(), cars);
    }
    let places = Places::new(towns, &["cars".to_owned()]);
    let peers = places.peers("a").unwrap();
    assert_eq!(peers[0].id, "b");
    assert!(peers[0].distance < peers[1].distance);
    assert_eq!(peers[1].apart[4].measure, "cars");
}

#[test]
fn one_lucky_trial_does_not_lead() {
    let mut told: Told = vec![(0, 0, Outcome::Worked, 0)];
    told.extend((1..9).map(|body| (1, body, Outcome::Worked, 0)));
    told.push((1, 9, Outcome::NoEffect, 0));
    let ranked = rank(tried(&told), &Weights::equal());
    assert_eq!(ranked[0].solution, 1);
    assert_eq!((ranked[0].plain.worked, ranked[0].plain.of()), (8, 9));
}
