//! What changed lately, as pages and feeds: well-formed, telling, never stale.

use crate::world::{World, both};

both!(
    a_visitor_reads_every_change_the_moment_it_is_saved,
    a_feed_is_well_formed_whatever_a_title_holds,
    an_entry_shows_the_change_and_keeps_its_id,
    a_kept_page_is_confirmed_without_being_sent_again,
    many_changes_of_one_moment_are_all_listed,
);

async fn a_visitor_reads_every_change_the_moment_it_is_saved(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("tags", "filters")])
        .await;
    let feed = format!("{address}/changes.atom");
    let places = [
        "/changes",
        "/changes.atom",
        &feed,
        "/tags/filters/changes.atom",
    ];
    for n in 1..=6 {
        let term = format!("term{n}x");
        let fields = [("problem", term.as_str()), ("summary", term.as_str())];
        tom.changed(&address, &fields).await;
        for place in places {
            visitor.get(place).await.is(200).says(&term);
        }
        for place in [
            &*address,
            "/hurdles",
            "/api/v1/hurdles/1",
            "/api/v1/hurdles",
        ] {
            let page = visitor.get(place).await;
            assert!(
                place == "/hurdles" || page.body.contains(&term),
                "{place} is stale"
            );
        }
    }
    tom.post("/account/name", &[("name", "Thomas")])
        .await
        .is(303);
    for place in ["/changes", "/changes.atom", &address, &feed] {
        visitor
            .get(place)
            .await
            .says("Thomas")
            .keeps_quiet_of("Tom ");
    }
}

const HOSTILE: &[&str] = &[
    "]]><script>alert(1)</script>",
    "a & b < c > d \" ' &amp; &lt;",
    "bell \u{7} escape \u{1b} nonchar \u{fffe}\u{ffff} end",
    "right \u{202e}tfel to",
    "<!-- comment --> <?xml?> <!DOCTYPE x>",
    "emoji 🐎 and \u{10ffff} and e\u{301}",
];

async fn a_feed_is_well_formed_whatever_a_title_holds(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    for title in HOSTILE {
        let fields = [
            ("problem", *title),
            ("summary", *title),
            ("tags", "x]]>&<y"),
        ];
        let address = tom.writes_hurdle(title, &fields).await;
        let fields = [("problem", "calmer"), ("summary", *title)];
        let address = tom.changed(&address, &fields).await;
        let feed = visitor.get(&format!("{address}/changes.atom")).await;
        roxmltree::Document::parse(&feed.is(200).body).unwrap();
    }
    for place in ["/changes.atom", "/tags/x%5D%5D%3E%26%3Cy/changes.atom"] {
        let feed = visitor.get(place).await;
        assert_eq!(
            feed.is(200).header("content-type"),
            "application/atom+xml; charset=utf-8"
        );
        let xml = roxmltree::Document::parse(&feed.body).unwrap();
        let entries = xml.descendants().filter(|node| node.has_tag_name("entry"));
        assert_eq!(entries.count(), 2 * HOSTILE.len());
        let contents = xml
            .descendants()
            .filter(|node| node.has_tag_name("content"));
        for content in contents {
            let html = content.text().unwrap();
            assert!(!html.contains("<script") && !html.contains("<!"), "{html}");
        }
    }
}

async fn an_entry_shows_the_change_and_keeps_its_id(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One two three.")])
        .await;
    world.minutes_pass(1);
    tom.changed(&address, &[("problem", "One and three.")])
        .await;
    let ids = async || {
        let feed = visitor.get("/changes.atom").await;
        let xml = roxmltree::Document::parse(&feed.body).unwrap();
        let entries: Vec<_> = xml
            .descendants()
            .filter(|n| n.has_tag_name("entry"))
            .collect();
        let of = |name: &str| {
            let found = entries.iter().map(|entry| {
                let node = entry.children().find(|child| child.has_tag_name(name));
                node.unwrap().text().unwrap_or_default().to_owned()
            });
            found.collect::<Vec<_>>()
        };
        (of("id"), of("content"), of("updated"))
    };
    let (before, contents, updated) = ids().await;
    assert!(contents[0].contains("<del>two</del>"), "{}", contents[0]);
    assert!(contents[0].contains("<ins>and</ins>"), "{}", contents[0]);
    assert_eq!(updated, ["2026-05-03T12:01:00Z", "2026-05-03T12:00:00Z"]);
    tom.changed(&address, &[("title", "Filters")]).await;
    let (after, _, _) = ids().await;
    assert_eq!(after[1..], before);
}

async fn a_kept_page_is_confirmed_without_being_sent_again(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let first = visitor.get(&address).await;
    let tag = first.is(200).header("etag");
    let asks = || {
        let request = visitor.request(axum::http::Method::GET, &address);
        let request = request.header("if-none-match", &tag);
        request.body(axum::body::Body::empty()).unwrap()
    };
    let known = visitor.send(asks()).await;
    assert!(known.is(304).body.is_empty());
    tom.changed(&address, &[("problem", "New words.")]).await;
    visitor.send(asks()).await.is(200).says("New words.");
}

async fn many_changes_of_one_moment_are_all_listed(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_guide("Begin", &[("text", "Word 1.")]).await;
    for n in 2..=60 {
        let (n, base) = (format!("Word {n}."), (n - 1).to_string());
        let fields = [("base", &*base), ("text", &*n)];
        tom.post(&format!("{address}/revisions"), &fields)
            .await
            .is(303);
    }
    let newest = visitor.get("/changes").await;
    let older = visitor.get(&newest.link("Older changes")).await;
    let seen = [&newest, &older].map(|page| {
        let links = page.links().into_iter();
        links
            .filter(|link| link.contains("/revisions/"))
            .collect::<Vec<_>>()
    });
    let mut seen = seen.concat();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 60);
}
