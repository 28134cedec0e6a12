//! Links between pages: stored by number, shown by today's title.

use crate::world::{World, both};

both!(
    a_link_by_title_becomes_a_link_by_number,
    a_link_to_a_page_that_nobody_wrote_is_wanted_until_somebody_writes_it,
    a_page_lists_what_links_to_it,
    a_hurdle_says_what_it_depends_on_and_what_it_frees,
    a_page_that_nothing_links_to_is_listed,
    numbers_written_in_two_ways_are_one,
    tags_written_in_two_ways_are_one,
);

async fn a_link_by_title_becomes_a_link_by_number(world: World) {
    let tom = world.as_tom();
    let target = tom.writes_hurdle("Sites are blocked", &[]).await;
    let words = "See [[sites ARE blocked]] and [[Sites are blocked|that one]].";
    let address = tom.writes_guide("Begin", &[("text", words)]).await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(
        form.get("text"),
        "See [[hurdle 1]] and [[hurdle 1|that one]]."
    );
    let page = world.as_visitor().get(&address).await;
    assert_eq!(page.link("that one"), target);
    assert_eq!(page.link("Sites are blocked"), target);
}

async fn a_link_to_a_page_that_nobody_wrote_is_wanted_until_somebody_writes_it(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tom.writes_guide("Begin", &[("text", "See [[A brave manager]].")])
        .await;
    visitor
        .get("/wanted")
        .await
        .is(200)
        .says("A brave manager 1");
    tom.writes_hurdle("A brave manager", &[("problem", "Rare.")])
        .await;
    let wanted = visitor.get("/wanted").await;
    assert!(
        !wanted.has("a.wanted", "A brave manager"),
        "{}",
        wanted.text()
    );
}

async fn a_page_lists_what_links_to_it(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let hurdle = tom.writes_hurdle("Sites are blocked", &[]).await;
    let guide = tom.writes_guide("Begin", &[("text", "See [[1]].")]).await;
    assert_eq!(visitor.get(&hurdle).await.link("Begin"), guide);
    tom.changed(&guide, &[("text", "See nothing.")]).await;
    visitor.get(&hurdle).await.keeps_quiet_of("Begin");
}

async fn a_hurdle_says_what_it_depends_on_and_what_it_frees(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let first = tom.writes_hurdle("No equipment", &[]).await;
    let second = tom.writes_hurdle("No skills", &[("depends", "1")]).await;
    assert_eq!(visitor.get(&second).await.link("No equipment"), first);
    let page = visitor.get(&first).await;
    page.says("Clearing it frees");
    assert_eq!(page.link("No skills"), second);
}

async fn a_page_that_nothing_links_to_is_listed(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor.get("/wanted").await.says("Sites are blocked");
    tom.writes_guide("Begin", &[("text", "See [[1]].")]).await;
    visitor
        .get("/wanted")
        .await
        .keeps_quiet_of("Sites are blocked");
}

async fn numbers_written_in_two_ways_are_one(world: World) {
    let tom = world.as_tom();
    tom.writes_hurdle("No equipment", &[]).await;
    let fields = [("depends", "1, 01, #1, [[1]], +1")];
    let address = tom.writes_hurdle("No skills", &fields).await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(form.get("depends"), "1");
    tom.changed(&address, &[("depends", "1 001")]).await;
}

async fn tags_written_in_two_ways_are_one(world: World) {
    let tom = world.as_tom();
    let tags = "Caf\u{e9}, cafe\u{301}, caf\u{e9}\0 , filters,FILTERS";
    let address = tom.writes_hurdle("Tagged", &[("tags", tags)]).await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(form.get("tags"), "caf\u{e9}, filters");
    let page = world.as_visitor().get("/tags/caf%C3%A9").await;
    page.is(200).says("Tagged");
}
