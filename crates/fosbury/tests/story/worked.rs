//! Did it work? Asked, counted and ranked: the letter, the numbers, the tables, feeds and the API.

use db::Reads;
use fosbury::trials::{following_up, store_tallies};

use crate::world::{World, both};

use crate::trials::{HURDLE, furnished, tells};

both!(
    other_programs_hear_of_what_pages_show,
    what_was_told_follows_a_page_into_another,
    did_it_work_is_answered_once_from_a_letter,
    rankings_are_explained_with_their_very_numbers,
    tallies_are_what_the_trials_say_whatever_happens,
    a_table_holds_no_formula,
    a_kept_page_is_kept_for_each_organisation_apart,
    the_api_and_the_feeds_carry_trials,
);

async fn rankings_are_explained_with_their_very_numbers(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[("outcome", "no-effect")]).await.is(303);
    tells(
        &world.as_dafydd(),
        &[("solution", "2"), ("body", "Westmoor")],
    )
    .await
    .is(303);
    let page = visitor.get(&format!("{HURDLE}/ranking")).await;
    page.says("a = 2.0000, b = 1.0000")
        .says("0.3162")
        .says("every organisation weighs 1");
    let page = visitor.get(&format!("{HURDLE}/worked")).await;
    let place = |title: &str| page.body.find(title).unwrap();
    assert!(
        place("Use a tablet") < place("Ask IT"),
        "what worked comes first"
    );
    // Too few are of the kind to be compared: everybody else weighs 0.2, one's own 1.
    let page = tom.get(&format!("{HURDLE}/ranking")).await;
    page.says("a = 1.2000, b = 1.0000")
        .says("a = 1.0000, b = 2.0000");
    let year = format!("{HURDLE}/worked?year=1999");
    visitor.get(&year).await.keeps_quiet_of("Worked in 1");
}

async fn tallies_are_what_the_trials_say_whatever_happens(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    tells(&tom, &[]).await.is(303);
    tells(&tom, &[("visibility", "members"), ("another", "1")])
        .await
        .is(303);
    tells(&amina, &[("body", "Westmoor")]).await.is(303);
    let holds = async || store_tallies::faults(&world.app().db).await.unwrap();
    assert_eq!(holds().await, []);
    let change = [
        ("solution", "2"),
        ("body", "Eastmoor"),
        ("outcome", "stopped"),
        ("base", "1"),
    ];
    tom.post("/trials/1", &change).await.is(303);
    assert_eq!(holds().await, []);
    tom.post("/trials/2/removal", &[]).await.is(303);
    assert_eq!(holds().await, []);
    assert_eq!(world.number("SELECT count(*) FROM trial_tally").await, 2);
    let tx = world.app().db.begin().await.unwrap();
    tx.query("UPDATE trial_tally SET worked = worked + 1 WHERE solution = 1")
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    assert_eq!(holds().await.len(), 1, "a wrong tally is found");
    let tx = world.app().db.begin().await.unwrap();
    store_tallies::count_all_again(&tx, 0, 0).await.unwrap();
    tx.commit().await.unwrap();
    assert_eq!(holds().await, []);
}

async fn a_table_holds_no_formula(world: World) {
    furnished(&world).await;
    tells(
        &world.as_tom(),
        &[("learned", "=1+1"), ("cost", "@SUM(A1)")],
    )
    .await
    .is(303);
    let table = world
        .as_visitor()
        .get(&format!("{HURDLE}/trials.csv"))
        .await;
    table.is(200);
    let table = &table.body;
    assert!(
        table.contains("'=1+1") && table.contains("'@SUM(A1)"),
        "{table}"
    );
    assert!(!table.contains(",=") && !table.contains(",@"), "{table}");
}

async fn a_kept_page_is_kept_for_each_organisation_apart(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    visitor.get(HURDLE).await.says("Choose your organisation");
    let chosen = visitor.post("/my-organisation", &[("body", "EAS")]).await;
    chosen.is(303);
    assert_eq!(
        visitor.cookie("__Host-fosbury-body").as_deref(),
        Some("eastmoor")
    );
    visitor.get(HURDLE).await.says("Shown for Eastmoor");
    let other = world
        .as_visitor()
        .with_cookie("__Host-fosbury-body", "westmoor");
    other.get(HURDLE).await.says("Shown for Westmoor");
    let nobody = world.as_visitor();
    nobody.get(HURDLE).await.keeps_quiet_of("Shown for");
    visitor.get(HURDLE).await.says("Shown for Eastmoor");
    let odd = world
        .as_visitor()
        .with_cookie("__Host-fosbury-body", "no-such-place");
    odd.get(HURDLE)
        .await
        .is(200)
        .says("Choose your organisation");
    visitor
        .post("/my-organisation", &[("body", "Atlantis")])
        .await
        .is(422);
    // With an account it is where somebody works, until they choose.
    let tom = world.as_tom();
    tom.get(HURDLE).await.says("Shown for Eastmoor");
    tom.post("/my-organisation", &[("body", "WES")])
        .await
        .is(303);
    world.as_tom().get(HURDLE).await.says("Shown for Westmoor");
}

async fn the_api_and_the_feeds_carry_trials(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    tells(&world.as_tom(), &[("outcome", "partly")])
        .await
        .is(303);
    let list = visitor.get("/api/v1/hurdles/1/trials").await.is(200).json();
    let one = visitor.get("/api/v1/trials/1").await.is(200).json();
    assert_eq!(list["results"][0], one);
    assert_eq!(
        (&one["organisation"], &one["outcome"]),
        (&"eastmoor".into(), &"partly".into())
    );
    let worked = visitor
        .get("/api/v1/hurdles/1/worked?for=eastmoor")
        .await
        .json();
    assert_eq!(worked["results"][0]["places"]["partly"], 1);
    assert_eq!(worked["results"][0]["a"], 1.5);
    visitor
        .get("/api/v1/hurdles/1/worked?for=nowhere")
        .await
        .is(404);
    visitor
        .get("/api/v1/hurdles/1/trials?before=x")
        .await
        .is(400);
    visitor.get("/api/v1/hurdles/1/sightings").await.is(200);
    for feed in ["/hurdles/1/trials.atom", "/solutions/1/trials.atom"] {
        let feed = visitor.get(feed).await;
        let feed = &feed.is(200).body;
        assert!(
            feed.contains("<title>Eastmoor: Worked partly</title>"),
            "{feed}"
        );
        roxmltree::Document::parse(feed).unwrap();
    }
}

async fn did_it_work_is_answered_once_from_a_letter(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    tells(&tom, &[("outcome", "too-early"), ("ask", "7")])
        .await
        .is(303);
    following_up::ask(world.app()).await.unwrap();
    tom.get("/waiting").await.keeps_quiet_of("Did it work?");
    world.minutes_pass(8 * 24 * 60);
    tom.get("/waiting").await.says("Did it work?");
    following_up::ask(world.app()).await.unwrap();
    let letter = world.sink().letter("tom@council.example", 1).await.text;
    let path = letter.split("/follow-up/").nth(1).unwrap();
    let secret: String = path.chars().take_while(char::is_ascii_hexdigit).collect();
    let link = format!("/follow-up/{secret}");
    let visitor = world.as_visitor();
    for _ in 0..2 {
        // A scanner that opens the link answers nothing.
        visitor.get(&link).await.is(200).says("Did it work?");
    }
    visitor.post(&link, &[]).await.is(422);
    let answer = [("outcome", "worked"), ("learned", "It took a week.")];
    let told = visitor.post(&link, &answer).await;
    visitor
        .follow(told.is(303))
        .await
        .says("Your answer is kept");
    visitor.post(&link, &[("outcome", "worse")]).await.is(410);
    visitor.get(&link).await.is(410);
    visitor.get("/account").await.is(401);
    visitor.get(HURDLE).await.says("Worked in 1 of 1 place");
    visitor.get("/trials/1").await.says("It took a week.");
    tom.get("/waiting").await.keeps_quiet_of("Did it work?");
}

async fn what_was_told_follows_a_page_into_another(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    tells(&tom, &[("solution", "1")]).await.is(303);
    tom.post("/hurdles/1/sightings", &[]).await.is(303);
    tom.writes_hurdle("The filter is in the way", &[]).await;
    amina
        .post("/hurdles/1/mergers", &[("into", "2")])
        .await
        .is(303);
    amina
        .post("/solutions/1/mergers", &[("into", "2")])
        .await
        .is(303);
    let visitor = world.as_visitor();
    visitor
        .get("/hurdles/2/trials")
        .await
        .says("Eastmoor")
        .says("Use a tablet");
    visitor
        .get("/hurdles/2/worked")
        .await
        .says("Worked in 1 of 1 place");
    let left = "SELECT count(*) FROM sighting WHERE hurdle = 2";
    assert_eq!(world.number(left).await, 1);
    let faults = store_tallies::faults(&world.app().db).await.unwrap();
    assert_eq!(faults, []);
}

async fn other_programs_hear_of_what_pages_show(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let newest = async || {
        fosbury::search::store::newest(&world.app().db)
            .await
            .unwrap()
    };
    let mut heard = newest().await;
    for (address, fields) in [
        ("/hurdles/1/sightings", &[][..]),
        ("/organisations/eastmoor/services", &[("name", "Parks")][..]),
        ("/account/name", &[("name", "Thomas")][..]),
        (
            "/hurdles/1/trials",
            &[
                ("solution", "1"),
                ("body", "Eastmoor"),
                ("outcome", "worked"),
            ][..],
        ),
    ] {
        let who = if address.contains("services") {
            &amina
        } else {
            &tom
        };
        who.post(address, fields).await.is(303);
        let now = newest().await;
        assert!(now > heard, "{address} tells nobody");
        heard = now;
    }
}
