//! What people type, and what they find.

#[cfg(test)]
mod world;

use index::{Batch, Change, Question};
use world::{World, page, question};

#[test]
fn tired_words_find_the_right_page() {
    let world = World::new();
    assert_eq!(world.first("IT wont let me on facebook"), 1);
    assert_eq!(world.first("line manager thinks its a waste of time"), 2);
    assert_eq!(world.first("cant install anything"), 3);
}

#[test]
fn slips_of_the_fingers_are_forgiven_and_said() {
    let world = World::new();
    let found = world.find("blokced sites");
    assert_eq!(found.hits[0].number, 1);
    assert_eq!(found.corrected.as_deref(), Some("blocked sites"));
    assert_eq!(world.find("blocked sites").corrected, None);
}

#[test]
fn american_spelling_and_run_together_words_are_understood() {
    let world = World::new();
    assert_eq!(world.first("organization jargon"), 4);
    assert_eq!(world.first("you tube"), 1);
    assert_eq!(world.first("smalltools"), 3);
}

#[test]
fn what_the_asker_may_not_see_leaves_no_trace() {
    let world = World::new();
    let found = world.find("zanzibar");
    assert_eq!(
        (found.total, found.hits.len(), found.facet_counts.len()),
        (0, 0, 0)
    );
    assert_eq!(world.find("zanzibr blocked").corrected, None);
    assert!(
        world
            .find("blocked sites")
            .hits
            .iter()
            .all(|hit| hit.number != 9)
    );
    assert!(
        world
            .index
            .suggest("zanz", &["public".to_owned()], 5)
            .unwrap()
            .is_empty()
    );
    let members = Question {
        seen_by: vec!["members".to_owned()],
        ..question("zanzibar")
    };
    assert_eq!(world.index.find(&members).unwrap().hits[0].number, 9);
    let nobody = Question {
        seen_by: vec![],
        ..question("blocked")
    };
    assert_eq!(world.index.find(&nobody).unwrap().total, 0);
}

#[test]
fn facets_narrow_and_still_count_their_other_values() {
    let world = World::new();
    let all = world.find("");
    assert_eq!(all.total, 5);
    let narrowed = Question {
        facets: vec![("heading".into(), "skills".into())],
        ..question("")
    };
    let found = world.index.find(&narrowed).unwrap();
    assert_eq!(
        found.hits.iter().map(|hit| hit.number).collect::<Vec<_>>(),
        [2, 4]
    );
    let count = |name: &str, value: &str| {
        let mut counts = found.facet_counts.iter();
        counts
            .find(|count| count.name == name && count.value == value)
            .map(|count| count.count)
    };
    assert_eq!(count("heading", "access"), Some(3));
    assert_eq!(count("heading", "skills"), Some(2));
    assert_eq!(count("kind", "hurdle"), Some(2));
    assert_eq!(count("kind", "solution"), None);
    assert_eq!(count("tag", "filters"), None);
}

#[test]
fn kinds_narrow_too() {
    let world = World::new();
    let solutions = Question {
        kinds: vec!["solution".into()],
        ..question("blocked site")
    };
    let found = world.index.find(&solutions).unwrap();
    assert_eq!(found.hits.len(), 1);
    assert_eq!(found.hits[0].kind, "solution");
}

#[test]
fn the_passage_shows_and_marks_what_was_asked() {
    let world = World::new();
    let found = world.find("staff pages");
    let marked: Vec<&str> = found.hits[0]
        .snippet
        .iter()
        .filter(|fragment| fragment.marked)
        .map(|fragment| fragment.text.as_str())
        .collect();
    assert_eq!(marked, ["pages", "staff"]);
}

#[test]
fn suggestions_come_while_the_last_word_is_still_typed() {
    let world = World::new();
    let public = ["public".to_owned()];
    assert_eq!(
        world.index.suggest("inst", &public, 3).unwrap()[0].number,
        3
    );
    assert_eq!(
        world.index.suggest("jarg", &public, 3).unwrap()[0].number,
        4
    );
    assert!(world.index.suggest("", &public, 3).unwrap().is_empty());
}

#[test]
fn pages_follow_one_another_without_gap_or_repetition() {
    let world = World::new();
    let changes = (100..180).map(|number| Change::put(page(number, "Filter again", &[], "", &[])));
    world
        .index
        .apply(&Batch {
            changes: changes.collect(),
            position: 11,
        })
        .unwrap();
    let mut seen = Vec::new();
    for offset in (0..100).step_by(7) {
        let part = Question {
            offset,
            limit: 7,
            ..question("filter")
        };
        seen.extend(
            world
                .index
                .find(&part)
                .unwrap()
                .hits
                .into_iter()
                .map(|hit| hit.id),
        );
    }
    let total = world.find("filter").total;
    assert_eq!(seen.len(), total);
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), total);
}

#[test]
fn nothing_typed_can_make_it_fail() {
    let world = World::new();
    let long = "blocked ".repeat(10_000);
    let endless = "x".repeat(1_000_000);
    let hostile = [
        "\0",
        "\u{202e}abc",
        "AND OR NOT",
        "title:x^2 ~\"*?",
        "(((((",
        "ﷺﷺﷺ",
        "𝕱𝖆𝖈𝖊𝖇𝖔𝖔𝖐",
        "e\u{301}\u{301}\u{301}",
        "'''''",
        "’",
        "-- drop",
        "🏴‍☠️",
        "ⅷ ½ ℀",
        long.as_str(),
        endless.as_str(),
        "\u{1f}kind",
    ];
    for words in hostile {
        world.find(words);
        world
            .index
            .suggest(words, &["public".to_owned()], 5)
            .unwrap();
    }
    let far = Question {
        offset: usize::MAX,
        limit: usize::MAX,
        ..question("blocked")
    };
    assert!(world.index.find(&far).unwrap().hits.is_empty());
}
