use super::*;

fn facts(words: &[(&str, &str)]) -> Parts {
    let mut facts = Parts::default();
    for (key, words) in words {
        facts.set(key, words);
    }
    facts
}

#[test]
fn changes_of_different_facts_fit_together() {
    let base = facts(&[("outcome", "too-early"), ("cost", "Nothing")]);
    let theirs = facts(&[("outcome", "worked"), ("cost", "Nothing")]);
    let mine = facts(&[("outcome", "too-early"), ("cost", "A day")]);
    let (both, clashes) = brought_together(&base, &theirs, &mine);
    assert!(clashes.is_empty(), "{clashes:?}");
    assert_eq!(both, facts(&[("outcome", "worked"), ("cost", "A day")]));
}

#[test]
fn of_a_fact_that_both_changed_nobody_wins_by_being_last() {
    let base = facts(&[("outcome", "too-early")]);
    let theirs = facts(&[("outcome", "worked")]);
    let mine = facts(&[("outcome", "worse")]);
    let (both, clashes) = brought_together(&base, &theirs, &mine);
    assert_eq!(clashes, ["outcome"]);
    assert_eq!(
        both.get("outcome"),
        "worse",
        "for the form, not for keeping"
    );
}

#[test]
fn who_may_see_it_is_never_mixed_of_two_answers() {
    let base = facts(&[("visibility", "public")]);
    let theirs = facts(&[("visibility", "bodies"), ("readers", "a")]);
    let mine = facts(&[("visibility", "bodies"), ("readers", "b")]);
    let (_, clashes) = brought_together(&base, &theirs, &mine);
    assert_eq!(clashes, ["readers"]);
    let (both, clashes) = brought_together(&base, &theirs, &base);
    assert!(clashes.is_empty());
    assert_eq!(both, theirs);
}

#[test]
fn a_version_for_fewer_people_stays_with_them() {
    let version = |visibility: &str| Version {
        seq: 1,
        act: "tell".to_owned(),
        facts: Some(
            facts(&[
                ("visibility", visibility),
                ("learned", "Quietly"),
                ("organisation", "body"),
            ])
            .to_json(),
        ),
        author_id: Some("tom".to_owned()),
        author: "Tom".to_owned(),
        at: Moment(0),
        erased_at: None,
        erased_why: None,
    };
    let trial = Trial {
        organisation_id: OrganisationId("body".to_owned()),
        ..Trial::default()
    };
    let seen = version("public").seen_by(&Viewer::Visitor, &trial);
    assert!(seen.facts.is_some() && seen.author == "Tom");
    for visibility in ["members", "bodies", "own-organisation", "only-me", ""] {
        let seen = version(visibility).seen_by(&Viewer::Visitor, &trial);
        assert!(
            seen.is_kept_back() && seen.author.is_empty(),
            "{visibility}"
        );
    }
}
