//! Looking back, and taking back.

use crate::world::{World, both};

both!(
    any_two_revisions_are_compared_word_by_word,
    a_page_with_one_revision_compares_it_with_itself,
    a_revision_has_an_address_for_ever,
    an_older_revision_is_restored,
    a_middle_change_is_undone_and_later_ones_stay,
    undoing_what_later_changes_touched_leads_to_the_comparison,
    a_restoration_meets_a_change_made_meanwhile,
    a_long_history_is_read_page_by_page,
);

async fn any_two_revisions_are_compared_word_by_word(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One two three.")])
        .await;
    tom.changed(&address, &[("problem", "One two and three.")])
        .await;
    tom.changed(&address, &[("problem", "One and three.")])
        .await;
    let page = visitor.get(&format!("{address}/compare?from=1&to=3")).await;
    assert_eq!(page.is(200).all("del"), ["two"]);
    assert_eq!(page.all("ins"), ["and"]);
    let turned = visitor.get(&format!("{address}/compare?from=3&to=1")).await;
    assert_eq!(turned.all("ins"), page.all("ins"));
    let last = visitor.get(&format!("{address}/compare")).await;
    assert_eq!(
        (last.all("del").concat().trim(), last.all("ins").len()),
        ("two", 0)
    );
    for query in [
        "from=1&to=4",
        "from=0&to=2",
        "from=x&to=99999999999999999999",
        "to=-1",
    ] {
        let page = visitor.get(&format!("{address}/compare?{query}")).await;
        assert!(
            [200, 404].contains(&page.status),
            "{query}: {}",
            page.status
        );
    }
    visitor
        .get(&format!("{address}/compare?to=-9223372036854775808"))
        .await
        .is(404);
}

async fn a_page_with_one_revision_compares_it_with_itself(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    let page = world
        .as_visitor()
        .get(&format!("{address}/compare?to=1"))
        .await;
    page.is(200).says("The two revisions say the same.");
}

async fn a_revision_has_an_address_for_ever(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One two three.")])
        .await;
    tom.changed(
        &address,
        &[("title", "Filters"), ("problem", "Other words.")],
    )
    .await;
    for at in [&address, "/hurdles/1"] {
        let old = visitor.get(&format!("{at}/revisions/1")).await;
        old.is(200)
            .says("This is an older revision")
            .says("One two three.");
    }
    let new = visitor.get(&format!("{address}/revisions/2")).await;
    new.is(200)
        .says("This is the newest revision")
        .says("What this revision changed");
    for seq in [
        "0",
        "3",
        "-1",
        "x",
        "9223372036854775808",
        "-9223372036854775808",
    ] {
        visitor
            .get(&format!("{address}/revisions/{seq}"))
            .await
            .is(404);
    }
}

async fn an_older_revision_is_restored(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    tom.changed(&address, &[("title", "Filters"), ("problem", "Two.")])
        .await;
    let history = tom.get("/hurdles/1-filters/history").await;
    let restored = tom.submit(&history.form("/restorations")).await;
    assert_eq!(
        restored.leads_to(),
        format!("{address}?told=restored&revision=3")
    );
    let page = tom.follow(&restored).await;
    page.says("The older words are back").says("One.");
    tom.get(&format!("{address}/history"))
        .await
        .says("restored revision 1");
    assert_eq!(world.number("SELECT max(seq) FROM revision").await, 3);
}

async fn a_middle_change_is_undone_and_later_ones_stay(world: World) {
    let tom = world.as_tom();
    let words = "First.\n\nSecond.\n\nThird.";
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", words)])
        .await;
    let second = words.replace("First.", "A rude word.");
    tom.changed(&address, &[("problem", &second)]).await;
    let third = second.replace("Third.", "Third and last.");
    tom.changed(&address, &[("problem", &third)]).await;
    let undone = tom
        .post(&format!("{address}/undoings"), &[("revision", "2")])
        .await;
    let page = tom.follow(&undone).await;
    page.is(200)
        .says("That change was undone; what came later was kept");
    page.says("First. Second. Third and last.")
        .keeps_quiet_of("rude");
    tom.get(&format!("{address}/history"))
        .await
        .says("undid revision 2");
    for revision in ["1", "0", "9", "x", ""] {
        let fields = [("revision", revision)];
        tom.post(&format!("{address}/undoings"), &fields)
            .await
            .is(404);
    }
}

async fn undoing_what_later_changes_touched_leads_to_the_comparison(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    tom.changed(&address, &[("problem", "Two.")]).await;
    tom.changed(&address, &[("problem", "Three.")]).await;
    let clash = tom
        .post(&format!("{address}/undoings"), &[("revision", "2")])
        .await;
    let page = tom.follow(&clash).await;
    page.is(200).says("Later changes touch the same words");
    assert_eq!(
        (page.all("del").concat(), page.all("ins").concat()),
        ("One.".into(), "Two.".into())
    );
    assert_eq!(page.link("Edit the whole page"), format!("{address}/edit"));
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 3);
}

async fn a_restoration_meets_a_change_made_meanwhile(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    tom.changed(&address, &[("problem", "Two.")]).await;
    let form = tom
        .get(&format!("{address}/history"))
        .await
        .form("/restorations");
    dafydd.changed(&address, &[("problem", "Three.")]).await;
    let stopped = tom.submit(&form).await;
    let page = tom.follow(&stopped).await;
    page.is(200).says("Somebody changed the page meanwhile.");
    tom.get(&address).await.says("Three.");
}

async fn a_long_history_is_read_page_by_page(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom.writes_guide("Begin", &[("text", "Word 1.")]).await;
    for n in 2..=52 {
        let (n, base) = (format!("Word {n}."), (n - 1).to_string());
        let fields = [("base", &*base), ("text", &*n)];
        tom.post(&format!("{address}/revisions"), &fields)
            .await
            .is(303);
    }
    let newest = visitor.get(&format!("{address}/history")).await;
    assert_eq!(newest.all("tr").len(), 51);
    let older = visitor.get(&newest.link("Older revisions")).await;
    assert_eq!(older.is(200).all("tr").len(), 3);
    assert!(older.links().contains(&format!("{address}/revisions/1")));
}
