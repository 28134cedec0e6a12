//! What the description says of discussions and of files on pages.

use serde_json::{Map, Value, json};

use super::openapi::{act, answer, answers, limit, number, number_in};
use super::schemas::{object, page_of};
use crate::attachments::uploading::MOST;
use crate::hurdles::Hurdles;
use crate::subjects::KINDS;

/// Their addresses.
pub fn paths() -> Map<String, Value> {
    let mut paths = Map::new();
    for kind in KINDS {
        let page = format!("/api/v1/{}/{{number}}", kind.plural());
        let (one, plural) = (kind.name(), kind.plural());
        paths.insert(format!("{page}/discussion"), discussion(&number(), one));
        let files = json!({ "get": files(one), "post": bringing(plural, one) });
        paths.insert(format!("{page}/attachments"), files);
    }
    let slug = json!({
        "name": "slug", "in": "path", "required": true, "schema": { "type": "string" },
    });
    for (page, named, one) in [
        ("/api/v1/trials/{number}", number(), "trial"),
        ("/api/v1/organisations/{slug}", slug, "public body"),
        ("/api/v1/sessions/{number}", number(), "session"),
    ] {
        paths.insert(format!("{page}/discussion"), discussion(&named, one));
        // The same as about a text.
        let mut said = act(&Hurdles, "said");
        said["summary"] = json!(format!("Says something about a page ({one}; scope say)"));
        said["parameters"][0] = named;
        paths.insert(format!("{page}/said"), json!({ "post": said }));
    }
    paths
}

fn discussion(named: &Value, one: &str) -> Value {
    let before = number_in("before", 1, i64::MAX, "Only comments before this number.");
    json!({ "get": {
        "summary": format!("What was said about one {one}, newest first"),
        "parameters": [named, limit(), before],
        "responses": answers("Comments", "A page of the list; answers stand in it as well."),
    }})
}

fn files(one: &str) -> Value {
    json!({
        "summary": format!("The files on one {one}, in the order in which they came"),
        "parameters": [number()],
        "responses": answers("Files", "All of them."),
    })
}

fn bringing(plural: &str, one: &str) -> Value {
    let text = |words: &str| json!({ "type": "string", "description": words });
    let form = json!({
        "type": "object", "required": ["file"], "additionalProperties": false,
        "properties": {
            "file": {
                "type": "string", "format": "binary",
                "description": "A picture (PNG, JPEG, WebP), a PDF, plain text, CSV, or a document of OpenDocument or Office Open XML: known by what is in it, named as it ends.",
            },
            "alt": text("What a picture shows, in at most 300 characters. A picture needs it, or `decoration`."),
            "credit": text("Whose it is and under which licence, in at most 200 characters."),
            "decoration": text("1 where a picture says nothing that the text does not."),
        },
    });
    let mut responses = answers("Files", "");
    if let Some(responses) = responses.as_object_mut() {
        responses.remove("200");
    }
    for (status, schema, words) in [
        ("201", "File", "It is on the page."),
        (
            "403",
            "Trouble",
            "The token does not allow it, or only stewards change the page just now.",
        ),
        ("415", "Trouble", "It is not a form of multipart/form-data."),
        (
            "422",
            "Wrong",
            "The file or the words beside it are not right, or one of the quotas is used up.",
        ),
    ] {
        responses[status] = answer(schema, words);
    }
    let most = MOST / 1024 / 1024;
    responses["413"] = answer("Trouble", &format!("It is more than {most} MB in all."));
    json!({
        "summary": format!("Brings a file to a page ({one}; scope write)"),
        "description": format!("As the form on /{plural}/…/attachments does."),
        "security": [{ "token": [] }],
        "parameters": [number()],
        "requestBody": {
            "required": true,
            "content": { "multipart/form-data": { "schema": form } },
        },
        "responses": responses,
    })
}

/// Their schemas.
pub fn schemas() -> Map<String, Value> {
    let text = || json!({ "type": "string" });
    let some_text = || json!({ "type": ["string", "null"] });
    let whole = || json!({ "type": "integer" });
    let some_number = || json!({ "type": ["integer", "null"] });
    let comment = object(&json!({
        "number": whole(), "url": text(),
        "what": { "type": "string", "enum": ["comment", "way", "help"] },
        "words": { "type": "string", "description": "Markdown, as it was written." },
        "author": { "type": ["string", "null"], "description": "null: a visitor without a name." },
        "thread": { "type": "integer", "description": "The number of the thread's first comment." },
        "thanks": whole(), "at": text(), "edited_at": some_text(),
    }));
    let version = object(&json!({
        "at": text(), "by": text(),
        "act": { "type": "string", "enum": ["create", "edit", "restore", "recover", "delete"] },
        "summary": text(),
        "bytes": { "type": ["integer", "null"], "description": "null: these bytes are not here." },
        "url": some_text(),
    }));
    let file = object(&json!({
        "number": whole(), "name": text(),
        "type": { "type": "string", "description": "Its media type." },
        "bytes": whole(), "url": text(),
        "shown_url": { "type": ["string", "null"], "description": "A picture in the size that pages show." },
        "width": some_number(), "height": some_number(), "alt": text(),
        "decoration": { "type": "boolean" }, "credit": text(), "by": text(), "at": text(),
        "versions": {
            "type": "array", "items": version,
            "description": "What it was in the wiki that it came from, newest first.",
        },
    }));
    [
        ("Comment", comment),
        ("Comments", page_of("Comment")),
        ("File", file),
        ("Files", page_of("File")),
    ]
    .into_iter()
    .map(|(name, schema)| (name.to_owned(), schema))
    .collect()
}
