//! Who may see what: four viewers before every page and list.

use crate::browser::Browser;
use crate::world::{World, both};

both!(
    what_is_for_members_is_shown_to_members_alone,
    what_is_for_its_author_is_shown_to_nobody_else,
    what_was_public_disappears_from_every_list_at_once,
    nobody_hides_what_somebody_else_wrote,
    a_visibility_nobody_knows_opens_nothing,
    a_hidden_word_is_offered_to_nobody_as_a_correction,
);

/// A word in every part of the hidden page, and nowhere else.
const WORD: &str = "zanzibar";

/// Writes a hidden hurdle, with public pages around it that it is tied to in every way.
async fn with_a_hidden_page(world: &World, visibility: &str) -> String {
    let tom = world.as_tom();
    tom.writes_hurdle("Sites are blocked", &[("tags", "filters")])
        .await;
    let fields = [
        ("problem", "It is called zanzibar, see [[1]]."),
        ("why", "zanzibar, see [[Zanzibar plans]]"),
        ("ways", "zanzibar"),
        ("tags", "filters, zanzibar"),
        ("phrases", "zanzibar blues"),
        ("depends", "1"),
        ("visibility", visibility),
    ];
    let address = tom.writes_hurdle("The zanzibar plan", &fields).await;
    let tie = [
        ("problem", "See [[2]]."),
        ("depends", "2"),
        ("tags", "filters"),
    ];
    tom.writes_hurdle("Tied to it", &tie).await;
    tom.writes_solution("A cure", &[("hurdles", "1, 2"), ("short", "[[2]]")])
        .await;
    let summary = [
        ("problem", "It is still zanzibar."),
        ("summary", "zanzibar again"),
    ];
    tom.changed(&address, &summary).await
}

/// Every page and list that could give the hidden page away.
const PLACES: &[&str] = &[
    "/",
    "/hurdles",
    "/hurdles?heading=access",
    "/hurdles/1-sites-are-blocked",
    "/hurdles/3-tied-to-it",
    "/hurdles/3-tied-to-it/revisions/1",
    "/hurdles/3/changes.atom",
    "/solutions",
    "/solutions/1-a-cure",
    "/search?q=plan",
    "/search?q=",
    "/search?q=&kind=hurdle&tag=filters",
    "/search/suggest?q=the+zan",
    "/search/suggest?q=plan",
    "/changes",
    "/changes.atom",
    "/changes?new=1&kind=hurdle",
    "/tags",
    "/tags/filters",
    "/tags/filters/changes",
    "/tags/filters/changes.atom",
    "/wanted",
    "/api/v1/hurdles",
    "/api/v1/search?q=plan",
    "/api/v1/changes",
];

/// The hidden page itself, in all its guises: as if it did not exist.
const ITSELF: &[&str] = &[
    "/hurdles/2",
    "/hurdles/2-the-zanzibar-plan",
    "/h/2",
    "/hurdles/2/history",
    "/hurdles/2/revisions/1",
    "/hurdles/2/compare?from=1&to=2",
    "/hurdles/2/changes.atom",
    "/tags/zanzibar",
    "/tags/zanzibar/changes",
    "/tags/zanzibar/changes.atom",
    "/api/v1/hurdles/2",
];

/// Asserts that this viewer finds no trace of it.
async fn knows_nothing(viewer: &Browser) {
    for place in PLACES {
        let page = viewer.get(place).await;
        let page = page.is(200);
        let said = page.text().to_lowercase() + &page.body.to_lowercase();
        assert!(!said.contains(WORD), "{place} gives it away: {}", page.body);
    }
    for place in ITSELF {
        viewer.get(place).await.is(404);
    }
    let front = viewer.get("/").await;
    assert!(!front.text().contains("3 hurdles"), "{}", front.text());
    let found = viewer.get("/api/v1/search?q=plan").await.json();
    assert_eq!(found["next"], serde_json::Value::Null);
    let count = viewer.get("/search?q=plan&kind=hurdle").await;
    count.keeps_quiet_of("The zanzibar plan");
    for what in ["edit", "draft", "revisions", "restorations", "undoings"] {
        let address = format!("/hurdles/2/{what}");
        let page = if what == "edit" {
            viewer.get(&address).await
        } else {
            viewer
                .post(&address, &[("base", "1"), ("revision", "1")])
                .await
        };
        assert!(
            [401, 404].contains(&page.status),
            "{address}: {}",
            page.status
        );
    }
}

/// Asserts that this viewer sees it everywhere.
async fn knows_it(viewer: &Browser) {
    for place in ITSELF {
        let page = viewer.get(place).await;
        assert!(
            [200, 301].contains(&page.status),
            "{place}: {}",
            page.status
        );
    }
    for place in [
        "/hurdles",
        "/hurdles/3-tied-to-it",
        "/solutions/1-a-cure",
        "/search?q=plan",
    ] {
        viewer.get(place).await.is(200).says("The zanzibar plan");
    }
    for place in [
        "/search/suggest?q=plan",
        "/changes",
        "/tags/filters",
        "/wanted",
    ] {
        viewer.get(place).await.is(200).says("anzibar plan");
    }
    for place in [
        "/api/v1/hurdles",
        "/api/v1/search?q=plan",
        "/api/v1/changes",
        "/tags",
    ] {
        viewer.get(place).await.is(200).says("zanzibar");
    }
}

async fn what_is_for_members_is_shown_to_members_alone(world: World) {
    with_a_hidden_page(&world, "members").await;
    world.waits_for_its_index().await;
    knows_nothing(&world.as_visitor()).await;
    for member in [
        world.as_tom(),
        world.as_dafydd(),
        world.as_amina(),
        world.as_ruth(),
    ] {
        knows_it(&member).await;
    }
    knows_nothing(&world.as_visitor()).await;
}

async fn what_is_for_its_author_is_shown_to_nobody_else(world: World) {
    with_a_hidden_page(&world, "only-me").await;
    world.waits_for_its_index().await;
    knows_it(&world.as_tom()).await;
    let others = [
        world.as_visitor(),
        world.as_dafydd(),
        world.as_amina(),
        world.as_ruth(),
    ];
    for other in others {
        knows_nothing(&other).await;
    }
}

async fn what_was_public_disappears_from_every_list_at_once(world: World) {
    let address = with_a_hidden_page(&world, "public").await;
    let visitor = world.as_visitor();
    world.waits_for_its_index().await;
    knows_it(&visitor).await;
    world
        .as_tom()
        .changed(&address, &[("visibility", "members")])
        .await;
    knows_nothing(&visitor).await;
}

async fn nobody_hides_what_somebody_else_wrote(world: World) {
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let visitor = world.as_visitor();
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    for visibility in ["only-me", "members"] {
        dafydd
            .changes(&address, &[("visibility", visibility)])
            .await;
        visitor.get(&address).await.is(200);
    }
    amina.changes(&address, &[("visibility", "only-me")]).await;
    visitor.get(&address).await.is(200);
    amina.changed(&address, &[("visibility", "members")]).await;
    visitor.get(&address).await.is(404);
    dafydd
        .changes(&address, &[("visibility", "public"), ("why", "More.")])
        .await;
    visitor.get(&address).await.is(404);
    dafydd.get(&address).await.says("More.");
    tom.changed(&address, &[("visibility", "only-me")]).await;
    dafydd.get(&address).await.is(404);
    tom.changed(&address, &[("visibility", "public")]).await;
    visitor.get(&address).await.is(200);
}

async fn a_visibility_nobody_knows_opens_nothing(world: World) {
    let tom = world.as_tom();
    let form = tom.get("/hurdles/new").await.form("/hurdles");
    let form = form.with("title", "A plan").with("heading", "access");
    tom.submit(&form.with("visibility", "Only me"))
        .await
        .is(422);
    assert_eq!(world.number("SELECT count(*) FROM record").await, 0);
}

async fn a_hidden_word_is_offered_to_nobody_as_a_correction(world: World) {
    with_a_hidden_page(&world, "members").await;
    world.waits_for_its_index().await;
    for words in ["zanzibr", "zanzibxr", "the+zanzibr+plan", "zanz", "anzibar"] {
        let page = world.as_visitor().get(&format!("/search?q={words}")).await;
        page.is(200).keeps_quiet_of("zanzibar");
        let hinted = world
            .as_visitor()
            .get(&format!("/search/suggest?q={words}"))
            .await;
        hinted.is(200).keeps_quiet_of("zanzibar");
    }
}
