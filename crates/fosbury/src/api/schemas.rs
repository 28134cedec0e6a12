//! What the API takes and answers, as JSON Schema.

use serde_json::{Map, Value, json};

use super::precedents;
use crate::history::kind::{Kind, Shape};
use crate::viewer::Visibility;

/// The schemas of all that is sent and answered.
pub(super) fn schemas() -> Value {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let truth = || json!({ "type": "boolean" });
    let listed = json!({
        "kind": text(), "number": whole(), "title": text(), "url": text(), "summary": text(),
        "unfinished": truth(),
    });
    let with = |more: &[(&str, Value)]| {
        let mut properties = listed.clone();
        for (name, value) in more {
            properties[*name] = value.clone();
        }
        object(&properties)
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
    let mut all = json!({
        "Listed": object(&listed),
        "Hit": with(&[("snippet", text())]),
        "Record": with(&[
            ("revision", whole()), ("made_at", text()), ("changed_at", text()),
            ("licence", text()), ("credit", text()), ("visibility", visibility()),
            ("parts", json!({ "type": "object" })),
        ]),
        "Change": object(&json!({
            "kind": text(), "number": whole(), "title": text(), "url": text(),
            "revision": whole(), "act": text(), "summary": text(), "minor": truth(),
            "author": text(), "at": text(), "words_added": whole(), "words_removed": whole(),
        })),
        "FreeingHurdle": with(&[
            ("frees", whole()), ("directly", list_of(whole())), ("faced", whole()),
            ("faced_itself", truth()),
        ]),
        "FreeingHurdles": page_of("FreeingHurdle"),
        "Records": page_of("Listed"),
        "Hits": page_of("Hit"),
        "Changes": page_of("Change"),
        "Organisations": page_of("ListedOrganisation"),
        "ListedOrganisation": object(&body),
        "Organisation": object(&whole_body),
        "Trouble": object(&json!({ "error": text(), "message": text() })),
        "Trials": page_of("Trial"),
        "EvidenceItems": page_of("EvidenceItem"),
        "EvidenceItem": with(&[
            ("sort", text()), ("strength", text()), ("points", text()), ("source", text()),
            ("link", some_text()), ("date", text()), ("quote", text()),
        ]),
        "Worked": page_of("Way"),
    });
    if let Some(all) = all.as_object_mut() {
        all.extend(of_acts());
        all.extend(of_trials());
        all.extend(super::peers_told::schemas());
        all.extend(super::sessions::schemas());
        all.extend(super::outcomes::schemas());
        all.extend(super::threads_told::schemas());
        let precedents = precedents::schemas().into_iter();
        let more = precedents.chain(super::harvest::schemas());
        all.extend(more.map(|(name, schema)| (name.to_owned(), schema)));
    }
    all
}

/// The schemas of trials and sightings.
fn of_trials() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let some_text = || json!({ "type": ["string", "null"] });
    let some_number = || json!({ "type": ["integer", "null"] });
    let sighting = object(&json!({
        "organisation": text(), "service": text(), "stage": text(), "days_lost": some_number(),
        "confirmed": { "type": "boolean" }, "at": text(),
    }));
    let all = [
        (
            "Trial",
            object(&json!({
                "number": whole(), "url": text(), "hurdle": whole(), "solution": some_number(),
                "organisation": some_text(), "type": some_text(), "nation": some_text(),
                "service": some_text(), "outcome": text(), "begun_on": some_text(),
                "ended_on": some_text(), "differently": text(), "learned": text(),
                "cost": text(), "time": text(), "agreed": text(),
                "confirmed": { "type": "boolean" }, "told_at": text(), "changed_at": text(),
            })),
        ),
        (
            "Way",
            object(&json!({
                "solution": whole(), "title": text(), "url": text(),
                "places": { "type": "object" }, "like_yours": { "type": ["object", "null"] },
                "a": { "type": "number" }, "b": { "type": "number" },
                "lower_end": { "type": "number" },
            })),
        ),
        (
            "Sightings",
            object(&json!({
                "results": { "type": "array", "items": sighting }, "organisations": whole(),
                "unconfirmed_at_least": some_number(), "next": { "type": "null" },
            })),
        ),
    ];
    let named = all.into_iter();
    named
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

/// The schemas of what acts answer.
fn of_acts() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let whole = || json!({ "type": "integer" });
    let truth = || json!({ "type": "boolean" });
    let clash = object(&json!({
        "field": text(), "base": text(), "theirs": text(), "mine": text(), "suggested": text(),
    }));
    let outcomes = [
        "made",
        "saved",
        "merged",
        "unchanged",
        "deleted",
        "recovered",
        "joined",
        "separated",
    ];
    let all = [
        (
            "Wrong",
            json!({
                "type": "object",
                "properties": {
                    "error": text(), "message": text(),
                    "fields": { "type": "object", "additionalProperties": text() },
                },
                "required": ["error", "message"],
            }),
        ),
        (
            "Clash",
            object(&json!({
                "error": text(), "message": text(), "base": whole(), "revision": whole(),
                "other": text(),
                "clashes": { "type": "array", "items": clash },
                "merged": object(&json!({ "title": text(), "parts": { "type": "object" } })),
            })),
        ),
        (
            "Written",
            object(&json!({
                "outcome": { "type": "string", "enum": outcomes },
                "record": { "$ref": "#/components/schemas/Record" },
            })),
        ),
        (
            "Kept",
            object(&json!({ "number": whole(), "held": truth(), "url": text() })),
        ),
        ("Watching", object(&json!({ "watching": truth() }))),
    ];
    all.into_iter()
        .map(|(name, schema)| (name.to_owned(), schema))
        .collect()
}

/// A page of a list of these.
pub(super) fn page_of(schema: &str) -> Value {
    let items = json!({ "$ref": format!("#/components/schemas/{schema}") });
    object(&json!({
        "results": { "type": "array", "items": items },
        "next": { "type": ["string", "null"], "description": "The address of the next page." },
    }))
}

/// An object that has all of these.
pub(super) fn object(properties: &Value) -> Value {
    let names: Vec<&String> = properties
        .as_object()
        .map(|map| map.keys().collect())
        .unwrap_or_default();
    json!({ "type": "object", "properties": properties, "required": names })
}

fn visibility() -> Value {
    let names: Vec<&str> = Visibility::ALL.iter().map(|one| one.name()).collect();
    json!({ "type": "string", "enum": names })
}

fn from_one(words: &str) -> Value {
    json!({ "type": "integer", "minimum": 1, "maximum": i64::MAX, "description": words })
}

/// The parts of a kind of text, as they are sent.
fn parts(kind: &dyn Kind) -> Value {
    let mut parts = Map::new();
    for part in kind.parts().iter().filter(|part| part.key != "title") {
        let value = match part.shape {
            Shape::Lines | Shape::Tags => {
                json!({ "type": "array", "items": { "type": "string" } })
            }
            Shape::Numbers(_) | Shape::Trials => json!({
                "type": "array",
                "items": { "type": "integer", "minimum": i64::MIN, "maximum": i64::MAX },
            }),
            Shape::Choice(among) => json!({ "type": "string", "enum": among }),
            Shape::Line | Shape::Text => {
                json!({ "type": "string", "description": "Markdown where the form takes it." })
            }
        };
        parts.insert(part.key.to_owned(), value);
    }
    let needed = kind.parts().iter().filter(|part| part.is_needed);
    let needed: Vec<&str> = needed
        .map(|part| part.key)
        .filter(|key| *key != "title")
        .collect();
    json!({
        "type": "object", "properties": parts, "additionalProperties": false,
        "description": format!(
            "A new page needs: {}. Parts that are not sent stay as they are in the base.",
            if needed.is_empty() { "nothing more".to_owned() } else { needed.join(", ") },
        ),
    })
}

pub(super) fn sent(properties: &Value, needed: &[&str]) -> Value {
    json!({
        "type": "object", "properties": properties, "required": needed,
        "additionalProperties": false,
    })
}

/// What an act on this kind of text takes.
pub(super) fn body(kind: &dyn Kind, act: &str) -> Value {
    let text = |words: &str| json!({ "type": "string", "description": words });
    let truth = |words: &str| json!({ "type": "boolean", "description": words });
    let base = || from_one("The revision that this change began from.");
    let revision = || from_one("A revision of this page.");
    let mut whole = json!({
        "title": text("At most 140 characters."),
        "parts": parts(kind),
        "summary": text("Why, in at most 200 characters."),
        "minor": truth("Whether the change is small."),
        "unfinished": truth("Whether the page is not finished."),
        "visibility": visibility(),
        "own": text("Which body of yours, by its word in addresses, for own-organisation."),
        "bodies": {
            "type": "array", "items": { "type": "string" },
            "description": "Names or codes of bodies, for bodies.",
        },
    });
    match act {
        "revisions" => {
            whole["base"] = base();
            sent(&whole, &["base"])
        }
        "suggestions" => sent(
            &json!({
                "base": base(), "title": text("At most 140 characters."), "parts": parts(kind),
                "summary": text("Why, in at most 140 characters."),
            }),
            &["base"],
        ),
        "restorations" => sent(
            &json!({ "revision": revision(), "base": base() }),
            &["revision", "base"],
        ),
        "ties" | "untyings" => sent(
            &json!({ "trial": from_one("The number of a trial that the token may see.") }),
            &["trial"],
        ),
        "undoings" => sent(&json!({ "revision": revision() }), &["revision"]),
        "deletions" => sent(&json!({ "why": text("The reason.") }), &["why"]),
        "said" => sent(
            &json!({
                "what": { "type": "string", "enum": ["comment", "way", "help"] },
                "words": text("At most 4,000 characters."),
                "thread": from_one("The number of the comment that this answers."),
            }),
            &["words"],
        ),
        "mergers" => sent(
            &json!({ "into": from_one("The number of the page that stays.") }),
            &["into"],
        ),
        "watches" | "watches/removals" | "recoveries" | "separations" => sent(&json!({}), &[]),
        _ => sent(&whole, &["title"]),
    }
}
