//! What no form of ours sends: a clear answer, the words kept, never a fault of ours.

use crate::page::Page;
use crate::routes::filled;
use crate::world::{World, both};

both!(
    whatever_an_address_holds_it_is_answered,
    whatever_a_query_holds_it_is_answered,
    whatever_a_form_holds_it_is_answered,
    strange_words_come_back_as_they_were_written,
    a_form_too_large_is_refused_with_a_sentence,
    a_form_of_another_kind_is_refused_with_a_sentence,
    bytes_that_are_no_words_are_read_as_well_as_may_be,
);

const STRANGE: &[&str] = &[
    "%00",
    "%FF",
    "%C3%28",
    "%ED%A0%80",
    "%E2%80%AE",
    "%F0%9F%90%8E",
    "%0D%0A",
    "%25",
    "%2F",
    "..%2F..%2Fetc%2Fpasswd",
    "..",
    "%5C",
    "-1",
    "0",
    "99999999999999999999",
    "9223372036854775807",
    "-9223372036854775808",
    "1e9",
    "0x1",
    "+1",
    "%20",
    "%27%3B--",
    "%22%3E",
    "{{7*7}}",
    "%3Cscript%3E",
    "%EF%BF%BF",
    "%E2%80%A8",
    "a%00b",
    "1%00",
    "1-%00",
    "NaN",
];

/// Asserts that the site answered by its own will, with words where it refused.
#[track_caller]
fn is_answered(page: &Page, what: &str) {
    assert!(page.status < 500, "{what}: {} {}", page.status, page.text());
    if page.status >= 400 {
        let kind = page.header("content-type");
        let is_told = kind.starts_with("text/html") || kind.starts_with("application/json");
        assert!(
            is_told && !page.text().is_empty(),
            "{what}: {} {kind}",
            page.status
        );
    }
    if page.header("content-type").starts_with("text/html") {
        assert!(!page.body.contains("<script>"), "{what}");
        assert!(!page.body.contains('\0'), "{what}");
    }
}

async fn whatever_an_address_holds_it_is_answered(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    ruth.writes_hurdle("Sites are blocked", &[("tags", "filters")])
        .await;
    for route in fosbury::router::listed() {
        if !route.path.contains('{') || route.path.contains("{*") {
            continue;
        }
        for strange in STRANGE {
            let open = route.path.find('{').unwrap();
            let close = route.path[open..].find('}').unwrap() + open + 1;
            let rest = filled(&route.path[close..]);
            let path = format!("{}{strange}{rest}", &route.path[..open]);
            let path = path.replace(['{', '}'], "");
            let what = format!("{} {path}", route.method);
            if route.method == axum::http::Method::GET {
                is_answered(&visitor.get(&path).await, &what);
                is_answered(&ruth.get(&path).await, &what);
            } else if !route.path.starts_with("/sign-in") && !route.path.starts_with("/join") {
                is_answered(
                    &ruth.post(&path, &[("why", "x"), ("revision", "1")]).await,
                    &what,
                );
            }
        }
    }
    visitor
        .get("/hurdles/%FF")
        .await
        .is(404)
        .says("There is no page here");
    visitor
        .get(&format!("/hurdles/{}", "9".repeat(5_000)))
        .await
        .is(404);
}

async fn whatever_a_query_holds_it_is_answered(world: World) {
    let (ruth, visitor) = (world.as_ruth(), world.as_visitor());
    let address = ruth
        .writes_guide("Begin", &[("text", "## One\n\nWords.")])
        .await;
    let long = "x".repeat(3_000);
    for name in [
        "/search?q",
        "/search?kind",
        "/search?tag",
        "/search?heading",
        "/search?after",
        "/search/suggest?q",
        "/changes?before",
        "/changes?before=1_2_3&kind",
        "/hurdles?after",
        "/hurdles?heading",
        "/solutions?kind",
        "/solutions?after",
        "/guides?after",
        "/guides/1/history?before",
        "/guides/1/compare?from",
        "/guides/1/compare?to",
        "/guides/1/erase?revision",
        "/guides/1/edit?part=text&section",
        "/guides/1/edit?part",
        "/guides/new?title",
        "/sign-in?next",
        "/?told",
        "/?revision",
        "/api/v1/search?q",
        "/api/v1/search?kind",
        "/api/v1/search?after",
        "/api/v1/changes?before",
        "/api/v1/changes?limit",
        "/api/v1/hurdles?after",
        "/account?told=saved&revision",
    ] {
        for strange in STRANGE.iter().copied().chain([long.as_str(), ""]) {
            let strange = strange.replace(['{', '}'], "");
            let path = format!("{name}={strange}");
            is_answered(&ruth.get(&path).await, &path);
            is_answered(&visitor.get(&path).await, &path);
        }
    }
    for before in [
        "1_%00_1",
        "9223372036854775807_z_9223372036854775807",
        "1_1",
        "_",
        "__",
    ] {
        is_answered(
            &visitor.get(&format!("/changes?before={before}")).await,
            before,
        );
    }
    ruth.get(&address).await.is(200);
}

const WORDS: &[&str] = &[
    "",
    " ",
    "\0",
    "a\0b",
    "\u{202e}tfel",
    "\u{feff}",
    "\u{200b}",
    "é",
    "e\u{301}",
    "🐎",
    "'; DROP TABLE record; --",
    "\"><script>alert(1)</script>",
    "[x](javascript:alert(1))",
    "<img src=x onerror=alert(1)>",
    "[[",
    "[[]]",
    "[[9999999999999999999999]]",
    "[[hurdle 0]]",
    "[[solution -1|x]]",
    "]]>",
    "{{7*7}}",
    "${7*7}",
    "%s%n",
    "\u{1}\u{7f}\u{85}",
    "\r\n\r\n",
    "-9223372036854775808",
    "99999999999999999999",
    "NaN",
    "null",
    "\u{fdd0}\u{fffe}\u{10ffff}",
];

async fn whatever_a_form_holds_it_is_answered(world: World) {
    let ruth = world.as_ruth();
    let hurdle = ruth.writes_hurdle("Sites are blocked", &[]).await;
    let solution = ruth.writes_solution("Ask IT", &[]).await;
    for (new, list) in [
        ("/hurdles/new", "/hurdles"),
        ("/solutions/new", "/solutions"),
    ] {
        let form = ruth.get(new).await.form(list);
        let form = form.with("title", "A title").with("heading", "access");
        let form = form
            .with("kind", "cure")
            .with("direction", "top")
            .with("effort", "days");
        let form = form.with("alone", "no");
        for (name, _) in form.fields.clone() {
            for words in WORDS {
                let page = ruth.submit(&form.clone().with(&name, words)).await;
                is_answered(&page, &format!("{new} {name} = {words:?}"));
                assert!([303, 422].contains(&page.status), "{name}: {}", page.status);
            }
        }
    }
    for words in WORDS {
        for address in [&hurdle, &solution] {
            for name in [
                "title", "depends", "hurdles", "tags", "phrases", "part", "section",
            ] {
                let page = ruth
                    .changes(address, &[(name, words), ("do", "save")])
                    .await;
                is_answered(&page, &format!("{address} {name} = {words:?}"));
            }
        }
        for (path, name) in [
            ("/account/name", "name"),
            ("/people/invitations", "address"),
            ("/people/invitations", "role"),
            ("/desk/searches/removal", "words"),
            ("/hurdles/1/mergers", "into"),
            ("/hurdles/1/restorations", "revision"),
            ("/hurdles/1/undoings", "revision"),
            ("/hurdles/1/erasures", "revision"),
            ("/hurdles/1/draft", "base"),
            ("/hurdles/1/draft", "problem"),
        ] {
            let page = ruth.post(path, &[(name, words)]).await;
            is_answered(&page, &format!("{path} {name} = {words:?}"));
        }
    }
    world.chains_hold().await;
}

async fn strange_words_come_back_as_they_were_written(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    for words in WORDS
        .iter()
        .filter(|words| words.chars().any(char::is_alphanumeric))
    {
        let kept = words.replace('\0', "").replace("e\u{301}", "é");
        let fields = [
            ("problem", *words),
            ("summary", *words),
            ("phrases", *words),
        ];
        let address = tom.writes_hurdle(&format!("T {words}"), &fields).await;
        let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
        assert_eq!(form.get("problem"), kept);
        let number = address.split(['/', '-']).nth(2).unwrap();
        let one = visitor
            .get(&format!("/api/v1/hurdles/{number}"))
            .await
            .json();
        assert_eq!(one["parts"]["problem"], kept);
        let feed = visitor.get(&format!("{address}/changes.atom")).await;
        roxmltree::Document::parse(&feed.is(200).body).unwrap();
        for place in ["", "/history", "/revisions/1", "/compare"] {
            let page = visitor.get(&format!("{address}{place}")).await;
            page.is(200);
            is_answered(&page, words);
            let is_harmless =
                !page.body.contains("href=\"javascript") && !page.body.contains("<img");
            assert!(is_harmless, "{words:?}: {}", page.body);
        }
    }
}

async fn a_form_too_large_is_refused_with_a_sentence(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let five_megabytes = format!("base=1&problem={}", "x".repeat(5 * 1024 * 1024));
    for path in [
        "/hurdles",
        &format!("{address}/revisions"),
        "/sign-in",
        "/account/name",
    ] {
        let page = tom
            .post_bytes(path, five_megabytes.clone().into_bytes())
            .await;
        page.is(413).says("That is too much at once");
    }
    let fields: Vec<(String, String)> = (0..300).map(|n| (format!("f{n}"), "x".into())).collect();
    let fields: Vec<(&str, &str)> = fields.iter().map(|(k, v)| (&**k, &**v)).collect();
    is_answered(&tom.post("/hurdles", &fields).await, "300 fields");
    is_answered(
        &tom.post(&format!("{address}/revisions"), &fields).await,
        "300 fields",
    );
    let long = "ŵ".repeat(60_001);
    let page = tom.changes(&address, &[("problem", &long)]).await;
    page.is(422)
        .says("The problem: shorten this by 1 characters");
    assert_eq!(page.form("/revisions").get("problem"), long);
    tom.changes(&address, &[("problem", &long[2..])])
        .await
        .is(303);
    let longest = "語".repeat(60_000);
    let parts = ["problem", "detail", "why", "ways", "until"];
    let all: Vec<(&str, &str)> = parts.iter().map(|part| (*part, &*longest)).collect();
    tom.changes(&address, &all).await.is(303);
}

async fn a_form_of_another_kind_is_refused_with_a_sentence(world: World) {
    let tom = world.as_tom();
    for kind in [
        "application/json",
        "text/plain",
        "multipart/form-data; boundary=x",
    ] {
        let request = tom
            .request(axum::http::Method::POST, "/hurdles")
            .header("origin", crate::world::BASE)
            .header("content-type", kind);
        let page = tom
            .send(request.body("{\"title\":1}".into()).unwrap())
            .await;
        page.is(400).says("send the form as it is on the page");
    }
}

async fn bytes_that_are_no_words_are_read_as_well_as_may_be(world: World) {
    let tom = world.as_tom();
    let body = b"title=Caf%E9+%FF&heading=access&problem=\xff\xfe+%C3%28&tags=%ED%A0%80";
    let saved = tom.post_bytes("/hurdles", body.to_vec()).await;
    let address = saved.is(303).leads_to();
    let page = tom.get(address.split("/edit").next().unwrap()).await;
    page.is(200).says("Caf\u{fffd}");
    for link in page
        .links()
        .into_iter()
        .filter(|link| link.starts_with("/tags/"))
    {
        tom.get(&link).await.is(200);
    }
}
