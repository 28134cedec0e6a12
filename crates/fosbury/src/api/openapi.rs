//! The description of the API, for programs.

use axum::extract::State;
use serde_json::{Value, json};
use web::Page;

use super::json_page;
use crate::state::App;

/// The description as OpenAPI 3.1.
pub async fn description(State(app): State<App>) -> Page {
    json_page(&openapi(&app.settings.site.name, &app.settings.base_url))
}

/// The description for a place of this name at this address.
pub fn openapi(name: &str, base: &str) -> Value {
    let mut paths = serde_json::Map::new();
    for (plural, one) in [
        ("hurdles", "hurdle"),
        ("solutions", "solution"),
        ("guides", "guide"),
    ] {
        paths.insert(format!("/api/v1/{plural}"), list(plural));
        paths.insert(format!("/api/v1/{plural}/{{number}}"), single(one));
    }
    paths.insert("/api/v1/organisations".to_owned(), organisations());
    let one = "/api/v1/organisations/{slug}".to_owned();
    paths.insert(one, organisation());
    for (address, description) in trial_paths() {
        paths.insert(address.to_owned(), description);
    }
    paths.insert("/api/v1/search".to_owned(), search());
    paths.insert("/api/v1/changes".to_owned(), changes());
    paths.insert("/api/v1/openapi.json".to_owned(), own());
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{name}: hurdles, solutions, guides"),
            "version": "1",
            "description": "Reading everything that the pages show. No key is needed.",
        },
        "servers": [{ "url": base }],
        "paths": paths,
        "components": { "schemas": schemas() },
    })
}

fn number_in(name: &str, least: i64, most: i64, words: &str) -> Value {
    json!({
        "name": name, "in": "query", "required": false, "description": words,
        "schema": { "type": "integer", "minimum": least, "maximum": most },
    })
}

fn limit() -> Value {
    number_in(
        "limit",
        1,
        200,
        "How many results at the most; 50 where nothing is said.",
    )
}

fn answers(schema: &str, words: &str) -> Value {
    let reference = format!("#/components/schemas/{schema}");
    let trouble = |words: &str| {
        json!({
            "description": words,
            "content": { "application/json": { "schema": { "$ref": "#/components/schemas/Trouble" } } },
        })
    };
    json!({
        "200": {
            "description": words,
            "content": { "application/json": { "schema": { "$ref": reference } } },
        },
        "400": trouble("A parameter is not as described."),
        "404": trouble("There is nothing at this address."),
        "410": trouble("It was there and was taken away."),
        "503": trouble("The database is away; try again."),
    })
}

fn list(plural: &str) -> Value {
    json!({ "get": {
        "summary": format!("The {plural}, by number"),
        "parameters": [limit(), number_in("after", 0, i64::MAX, "Only numbers after this one.")],
        "responses": answers("Records", "A page of the list."),
    }})
}

fn single(one: &str) -> Value {
    json!({ "get": {
        "summary": format!("One {one}, whole"),
        "parameters": [{
            "name": "number", "in": "path", "required": true,
            "schema": { "type": "integer", "minimum": 1 },
        }],
        "responses": answers("Record", "The record with its parts as they are written."),
    }})
}

fn organisations() -> Value {
    json!({ "get": {
        "summary": "The public bodies, by name",
        "parameters": [
            limit(),
            number_in("ended", 0, 1, "1 for those that are no more as well."),
            { "name": "after", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "Where the last page ended: part of its `next`." },
        ],
        "responses": answers("Organisations", "A page of the list."),
    }})
}

fn organisation() -> Value {
    json!({ "get": {
        "summary": "One public body, whole",
        "parameters": [{
            "name": "slug", "in": "path", "required": true, "schema": { "type": "string" },
        }],
        "responses": answers("Organisation", "The body with all that is known of it."),
    }})
}

fn trial_paths() -> [(&'static str, Value); 6] {
    let number = || {
        json!({
            "name": "number", "in": "path", "required": true,
            "schema": { "type": "integer", "minimum": 1 },
        })
    };
    let slug = || {
        json!({
            "name": "slug", "in": "path", "required": true, "schema": { "type": "string" },
        })
    };
    let list = |of: Value, words: &str| {
        let before = number_in("before", 1, i64::MAX, "Only trials before this number.");
        json!({ "get": {
            "summary": format!("The trials of one {words}, newest first"),
            "parameters": [of, limit(), before],
            "responses": answers("Trials", "A page of the list."),
        }})
    };
    [
        ("/api/v1/hurdles/{number}/trials", list(number(), "hurdle")),
        (
            "/api/v1/solutions/{number}/trials",
            list(number(), "solution"),
        ),
        (
            "/api/v1/organisations/{slug}/trials",
            list(slug(), "public body"),
        ),
        (
            "/api/v1/hurdles/{number}/worked",
            json!({ "get": {
                "summary": "The ways over a hurdle that somebody tried, in the order of what worked",
                "parameters": [
                    number(),
                    { "name": "for", "in": "query", "required": false,
                      "schema": { "type": "string" },
                      "description": "The slug of a public body: ranked for places like it." },
                ],
                "responses": answers("Worked", "The ways over, with the numbers behind the order."),
            }}),
        ),
        (
            "/api/v1/hurdles/{number}/sightings",
            json!({ "get": {
                "summary": "Who faces a hurdle",
                "parameters": [number()],
                "responses": answers("Sightings", "Public bodies that say so, newest first."),
            }}),
        ),
        (
            "/api/v1/trials/{number}",
            json!({ "get": {
                "summary": "One trial, whole",
                "parameters": [number()],
                "responses": answers("Trial", "Who tried what, and what came of it."),
            }}),
        ),
    ]
}

fn search() -> Value {
    json!({ "get": {
        "summary": "What is found for some words, best first",
        "parameters": [
            { "name": "q", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "The words, as people say them; at most 256 characters count." },
            { "name": "kind", "in": "query", "required": false,
              "schema": { "type": "string", "enum": ["hurdle", "solution", "guide"] } },
            limit(),
            number_in("after", 0, 1000, "How many results to pass over."),
        ],
        "responses": answers("Hits", "What was found."),
    }})
}

fn changes() -> Value {
    json!({ "get": {
        "summary": "What changed, newest first",
        "parameters": [
            limit(),
            { "name": "before", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "Where the last page ended: part of its `next`." },
        ],
        "responses": answers("Changes", "A page of the list."),
    }})
}

fn own() -> Value {
    json!({ "get": {
        "summary": "This description",
        "parameters": [],
        "responses": { "200": { "description": "OpenAPI 3.1 as JSON." } },
    }})
}

fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let truth = || json!({ "type": "boolean" });
    let listed = json!({
        "kind": text(), "number": whole(), "title": text(), "url": text(), "summary": text(),
        "unfinished": truth(),
    });
    let object = |properties: &Value| {
        let names: Vec<&String> = properties
            .as_object()
            .map(|map| map.keys().collect())
            .unwrap_or_default();
        json!({ "type": "object", "properties": properties, "required": names })
    };
    let with = |more: &[(&str, Value)]| {
        let mut properties = listed.clone();
        for (name, value) in more {
            properties[*name] = value.clone();
        }
        object(&properties)
    };
    let page_of = |schema: &str| {
        let items = json!({ "$ref": format!("#/components/schemas/{schema}") });
        object(&json!({
            "results": { "type": "array", "items": items },
            "next": { "type": ["string", "null"], "description": "The address of the next page." },
        }))
    };
    let body = json!({
        "slug": text(), "name": text(), "short_name": text(), "type": text(), "nation": text(),
        "ended": truth(), "url": text(),
    });
    let mut whole_body = body.clone();
    let some_text = || json!({ "type": ["string", "null"] });
    let list_of = |items: Value| json!({ "type": "array", "items": items });
    let a_body = || json!({ "$ref": "#/components/schemas/ListedOrganisation" });
    for (name, value) in [
        ("code", text()),
        ("public_code", text()),
        ("region", text()),
        ("county", text()),
        ("combined", text()),
        ("homepage", text()),
        ("population", json!({ "type": ["integer", "null"] })),
        ("start_on", some_text()),
        ("end_on", some_text()),
        ("followed_by", list_of(a_body())),
        ("followed", list_of(a_body())),
        (
            "services",
            list_of(object(&json!({ "name": text(), "note": text() }))),
        ),
        ("other_names", list_of(text())),
        ("former_codes", list_of(text())),
        (
            "figures",
            list_of(object(&json!({
                "name": text(), "value": { "type": "number" }, "source": text(),
            }))),
        ),
    ] {
        whole_body[name] = value;
    }
    json!({
        "Listed": object(&listed),
        "Hit": with(&[("snippet", text())]),
        "Record": with(&[
            ("revision", whole()), ("made_at", text()), ("changed_at", text()),
            ("licence", text()), ("credit", text()), ("parts", json!({ "type": "object" })),
        ]),
        "Change": object(&json!({
            "kind": text(), "number": whole(), "title": text(), "url": text(),
            "revision": whole(), "act": text(), "summary": text(), "minor": truth(),
            "author": text(), "at": text(), "words_added": whole(), "words_removed": whole(),
        })),
        "Records": page_of("Listed"),
        "Hits": page_of("Hit"),
        "Changes": page_of("Change"),
        "Organisations": page_of("ListedOrganisation"),
        "ListedOrganisation": object(&body),
        "Organisation": object(&whole_body),
        "Trials": page_of("Trial"),
        "Trial": object(&json!({
            "number": whole(), "url": text(), "hurdle": whole(),
            "solution": { "type": ["integer", "null"] }, "organisation": some_text(),
            "type": some_text(), "nation": some_text(), "service": some_text(), "outcome": text(),
            "begun_on": some_text(), "ended_on": some_text(), "differently": text(),
            "learned": text(), "cost": text(), "time": text(), "agreed": text(),
            "confirmed": truth(), "told_at": text(), "changed_at": text(),
        })),
        "Worked": page_of("Way"),
        "Way": object(&json!({
            "solution": whole(), "title": text(), "url": text(), "places": { "type": "object" },
            "like_yours": { "type": ["object", "null"] }, "a": { "type": "number" },
            "b": { "type": "number" }, "lower_end": { "type": "number" },
        })),
        "Sightings": object(&json!({
            "results": { "type": "array", "items": object(&json!({
                "organisation": text(), "service": text(), "stage": text(),
                "days_lost": { "type": ["integer", "null"] }, "confirmed": truth(), "at": text(),
            })) },
            "organisations": whole(),
            "unconfirmed_at_least": { "type": ["integer", "null"] },
            "next": { "type": "null" },
        })),
        "Trouble": object(&json!({ "error": text(), "message": text() })),
    })
}
