//! What programs may do, by role and scope; what is wrong is told field by field.

use axum::http::Method;
use serde_json::{Value, json};
use web::Access;

use crate::routes::{expected, filled};
use crate::tokens::Program;
use crate::world::{World, both};

both!(
    every_act_asks_for_its_scope_and_its_role,
    every_wrong_field_is_named_with_a_sentence,
    a_body_that_is_no_object_is_refused_with_a_sentence,
    a_hidden_page_is_not_there_for_any_act,
    who_says_too_much_is_told_to_wait,
);

/// The body of a hurdle.
pub fn hurdle(title: &str) -> Value {
    json!({ "title": title, "parts": { "heading": "access" } })
}

const SCOPES: [&str; 4] = ["read", "write", "say", "keep"];

/// The scope of each act, by the last word of its address: written down by hand.
fn scope_of(path: &str) -> &'static str {
    match path.rsplit('/').next().unwrap() {
        "deletions" | "recoveries" | "mergers" | "separations" => "keep",
        "said" | "suggestions" | "watches" | "removals" => "say",
        "hurdles" | "solutions" | "guides" | "evidence" | "cases" | "events" | "write-ups"
        | "turnings" | "returns" | "revisions" | "restorations" | "undoings" | "ties"
        | "untyings" | "attachments" | "groups" | "members" | "removal" => "write",
        other => panic!("an act without a scope: {other}"),
    }
}

async fn every_act_asks_for_its_scope_and_its_role(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("Blocked", &[]).await;
    tom.writes_solution("Ask IT", &[]).await;
    tom.writes_guide("Begin", &[]).await;
    let story = [("title", "Told"), ("sentence", "In short.")];
    tom.writes("cases", &story).await;
    let event = [("title", "Met"), ("first", "2026-05-03"), ("young", "no")];
    tom.writes("events", &event).await;
    tom.writes("write-ups", &[("title", "Written up")]).await;
    let session = [("title", "Why"), ("day", "2026-05-03"), ("starts", "10:00")];
    tom.post("/events/1/sessions", &session).await.is(303);
    tom.writes_evidence("Half a day", &[]).await;
    let people = [
        (world.as_dafydd(), Access::Contributor),
        (world.as_amina(), Access::Steward),
        (world.as_ruth(), Access::Owner),
    ];
    let routes = expected().into_iter();
    let routes: Vec<_> = routes
        .filter(|(_, path, _)| path.starts_with("/api/"))
        .collect();
    assert!(routes.len() > 35);
    for (browser, role) in &people {
        for scope in SCOPES {
            if scope == "keep" && *role == Access::Contributor {
                continue;
            }
            let program = Program::of(browser, &[scope]).await;
            for (method, path, access) in &routes {
                let which = format!("{method} {path} as {role:?} with {scope}");
                let address = filled(path).replace("/organisations/1", "/organisations/none");
                let page = if method == "GET" {
                    program.get(&address).await
                } else {
                    // Nothing is right in it, so that whoever may do it changes nothing.
                    let json = r#"{"nonsense": 1}"#.to_owned();
                    program.post_words(&address, json, &[]).await
                };
                let needed = if method == "GET" {
                    "read"
                } else {
                    scope_of(path)
                };
                if needed != scope {
                    assert_eq!(page.status, 403, "{which}");
                    assert_eq!(page.json()["error"], "scope", "{which}");
                    page.says(&format!("“{needed}”"));
                } else if access > role {
                    assert_eq!(page.status, 403, "{which}");
                    assert_eq!(page.json()["error"], "forbidden", "{which}");
                } else if method == "GET" {
                    assert!(
                        [200, 404].contains(&page.status),
                        "{which}: {}",
                        page.status
                    );
                } else if path.ends_with("/attachments") {
                    // A file comes as a form.
                    assert_eq!(page.status, 415, "{which}");
                } else if path.contains("/trials/") || path.contains("/organisations/") {
                    // There is none here.
                    assert_eq!(page.status, 404, "{which}");
                } else {
                    assert_eq!(page.status, 422, "{which}");
                }
            }
        }
    }
    // A token keeps no right that its person has lost.
    let amina = Program::of(&world.as_amina(), &["keep"]).await;
    let ruth = world.as_ruth();
    let person = ruth.get("/people").await.link(": Amina");
    ruth.post(&format!("{person}/role"), &[("role", "officer")])
        .await
        .is(303);
    let page = amina
        .post("/api/v1/hurdles/1/deletions", &json!({ "why": "x" }))
        .await;
    assert_eq!(page.is(403).json()["error"], "forbidden");
    world.as_visitor().get("/hurdles/1-blocked").await.is(200);
}

async fn every_wrong_field_is_named_with_a_sentence(world: World) {
    let program = Program::with_all(&world.as_tom()).await;
    let long = "x".repeat(141);
    let wrong = [
        (json!({}), "title"),
        (json!({ "title": 7 }), "title"),
        (json!({ "title": "x" }), "parts.heading"),
        (
            json!({ "title": long, "parts": { "heading": "access" } }),
            "title",
        ),
        (json!({ "title": "x", "parts": [] }), "parts"),
        (
            json!({ "title": "x", "parts": { "heading": "none" } }),
            "parts.heading",
        ),
        (
            json!({ "title": "x", "parts": { "tags": "a" } }),
            "parts.tags",
        ),
        (
            json!({ "title": "x", "parts": { "tags": [1] } }),
            "parts.tags",
        ),
        (
            json!({ "title": "x", "parts": { "depends": ["1"] } }),
            "parts.depends",
        ),
        (
            json!({ "title": "x", "parts": { "heading": "access", "depends": [9] } }),
            "parts.depends",
        ),
        (
            json!({ "title": "x", "parts": { "title": "y" } }),
            "parts.title",
        ),
        (
            json!({ "title": "x", "parts": { "nonsense": "y" } }),
            "parts.nonsense",
        ),
        (json!({ "title": "x", "minor": "yes" }), "minor"),
        (json!({ "title": "x", "bodies": "y" }), "bodies"),
        (
            json!({ "title": "x", "begun": "0123456789abcdef" }),
            "begun",
        ),
        (
            json!({ "title": "x", "visibility": "nobody" }),
            "visibility",
        ),
        (
            json!({ "title": "x", "summary": "x".repeat(201) }),
            "summary",
        ),
    ];
    for (body, field) in wrong {
        let page = program.post("/api/v1/hurdles", &body).await;
        let told = page.is(422).json();
        assert_eq!(told["error"], "invalid");
        let words = told["fields"][field].as_str();
        assert!(words.is_some_and(|words| words.len() > 8), "{body}: {told}");
    }
    assert_eq!(world.number("SELECT count(*) FROM record").await, 0);
}

async fn a_body_that_is_no_object_is_refused_with_a_sentence(world: World) {
    let program = Program::with_all(&world.as_tom()).await;
    let deep = "[".repeat(100_000);
    for words in [
        "",
        "[]",
        "null",
        "7",
        "{",
        "{\"title\": \"\u{0}",
        deep.as_str(),
    ] {
        let page = program
            .post_words("/api/v1/hurdles", words.to_owned(), &[])
            .await;
        page.is(400).says("not one JSON object");
    }
    let form = [("content-type", "application/x-www-form-urlencoded")];
    let body = || axum::body::Body::from("title=x");
    let page = program
        .asks(Method::POST, "/api/v1/hurdles", &form, body())
        .await;
    page.is(415).says("Content-Type");
    let page = program
        .asks(Method::POST, "/api/v1/hurdles", &[], body())
        .await;
    page.is(415);
    let much = json!({ "title": "x".repeat(5_000_000) }).to_string();
    program
        .post_words("/api/v1/hurdles", much, &[])
        .await
        .is(413);
    let nul = json!({ "title": "Blo\u{0}cked", "parts": { "heading": "access" } });
    let page = program.post("/api/v1/hurdles", &nul).await;
    assert_eq!(page.is(201).json()["record"]["title"], "Blocked");
}

async fn a_hidden_page_is_not_there_for_any_act(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("For me", &[("visibility", "only-me")])
        .await;
    let amina = Program::of(&world.as_amina(), &SCOPES).await;
    for act in [
        "revisions",
        "restorations",
        "undoings",
        "deletions",
        "recoveries",
        "mergers",
        "separations",
        "said",
        "suggestions",
        "watches",
        "watches/removals",
    ] {
        let path = format!("/api/v1/hurdles/1/{act}");
        let body = match act {
            "revisions" | "suggestions" => json!({ "base": 1, "title": "x" }),
            "restorations" => json!({ "base": 1, "revision": 1 }),
            "undoings" => json!({ "revision": 1 }),
            "deletions" => json!({ "why": "x" }),
            "mergers" => json!({ "into": 2 }),
            "said" => json!({ "words": "x" }),
            _ => json!({}),
        };
        amina.post(&path, &body).await.is(404);
        for number in ["x", "0", "-1", "1-for-me", "99999999999999999999"] {
            let path = format!("/api/v1/hurdles/{number}/{act}");
            amina.post_words(&path, body.to_string(), &[]).await.is(404);
        }
    }
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 1);
}

async fn who_says_too_much_is_told_to_wait(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("Blocked", &[]).await;
    let program = Program::with_all(&world.as_dafydd()).await;
    let mut last = None;
    for n in 0..61 {
        let body = json!({ "words": format!("Comment {n}") }).to_string();
        let page = program
            .post_words("/api/v1/hurdles/1/said", body, &[])
            .await;
        last = Some(page);
    }
    let page = last.unwrap();
    assert_eq!(page.is(429).json()["error"], "too-many");
    assert!(page.header("retry-after").parse::<u32>().unwrap() > 0);
    // The form and the program count together.
    let page = world
        .as_dafydd()
        .post("/hurdles/1/said", &[("words", "By hand")])
        .await;
    page.is(429);
}
