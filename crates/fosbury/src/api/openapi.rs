//! The description of the API, for programs.

use axum::extract::State;
use axum::http::Method;
use serde_json::{Map, Value, json};

use super::admission::scope_of;
use super::json_page;
use super::schemas::{body, schemas};
use super::{harvest, outcomes, peers_told, precedents, sessions, threads_told, ties};
use crate::history::kind::Kind;
use crate::layout::Answer;
use crate::people::scope::Scope;
use crate::search::found::TRIAL;
use crate::state::App;
use crate::subjects::KINDS;

/// The description as OpenAPI 3.1.
pub async fn description(State(app): State<App>) -> Answer {
    let look = app.looks.today(&app.db).await?;
    let described = openapi(&look.site.name, &app.settings.base_url);
    Ok(json_page(&described))
}

/// The description for a place of this name at this address.
pub fn openapi(name: &str, base: &str) -> Value {
    let mut paths = Map::new();
    for kind in KINDS {
        let all = format!("/api/v1/{}", kind.plural());
        let mut list = list(kind.plural());
        list["post"] = act(kind, "");
        paths.insert(all.clone(), list);
        paths.insert(format!("{all}/{{number}}"), single(kind.name()));
        for (name, _, _) in ACTS.iter().skip(1).filter(|(name, ..)| has_act(kind, name)) {
            let path = format!("{all}/{{number}}/{name}");
            paths.insert(path, json!({ "post": act(kind, name) }));
        }
    }
    paths.insert("/api/v1/organisations".to_owned(), organisations());
    let one = "/api/v1/organisations/{slug}".to_owned();
    paths.insert(one, organisation());
    let more = precedents::paths().into_iter().chain(peers_told::paths());
    let more = more.chain(harvest::paths());
    let more = more.chain(sessions::paths()).chain(outcomes::paths());
    for (address, description) in trial_paths().into_iter().chain(more) {
        paths.insert(address.to_owned(), description);
    }
    paths.extend(threads_told::paths());
    for of in ["hurdles", "solutions", "trials"] {
        let address = format!("/api/v1/{of}/{{number}}/evidence");
        paths.insert(address, evidence_of(of));
    }
    paths.insert("/api/v1/hurdles/freeing".to_owned(), freeing());
    paths.insert("/api/v1/search".to_owned(), search());
    paths.insert("/api/v1/changes".to_owned(), changes());
    paths.insert("/api/v1/openapi.json".to_owned(), own());
    for path in paths.values_mut() {
        if let Some(get) = path.get_mut("get") {
            // With a token or without: what is not for everybody is told to a token alone.
            get["security"] = json!([{}, { "token": [] }]);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": format!("{name}: hurdles, solutions, guides, cases"),
            "version": "1",
            "description": "Reading what the pages show, which needs no key, and writing what their forms write, which needs a token: it is made on the page /account/tokens, and does what its scopes and the role of its person allow.",
        },
        "servers": [{ "url": base }],
        "paths": paths,
        "components": {
            "schemas": schemas(),
            "securitySchemes": { "token": { "type": "http", "scheme": "bearer" } },
        },
    })
}

/// Acts on texts: the end of the address, what they do, and what they answer.
const ACTS: &[(&str, &str, &str)] = &[
    ("", "Begins a page", "Written"),
    ("revisions", "Changes a page", "Written"),
    (
        "restorations",
        "Makes an older revision the newest again",
        "Written",
    ),
    (
        "undoings",
        "Takes back what one revision changed",
        "Written",
    ),
    ("deletions", "Deletes a page; stewards", "Written"),
    (
        "recoveries",
        "Brings a deleted page back; stewards",
        "Written",
    ),
    (
        "mergers",
        "Merges a page into another of its kind; stewards",
        "Written",
    ),
    (
        "separations",
        "Brings back a page that was merged; stewards",
        "Written",
    ),
    ("said", "Says something about a page", "Kept"),
    (
        "suggestions",
        "Suggests a change for a steward to look at",
        "Kept",
    ),
    ("ties", "Ties a page to one more trial", "Written"),
    ("untyings", "Ties a page to a trial no longer", "Written"),
    ("watches", "Watches a page", "Watching"),
    ("watches/removals", "Watches a page no longer", "Watching"),
];

/// Whether this kind of text can be acted on so: only some are tied to trials.
fn has_act(kind: &dyn Kind, name: &str) -> bool {
    !["ties", "untyings"].contains(&name) || ties::is_tied(kind)
}

pub(super) fn act(kind: &dyn Kind, name: &str) -> Value {
    let known = ACTS.iter().find(|(act, _, _)| *act == name);
    let (_, words, schema) = known.unwrap_or(&ACTS[0]);
    let mut parameters = Vec::new();
    if !name.is_empty() {
        parameters.push(number());
    }
    if ["", "said", "suggestions"].contains(&name) {
        parameters.push(json!({
            "name": "Idempotency-Key", "in": "header", "required": false,
            "description": "Sent again with the same key, a request makes nothing a second time.",
            "schema": { "type": "string", "pattern": "^[!-~]{1,200}$" },
        }));
    }
    let path = format!("/{}/{name}", kind.plural());
    let scope = scope_of(&Method::POST, path.trim_end_matches('/')).map_or("", Scope::name);
    let mut responses = answers(schema, "It is done, or was done before.");
    if ["", "said", "suggestions"].contains(&name) {
        responses["201"] = answer(schema, "It is written down.");
    }
    if ["revisions", "restorations"].contains(&name) {
        responses["409"] = answer(
            "Clash",
            "Somebody changed the same words; nothing is saved.",
        );
    }
    if name == "undoings" {
        responses["409"] = answer("Trouble", "Later changes touch the same words.");
    }
    add_refusals(&mut responses);
    json!({
        "summary": format!("{words} ({}; scope {scope})", kind.name()),
        "security": [{ "token": [] }],
        "parameters": parameters,
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": body(kind, name) } },
        },
        "responses": responses,
    })
}

/// Adds what every act may answer when it is refused.
pub(super) fn add_refusals(responses: &mut Value) {
    for (status, schema, words) in [
        (
            "403",
            "Trouble",
            "The token or the role of its person does not allow it.",
        ),
        ("413", "Trouble", "It is more than 4 MB."),
        ("415", "Trouble", "It is not JSON."),
        (
            "422",
            "Wrong",
            "Some fields are not right; nothing was changed.",
        ),
        (
            "429",
            "Wrong",
            "Too many in an hour; wait as Retry-After says.",
        ),
    ] {
        responses[status] = answer(schema, words);
    }
}

/// The number in an address.
pub fn number() -> Value {
    json!({
        "name": "number", "in": "path", "required": true,
        "schema": { "type": "integer", "minimum": 1, "maximum": i64::MAX },
    })
}

pub(super) fn number_in(name: &str, least: i64, most: i64, words: &str) -> Value {
    json!({
        "name": name, "in": "query", "required": false, "description": words,
        "schema": { "type": "integer", "minimum": least, "maximum": most },
    })
}

pub(super) fn limit() -> Value {
    number_in(
        "limit",
        1,
        200,
        "How many results at the most; 50 where nothing is said.",
    )
}

pub(super) fn answer(schema: &str, words: &str) -> Value {
    let reference = format!("#/components/schemas/{schema}");
    json!({
        "description": words,
        "content": { "application/json": { "schema": { "$ref": reference } } },
    })
}

/// The answers of one that reads.
pub fn answers(schema: &str, words: &str) -> Value {
    json!({
        "200": answer(schema, words),
        "400": answer("Trouble", "Part of the request is not as described."),
        "401": answer("Trouble", "A token is missing, or has ended."),
        "403": answer("Trouble", "The token does not allow it."),
        "404": answer("Trouble", "There is nothing at this address, or not for this token."),
        "410": answer("Trouble", "It was there and was taken away."),
        "503": answer("Wrong", "The database is away, or stewards have enough to look at."),
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
        "parameters": [number()],
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

fn evidence_of(of: &str) -> Value {
    let one = of.trim_end_matches('s');
    let after = number_in("after", 0, i64::MAX, "How many results to pass over.");
    json!({ "get": {
        "summary": format!("The evidence for one {one}, the strongest first"),
        "parameters": [number(), limit(), after],
        "responses": answers("EvidenceItems", "A page of the list."),
    }})
}

fn freeing() -> Value {
    json!({ "get": {
        "summary": "The hurdles that others hang on, the one that frees most first",
        "parameters": [
            { "name": "for", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "The slug of a public body: what it has cleared is left out, what it faces counts first." },
            limit(),
            number_in("after", 0, i64::MAX, "How many results to pass over."),
        ],
        "responses": answers("FreeingHurdles", "A page of the list."),
    }})
}

/// The kinds of what can be found: texts and trials.
fn found_kinds() -> Vec<&'static str> {
    let kinds = KINDS.iter().map(|kind| kind.name());
    kinds.chain([TRIAL]).collect()
}

fn search() -> Value {
    json!({ "get": {
        "summary": "What is found for some words, best first",
        "parameters": [
            { "name": "q", "in": "query", "required": false, "schema": { "type": "string" },
              "description": "The words, as people say them; at most 256 characters count." },
            { "name": "kind", "in": "query", "required": false,
              "schema": { "type": "string", "enum": found_kinds() } },
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
        "responses": {
            "200": {
                "description": "OpenAPI 3.1.",
                "content": { "application/json": { "schema": { "type": "object" } } },
            },
            "401": answer("Trouble", "The token has ended."),
            "403": answer("Trouble", "The token does not allow it."),
        },
    }})
}
