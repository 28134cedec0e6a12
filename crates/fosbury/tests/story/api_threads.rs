//! Programs read what was said, say something about trials and organisations, bring files, and
//! merge pages: by the rules of the pages.

use axum::body::Body;
use axum::http::Method;
use serde_json::json;

use crate::attachments::{fetched, form, png};
use crate::page::Page;
use crate::tokens::{Program, answered_as_described, read_as_described};
use crate::trials::{furnished, tells};
use crate::world::{World, both};

both!(
    a_program_reads_a_discussion_page_by_page,
    a_program_talks_about_a_trial_and_an_organisation,
    a_program_brings_a_file_with_words_about_it,
    a_steward_merges_two_pages_and_separates_them,
);

const MULTIPART: (&str, &str) = ("content-type", "multipart/form-data; boundary=X");

async fn brings(program: &Program, path: &str, body: Vec<u8>) -> Page {
    let sent = Body::from(body);
    let page = program.asks(Method::POST, path, &[MULTIPART], sent).await;
    answered_as_described(program, path, &page).await;
    page
}

async fn a_program_reads_a_discussion_page_by_page(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    for n in 1..=5 {
        tom.says(&address, &[("words", &format!("Number {n}"))])
            .await
            .is(303);
    }
    let visitor = world.as_visitor();
    visitor.says(&address, &[("words", "Held")]).await.is(303);
    tom.post("/comments/2/removals", &[]).await.is(303);
    let mut path = "/api/v1/hurdles/1/discussion?limit=3".to_owned();
    let mut seen = Vec::new();
    loop {
        let page = visitor.get(&path).await;
        let answer = page.is(200).json();
        let results = answer["results"].as_array().unwrap().clone();
        seen.extend(results);
        let Some(next) = answer["next"].as_str() else {
            break;
        };
        path = next[next.find("/api").unwrap()..].to_owned();
    }
    let words: Vec<&str> = seen
        .iter()
        .map(|one| one["words"].as_str().unwrap())
        .collect();
    assert_eq!(words, ["Number 5", "Number 4", "Number 3", "Number 1"]);
    assert_eq!(seen[0]["author"], "Tom");
    assert_eq!(seen[0]["what"], "comment");
    for wrong in ["limit=0", "limit=x", "before=0", "before=x"] {
        let path = format!("/api/v1/hurdles/1/discussion?{wrong}");
        visitor.get(&path).await.is(400);
    }
    visitor.get("/api/v1/hurdles/2/discussion").await.is(404);
    let hidden = [("visibility", "only-me")];
    tom.writes_hurdle("For me", &hidden).await;
    visitor.get("/api/v1/hurdles/2/discussion").await.is(404);
    visitor.get("/api/v1/hurdles/2/attachments").await.is(404);
}

async fn a_program_talks_about_a_trial_and_an_organisation(world: World) {
    furnished(&world).await;
    tells(&world.as_tom(), &[]).await.is(303);
    let program = Program::with_all(&world.as_dafydd()).await;
    for (n, page) in ["trials/1", "organisations/eastmoor"].iter().enumerate() {
        let path = format!("/api/v1/{page}/said");
        let body = json!({ "words": "How did you ask?", "what": "help" });
        let key = [("idempotency-key", "once")];
        let kept = program.post_with(&path, &body, &key).await;
        assert_eq!(kept.is(201).json()["held"], false);
        let again = program.post_with(&path, &body, &key).await;
        assert_eq!(again.is(200).json()["number"], kept.json()["number"]);
        let wrong = json!({ "words": "x", "thread": 99 });
        let refused = program.post(&path, &wrong).await;
        assert!(refused.is(422).json()["fields"]["thread"].is_string());
        // An answer into the other page's thread is none.
        let other = json!({ "words": "x", "thread": 2 - n });
        if n == 1 {
            program.post(&path, &other).await.is(422);
        }
        let read = program.get(&format!("/api/v1/{page}/discussion")).await;
        read_as_described(&program, &format!("/api/v1/{page}/discussion"), &read).await;
        assert_eq!(
            read.is(200).json()["results"][0]["words"],
            "How did you ask?"
        );
    }
    let reader = Program::of(&world.as_dafydd(), &["read"]).await;
    let body = json!({ "words": "x" });
    reader.post("/api/v1/trials/1/said", &body).await.is(403);
    program.post("/api/v1/trials/2/said", &body).await.is(404);
    program
        .post("/api/v1/organisations/no/said", &body)
        .await
        .is(404);
}

async fn a_program_brings_a_file_with_words_about_it(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let program = Program::with_all(&tom).await;
    let path = "/api/v1/hurdles/1/attachments";
    let alt = [("alt", "A sign at the door"), ("credit", "Tom, CC BY 4.0")];
    let brought = brings(&program, path, form("Sign.png", &png(), &alt)).await;
    let file = brought.is(201).json();
    assert_eq!(file["alt"], "A sign at the door");
    assert_eq!(file["type"], "image/png");
    assert!(file["bytes"].as_i64().unwrap() > 20);
    let listed = program.get(path).await;
    read_as_described(&program, path, &listed).await;
    assert_eq!(listed.json()["results"], json!([file]));
    let url = file["url"].as_str().unwrap();
    let there = &url[url.find("/attachments").unwrap()..];
    assert_eq!(fetched(&tom, there).await.status, 200);
    tom.get(&format!("{address}/attachments"))
        .await
        .says("A sign at the door");
    for (body, field) in [
        (form("Sign.png", &png(), &[]), "alt"),
        (form("Sign.exe", b"MZ\x90\x00\x03", &alt), "file"),
        (
            form("Sign.png", &png(), &[("alt", "x"), ("nonsense", "1")]),
            "nonsense",
        ),
        (b"--X--\r\n".to_vec(), "file"),
    ] {
        let refused = brings(&program, path, body).await;
        let told = refused.is(422).json();
        assert!(told["fields"][field].is_string(), "{field}: {told}");
    }
    brings(&program, path, b"no form at all".to_vec())
        .await
        .is(400);
    program.post(path, &json!({})).await.is(415);
    let sayer = Program::of(&tom, &["say"]).await;
    brings(&sayer, path, form("Sign.png", &png(), &alt))
        .await
        .is(403);
    // Where only stewards change the page, no file comes either.
    let form_of = world.as_amina().get(&format!("{address}/keeping")).await;
    let protect = form_of.form("/protections").with("why", "A row");
    world.as_amina().submit(&protect).await.is(303);
    let closed = brings(&program, path, form("Sign.png", &png(), &alt)).await;
    assert_eq!(closed.is(403).json()["error"], "protected");
    assert_eq!(world.number("SELECT count(*) FROM attachment").await, 1);
}

async fn a_steward_merges_two_pages_and_separates_them(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("Sites are blocked", &[("tags", "one")])
        .await;
    tom.writes_hurdle("Websites blocked", &[("tags", "two")])
        .await;
    tom.writes_hurdle("For me", &[("visibility", "only-me")])
        .await;
    let path = "/api/v1/hurdles/2/mergers";
    let into = json!({ "into": 1 });
    let contributor = Program::with_all(&tom).await;
    contributor.post(path, &into).await.is(403);
    let steward = Program::of(&world.as_amina(), &["read", "keep"]).await;
    for wrong in [
        json!({}),
        json!({ "into": 2 }),
        json!({ "into": 3 }),
        json!({ "into": 9 }),
    ] {
        let refused = steward.post(path, &wrong).await;
        assert!(refused.is(422).json()["fields"]["into"].is_string());
    }
    let joined = steward.post(path, &into).await;
    let answer = joined.is(200).json();
    assert_eq!(answer["outcome"], "joined");
    assert_eq!(answer["record"]["number"], 1);
    assert_eq!(answer["record"]["parts"]["tags"], json!(["one", "two"]));
    steward.get("/api/v1/hurdles/2").await.is(410);
    world
        .as_visitor()
        .get("/moderation")
        .await
        .says("Merged into another");
    let apart = steward
        .post("/api/v1/hurdles/2/separations", &json!({}))
        .await;
    assert_eq!(apart.is(200).json()["outcome"], "separated");
    steward.get("/api/v1/hurdles/2").await.is(200);
    let again = steward
        .post("/api/v1/hurdles/2/separations", &json!({}))
        .await;
    again.is(404);
    world.chains_hold().await;
}
