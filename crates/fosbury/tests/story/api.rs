//! The API: as described, bounded, walked to its end.

use serde_json::Value;

use crate::browser::Browser;
use crate::world::{World, both};

both!(
    the_description_lists_exactly_the_routes_there_are,
    every_answer_is_as_described,
    a_limit_is_a_number_from_1_to_200,
    following_next_meets_everything_once,
    troubles_are_told_as_json,
);

pub async fn described(browser: &Browser) -> Value {
    browser.get("/api/v1/openapi.json").await.is(200).json()
}

async fn the_description_lists_exactly_the_routes_there_are(world: World) {
    let description = described(&world.as_visitor()).await;
    let paths = description["paths"].as_object().unwrap();
    let mut told = Vec::new();
    for (path, methods) in paths {
        for (method, operation) in methods.as_object().unwrap() {
            told.push(format!("{} {path}", method.to_uppercase()));
            is_told_whole(operation, path, method == "post");
        }
    }
    let routes = fosbury::router::listed().into_iter();
    let mut served: Vec<String> = routes
        .filter(|route| route.path.starts_with("/api/"))
        .map(|route| format!("{} {}", route.method, route.path))
        .collect();
    told.sort();
    served.sort();
    assert_eq!(told, served);
    assert_eq!(description["servers"][0]["url"], crate::world::BASE);
}

/// Asserts that an operation says what it takes, what it answers and who may use it.
fn is_told_whole(operation: &Value, path: &str, is_act: bool) {
    let named = |parameter: &Value| parameter["name"].as_str().unwrap().to_owned();
    let parameters = operation["parameters"].as_array().unwrap();
    let in_path: Vec<String> = parameters
        .iter()
        .filter(|parameter| parameter["in"] == "path")
        .map(named)
        .collect();
    let holes: Vec<&str> = path.split(['{', '}']).skip(1).step_by(2).collect();
    assert_eq!(in_path, holes, "{path}");
    assert!(operation["summary"].is_string(), "{path}");
    let security = operation["security"].as_array().unwrap();
    let needs_token = security.iter().all(|way| way["token"].is_array());
    assert_eq!(needs_token, is_act, "{path}");
    // A file comes as a form and is always new; its measures are quotas, not times.
    let is_file = path.ends_with("/attachments") && is_act;
    let (sort, done) = if is_file {
        ("multipart/form-data", "201")
    } else {
        ("application/json", "200")
    };
    let body = &operation["requestBody"]["content"][sort]["schema"];
    assert_eq!(body["additionalProperties"] == false, is_act, "{path}");
    let answers = operation["responses"].as_object().unwrap();
    assert!(
        answers.contains_key("401") && answers.contains_key(done),
        "{path}"
    );
    let acts = [
        "400", "403", "404", "410", "413", "415", "422", "429", "503",
    ];
    let acts = acts.into_iter().filter(|one| !is_file || *one != "429");
    for status in acts.filter(|_| is_act) {
        assert!(answers.contains_key(status), "{path} {status}");
    }
}

/// Asserts that a value is as its schema says: the words of JSON Schema that we use.
pub fn fits(value: &Value, schema: &Value, all: &Value, at: &str) {
    if let Some(reference) = schema["$ref"].as_str() {
        let name = reference.rsplit('/').next().unwrap();
        return fits(value, &all["components"]["schemas"][name], all, at);
    }
    let kinds = match &schema["type"] {
        Value::String(one) => vec![one.as_str()],
        Value::Array(some) => some.iter().map(|one| one.as_str().unwrap()).collect(),
        other => panic!("{at}: no type but {other}"),
    };
    if let Some(among) = schema["enum"].as_array() {
        assert!(
            among.contains(value),
            "{at}: {value} is not among {among:?}"
        );
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    assert!(kinds.contains(&kind), "{at} is {kind}, not {kinds:?}");
    for item in value.as_array().into_iter().flatten() {
        fits(item, &schema["items"], all, &format!("{at}[]"));
    }
    let Some(properties) = schema["properties"].as_object() else {
        return;
    };
    for (name, inner) in value.as_object().into_iter().flatten() {
        let known = properties.get(name);
        let known = known.unwrap_or_else(|| panic!("{at}.{name} is not described"));
        fits(inner, known, all, &format!("{at}.{name}"));
    }
    for name in schema["required"].as_array().into_iter().flatten() {
        let name = name.as_str().unwrap();
        assert!(value.get(name).is_some(), "{at} lacks {name}");
    }
}

async fn answers_as_described(browser: &Browser, path: &str, all: &Value) {
    let pattern = path.split('?').next().unwrap();
    let pattern = match pattern.rsplit_once('/') {
        Some((before, last)) if last.parse::<i64>().is_ok() => format!("{before}/{{number}}"),
        _ => pattern.to_owned(),
    };
    let page = browser.get(path).await;
    let kind = page.header("content-type");
    assert_eq!(kind, "application/json; charset=utf-8", "{path}");
    let answer = &all["paths"][&pattern]["get"]["responses"][page.status.to_string()];
    let schema = &answer["content"]["application/json"]["schema"];
    assert!(
        !schema.is_null(),
        "{path}: {} is not described",
        page.status
    );
    fits(&page.json(), schema, all, path);
}

async fn every_answer_is_as_described(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let fields = [
        ("problem", "Words."),
        ("tags", "filters"),
        ("phrases", "one\ntwo"),
    ];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    tom.changed(&address, &[("problem", "Other words."), ("minor", "1")])
        .await;
    tom.writes_solution("Ask IT", &[("hurdles", "1"), ("cost", "none")])
        .await;
    tom.writes_guide("Begin", &[("text", "Words.")]).await;
    tom.writes_hurdle("Deleted", &[]).await;
    let gone = world
        .as_amina()
        .post("/hurdles/2/deletions", &[("why", "a test")])
        .await;
    gone.is(303);
    world.waits_for_its_index().await;
    let all = described(&visitor).await;
    for path in [
        "/api/v1/hurdles",
        "/api/v1/hurdles?limit=1",
        "/api/v1/hurdles/1",
        "/api/v1/hurdles/2",
        "/api/v1/hurdles/3",
        "/api/v1/hurdles?limit=0",
        "/api/v1/solutions",
        "/api/v1/solutions/1",
        "/api/v1/guides",
        "/api/v1/guides/1",
        "/api/v1/search?q=words",
        "/api/v1/search?q=",
        "/api/v1/search?q=xyzzy",
        "/api/v1/search?limit=x",
        "/api/v1/changes",
        "/api/v1/changes?limit=1",
        "/api/v1/changes?before=x",
    ] {
        answers_as_described(&visitor, path, &all).await;
    }
    let hit = visitor.get("/api/v1/search?q=blocked").await.json();
    assert_eq!(
        hit["results"][0]["url"],
        format!("{}{address}", crate::world::BASE)
    );
    let one = visitor.get("/api/v1/hurdles/1").await.json();
    assert_eq!(one["parts"]["phrases"], serde_json::json!(["one", "two"]));
    assert_eq!(one["revision"], 2);
}

async fn a_limit_is_a_number_from_1_to_200(world: World) {
    let visitor = world.as_visitor();
    for list in [
        "hurdles",
        "solutions",
        "guides",
        "evidence",
        "search",
        "changes",
    ] {
        for limit in ["1", "200"] {
            visitor
                .get(&format!("/api/v1/{list}?limit={limit}"))
                .await
                .is(200);
        }
        for limit in [
            "0",
            "201",
            "-1",
            "x",
            "",
            "1.5",
            "99999999999999999999",
            "%00",
            "1%20",
        ] {
            visitor
                .get(&format!("/api/v1/{list}?limit={limit}"))
                .await
                .is(400);
        }
    }
    for after in ["-1", "x", "99999999999999999999", ""] {
        visitor
            .get(&format!("/api/v1/hurdles?after={after}"))
            .await
            .is(400);
    }
    visitor
        .get("/api/v1/hurdles?after=9223372036854775807")
        .await
        .is(200);
    visitor
        .get("/api/v1/search?after=9223372036854775807&limit=200")
        .await
        .is(200);
}

/// All results, page by page; each page must be within its limit.
async fn walked(browser: &Browser, path: &str) -> Vec<Value> {
    let mut met = Vec::new();
    let mut next = Some(path.to_owned());
    while let Some(path) = next {
        let page = browser.get(&path).await.is(200).json();
        let results = page["results"].as_array().unwrap().clone();
        assert!(results.len() <= 3 && met.len() < 100, "{path}");
        met.extend(results);
        next = page["next"].as_str().map(str::to_owned);
    }
    met
}

async fn following_next_meets_everything_once(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    for n in 1..=8 {
        let address = tom.writes_hurdle(&format!("Blocked site {n}"), &[]).await;
        tom.changed(&address, &[("problem", "Words.")]).await;
        tom.changed(&address, &[("problem", "More words.")]).await;
    }
    tom.writes_hurdle("Hidden", &[("visibility", "members")])
        .await;
    world.waits_for_its_index().await;
    for (path, count) in [
        ("/api/v1/hurdles?limit=3", 8),
        ("/api/v1/hurdles?limit=1", 8),
        ("/api/v1/search?q=blocked&limit=3", 8),
        ("/api/v1/search?q=&kind=hurdle&limit=3", 8),
        ("/api/v1/changes?limit=3", 24),
        ("/api/v1/changes?limit=2", 24),
    ] {
        let met = walked(&visitor, path).await;
        let name = |one: &Value| format!("{} {}", one["number"], one["revision"]);
        let mut distinct: Vec<String> = met.iter().map(name).collect();
        distinct.sort();
        distinct.dedup();
        assert_eq!((met.len(), distinct.len()), (count, count), "{path}");
    }
}

async fn troubles_are_told_as_json(world: World) {
    let visitor = world.as_visitor();
    let page = visitor.get("/api/v1/hurdles?limit=0").await;
    assert_eq!(page.is(400).json()["error"], "unreadable");
    assert!(
        page.json()["message"]
            .as_str()
            .unwrap()
            .contains("limit: a number from 1 to 200")
    );
    for path in [
        "/api/v1/hurdles/x",
        "/api/v1/hurdles/99999999999999999999",
        "/api/v1/x",
    ] {
        assert_eq!(visitor.get(path).await.is(404).json()["error"], "not-found");
    }
    visitor.get("/api/v1/hurdles/%FF").await.json();
    visitor.get("/api/v1/hurdles/%00").await.json();
    let page = visitor.post("/api/v1/search", &[]).await;
    assert_eq!(page.is(405).json()["error"], "method");
    let page = visitor.post("/api/v1/hurdles", &[]).await;
    assert_eq!(page.is(401).json()["error"], "sign-in-first");
    assert_eq!(page.header("www-authenticate"), "Bearer");
}
