//! Stories over trials: told from a trial, found from everywhere it leads, shown on a card.

use serde_json::json;

use fosbury::cases::store_ties;

use crate::attachments::{brings, png};
use crate::browser::Browser;
use crate::tokens::Program;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    a_story_is_told_from_a_trial_and_is_found_where_it_leads,
    a_story_without_a_trial_says_what_is_missing,
    what_cannot_be_is_refused_and_the_words_are_kept,
    trials_are_tied_and_untied_one_at_a_time,
    the_card_shows_a_picture_of_the_page,
    a_story_follows_what_becomes_of_pages_and_trials,
    programs_tell_stories_by_the_same_rules,
    a_table_of_cases_holds_no_formula,
    whoever_comes_back_to_a_draft_finds_the_trial_still_tied,
);

pub const CASE: &str = "/cases/1-one-meeting-was-enough";

/// A trial at Eastmoor, told by Tom.
pub async fn tried(world: &World, more: &[(&str, &str)]) {
    let mut all = vec![
        ("differently", "Two lists instead of one."),
        ("cost", "Half a day"),
        ("begun", "2025-02-01"),
        ("ended", "2025-03-01"),
    ];
    all.extend_from_slice(more);
    tells(&world.as_tom(), &all).await.is(303);
}

/// Tells the story of a trial through its form.
pub async fn tells_story(browser: &Browser, trials: &str, more: &[(&str, &str)]) -> String {
    let mut all = vec![
        ("title", "One meeting was enough"),
        ("sentence", "Eleven sites were opened in one meeting."),
        ("result", "11 sites open"),
        ("trials", trials),
    ];
    all.extend_from_slice(more);
    browser.writes("cases", &all).await
}

async fn a_story_is_told_from_a_trial_and_is_found_where_it_leads(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let trial = tom.get("/trials/1").await;
    trial.says("Nobody has told the story of this trial yet");
    let form = tom.get(&trial.link("Tell the story")).await.form("/cases");
    assert_eq!(form.get("trials"), "1");
    assert_eq!(form.get("before"), "[[1]]");
    assert!(form.get("did").contains("Two lists instead of one."));
    assert_eq!(form.get("came"), "Ask on a Tuesday.");
    assert_eq!(form.get("cost"), "Half a day");
    let form = form
        .with("title", "One meeting was enough")
        .with("sentence", "Eleven sites were opened in one meeting.")
        .with("result", "11 sites open")
        .with("tags", "filters");
    let saved = tom.submit(&form).await;
    let page = tom.follow(saved.is(303)).await;
    page.is(200)
        .says("Eastmoor")
        .says("2025")
        .says("Sites are blocked")
        .says("Ask IT")
        .says("11 sites open")
        .says("What would you do differently next time?");
    for path in [
        HURDLE,
        "/solutions/1-ask-it",
        "/organisations/eastmoor",
        "/trials/1",
        "/cases",
        "/cases?outcome=worked&type=District&tag=filters",
    ] {
        let page = visitor.get(path).await;
        page.is(200)
            .says("One meeting was enough")
            .says("Eleven sites were opened")
            .says("11 sites open");
        assert!(page.links().contains(&CASE.to_owned()), "{path}");
    }
    for path in [
        "/solutions/2-use-a-tablet",
        "/organisations/westmoor",
        "/cases?outcome=worse",
        "/cases?type=County",
        "/cases?tag=money",
    ] {
        let page = visitor.get(path).await;
        page.is(200).keeps_quiet_of("One meeting");
    }
    let precedents = visitor.get(&format!("{HURDLE}/precedents")).await;
    precedents.says("Eastmoor").says("One meeting was enough");
    visitor
        .get("/organisations/westmoor")
        .await
        .says("What would you tell a visitor?");
    assert_eq!(visitor.finds("eleven sites meeting").await[0], CASE);
    let feed = visitor.get("/changes.atom?kind=case").await;
    feed.is(200)
        .says("One meeting was enough")
        .keeps_quiet_of("Use a tablet");
    visitor.get("/c/1").await.is(301);
    world.chains_hold().await;
}

async fn a_story_without_a_trial_says_what_is_missing(world: World) {
    let tom = world.as_tom();
    world
        .as_visitor()
        .get("/cases")
        .await
        .says("Nobody has told a story yet");
    tells_story(&tom, "", &[]).await;
    tom.get(CASE)
        .await
        .says("No trial is tied to this story")
        .says("Tie a trial to this story");
    tom.get(&format!("{CASE}/card")).await.is(200);
    let nothing = [("title", "One meeting"), ("sentence", "")];
    let refused = tom.post("/cases", &nothing).await;
    refused.is(422).says("In one sentence");
}

async fn what_cannot_be_is_refused_and_the_words_are_kept(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    let tom = world.as_tom();
    let story = [
        ("title", "One meeting was enough"),
        ("sentence", "Eleven sites."),
        ("did", "We asked nicely."),
    ];
    for (trials, sentence) in [
        ("99", "There is no trial 99"),
        ("1, 99", "There is no trial 99"),
        ("the first", "is not a number"),
        ("-1", "There is no trial -1"),
    ] {
        let mut fields = story.to_vec();
        fields.push(("trials", trials));
        let page = tom.post("/cases", &fields).await;
        page.is(422).says(sentence).says("We asked nicely.");
        assert!(page.body.contains(trials), "{trials} is kept");
    }
    let long = "a long story ".repeat(10_000);
    let mut fields = story.to_vec();
    fields.push(("came", &long));
    let page = tom.post("/cases", &fields).await;
    page.is(422).says("What came of it");
    assert!(page.body.contains("a long story a long story"));
    tom.post("/cases/new/draft/removal", &[]).await.is(303);
    // The same trial twice in one form is one trial.
    tells_story(&tom, "1, #1, 1", &[]).await;
    assert_eq!(world.number("SELECT count(*) FROM case_trial").await, 1);
}

async fn trials_are_tied_and_untied_one_at_a_time(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    tried(&world, &[("solution", "2"), ("outcome", "worse")]).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells_story(&tom, "1", &[]).await;
    let ties = format!("{CASE}/ties");
    for (sent, told) in [
        ("/trials/2", "trial-tied"),
        ("#2", "trial-tied-before"),
        ("1", "trial-tied-before"),
    ] {
        let answer = tom.post(&ties, &[("trial", sent)]).await;
        assert_eq!(answer.leads_to(), format!("{CASE}?told={told}"));
    }
    visitor
        .get(CASE)
        .await
        .says("Made it worse")
        .says("Use a tablet");
    visitor
        .get("/solutions/2-use-a-tablet")
        .await
        .says("One meeting was enough");
    for wrong in ["77", "the other one", ""] {
        let page = tom.post(&ties, &[("trial", wrong)]).await;
        page.is(422).says("There is no such trial");
        assert_eq!(page.form("/ties").get("trial"), wrong);
    }
    let untie = format!("{CASE}/untyings");
    tom.post(&untie, &[("trial", "77")]).await.is(404);
    tom.post(&untie, &[("trial", "2")]).await.is(303);
    visitor.get(CASE).await.keeps_quiet_of("Use a tablet");
    visitor.post(&ties, &[("trial", "2")]).await.is(401);
    // Ties are no part of the text: its history neither tells nor loses them.
    tom.changed(CASE, &[("did", "We met.")]).await;
    visitor.get(CASE).await.says("Ask IT").says("We met.");
    let parts = "SELECT count(*) FROM revision WHERE parts LIKE '%trials%'";
    assert_eq!(world.number(parts).await, 0);
    let amina = world.as_amina();
    let closed = [("why", "Quiet, please"), ("days", "7")];
    let answer = amina.post(&format!("{CASE}/protections"), &closed).await;
    answer.is(303);
    let answer = tom.post(&ties, &[("trial", "2")]).await;
    assert_eq!(answer.leads_to(), format!("{CASE}?told=protected"));
    assert_eq!(world.number("SELECT count(*) FROM case_trial").await, 1);
}

async fn the_card_shows_a_picture_of_the_page(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells_story(&tom, "1", &[]).await;
    let card = format!("{CASE}/card");
    let page = visitor.get(&card).await;
    page.is(200)
        .says("11 sites open")
        .says("Eastmoor")
        .says(&format!("https://hurdles.example.org{CASE}"))
        .keeps_quiet_of("<figure>");
    visitor.get("/cases/1/card").await.is(301);
    brings(&tom, CASE, "Before.png", &png()).await;
    brings(&tom, CASE, "After.png", &png()).await;
    tom.writes_hurdle("Elsewhere", &[]).await;
    brings(&tom, "/hurdles/2-elsewhere", "Foreign.png", &png()).await;
    let page = visitor.get(&card).await;
    page.keeps_quiet_of("after-64x40");
    assert!(
        page.body
            .contains("before-64x40.png\" alt=\"A sign at a door\"")
    );
    let choose = format!("{CASE}/pictures");
    for wrong in ["3", "77", "", "before"] {
        let page = tom.post(&choose, &[("picture", wrong)]).await;
        page.is(422).says("That is not a picture on this page");
    }
    tom.post(&choose, &[("picture", "2")]).await.is(303);
    for path in [card.as_str(), CASE] {
        let page = visitor.get(path).await;
        assert!(page.body.contains("after-64x40.png\" alt="), "{path}");
    }
    // Taken off the page, it is off the card.
    tom.post("/attachments/2/removals", &[]).await.is(303);
    let page = visitor.get(&card).await;
    assert!(page.body.contains("before-64x40.png"));
}

async fn a_story_follows_what_becomes_of_pages_and_trials(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    tried(&world, &[("solution", "2")]).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    tells_story(&tom, "1", &[]).await;
    let other = [
        ("title", "The same, told again"),
        ("sentence", "Twice told."),
        ("trials", "1, 2"),
    ];
    tom.writes("cases", &other).await;
    let into = [("into", "1")];
    let merge = "/cases/2-the-same-told-again/mergers";
    amina.post(merge, &into).await.is(303);
    visitor.get(CASE).await.says("Use a tablet").says("Ask IT");
    visitor
        .get("/cases")
        .await
        .says("1 case")
        .keeps_quiet_of("Twice told.");
    // The hurdle is merged, and the story leads to the one that stays.
    tom.writes_hurdle("Pages are blocked", &[]).await;
    let merge = format!("{HURDLE}/mergers");
    amina.post(&merge, &[("into", "2")]).await.is(303);
    visitor
        .get("/hurdles/2-pages-are-blocked")
        .await
        .says("One meeting was enough");
    tom.post("/trials/2/removal", &[]).await.is(303);
    visitor.get(CASE).await.keeps_quiet_of("Use a tablet");
    let why = [("why", "Not ours to tell")];
    amina.post(&format!("{CASE}/deletions"), &why).await.is(303);
    for path in ["/hurdles/2-pages-are-blocked", "/trials/1", "/cases"] {
        visitor.get(path).await.keeps_quiet_of("One meeting");
    }
    let db = &world.app().db;
    assert_eq!(store_ties::faults(db).await.unwrap(), []);
    world.chains_hold().await;
}

async fn programs_tell_stories_by_the_same_rules(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    tried(&world, &[("solution", "2"), ("visibility", "members")]).await;
    let tom = Program::with_all(&world.as_tom()).await;
    let story = json!({
        "title": "One meeting was enough",
        "parts": { "sentence": "Eleven sites.", "trials": [1], "result": "11 sites open" },
    });
    let answer = tom.post("/api/v1/cases", &story).await;
    let made = answer.is(201).json();
    assert_eq!(made["record"]["parts"]["trials"], json!([1]));
    let wrong = json!({
        "title": "Another", "parts": { "sentence": "Eleven sites.", "trials": [99] },
    });
    let refused = tom.post("/api/v1/cases", &wrong).await.is(422).json();
    let field = refused["fields"]["parts.trials"].as_str().unwrap();
    assert!(field.contains("There is no trial 99"), "{field}");
    let tie = |number: i64| json!({ "trial": number });
    let tied = tom.post("/api/v1/cases/1/ties", &tie(2)).await;
    assert_eq!(tied.is(200).json()["outcome"], "saved");
    let again = tom.post("/api/v1/cases/1/ties", &tie(2)).await;
    assert_eq!(again.json()["outcome"], "unchanged");
    tom.post("/api/v1/cases/1/ties", &tie(77)).await.is(422);
    let read = tom.get("/api/v1/cases/1").await.json();
    assert_eq!(read["parts"]["trials"], json!([1, 2]));
    let visitor = world.as_visitor();
    let seen = visitor.get("/api/v1/cases/1").await.json();
    assert_eq!(seen["parts"]["trials"], json!([1]));
    // What was read may be sent back; other trials are tied by an act of their own.
    let mut change = json!({ "base": 1, "parts": read["parts"], "summary": "More" });
    change["parts"]["did"] = json!("We met.");
    let saved = tom.post("/api/v1/cases/1/revisions", &change).await;
    assert_eq!(saved.is(200).json()["outcome"], "saved");
    change["parts"]["trials"] = json!([1]);
    let refused = tom.post("/api/v1/cases/1/revisions", &change).await;
    refused.is(422).says("tied and untied one at a time");
    tom.post("/api/v1/cases/1/untyings", &tie(1)).await.is(200);
    let seen = visitor.get("/api/v1/cases/1").await.json();
    assert_eq!(seen["parts"]["trials"], json!([]));
    let list = visitor.get("/api/v1/cases").await.json();
    assert_eq!(list["results"][0]["title"], "One meeting was enough");
    let reader = Program::of(&world.as_tom(), &["read", "say"]).await;
    reader.post("/api/v1/cases/1/ties", &tie(1)).await.is(403);
}

async fn a_table_of_cases_holds_no_formula(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    let tom = world.as_tom();
    tells_story(&tom, "1", &[("result", "=1+1"), ("cost", "@SUM(A1)")]).await;
    let table = world.as_visitor().get("/cases.csv?outcome=worked").await;
    assert_eq!(table.header("content-type"), "text/csv; charset=utf-8");
    let row = table.body.lines().nth(1).unwrap();
    assert!(row.contains("'=1+1") && row.contains("'@SUM"), "{row}");
    assert!(row.contains("Eastmoor") && row.contains("2025"), "{row}");
    let table = world.as_visitor().get("/cases.csv?outcome=worse").await;
    assert_eq!(table.body.lines().count(), 1);
}

async fn whoever_comes_back_to_a_draft_finds_the_trial_still_tied(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    tried(&world, &[("solution", "2")]).await;
    let tom = world.as_tom();
    let kept = [
        ("title", "One meeting"),
        ("trials", "1"),
        ("did", "We met."),
    ];
    tom.post("/cases/new/draft", &kept).await;
    let form = tom.get("/cases/new").await.form("/cases");
    assert_eq!((form.get("trials"), form.get("did")), ("1", "We met."));
    let form = tom.get("/cases/new?trials=2").await.form("/cases");
    assert_eq!(form.get("trials"), "1, 2");
    assert_eq!(form.get("did"), "We met.", "nothing written is replaced");
}
