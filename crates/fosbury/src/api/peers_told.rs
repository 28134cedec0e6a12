//! The part of the API's description about similar bodies and groups.

use serde_json::{Map, Value, json};

use super::openapi::{add_refusals, answer, answers, limit, number};
use super::schemas::{object, sent};
use crate::peers::model::MEASURES;

/// Addresses, with what they answer.
pub(super) fn paths() -> [(&'static str, Value); 7] {
    let slug = json!({
        "name": "slug", "in": "path", "required": true, "schema": { "type": "string" },
    });
    let after = json!({
        "name": "after", "in": "query", "required": false, "schema": { "type": "string" },
        "description": "Where the last page ended: part of its `next`.",
    });
    [
        (
            "/api/v1/organisations/{slug}/peers",
            json!({ "get": {
                "summary": "The public bodies that are most like one, with the reasons",
                "parameters": [slug.clone()],
                "responses": answers("Peers", "The nearest of its kind, or why there are none."),
            }}),
        ),
        (
            "/api/v1/groups",
            json!({ "get": {
                "summary": "Groups of public bodies that people keep, by name",
                "parameters": [limit(), after],
                "responses": answers("Groups", "A page of the list."),
            }, "post": begun() }),
        ),
        (
            "/api/v1/groups/{number}",
            json!({ "get": {
                "summary": "One group of public bodies, whole",
                "parameters": [number()],
                "responses": answers("Group", "The group with its bodies."),
            }}),
        ),
        (
            "/api/v1/groups/{number}/revisions",
            json!({ "post": act(
                "Gives a group another name or reason; what is not sent stays",
                &[number()],
                &sent(&json!({ "name": { "type": "string" }, "why": { "type": "string" } }), &[]),
            )}),
        ),
        (
            "/api/v1/groups/{number}/members",
            json!({ "post": act(
                "Takes a body into a group",
                &[number()],
                &sent(&json!({ "organisation": { "type": "string" } }), &["organisation"]),
            )}),
        ),
        (
            "/api/v1/groups/{number}/members/{slug}/removal",
            json!({ "post": act(
                "Takes a body out of a group; its own people may as well",
                &[number(), slug],
                &sent(&json!({}), &[]),
            )}),
        ),
        (
            "/api/v1/groups/{number}/removal",
            json!({ "post": act(
                "Takes a group away; stewards can bring it back",
                &[number()],
                &sent(&json!({}), &[]),
            )}),
        ),
    ]
}

/// An act on a group by those who keep it: the people of the body that began it, and stewards.
fn act(words: &str, parameters: &[Value], body: &Value) -> Value {
    let mut responses = answers("WrittenGroup", "It is done, or was so before.");
    add_refusals(&mut responses);
    json!({
        "summary": format!("{words} (scope write)"),
        "security": [{ "token": [] }],
        "parameters": parameters,
        "requestBody": {
            "required": true,
            "content": { "application/json": { "schema": body } },
        },
        "responses": responses,
    })
}

fn begun() -> Value {
    let body = json!({
        "organisation": {
            "type": "string",
            "description": "The word in addresses of the body whose people keep it.",
        },
        "name": { "type": "string", "description": "At most 120 characters." },
        "why": { "type": "string", "description": "Why there is such a group, at most 300." },
    });
    let body = sent(&body, &["organisation", "name", "why"]);
    let mut act = act("Begins a group of public bodies", &[], &body);
    act["responses"]["201"] = answer("WrittenGroup", "It is begun.");
    act
}

/// The schemas of what they answer.
pub(super) fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let some_number = || json!({ "type": ["number", "null"] });
    let body = || json!({ "$ref": "#/components/schemas/ListedOrganisation" });
    let list_of = |items: Value| json!({ "type": "array", "items": items });
    let by_measure = || {
        let measures = MEASURES.into_iter();
        let measures: Map<String, Value> = measures
            .map(|measure| (measure.to_owned(), json!({ "type": "number" })))
            .collect();
        json!({ "type": "object", "properties": measures })
    };
    let likeness = json!({ "type": "string", "enum": ["very", "much", "somewhat", "little"] });
    let peer = object(&json!({
        "organisation": body(), "distance": { "type": "number" }, "likeness": likeness,
        "figures": by_measure(), "apart": by_measure(), "most_alike": { "type": ["string", "null"] },
        "differs_most": { "type": ["string", "null"] },
    }));
    let reasons = json!(["missing", "too-few", "nobody-else", "ended", null]);
    let group = json!({
        "number": { "type": "integer" }, "url": text(), "name": text(), "why": text(),
        "kept_by": text(), "changed_at": text(), "count": { "type": "integer" },
    });
    let mut whole = group.clone();
    whole["organisations"] = list_of(body());
    let all = [
        (
            "Peers",
            object(&json!({
                "figures": by_measure(), "typical_distance": some_number(),
                "results": list_of(peer), "why_not": { "type": ["string", "null"], "enum": reasons },
                "missing": list_of(text()), "instead": list_of(body()),
                "next": { "type": "null" },
            })),
        ),
        (
            "Groups",
            object(&json!({
                "results": list_of(json!({ "$ref": "#/components/schemas/ListedGroup" })),
                "next": { "type": ["string", "null"] },
            })),
        ),
        ("ListedGroup", object(&group)),
        ("Group", object(&whole)),
        (
            "WrittenGroup",
            object(&json!({
                "outcome": { "type": "string", "enum": ["made", "saved", "unchanged", "removed"] },
                "group": { "$ref": "#/components/schemas/Group" },
            })),
        ),
    ];
    let named = all.into_iter();
    named
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}
