//! Acts on whole pages: deleting, merging, erasing.

use crate::world::{World, both};

both!(
    a_deleted_page_leaves_a_tombstone_and_comes_back,
    a_merged_page_leads_to_the_other_and_their_lists_are_joined,
    a_merged_page_is_separated_again,
    a_page_merges_only_into_another_that_stands,
    solutions_follow_their_hurdle_into_another,
    erased_words_are_gone_from_everywhere,
    the_words_of_a_page_now_are_not_erased,
    the_title_of_a_deleted_page_goes_with_its_words,
);

async fn a_deleted_page_leaves_a_tombstone_and_comes_back(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let fields = [("problem", "The filter."), ("tags", "filters")];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    tom.post(&format!("{address}/deletions"), &[("why", "I want to")])
        .await
        .is(403);
    let form = amina
        .get(&format!("{address}/delete"))
        .await
        .form("/deletions");
    amina
        .submit(&form)
        .await
        .is(422)
        .says("Say why, in a few words");
    let deleted = amina.submit(&form.with("why", "written twice")).await;
    amina
        .follow(&deleted)
        .await
        .is(410)
        .says("Hurdle 1 was deleted");
    visitor
        .get(&address)
        .await
        .is(410)
        .says("It was deleted on 3 May 2026.");
    visitor.get("/hurdles/1").await.is(410);
    visitor.get("/api/v1/hurdles/1").await.is(410);
    tom.get(&format!("{address}/edit")).await.is(410);
    visitor.get("/tags/filters").await.is(404);
    for list in [
        "/hurdles",
        "/search?q=blocked",
        "/api/v1/hurdles",
        "/tags",
        "/wanted",
    ] {
        visitor
            .get(list)
            .await
            .is(200)
            .keeps_quiet_of("Sites are blocked");
    }
    visitor
        .get(&format!("{address}/history"))
        .await
        .is(200)
        .says("deleted: written twice");
    let stone = amina.get(&address).await.form("/recoveries");
    let back = amina.submit(&stone).await;
    amina
        .follow(&back)
        .await
        .is(200)
        .says("The page is back")
        .says("The filter.");
    assert_eq!(visitor.finds("blocked").await, [address]);
    amina.submit(&stone).await.is(404);
}

async fn a_merged_page_leads_to_the_other_and_their_lists_are_joined(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let stays = [
        ("problem", "Stays."),
        ("tags", "filters"),
        ("phrases", "blocked again"),
    ];
    let stays = tom.writes_hurdle("Sites are blocked", &stays).await;
    let goes = [
        ("problem", "Goes."),
        ("why", "It costs."),
        ("tags", "proxies"),
        ("phrases", "no web"),
    ];
    let goes = tom.writes_hurdle("The proxy says no", &goes).await;
    let form = amina
        .get(&format!("{goes}/merge"))
        .await
        .form("/mergers")
        .with("into", "1");
    let merged = amina.submit(&form).await;
    amina
        .follow(&merged)
        .await
        .is(200)
        .says("The other page was merged into this one");
    let first = visitor.get(&goes).await;
    assert_eq!(first.is(301).leads_to(), "/hurdles/1?from=2");
    assert_eq!(visitor.follow(&first).await.is(301).leads_to(), stays);
    let whole = tom.get(&format!("{stays}/edit")).await.form("/revisions");
    assert_eq!(whole.get("problem"), "Stays.");
    assert_eq!(whole.get("why"), "It costs.");
    assert_eq!(whole.get("tags"), "filters, proxies");
    let phrases: Vec<&str> = whole.get("phrases").lines().collect();
    assert_eq!(phrases, ["blocked again", "no web", "The proxy says no"]);
    assert_eq!(visitor.finds("the proxy says no").await, [stays]);
    visitor
        .get(&format!("{goes}/history"))
        .await
        .is(200)
        .says("merged into another page");
}

async fn a_merged_page_is_separated_again(world: World) {
    let (tom, amina) = (world.as_tom(), world.as_amina());
    tom.writes_hurdle("Sites are blocked", &[]).await;
    let goes = tom
        .writes_hurdle("The proxy says no", &[("problem", "Goes.")])
        .await;
    amina
        .post(&format!("{goes}/mergers"), &[("into", "1")])
        .await
        .is(303);
    let history = amina.get(&format!("{goes}/history")).await;
    let separated = amina.submit(&history.form("/separations")).await;
    let page = amina.follow(&separated).await;
    page.is(200)
        .says("The page stands by itself again")
        .says("Goes.");
    let history = tom.get(&format!("{goes}/history")).await;
    assert!(
        history
            .forms()
            .iter()
            .all(|form| !form.action.ends_with("/separations"))
    );
}

async fn a_page_merges_only_into_another_that_stands(world: World) {
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.writes_hurdle("Deleted", &[]).await;
    amina
        .post("/hurdles/2/deletions", &[("why", "a test")])
        .await
        .is(303);
    for into in ["", "1", "2", "3", "x", "-1", "99999999999999999999"] {
        let page = amina
            .post(&format!("{address}/mergers"), &[("into", into)])
            .await;
        page.is(422)
            .says("Give the number of another page of the same kind");
    }
}

async fn solutions_follow_their_hurdle_into_another(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let stays = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.writes_hurdle("The proxy says no", &[]).await;
    let cure = tom.writes_solution("Ask IT", &[("hurdles", "2")]).await;
    amina
        .post("/hurdles/2/mergers", &[("into", "1")])
        .await
        .is(303);
    assert_eq!(visitor.get(&stays).await.link("Ask IT"), cure);
    assert_eq!(visitor.get(&cure).await.link("Sites are blocked"), stays);
    amina.post("/hurdles/2/separations", &[]).await.is(303);
    visitor.get(&stays).await.keeps_quiet_of("Ask IT");
}

const SECRET: &str = "Gwyneth";

async fn erased_words_are_gone_from_everywhere(world: World) {
    let (tom, ruth, amina) = (world.as_tom(), world.as_ruth(), world.as_amina());
    let visitor = world.as_visitor();
    let fields = [
        ("problem", "Mrs Gwyneth of 3 High Street."),
        ("tags", "letters"),
    ];
    let address = tom.writes_hurdle("Nobody answers", &fields).await;
    let slip = [
        ("problem", "A resident Gwyneth."),
        ("summary", "Gwyneth asked me to"),
    ];
    tom.changed(&address, &slip).await;
    tom.changed(&address, &[("problem", "A resident.")]).await;
    for seq in ["1", "2"] {
        let erase = format!("{address}/erase?revision={seq}");
        amina.get(&erase).await.is(403);
        let form = ruth.get(&erase).await.form("/erasures");
        ruth.submit(&form)
            .await
            .is(422)
            .says("Say why, in a few words");
        let erased = ruth.submit(&form.with("why", "names a resident")).await;
        ruth.follow(&erased).await.is(200).says("gone for good");
    }
    let revision = visitor.get(&format!("{address}/revisions/1")).await;
    revision
        .is(200)
        .says("The words of this revision were erased on 3 May 2026");
    for place in [
        address.as_str(),
        "/hurdles/1/history",
        "/hurdles/1/revisions/1",
        "/hurdles/1/revisions/2",
        "/hurdles/1/revisions/3",
        "/hurdles/1/compare?from=1&to=2",
        "/hurdles/1/compare?from=1&to=3",
        "/hurdles/1/changes.atom",
        "/changes",
        "/changes.atom",
        "/tags/letters/changes.atom",
        "/search?q=resident",
        "/api/v1/hurdles/1",
        "/api/v1/search?q=resident",
        "/api/v1/changes",
    ] {
        visitor.get(place).await.is(200).keeps_quiet_of(SECRET);
        ruth.get(place).await.is(200).keeps_quiet_of(SECRET);
    }
    tom.post(&format!("{address}/restorations"), &[("revision", "1")])
        .await
        .is(410);
    world.chains_hold().await;
    let left =
        "SELECT count(*) FROM revision WHERE parts LIKE '%Gwyneth%' OR summary LIKE '%Gwyneth%'";
    assert_eq!(world.number(left).await, 0);
}

async fn the_words_of_a_page_now_are_not_erased(world: World) {
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    let address = tom
        .writes_hurdle("Nobody answers", &[("problem", "Words.")])
        .await;
    let fields = [("revision", "1"), ("why", "a test")];
    let page = ruth.post(&format!("{address}/erasures"), &fields).await;
    page.is(422).says("These words are in the page now.");
    for revision in ["0", "2", "-1", "x"] {
        let fields = [("revision", revision), ("why", "a test")];
        ruth.post(&format!("{address}/erasures"), &fields)
            .await
            .is(404);
    }
}

async fn the_title_of_a_deleted_page_goes_with_its_words(world: World) {
    let (tom, ruth, amina) = (world.as_tom(), world.as_ruth(), world.as_amina());
    let fields = [
        ("problem", "Mrs Gwyneth of 3 High Street."),
        ("tags", "gwyneth"),
    ];
    tom.writes_hurdle("Gwyneth is angry", &fields).await;
    amina
        .post("/hurdles/1/deletions", &[("why", "names a resident")])
        .await
        .is(303);
    for seq in ["1", "2"] {
        let fields = [("revision", seq), ("why", "names a resident")];
        ruth.post("/hurdles/1/erasures", &fields).await.is(303);
    }
    for place in [
        "/hurdles/1/history",
        "/changes",
        "/changes.atom",
        "/hurdles/1/changes.atom",
    ] {
        world
            .as_visitor()
            .get(place)
            .await
            .is(200)
            .keeps_quiet_of(SECRET);
    }
    world
        .as_visitor()
        .get("/hurdles/1")
        .await
        .is(410)
        .keeps_quiet_of("gwyneth");
    let left = "SELECT count(*) FROM record WHERE title LIKE '%wyneth%' OR slug LIKE '%wyneth%' OR summary LIKE '%wyneth%' OR sort_key LIKE '%wyneth%'";
    assert_eq!(world.number(left).await, 0);
    assert_eq!(world.number("SELECT count(*) FROM tag").await, 0);
    world.chains_hold().await;
}
