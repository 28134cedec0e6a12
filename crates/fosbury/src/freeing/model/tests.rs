use std::collections::BTreeSet;

use proptest::prelude::*;

use super::{Order, Standing, hanging_on, order};

/// Numbers of hurdles in a small world, so that circles are common.
const HURDLES: std::ops::Range<i64> = 1..15;

fn dependencies() -> impl Strategy<Value = Vec<(i64, i64)>> {
    prop::collection::vec((HURDLES, HURDLES), 0..40)
}

fn standing() -> impl Strategy<Value = Standing> {
    let some = || prop::collection::btree_set(HURDLES, 0..5);
    (some(), some()).prop_map(|(cleared, faced)| Standing {
        faced: faced.difference(&cleared).copied().collect(),
        cleared,
    })
}

/// What hangs on a hurdle, the plain way: again and again until nothing is added.
fn closure(dependencies: &[(i64, i64)], standing: &Standing, number: i64) -> BTreeSet<i64> {
    let cleared = &standing.cleared;
    let mut found = BTreeSet::from([number]);
    loop {
        let more: Vec<i64> = dependencies
            .iter()
            .filter(|(one, on)| !cleared.contains(one) && !cleared.contains(on))
            .filter(|(one, on)| found.contains(on) && !found.contains(one))
            .map(|(one, _)| *one)
            .collect();
        if more.is_empty() {
            break;
        }
        found.extend(more);
    }
    found.remove(&number);
    found
}

fn all_of(order: &Order, number: i64) -> (usize, usize) {
    let found = order.ranked.iter().find(|one| one.number == number);
    found.map_or((0, 0), |one| (one.all, one.faced))
}

proptest! {
    #[test]
    fn counts_equal_the_plain_closure(given in dependencies(), standing in standing()) {
        let order = order(&given, &standing);
        for number in HURDLES {
            let plain = if standing.cleared.contains(&number) {
                BTreeSet::new()
            } else {
                closure(&given, &standing, number)
            };
            let faced = plain.intersection(&standing.faced).count();
            prop_assert_eq!(all_of(&order, number), (plain.len(), faced), "hurdle {}", number);
            if !standing.cleared.contains(&number) {
                let listed = hanging_on(&given, &standing, number);
                let listed: BTreeSet<i64> = listed.into_iter().map(|(one, _)| one).collect();
                prop_assert_eq!(listed, plain);
            }
        }
    }

    #[test]
    fn one_more_dependency_never_lowers_a_count(
        given in dependencies(),
        more in (HURDLES, HURDLES),
        standing in standing(),
    ) {
        let before = order(&given, &standing);
        let mut with = given;
        with.push(more);
        let after = order(&with, &standing);
        for number in HURDLES {
            let (before, after) = (all_of(&before, number), all_of(&after, number));
            prop_assert!(after.0 >= before.0 && after.1 >= before.1, "hurdle {}", number);
        }
        let (number, on) = more;
        let counts = !standing.cleared.contains(&number) && !standing.cleared.contains(&on);
        prop_assert!(number == on || !counts || all_of(&after, on).0 >= 1);
    }

    #[test]
    fn the_order_of_the_input_is_irrelevant(
        (given, shuffled) in dependencies()
            .prop_flat_map(|given| (Just(given.clone()), Just(given).prop_shuffle())),
        standing in standing(),
    ) {
        let mut twice = shuffled.clone();
        twice.extend(shuffled);
        prop_assert_eq!(order(&given, &standing), order(&twice, &standing));
    }

    #[test]
    fn each_of_a_circle_frees_the_others(given in dependencies()) {
        let nobody = Standing::default();
        let order = order(&given, &nobody);
        for circle in &order.circles {
            prop_assert!(circle.len() > 1);
            for number in circle {
                let freed = closure(&given, &nobody, *number);
                let mut others = circle.iter().filter(|other| *other != number);
                prop_assert!(others.all(|other| freed.contains(other)));
            }
        }
        let named: Vec<i64> = order.circles.concat();
        let once: BTreeSet<i64> = named.iter().copied().collect();
        prop_assert_eq!(named.len(), once.len());
    }
}

#[test]
fn nothing_hangs_on_nothing() {
    assert_eq!(order(&[], &Standing::default()), Order::default());
    assert_eq!(order(&[(3, 3)], &Standing::default()), Order::default());
}

#[test]
fn what_is_cleared_passes_nothing_on() {
    let chain = [(2, 1), (3, 2)];
    let nobody = order(&chain, &Standing::default());
    assert_eq!(all_of(&nobody, 1), (2, 0));
    let standing = Standing {
        cleared: BTreeSet::from([2]),
        faced: BTreeSet::from([3]),
    };
    assert_eq!(order(&chain, &standing), Order::default());
}

#[test]
fn what_a_body_faces_comes_before_what_it_may_never_meet() {
    let given = [(2, 1), (3, 1), (4, 1), (6, 5)];
    let standing = Standing {
        faced: BTreeSet::from([6]),
        ..Standing::default()
    };
    let first = |standing: &Standing| order(&given, standing).ranked[0].number;
    assert_eq!(first(&Standing::default()), 1);
    assert_eq!(first(&standing), 5);
}

#[test]
fn long_chains_and_great_circles_end() {
    let chain: Vec<(i64, i64)> = (1..5_000).map(|number| (number + 1, number)).collect();
    let ranked = order(&chain, &Standing::default()).ranked;
    assert_eq!((ranked[0].number, ranked[0].all), (1, 4_999));
    let mut circle = chain;
    circle.push((1, 5_000));
    let order = order(&circle, &Standing::default());
    assert_eq!(order.circles.len(), 1);
    assert!(order.ranked.iter().all(|one| one.all == 4_999));
}
