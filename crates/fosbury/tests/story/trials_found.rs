//! Trials are found by what was learned and by whose they are, by those who may read them.

use crate::browser::Browser;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    a_trial_is_found_by_its_words_by_those_who_may_read_it,
    a_trial_without_its_body_is_not_found_by_the_bodys_name,
    a_trial_is_found_no_longer_where_its_hurdle_is_not_to_be_seen,
    many_trials_do_not_stand_before_the_hurdle,
);

/// The numbers of the trials that a search finds, by its page and by the program's way in.
async fn found(who: &Browser, words: &str) -> Vec<i64> {
    let path = format!("search?q={}", words.replace(' ', "+"));
    let answer = who.get(&format!("/api/v1/{path}")).await.json();
    let results = answer["results"].as_array().unwrap().iter();
    let trials = results.filter(|one| one["kind"] == "trial");
    let mut numbers: Vec<i64> = trials.map(|one| one["number"].as_i64().unwrap()).collect();
    let page = who.get(&format!("/{path}")).await;
    for number in &numbers {
        assert!(
            page.body.contains(&format!("\"/trials/{number}\"")),
            "{words}"
        );
    }
    assert_eq!(
        page.body.contains("\"/trials/"),
        !numbers.is_empty(),
        "{words}"
    );
    numbers.sort_unstable();
    numbers
}

async fn a_trial_is_found_by_its_words_by_those_who_may_read_it(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let (visitor, amina) = (world.as_visitor(), world.as_amina());
    let mut number = 0;
    for (visibility, seers) in [
        ("public", [true, true, true, true]),
        ("members", [false, true, true, true]),
        ("own-organisation", [false, false, true, false]),
        ("only-me", [false, false, true, false]),
        ("bodies", [false, true, true, false]),
    ] {
        number += 1;
        let more = [
            ("visibility", visibility),
            ("learned", "The zanzibar cupboard was locked."),
            ("differently", "With a crowbar."),
            ("reader", "Westmoor"),
        ];
        tells(&tom, &more).await.is(303);
        let people = [&visitor, &dafydd, &tom, &amina];
        for (who, sees) in people.into_iter().zip(seers) {
            let expected = if sees { vec![number] } else { Vec::new() };
            for words in ["zanzibar cupboard", "crowbar"] {
                assert_eq!(found(who, words).await, expected, "{visibility} {words}");
            }
            let page = who.get("/search?q=zanzibar").await;
            let total = if sees { "1 page" } else { "Nothing found" };
            assert!(page.has("h2", total), "{visibility}: {}", page.text());
            let narrowed = who.get("/search?q=zanzibar&kind=trial").await;
            assert!(narrowed.has("h2", total), "{visibility}");
        }
        let hit = tom.get("/api/v1/search?q=zanzibar").await.json()["results"][0].clone();
        assert_eq!(hit["title"], "Eastmoor: Ask IT – Worked");
        assert!(
            hit["url"]
                .as_str()
                .unwrap()
                .ends_with(&format!("/trials/{number}"))
        );
        assert!(hit["snippet"].as_str().unwrap().contains("zanzibar"));
        // What is told otherwise is found otherwise, and what is taken back not at all, at once.
        let removal = format!("/trials/{number}/removal");
        tom.post(&removal, &[]).await.is(303);
        assert_eq!(found(&tom, "zanzibar").await, Vec::<i64>::new());
    }
    tells(&tom, &[("learned", "")]).await.is(303);
    assert_eq!(
        found(&visitor, "Eastmoor").await,
        Vec::<i64>::new(),
        "no words of its own"
    );
    let change = [
        ("solution", "1"),
        ("body", "Eastmoor"),
        ("outcome", "worked"),
        ("learned", "Zanzibar again."),
        ("service", "Libraries"),
        ("base", "1"),
    ];
    tom.post("/trials/6", &change).await.is(303);
    for words in ["Eastmoor", "zanzibar", "Eastmoor libraries"] {
        assert_eq!(found(&visitor, words).await, [6], "{words}");
    }
    let mut hidden = change;
    hidden[5] = ("base", "2");
    let hidden = [&hidden[..], &[("visibility", "only-me")]].concat();
    tom.post("/trials/6", &hidden).await.is(303);
    assert_eq!(found(&visitor, "zanzibar").await, Vec::<i64>::new());
    assert_eq!(found(&tom, "zanzibar").await, [6]);
}

async fn a_trial_without_its_body_is_not_found_by_the_bodys_name(world: World) {
    furnished(&world).await;
    let more = [
        ("unnamed", "1"),
        ("service", "Libraries"),
        ("learned", "Crowbar"),
    ];
    tells(&world.as_tom(), &more).await.is(303);
    for who in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
        assert_eq!(found(&who, "crowbar").await, [1]);
        for words in ["Eastmoor", "Libraries", "Eastmoor libraries"] {
            assert_eq!(found(&who, words).await, Vec::<i64>::new(), "{words}");
        }
        let page = who.get("/search?q=crowbar").await;
        page.keeps_quiet_of("Eastmoor").says("not named");
    }
}

async fn a_trial_is_found_no_longer_where_its_hurdle_is_not_to_be_seen(world: World) {
    furnished(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    tells(&tom, &[("learned", "Crowbar")]).await.is(303);
    assert_eq!(found(&visitor, "crowbar").await, [1]);
    let gone = [("why", "Not for here")];
    amina.post("/solutions/1/deletions", &gone).await.is(303);
    assert_eq!(found(&visitor, "crowbar").await, Vec::<i64>::new());
    amina.post("/solutions/1/recoveries", &[]).await.is(303);
    assert_eq!(found(&visitor, "crowbar").await, [1]);
    let form = tom.get(&format!("{HURDLE}/edit")).await;
    let form = form.form("/revisions").with("visibility", "members");
    tom.submit(&form.with("do", "save")).await.is(303);
    assert_eq!(found(&visitor, "crowbar").await, Vec::<i64>::new());
    assert_eq!(found(&amina, "crowbar").await, [1]);
    amina.post("/hurdles/1/deletions", &gone).await.is(303);
    assert_eq!(found(&amina, "crowbar").await, Vec::<i64>::new());
}

async fn many_trials_do_not_stand_before_the_hurdle(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    for n in 0..60 {
        let learned = format!("Sites are blocked: sites, blocked sites. {n}");
        let more = [("learned", learned.as_str()), ("another", "1")];
        tells(&tom, &more).await.is(303);
    }
    let visitor = world.as_visitor();
    for words in ["sites are blocked", "site blocked again", "sites"] {
        let path = format!("/api/v1/search?q={}", words.replace(' ', "+"));
        let answer = visitor.get(&path).await.json();
        assert_eq!(answer["results"][0]["kind"], "hurdle", "{words}");
    }
    // What answers a question whole has its place among those put in order, however many others do.
    for n in 0..60 {
        let title = format!("Sites and the people of them {n}");
        tom.writes_hurdle(&title, &[("problem", "Asking early, or two meetings.")])
            .await;
    }
    let learned = [
        ("learned", "Ask the people early: it took two meetings."),
        ("another", "1"),
    ];
    tells(&tom, &learned).await.is(303);
    let path = "/api/v1/search?q=ask+the+people+early+it+took+two+meetings";
    let answer = visitor.get(path).await.json();
    let results = answer["results"].as_array().unwrap();
    let place = results
        .iter()
        .position(|one| one["number"] == 61 && one["kind"] == "trial");
    assert!(place.is_some_and(|place| place < 50), "{place:?}");
    let page = visitor.get("/search?q=sites+blocked&kind=trial").await;
    assert!(page.has("h2", "60 pages"), "{}", page.text());
    let offered = visitor.get("/search/suggest?q=east").await;
    offered.keeps_quiet_of("Eastmoor");
}
