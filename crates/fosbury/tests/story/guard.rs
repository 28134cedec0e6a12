//! Who may do what, from where: every route, walked.

use axum::body::Body;
use axum::http::{Method, header};
use web::{Access, Listed};

use crate::browser::Browser;
use crate::page::Page;
use crate::routes::{expected, filled};
use crate::world::{BASE, World, both};

both!(
    every_route_is_in_the_table_with_its_least_access,
    every_route_lets_in_whom_it_should_and_nobody_else,
    an_act_from_another_site_is_refused_on_every_route,
    looking_at_every_page_as_the_owner_changes_nothing,
    every_answer_carries_what_keeps_browsers_safe,
    pages_of_somebody_signed_in_are_not_stored,
    a_wrong_method_and_an_unknown_address_are_pages_with_ways_on,
    what_a_proxy_did_not_say_changes_nothing,
);

/// A few pages, so that the routes lead somewhere.
async fn furnished(world: &World) {
    let tom = world.as_tom();
    let fields = [("problem", "Words."), ("tags", "filters")];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    tom.changed(&address, &[("problem", "Other words.")]).await;
    tom.writes_solution("Ask IT", &[("hurdles", "1")]).await;
    tom.writes_guide("Begin", &[("text", "## One\n\nWords.")])
        .await;
    world.waits_for_its_index().await;
}

async fn every_route_is_in_the_table_with_its_least_access(_: World) {
    let mut served: Vec<(String, String, Access)> = fosbury::router::listed()
        .into_iter()
        .map(|route| (route.method.to_string(), route.path, route.access))
        .collect();
    let mut expected = expected();
    served.sort();
    expected.sort();
    for route in &served {
        assert!(expected.contains(route), "not in the table: {route:?}");
    }
    assert_eq!(served, expected);
}

async fn asks(browser: &Browser, route: &Listed) -> Page {
    let path = filled(&route.path);
    if route.method == Method::GET {
        browser.get(&path).await
    } else {
        browser
            .post(&path, &[("revision", "99"), ("into", "x")])
            .await
    }
}

async fn every_route_lets_in_whom_it_should_and_nobody_else(world: World) {
    furnished(&world).await;
    for route in fosbury::router::listed() {
        let viewers = [
            (world.as_visitor(), Access::Anyone),
            (world.as_tom(), Access::Contributor),
            (world.as_dafydd(), Access::Contributor),
            (world.as_amina(), Access::Steward),
            (world.as_ruth(), Access::Owner),
        ];
        for (viewer, highest) in viewers {
            // What programs may do stands in a matrix of its own.
            let is_for_programs = route.method == Method::POST && route.path.starts_with("/api/");
            if is_for_programs
                || route.path == "/sign-out"
                || route.path.ends_with("/draft/removal")
            {
                continue;
            }
            let page = asks(&viewer, &route).await;
            let which = format!(
                "{} {} as {highest:?}: {}",
                route.method, route.path, page.status
            );
            let refused = if highest == Access::Anyone { 401 } else { 403 };
            if route.access <= highest {
                assert!(![401, 403].contains(&page.status), "{which}");
                assert!(page.status < 500, "{which}");
            } else {
                assert_eq!(page.status, refused, "{which}");
            }
        }
    }
}

async fn an_act_from_another_site_is_refused_on_every_route(world: World) {
    furnished(&world).await;
    let ruth = world.as_ruth();
    let before = world.everything().await;
    let origins: [&[(&str, &str)]; 9] = [
        &[],
        &[("origin", "https://evil.example")],
        &[("origin", "null")],
        &[("origin", "https://hurdles.example.org.evil.example")],
        &[("origin", "https://hurdles.example.org:8443")],
        &[("sec-fetch-site", "cross-site"), ("origin", BASE)],
        &[("sec-fetch-site", "same-site"), ("origin", BASE)],
        &[("sec-fetch-site", "none"), ("origin", BASE)],
        &[
            ("referer", "https://hurdles.example.org/"),
            ("x-forwarded-host", "hurdles.example.org"),
        ],
    ];
    let posts = fosbury::router::listed().into_iter();
    for route in posts.filter(|route| route.method == Method::POST) {
        for headers in origins {
            let mut request = ruth
                .request(Method::POST, &filled(&route.path))
                .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
            for (name, value) in headers {
                request = request.header(*name, *value);
            }
            let page = ruth
                .send(request.body(Body::from("why=x&into=2")).unwrap())
                .await;
            if route.path.starts_with("/api/") {
                assert_eq!(page.is(403).json()["error"], "forged");
            } else {
                page.is(403).says("We did not accept that");
            }
        }
    }
    assert_eq!(world.everything().await, before);
}

async fn looking_at_every_page_as_the_owner_changes_nothing(world: World) {
    furnished(&world).await;
    let ruth = world.as_ruth();
    let before = world.everything().await;
    let mut waiting: Vec<String> = fosbury::router::listed()
        .into_iter()
        .filter(|route| route.method == Method::GET)
        .map(|route| filled(&route.path))
        .collect();
    waiting.push("/search?q=words+that+nobody+wrote+xyzzy".to_owned());
    let mut seen = Vec::new();
    while let Some(address) = waiting.pop() {
        if seen.contains(&address) || seen.len() > 400 {
            continue;
        }
        let page = ruth.get(&address).await;
        assert!(page.status < 500, "{address}: {}", page.status);
        let links = page
            .links()
            .into_iter()
            .map(|link| link.split('#').next().unwrap_or_default().to_owned());
        waiting.extend(links.filter(|link| link.starts_with('/')));
        seen.push(address);
    }
    assert!(seen.len() > 80, "only {} pages were found", seen.len());
    assert_eq!(world.everything().await, before);
}

async fn every_answer_carries_what_keeps_browsers_safe(world: World) {
    furnished(&world).await;
    let mut pages = Vec::new();
    for browser in [world.as_visitor(), world.as_ruth()] {
        for route in fosbury::router::listed() {
            if route.method == Method::GET {
                pages.push(asks(&browser, &route).await);
            }
        }
    }
    let visitor = world.as_visitor();
    pages.push(visitor.get("/nothing/here").await);
    pages.push(visitor.post("/hurdles", &[]).await);
    pages.push(visitor.post("/hurdles/1/history", &[]).await);
    for page in pages {
        let policy = page.header("content-security-policy");
        for part in [
            "default-src 'none'",
            "form-action 'self'",
            "frame-ancestors 'none'",
            "base-uri 'none'",
        ] {
            assert!(policy.contains(part), "{}: {policy}", page.address);
        }
        assert!(!policy.contains("unsafe"), "{}: {policy}", page.address);
        assert_eq!(
            page.header("x-content-type-options"),
            "nosniff",
            "{}",
            page.address
        );
        let referrer = page.header("referrer-policy");
        assert!(
            ["same-origin", "strict-origin"].contains(&&*referrer),
            "{}",
            page.address
        );
        assert!(!page.header("cache-control").is_empty(), "{}", page.address);
        assert_eq!(
            page.header("access-control-allow-origin"),
            "",
            "{}",
            page.address
        );
        let kind = page.header("content-type");
        let is_without_words = kind.is_empty() && page.body.is_empty();
        let is_told = kind.ends_with("; charset=utf-8") || kind == "image/svg+xml";
        assert!(is_without_words || is_told, "{}: {kind}", page.address);
        if kind.starts_with("text/html") {
            assert!(!page.body.contains("style=\""), "{}", page.address);
            assert!(!page.body.contains("<script>"), "{}", page.address);
        }
    }
}

async fn pages_of_somebody_signed_in_are_not_stored(world: World) {
    furnished(&world).await;
    for route in fosbury::router::listed() {
        if route.method == Method::GET && !route.path.starts_with("/assets/") {
            let page = asks(&world.as_tom(), &route).await;
            assert_eq!(page.header("cache-control"), "no-store", "{}", page.address);
        }
    }
}

async fn a_wrong_method_and_an_unknown_address_are_pages_with_ways_on(world: World) {
    let visitor = world.as_visitor();
    visitor
        .get("/nothing/here")
        .await
        .is(404)
        .says("From here you can");
    visitor
        .post("/hurdles/1/history", &[])
        .await
        .is(405)
        .says("From here you can");
    visitor
        .get("/sign-out")
        .await
        .is(405)
        .says("From here you can");
    visitor.get("/account").await.is(401).says("Sign in first");
    world
        .as_tom()
        .get("/desk")
        .await
        .is(403)
        .says("You may not do this");
    for method in [Method::PUT, Method::DELETE, Method::PATCH, Method::TRACE] {
        let request = visitor.request(method, "/hurdles").header("origin", BASE);
        visitor
            .send(request.body(Body::empty()).unwrap())
            .await
            .is(405);
    }
    let api = visitor.get("/api/v1/nothing").await;
    assert_eq!(api.is(404).json()["error"], "not-found");
}

async fn what_a_proxy_did_not_say_changes_nothing(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    let request = visitor
        .request(Method::GET, "/api/v1/hurdles")
        .header("x-forwarded-host", "evil.example")
        .header("x-forwarded-proto", "http")
        .header("forwarded", "host=evil.example");
    let page = visitor.send(request.body(Body::empty()).unwrap()).await;
    page.is(200).keeps_quiet_of("evil.example");
    for n in 0..61 {
        let request = visitor
            .request(Method::POST, "/sign-in/code")
            .header("origin", BASE)
            .header("x-forwarded-for", format!("203.0.113.{n}"))
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let page = visitor
            .send(request.body(Body::from("code=1")).unwrap())
            .await;
        page.is(if n < 60 { 422 } else { 429 });
    }
}
