//! Links of the starter register lead somewhere, and both ends know of each other.

use crate::register::{all, prose};
use crate::sources::assert_none;
use texts::links::{Target, find};

#[test]
fn every_link_leads_to_a_page_of_the_register() {
    let (all, mut found, mut seen) = (all(), Vec::new(), 0);
    for ((kind, number), parts) in &all {
        for (key, words) in prose(parts) {
            for link in find(&words) {
                seen += 1;
                let place = format!("{kind} {number}, {key}: {}", &words[link.range.clone()]);
                let Target::Numbered { kind: to, number } = link.target else {
                    found.push(place);
                    continue;
                };
                let to = to.unwrap_or_else(|| "hurdle".to_owned());
                if !all.keys().any(|(kind, one)| *kind == to && *one == number) {
                    found.push(place);
                }
            }
        }
    }
    assert!(seen > 100, "only {seen} links: a guard went blind");
    assert_none(&found, "Links lead to numbers of the register:");
}

#[test]
fn a_hurdle_depends_on_hurdles_that_are_there() {
    let (all, mut found) = (all(), Vec::new());
    for ((kind, number), parts) in &all {
        for on in parts.numbers("depends") {
            if on == *number || !all.contains_key(&("hurdle", on)) {
                found.push(format!("{kind} {number} depends on {on}"));
            }
        }
    }
    assert_none(&found, "What a hurdle depends on is there:");
}

#[test]
fn a_hurdle_links_to_every_solution_that_is_for_it() {
    let (all, mut found) = (all(), Vec::new());
    for ((kind, number), parts) in &all {
        if *kind != "solution" {
            continue;
        }
        for hurdle in parts.numbers("hurdles") {
            let ways = all.get(&("hurdle", hurdle)).map(|parts| parts.get("ways"));
            let is_linked = find(ways.unwrap_or_default()).iter().any(|link| {
                matches!(&link.target, Target::Numbered { kind: Some(kind), number: to }
                    if kind == "solution" && to == number)
            });
            if !is_linked {
                found.push(format!(
                    "hurdle {hurdle} does not mention solution {number}"
                ));
            }
        }
    }
    assert_none(&found, "Both ends know of each other:");
}
