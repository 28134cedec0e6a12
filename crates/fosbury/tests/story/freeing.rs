//! Which hurdle, once cleared, frees most others here: counted for whoever asks, by what they may read.

use crate::browser::Browser;
use crate::trials::furnished;
use crate::world::{World, both};

both!(
    the_list_says_what_each_hurdle_frees_and_which,
    what_the_organisation_chosen_has_cleared_counts_as_freed,
    a_hidden_hurdle_leaves_no_count,
    hurdles_that_wait_for_each_other_are_named_and_nothing_hangs,
    a_register_without_dependencies_says_how_to_begin,
    other_programs_read_the_same_list,
);

const LIST: &str = "/hurdles/freeing";

/// Hurdle 1 frees 2 and 3 directly, and 4 in turn; hurdle 5 frees 6.
async fn chained(world: &World) {
    furnished(world).await;
    let tom = world.as_tom();
    for (title, depends) in [
        ("Nobody may post", "1"),
        ("Nobody may film", "1"),
        ("No videos at all", "3"),
        ("No training", ""),
        ("No confidence", "5"),
    ] {
        tom.writes_hurdle(title, &[("depends", depends)]).await;
    }
}

/// Says where Eastmoor stands with a hurdle.
async fn stands(browser: &Browser, number: i64, stage: &str) {
    let pressed = browser
        .post(&format!("/hurdles/{number}/sightings"), &[])
        .await;
    let said = [("body", "Eastmoor"), ("stage", stage)];
    browser.post(&pressed.leads_to(), &said).await.is(303);
}

/// The titles in the list, the one that frees most first.
async fn ranked(browser: &Browser) -> Vec<String> {
    browser.get(LIST).await.is(200).all("h3")
}

async fn the_list_says_what_each_hurdle_frees_and_which(world: World) {
    chained(&world).await;
    let visitor = world.as_visitor();
    let list = visitor.get(LIST).await;
    let expected = ["Sites are blocked", "Nobody may film", "No training"];
    assert_eq!(list.all("h3"), expected);
    list.says("Clearing it frees 3 others")
        .says("Nobody may post; Nobody may film and 1 more")
        .says("The list below says the same in words");
    assert_eq!(list.body.matches("class=\"arc\"").count(), 4);
    // Every number opens to the hurdles that it stands for.
    let opened = visitor.get(&list.link("Clearing it frees 3")).await;
    opened
        .is(200)
        .says("Clearing it frees 3 others")
        .says("through “Nobody may film”")
        .says("No videos at all");
    let page = visitor.get("/hurdles/1-sites-are-blocked").await;
    assert_eq!(page.link("Which hurdle frees most"), LIST);
    assert_eq!(
        visitor.get("/hurdles").await.link("Which hurdle frees"),
        LIST
    );
    let last = visitor.get("/hurdles/6/freeing").await;
    last.is(200)
        .says("No other hurdle is known to hang on this one");
    visitor.get("/hurdles/60/freeing").await.is(404);
}

async fn what_the_organisation_chosen_has_cleared_counts_as_freed(world: World) {
    chained(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    visitor
        .post("/my-organisation", &[("body", "Eastmoor")])
        .await
        .is(303);
    stands(&tom, 6, "stuck").await;
    let expected = ["No training", "Sites are blocked", "Nobody may film"];
    assert_eq!(
        ranked(&visitor).await,
        expected,
        "what it faces comes first"
    );
    let list = visitor.get(LIST).await;
    list.says("Shown for Eastmoor")
        .says("Clearing it frees 1 other, 1 of them faced here");
    stands(&world.as_visitor(), 1, "cleared").await;
    assert_eq!(
        ranked(&visitor).await,
        expected,
        "not confirmed, not counted"
    );
    stands(&tom, 3, "cleared").await;
    let list = visitor.get(LIST).await;
    assert_eq!(list.all("h3"), ["No training", "Sites are blocked"]);
    list.says("1 hurdle that it has cleared counts as freed")
        .says("Clearing it frees 1 other")
        .keeps_quiet_of("No videos at all");
    let cleared = visitor.get("/hurdles/3/freeing").await;
    cleared
        .says("what hung on it is free")
        .says("No videos at all");
    world.minutes_pass(1);
    stands(&tom, 3, "facing").await;
    let list = visitor.get(LIST).await;
    list.says("Clearing it frees 3 others, 1 of them faced here")
        .says("It is faced here itself");
    // For anybody else, and for another organisation, nothing of this is so.
    world
        .as_visitor()
        .get(LIST)
        .await
        .keeps_quiet_of("of them faced here");
    let other = world
        .as_visitor()
        .with_cookie("__Host-fosbury-body", "westmoor");
    assert_eq!(ranked(&other).await[0], "Sites are blocked");
    // What is told to the organisation alone is counted for its people alone.
    let pressed = tom.post("/hurdles/2/sightings", &[]).await;
    let said = [
        ("body", "Eastmoor"),
        ("stage", "facing"),
        ("visibility", "own-organisation"),
    ];
    tom.post(&pressed.leads_to(), &said).await.is(303);
    tom.get(LIST).await.says("3 others, 2 of them faced here");
    visitor
        .get(LIST)
        .await
        .says("3 others, 1 of them faced here");
}

async fn a_hidden_hurdle_leaves_no_count(world: World) {
    chained(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    for (title, depends, visibility) in [
        ("Zanzibar for members", "2", "members"),
        ("Zanzibar of Tom", "7, 5", "only-me"),
        ("After Zanzibar", "8", "public"),
    ] {
        let fields = [("depends", depends), ("visibility", visibility)];
        tom.writes_hurdle(title, &fields).await;
    }
    let counts = async |browser: &Browser| {
        let results = browser.get("/api/v1/hurdles/freeing").await.json();
        let results = results["results"].as_array().unwrap().clone();
        let pair = |one: &serde_json::Value| {
            (
                one["number"].as_i64().unwrap(),
                one["frees"].as_i64().unwrap(),
            )
        };
        results.iter().map(pair).collect::<Vec<_>>()
    };
    assert_eq!(counts(&visitor).await, [(1, 3), (3, 1), (5, 1)]);
    assert_eq!(counts(&dafydd).await, [(1, 4), (2, 1), (3, 1), (5, 1)]);
    let own = [(1, 6), (5, 3), (2, 3), (7, 2), (3, 1), (8, 1)];
    assert_eq!(counts(&tom).await, own);
    for place in [
        LIST,
        "/hurdles/freeing.csv",
        "/api/v1/hurdles/freeing",
        "/hurdles/1/freeing",
        "/hurdles/2/freeing",
        "/hurdles/5/freeing",
    ] {
        visitor.get(place).await.is(200).keeps_quiet_of("anzibar");
        let page = dafydd.get(place).await;
        page.is(200).keeps_quiet_of("Zanzibar of Tom");
    }
    visitor.get("/hurdles/7/freeing").await.is(404);
    dafydd.get("/hurdles/8/freeing").await.is(404);
    tom.get(LIST).await.says("Zanzibar of Tom");
    tom.get("/hurdles/8/freeing").await.says("After Zanzibar");
    // What is deleted hangs on nothing, and nothing hangs on it.
    world
        .as_amina()
        .post("/hurdles/3/deletions", &[("why", "A test.")])
        .await
        .is(303);
    assert_eq!(counts(&visitor).await, [(1, 1), (5, 1)]);
}

async fn hurdles_that_wait_for_each_other_are_named_and_nothing_hangs(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let egg = tom.writes_hurdle("The egg", &[("depends", "1")]).await;
    for (title, depends) in [("The hen", "2"), ("The chick", "3")] {
        tom.writes_hurdle(title, &[("depends", depends)]).await;
    }
    tom.changed(&egg, &[("depends", "1, 3")]).await;
    let list = world.as_visitor().get(LIST).await;
    assert_eq!(list.all("h3"), ["Sites are blocked", "The hen", "The egg"]);
    list.says("Round in a circle")
        .says("The egg; The hen")
        .says("Clearing it frees 2 others");
    assert!(list.body.contains("arc back"), "an arc goes back up");
    let hen = world.as_visitor().get("/hurdles/3/freeing").await;
    hen.says("Clearing it frees 2 others").says("The egg");
}

async fn a_register_without_dependencies_says_how_to_begin(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    let list = visitor.get(LIST).await;
    list.is(200)
        .says("No hurdle frees another here yet")
        .says("Depends on");
    assert!(!list.body.contains("class=\"arcs\""));
    visitor.get("/hurdles/freeing.csv").await.is(200);
    let answer = visitor.get("/api/v1/hurdles/freeing").await.json();
    assert_eq!(answer["results"], serde_json::json!([]));
    // When all that others hung on is cleared, the page says that instead.
    let tom = world.as_tom();
    tom.writes_hurdle("Nobody may post", &[("depends", "1")])
        .await;
    stands(&tom, 1, "cleared").await;
    tom.get(LIST)
        .await
        .says("What others hung on is cleared here");
}

async fn other_programs_read_the_same_list(world: World) {
    chained(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tom.writes_hurdle("=1+1", &[]).await;
    tom.writes_hurdle("Sums", &[("depends", "7")]).await;
    stands(&tom, 6, "facing").await;
    let table = visitor.get("/hurdles/freeing.csv").await;
    let lines: Vec<&str> = table.is(200).body.lines().collect();
    assert_eq!(
        lines[0],
        "place,hurdle,title,frees,frees_directly,faced_here,directly"
    );
    assert_eq!(lines[1], "1,1,Sites are blocked,3,2,0,2 3");
    assert!(lines.contains(&"4,7,'=1+1,1,1,0,8"), "{lines:?}");
    let first = "/api/v1/hurdles/freeing?for=eastmoor&limit=1";
    let first = visitor.get(first).await.is(200).json();
    let one = &first["results"][0];
    assert_eq!((&one["number"], &one["faced"]), (&5.into(), &1.into()));
    assert_eq!(one["directly"], serde_json::json!([6]));
    let next = first["next"].as_str().unwrap();
    let next = visitor.get(next).await.is(200).json();
    assert_eq!(next["results"][0]["number"], 1);
    for wrong in ["for=nowhere", "limit=0", "after=-1", "after=x"] {
        let address = format!("/api/v1/hurdles/freeing?{wrong}");
        let status = if wrong.starts_with("for") { 404 } else { 400 };
        visitor.get(&address).await.is(status);
    }
    let far = format!("/api/v1/hurdles/freeing?after={}", i64::MAX);
    assert_eq!(
        visitor.get(&far).await.json()["next"],
        serde_json::Value::Null
    );
}
