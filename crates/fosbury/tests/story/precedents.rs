//! Who went before: what a body went through over time, and who got over a hurdle.

use crate::browser::Browser;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    a_body_is_read_on_one_line_of_time,
    who_got_over_it_comes_with_how_long_it_took,
    a_line_and_its_precedents_tell_nobody_what_is_kept_from_them,
    programs_read_precedents_and_lines_as_well,
    a_bodys_page_says_of_its_hurdles_what_its_line_says,
);

const DAY: i64 = 24 * 60;
const PRECEDENTS: &str = "/hurdles/1-sites-are-blocked/precedents";
const TIME: &str = "/organisations/eastmoor/time";

async fn says(who: &Browser, more: &[(&str, &str)]) {
    let pressed = who.post(&format!("{HURDLE}/sightings"), &[]).await;
    who.post(&pressed.leads_to(), more).await.is(303);
}

/// Eastmoor faced it, tried a way over for half a year and cleared it.
async fn cleared_in_time(world: &World) {
    let tom = world.as_tom();
    let stage = |stage| {
        [
            ("body", "Eastmoor"),
            ("stage", stage),
            ("service", "Libraries"),
        ]
    };
    says(&tom, &stage("facing")).await;
    world.minutes_pass(100 * DAY);
    let tom = world.signs_in_anew("Tom").await;
    tells(&tom, &[("begun", "2026-06-01"), ("ended", "2026-08-01")])
        .await
        .is(303);
    world.minutes_pass(80 * DAY);
    let tom = world.signs_in_anew("Tom").await;
    says(&tom, &stage("cleared")).await;
}

async fn a_body_is_read_on_one_line_of_time(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    visitor
        .get(TIME)
        .await
        .is(200)
        .says("Nothing was told of it yet");
    // What was tried and failed is not still being tried.
    tells(
        &world.as_tom(),
        &[("solution", "2"), ("outcome", "no-effect")],
    )
    .await
    .is(303);
    let page = visitor.get(TIME).await;
    page.says("No effect")
        .keeps_quiet_of("Is trying something on");
    world.as_tom().post("/trials/1/removal", &[]).await.is(303);
    cleared_in_time(&world).await;
    let page = visitor.get(TIME).await;
    page.is(200);
    let text = page.text();
    let order = ["Facing it", "Began to try something", "Worked", "Cleared"];
    let from = text.find("2026").unwrap();
    let places: Vec<usize> = order
        .iter()
        .map(|what| text[from..].find(what).unwrap())
        .collect();
    assert!(places.is_sorted(), "{places:?} in {text}");
    page.says("Got over, the first one first")
        .says("about 6 months")
        .says("Libraries");
    visitor
        .get(&format!("{TIME}?service=Libraries"))
        .await
        .says("Facing it")
        .keeps_quiet_of("Began to try");
    visitor
        .get("/organisations/eastmoor")
        .await
        .says("Got over, the first one first");
    let table = visitor.get(&format!("{TIME}.csv")).await;
    assert_eq!(table.is(200).body.lines().count(), 5, "{}", table.body);
}

async fn who_got_over_it_comes_with_how_long_it_took(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    visitor
        .get(PRECEDENTS)
        .await
        .is(200)
        .says("Nobody has said yet that they got over it");
    // Whoever got over it says so with one press.
    let pressed = visitor
        .post(&format!("{HURDLE}/sightings"), &[("stage", "cleared")])
        .await;
    let more = visitor.follow(pressed.is(303)).await;
    assert_eq!(more.form(&pressed.leads_to()).get("stage"), "cleared");
    cleared_in_time(&world).await;
    let dafydd = world.signs_in_anew("Dafydd").await;
    says(&dafydd, &[("body", "Westmoor"), ("stage", "stuck")]).await;
    let page = visitor.get(PRECEDENTS).await;
    page.says("Eastmoor")
        .says("It took about 6 months")
        .says("Ask on a Tuesday")
        .says("1 organisation is on the way or stuck")
        .keeps_quiet_of("like yours");
    // Of its kind and nation, where there are too few of a kind to be compared.
    let page = dafydd.get(PRECEDENTS).await;
    page.says("Those most like Westmoor come first")
        .says("like yours");
    // One's own body is no precedent for oneself.
    let tom = world.signs_in_anew("Tom").await;
    tom.get(PRECEDENTS).await.keeps_quiet_of("It took about");
    // A hurdle that is back is not cleared.
    world.minutes_pass(1);
    says(&tom, &[("body", "Eastmoor"), ("stage", "stuck")]).await;
    visitor
        .get(PRECEDENTS)
        .await
        .says("Nobody has said yet that they got over it")
        .says("2 organisations are on the way or stuck");
}

async fn a_line_and_its_precedents_tell_nobody_what_is_kept_from_them(world: World) {
    furnished(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let kept = [
        ("body", "Eastmoor"),
        ("stage", "cleared"),
        ("service", "Dungeon"),
        ("visibility", "own-organisation"),
    ];
    says(&tom, &kept).await;
    tells(
        &tom,
        &[("visibility", "own-organisation"), ("learned", "Whisper.")],
    )
    .await
    .is(303);
    tells(
        &dafydd,
        &[
            ("body", "Westmoor"),
            ("unnamed", "1"),
            ("learned", "Veiled."),
        ],
    )
    .await
    .is(303);
    for who in [&visitor, &dafydd] {
        for page in [PRECEDENTS, TIME, "/organisations/eastmoor"] {
            who.get(page)
                .await
                .is(200)
                .keeps_quiet_of("Dungeon")
                .keeps_quiet_of("Whisper")
                .keeps_quiet_of("Got over, the first")
                .keeps_quiet_of("organisation is on the way");
        }
    }
    tom.get(TIME)
        .await
        .says("Dungeon")
        .says("Got over, the first");
    dafydd
        .get("/organisations/westmoor/time")
        .await
        .says("Worked");
    for who in [&visitor, &tom] {
        who.get("/organisations/westmoor/time")
            .await
            .says("Nothing was told of it yet");
        who.get(PRECEDENTS).await.keeps_quiet_of("Veiled");
    }
}

async fn programs_read_precedents_and_lines_as_well(world: World) {
    furnished(&world).await;
    cleared_in_time(&world).await;
    let visitor = world.as_visitor();
    let answer = visitor
        .get("/api/v1/hurdles/1/precedents?for=westmoor")
        .await;
    let read: serde_json::Value = serde_json::from_str(&answer.is(200).body).unwrap();
    let first = &read["results"][0];
    assert_eq!(first["organisation"], "eastmoor");
    assert_eq!(first["days"], 180);
    assert_eq!(first["like_yours"], true);
    assert_eq!(first["trials"], serde_json::json!([1]));
    let answer = visitor.get("/api/v1/organisations/eastmoor/time").await;
    let read: serde_json::Value = serde_json::from_str(&answer.is(200).body).unwrap();
    let what = read["results"].as_array().unwrap().iter();
    let what: Vec<&str> = what.map(|one| one["what"].as_str().unwrap()).collect();
    let order = [
        "stage-facing",
        "line-began",
        "outcome-worked",
        "stage-cleared",
    ];
    assert_eq!(what, order);
    visitor
        .get("/api/v1/hurdles/1/precedents?for=atlantis")
        .await
        .is(404);
    let table = visitor.get(&format!("{PRECEDENTS}.csv")).await;
    assert!(
        table
            .is(200)
            .body
            .contains("Eastmoor,District,Northshire,no,")
    );
}

async fn a_bodys_page_says_of_its_hurdles_what_its_line_says(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let agree = async |expected: &str| {
        for who in [&visitor, &world.as_dafydd()] {
            let page = who.get("/organisations/eastmoor").await;
            let line = who.get(TIME).await.all("dl.facts");
            let stands = line.first().cloned().unwrap_or_default();
            assert!(stands.contains(expected), "{stands:?} says {expected}");
            assert!(page.all("dl.facts").contains(&stands), "{}", page.text());
        }
    };
    tells(&tom, &[("outcome", "too-early")]).await.is(303);
    agree("Sites are blocked").await;
    let early = [
        ("begun", "2025-01-10"),
        ("ended", "2025-03-01"),
        ("another", "1"),
    ];
    tells(&tom, &early).await.is(303);
    agree("1 March 2025").await;
    // Back again since: what worked before counts no more, what worked after does.
    let facing = [("body", "Eastmoor"), ("stage", "facing")];
    says(&tom, &facing).await;
    agree("3 May 2026").await;
    world.minutes_pass(60 * DAY);
    let tom = world.signs_in_anew("Tom").await;
    for ended in ["2026-06-20", "2026-06-01"] {
        tells(&tom, &[("ended", ended), ("another", "1")])
            .await
            .is(303);
    }
    let page = visitor.get("/organisations/eastmoor").await;
    page.says("1 June 2026");
    let quiet = [
        ("visibility", "own-organisation"),
        ("ended", "2026-05-10"),
        ("another", "1"),
    ];
    tells(&tom, &quiet).await.is(303);
    let page = visitor.get("/organisations/eastmoor").await;
    page.says("1 June 2026").keeps_quiet_of("10 May 2026");
    let page = tom.get("/organisations/eastmoor").await;
    page.says("10 May 2026");
}
