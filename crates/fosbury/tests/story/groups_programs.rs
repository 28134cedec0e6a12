//! Groups that people keep, read and kept by programs: by the rules of the pages.

use serde_json::json;

use crate::api::{described, fits};
use crate::peers::compared;
use crate::peers_groups::{ALDHAM, begins, kept};
use crate::tokens::Program;
use crate::world::{World, both};

both!(
    programs_read_groups,
    a_program_keeps_a_group_as_its_person_may,
    a_program_may_do_nothing_with_a_group_that_its_person_may_not,
);

async fn programs_read_groups(world: World) {
    let tom = kept(&world).await;
    begins(&tom, ALDHAM, "Among ourselves").await.is(303);
    let visitor = world.as_visitor();
    let all = described(&visitor).await;
    for (path, pattern) in [
        ("/api/v1/groups", "/api/v1/groups"),
        ("/api/v1/groups?limit=1", "/api/v1/groups"),
        ("/api/v1/groups/1", "/api/v1/groups/{number}"),
    ] {
        let schema = &all["paths"][pattern]["get"]["responses"]["200"]["content"]["application/json"]
            ["schema"];
        fits(&visitor.get(path).await.is(200).json(), schema, &all, path);
    }
    let first = visitor.get("/api/v1/groups?limit=1").await.json();
    assert_eq!(first["results"][0]["name"], "Among ourselves");
    let next = visitor.get(first["next"].as_str().unwrap()).await.json();
    assert_eq!(next["results"][0]["name"], "The five we meet with");
    assert_eq!(next["next"], serde_json::Value::Null);
    let one = visitor.get("/api/v1/groups/1").await.json();
    assert_eq!(one["kept_by"], "aldham");
    assert_eq!(one["organisations"][1]["slug"], "beckham");
    visitor.get("/api/v1/groups?limit=0").await.is(400);
    visitor.get("/api/v1/groups/99").await.is(404);
    visitor.get("/api/v1/groups/x").await.is(404);
}

async fn a_program_keeps_a_group_as_its_person_may(world: World) {
    compared(&world).await;
    world.works_at("Tom", "aldham").await;
    world.works_at("Dafydd", "beckham").await;
    let program = Program::with_all(&world.as_tom()).await;
    let new = json!({ "organisation": "aldham", "name": "The five", "why": "We meet." });
    let page = program.post("/api/v1/groups", &new).await;
    let answer = page.is(201).json();
    assert_eq!(page.header("location"), "/api/v1/groups/1");
    assert_eq!(answer["outcome"], "made");
    assert_eq!(
        answer["group"]["count"], 1,
        "the body that begins it is the first"
    );
    let again = program.post("/api/v1/groups", &new).await;
    assert!(again.is(422).json()["fields"]["name"].is_string());
    let members = "/api/v1/groups/1/members";
    let body = json!({ "organisation": "beckham" });
    let answer = program.post(members, &body).await.is(200).json();
    assert_eq!(answer["group"]["organisations"][1]["slug"], "beckham");
    let twice = program.post(members, &body).await.is(422).json();
    assert!(twice["fields"]["organisation"].is_string(), "{twice}");
    let nobody = json!({ "organisation": "Nowhere" });
    program.post(members, &nobody).await.is(422);
    let renamed = json!({ "why": "We meet on Mondays." });
    let path = "/api/v1/groups/1/revisions";
    let answer = program.post(path, &renamed).await.is(200).json();
    assert_eq!(answer["outcome"], "saved");
    assert_eq!(
        answer["group"]["name"], "The five",
        "what is not sent stays"
    );
    let answer = program.post(path, &renamed).await.json();
    assert_eq!(answer["outcome"], "unchanged");
    program.post(path, &json!({ "name": "…" })).await.is(422);
    program.post(path, &json!({ "head": 1 })).await.is(422);
    // What a program did stands in the group's history like anything else.
    let page = world.as_visitor().get("/groups/1").await;
    page.says("We meet on Mondays.").says("Tom");
    let out = "/api/v1/groups/1/members/beckham/removal";
    let theirs = Program::with_all(&world.as_dafydd()).await;
    let answer = theirs.post(out, &json!({})).await.is(200).json();
    assert_eq!(
        answer["group"]["count"], 1,
        "a body's own people take it out"
    );
    theirs.post(out, &json!({})).await.is(404);
    let gone = program.post("/api/v1/groups/1/removal", &json!({})).await;
    assert_eq!(gone.is(200).json()["outcome"], "removed");
    program.get("/api/v1/groups/1").await.is(410);
    program.post(members, &body).await.is(410);
    let faults = fosbury::peers::store_writing::faults(&world.app().db).await;
    assert_eq!(faults.unwrap(), Vec::<i64>::new());
}

async fn a_program_may_do_nothing_with_a_group_that_its_person_may_not(world: World) {
    kept(&world).await;
    let dafydd = Program::with_all(&world.as_dafydd()).await;
    let reading = Program::of(&world.as_tom(), &["read", "say"]).await;
    let new = json!({ "organisation": "aldham", "name": "Another", "why": "So." });
    let body = json!({ "organisation": "beckham" });
    for (path, body) in [
        ("/api/v1/groups", &new),
        ("/api/v1/groups/1/revisions", &json!({ "name": "Mine" })),
        ("/api/v1/groups/1/members", &body),
        ("/api/v1/groups/1/members/aldham/removal", &json!({})),
        ("/api/v1/groups/1/removal", &json!({})),
    ] {
        dafydd.post(path, body).await.is(403);
        let refused = reading.post(path, body).await;
        assert_eq!(refused.is(403).json()["error"], "scope", "{path}");
    }
    let steward = Program::of(&world.as_amina(), &["write"]).await;
    let renamed = json!({ "name": "Kept in order" });
    steward
        .post("/api/v1/groups/1/revisions", &renamed)
        .await
        .is(200);
}
