//! Programs write: by the same rules as the forms, told as JSON.

use serde_json::{Value, json};

use crate::api_rules::hurdle;
use crate::tokens::Program;
use crate::world::{World, both};

both!(
    a_program_begins_a_page_and_reads_it_back,
    a_request_sent_twice_with_one_key_makes_one_page,
    a_key_is_its_persons_and_its_addresss_own,
    a_change_needs_its_base_and_merges_with_others,
    a_clash_tells_both_texts_and_saves_nothing,
    older_words_come_back_and_one_revision_is_undone,
    a_steward_deletes_and_brings_back,
    a_program_comments_answers_and_suggests,
    a_newcomers_links_wait_for_a_steward,
    a_program_watches_a_page,
    an_author_opens_a_page_and_nobody_else_does,
);

async fn a_program_begins_a_page_and_reads_it_back(world: World) {
    let program = Program::with_all(&world.as_tom()).await;
    let body = json!({
        "title": "Sites are blocked",
        "parts": {
            "heading": "access", "problem": "Words with **weight**.",
            "tags": ["filters", "Facebook"], "phrases": ["IT wont let me"], "depends": [],
        },
        "unfinished": true, "visibility": "members",
    });
    let page = program.post("/api/v1/hurdles", &body).await;
    let answer = page.is(201).json();
    assert_eq!(page.header("location"), "/api/v1/hurdles/1");
    assert_eq!(answer["outcome"], "made");
    assert_eq!(
        answer["record"]["parts"]["tags"],
        json!(["filters", "facebook"])
    );
    let read = program.get("/api/v1/hurdles/1").await.json();
    assert_eq!(read, answer["record"]);
    assert_eq!(read["visibility"], "members");
    assert_eq!(read["unfinished"], true);
    let shown = world.as_dafydd().get("/hurdles/1-sites-are-blocked").await;
    shown
        .is(200)
        .says("Sites are blocked")
        .says("Words with weight");
    world.as_visitor().get("/hurdles/1").await.is(404);
    world
        .as_dafydd()
        .get("/hurdles/1/history")
        .await
        .says("Tom");
    let guide = json!({ "title": "Begin", "parts": { "text": "Words." } });
    program.post("/api/v1/guides", &guide).await.is(201);
    world.chains_hold().await;
}

async fn a_request_sent_twice_with_one_key_makes_one_page(world: World) {
    let program = Program::with_all(&world.as_tom()).await;
    let key = [("idempotency-key", "copy-2026-05-03")];
    let (path, body) = ("/api/v1/hurdles", hurdle("Sites are blocked"));
    let first = program.post_with(path, &body, &key).await;
    let second = program.post_with(path, &body, &key).await;
    assert_eq!(
        first.is(201).json()["record"],
        second.is(200).json()["record"]
    );
    assert_eq!(second.json()["outcome"], "unchanged");
    let both = tokio::join!(
        program.post_with(path, &body, &[("idempotency-key", "at-once")]),
        program.post_with(path, &body, &[("idempotency-key", "at-once")]),
    );
    assert_eq!(
        both.0.json()["record"]["number"],
        both.1.json()["record"]["number"]
    );
    assert_eq!(world.number("SELECT count(*) FROM record").await, 2);
    let said = json!({ "words": "We saw this too." });
    let path = "/api/v1/hurdles/1/said";
    let first = program.post_with(path, &said, &key).await;
    let second = program.post_with(path, &said, &key).await;
    assert_eq!(first.is(201).json(), second.is(200).json());
    assert_eq!(world.number("SELECT count(*) FROM said").await, 1);
    for wrong in ["", "two words", &"x".repeat(201)] {
        let header = [("idempotency-key", wrong)];
        program
            .post_with("/api/v1/hurdles", &body, &header)
            .await
            .is(400);
    }
}

async fn a_key_is_its_persons_and_its_addresss_own(world: World) {
    let tom = Program::with_all(&world.as_tom()).await;
    let dafydd = Program::with_all(&world.as_dafydd()).await;
    let key = [("idempotency-key", "same")];
    let body = hurdle("Sites are blocked");
    tom.post_with("/api/v1/hurdles", &body, &key).await.is(201);
    dafydd
        .post_with("/api/v1/hurdles", &body, &key)
        .await
        .is(201);
    let guide = json!({ "title": "Begin" });
    tom.post_with("/api/v1/guides", &guide, &key).await.is(201);
    assert_eq!(world.number("SELECT count(*) FROM record").await, 3);
}

async fn a_change_needs_its_base_and_merges_with_others(world: World) {
    let tom = world.as_tom();
    let fields = [("problem", "One.\n\nTwo.\n\nThree.")];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    tom.changed(&address, &[("problem", "ONE.\n\nTwo.\n\nThree.")])
        .await;
    let program = Program::with_all(&world.as_dafydd()).await;
    let path = "/api/v1/hurdles/1/revisions";
    let words = json!({ "problem": "One.\n\nTwo.\n\nTHREE." });
    let page = program.post(path, &json!({ "parts": words })).await;
    assert!(page.is(422).json()["fields"]["base"].is_string());
    let page = program
        .post(path, &json!({ "base": 99, "parts": words }))
        .await;
    page.is(422).says("This page has no such revision");
    let body = json!({ "base": 1, "parts": words, "summary": "Louder", "minor": true });
    let page = program.post(path, &body).await;
    let answer = page.is(200).json();
    assert_eq!(answer["outcome"], "merged");
    assert_eq!(
        answer["record"]["parts"]["problem"],
        "ONE.\n\nTwo.\n\nTHREE."
    );
    assert_eq!(answer["record"]["revision"], 3);
    // Sent again, it changes nothing.
    let again = program.post(path, &body).await;
    assert_eq!(again.is(200).json()["outcome"], "unchanged");
    tom.get("/hurdles/1/history")
        .await
        .says("Louder")
        .says("Dafydd");
    let title = json!({ "base": 3, "title": "Sites stay blocked" });
    let page = program.post(path, &title).await;
    assert_eq!(page.is(200).json()["record"]["title"], "Sites stay blocked");
    world.chains_hold().await;
}

async fn a_clash_tells_both_texts_and_saves_nothing(world: World) {
    let tom = world.as_tom();
    let fields = [("problem", "Words."), ("tags", "filters")];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    tom.changed(&address, &[("problem", "Their words.")]).await;
    let program = Program::with_all(&world.as_dafydd()).await;
    let parts = json!({ "problem": "My words.", "tags": ["filters", "it"] });
    let body = json!({ "base": 1, "parts": parts });
    let page = program.post("/api/v1/hurdles/1/revisions", &body).await;
    let clash = page.is(409).json();
    assert_eq!((&clash["base"], &clash["revision"]), (&json!(1), &json!(2)));
    assert_eq!(clash["other"], "Tom");
    assert_eq!(
        clash["clashes"],
        json!([{
            "field": "parts.problem", "base": "Words.", "theirs": "Their words.",
            "mine": "My words.", "suggested": "My words.",
        }])
    );
    assert_eq!(clash["merged"]["parts"]["tags"], json!(["filters", "it"]));
    assert_eq!(program.get("/api/v1/hurdles/1").await.json()["revision"], 2);
    // With the newest revision as its base it is saved: what was seen was decided.
    let body = json!({ "base": 2, "parts": clash["merged"]["parts"] });
    let page = program.post("/api/v1/hurdles/1/revisions", &body).await;
    assert_eq!(page.is(200).json()["outcome"], "saved");
}

async fn older_words_come_back_and_one_revision_is_undone(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Blocked", &[("problem", "First.")]).await;
    tom.changed(&address, &[("problem", "Second.")]).await;
    tom.changed(&address, &[("why", "A reason.")]).await;
    let program = Program::with_all(&tom).await;
    let problem = |page: &Value| page["record"]["parts"]["problem"].clone();
    let at = |act: &str| format!("/api/v1/hurdles/1/{act}");
    let undone = program
        .post(&at("undoings"), &json!({ "revision": 2 }))
        .await;
    assert_eq!(problem(&undone.is(200).json()), "First.");
    assert_eq!(undone.json()["record"]["parts"]["why"], "A reason.");
    let body = json!({ "revision": 2, "base": 4 });
    let back = program.post(&at("restorations"), &body).await;
    assert_eq!(problem(&back.is(200).json()), "Second.");
    let page = program
        .post(&at("undoings"), &json!({ "revision": 4 }))
        .await;
    page.is(200);
    tom.changed(&address, &[("problem", "Third.")]).await;
    let page = program
        .post(&at("undoings"), &json!({ "revision": 2 }))
        .await;
    assert_eq!(page.is(409).json()["error"], "undo-clash");
    for act in ["undoings", "restorations"] {
        let body = json!({ "revision": 99, "base": 1 });
        let status = if act == "undoings" { 422 } else { 404 };
        program.post(&at(act), &body).await.is(status);
    }
    program
        .post(&at("undoings"), &json!({ "revision": 1 }))
        .await
        .is(404);
    world.chains_hold().await;
}

async fn a_steward_deletes_and_brings_back(world: World) {
    world.as_tom().writes_hurdle("Blocked", &[]).await;
    let amina = Program::of(&world.as_amina(), &["read", "keep"]).await;
    let at = |act: &str| format!("/api/v1/hurdles/1/{act}");
    let page = amina.post(&at("deletions"), &json!({ "why": " " })).await;
    assert!(page.is(422).json()["fields"]["why"].is_string());
    let page = amina
        .post(&at("deletions"), &json!({ "why": "Twice here" }))
        .await;
    assert_eq!(page.is(200).json()["outcome"], "deleted");
    amina.get("/api/v1/hurdles/1").await.is(410);
    amina
        .post(&at("deletions"), &json!({ "why": "Again" }))
        .await
        .is(410);
    world.as_visitor().get("/hurdles/1").await.is(410);
    let page = amina.post(&at("recoveries"), &json!({})).await;
    assert_eq!(page.is(200).json()["outcome"], "recovered");
    amina.post(&at("recoveries"), &json!({})).await.is(404);
    world.as_visitor().get("/hurdles/1-blocked").await.is(200);
}

async fn a_program_comments_answers_and_suggests(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("Blocked", &[("problem", "Words.")]).await;
    let program = Program::with_all(&world.as_dafydd()).await;
    let said = "/api/v1/hurdles/1/said";
    let body = json!({ "what": "way", "words": "We asked the chief." });
    let first = program.post(said, &body).await.is(201).json();
    assert_eq!(
        (&first["number"], &first["held"]),
        (&json!(1), &json!(false))
    );
    let body = json!({ "words": "It took a week.", "thread": 1 });
    program.post(said, &body).await.is(201);
    let page = world.as_visitor().get("/hurdles/1/discussion").await;
    page.says("We asked the chief.")
        .says("It took a week.")
        .says("Dafydd");
    let lost = json!({ "words": "An answer", "thread": 77 });
    let page = program.post(said, &lost).await;
    page.is(422).says("no such comment here to answer");
    let body = json!({
        "base": 1, "parts": { "problem": "Better words." }, "summary": "Clearer",
    });
    let path = "/api/v1/hurdles/1/suggestions";
    let page = program.post(path, &body).await;
    assert_eq!(page.is(201).json()["held"], true);
    world
        .as_amina()
        .get("/desk/held")
        .await
        .says("Better words.")
        .says("Clearer");
    program.get("/api/v1/hurdles/1").await.says("Words.");
    let nothing = json!({ "base": 1, "parts": { "problem": "Words." } });
    program.post(path, &nothing).await.is(422);
}

async fn a_newcomers_links_wait_for_a_steward(world: World) {
    world.as_tom().writes_hurdle("Blocked", &[]).await;
    let program = Program::with_all(&world.as_dafydd()).await;
    let body = json!({ "words": "See https://elsewhere.example/ for more." });
    let page = program.post("/api/v1/hurdles/1/said", &body).await;
    assert_eq!(page.is(201).json()["held"], true);
    let page = world.as_visitor().get("/hurdles/1/discussion").await;
    page.keeps_quiet_of("elsewhere.example");
}

async fn a_program_watches_a_page(world: World) {
    let dafydd = world.as_dafydd();
    let address = world.as_tom().writes_hurdle("Blocked", &[]).await;
    let program = Program::with_all(&dafydd).await;
    let path = "/api/v1/hurdles/1/watches";
    program.post(path, &json!({})).await.is(200);
    program.post(path, &json!({})).await.is(200);
    assert_eq!(world.number("SELECT count(*) FROM watch").await, 1);
    dafydd.get(&address).await.is(200);
    let removal = "/api/v1/hurdles/1/watches/removals";
    program.post(removal, &json!({})).await.is(200);
    assert_eq!(world.number("SELECT count(*) FROM watch").await, 0);
}

async fn an_author_opens_a_page_and_nobody_else_does(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("Blocked", &[("visibility", "members")])
        .await;
    let path = "/api/v1/hurdles/1/revisions";
    let open = json!({ "base": 1, "visibility": "public" });
    let dafydd = Program::with_all(&world.as_dafydd()).await;
    let page = dafydd.post(path, &open).await;
    assert!(page.is(422).json()["fields"]["visibility"].is_string());
    world.as_visitor().get("/hurdles/1").await.is(404);
    let own = Program::with_all(&tom).await;
    own.post(path, &open).await.is(200);
    world.as_visitor().get("/hurdles/1-blocked").await.is(200);
    let nobodys = json!({ "base": 2, "visibility": "bodies", "bodies": ["Northshire"] });
    own.post(path, &nobodys).await.is(422);
}
