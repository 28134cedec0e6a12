//! Changing a page while others change it.

use crate::page::Form;
use crate::world::{World, both};

both!(
    two_people_change_different_paragraphs_and_both_are_kept,
    two_people_change_the_same_sentence_and_nothing_is_lost,
    what_was_said_beside_clashing_words_is_kept,
    one_person_in_two_tabs_keeps_both,
    a_part_is_changed_alone_while_another_part_changes,
    a_section_of_a_guide_is_changed_alone,
    a_section_that_is_not_there_is_not_offered,
    tags_that_two_people_add_are_joined,
    a_preview_changes_nothing_and_keeps_the_words,
    saving_the_same_words_again_is_no_revision,
    a_form_without_its_base_is_refused_with_a_sentence,
);

const TWO: &str = "The filter stops us.\n\nNobody says why.";

async fn two_people_change_different_paragraphs_and_both_are_kept(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let toms = tom.get(&format!("{address}/edit")).await.form("/revisions");
    let second = TWO.replace("Nobody says why.", "Nobody in IT says why.");
    dafydd.changed(&address, &[("problem", &second)]).await;
    let first = TWO.replace("stops us", "stops all of us");
    let saved = tom.submit(&toms.with("problem", &first)).await;
    assert_eq!(
        saved.is(303).leads_to(),
        format!("{address}?told=merged&revision=3")
    );
    let page = tom.follow(&saved).await;
    page.says("Saved, and merged with a change that somebody else made meanwhile");
    page.says("The filter stops all of us.")
        .says("Nobody in IT says why.");
    let change = tom.get(&page.link("See what changed")).await;
    assert_eq!(change.is(200).all("ins").concat(), "all of");
}

async fn two_people_change_the_same_sentence_and_nothing_is_lost(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let toms = tom.get(&format!("{address}/edit")).await.form("/revisions");
    dafydd
        .changed(
            &address,
            &[("problem", "The proxy stops us.\n\nNobody says why.")],
        )
        .await;
    let mine = "A mean filter stops us.\n\nNobody says why.";
    let toms = toms.with("problem", mine).with("why", "It costs days.");
    let clash = tom.submit(&toms).await;
    clash.is(409).says("you and Dafydd changed the same words");
    let versions = clash.all("div.text");
    assert_eq!(versions[0], "The filter stops us. Nobody says why.");
    assert_eq!(versions[1], "The proxy stops us. Nobody says why.");
    assert_eq!(clash.form("/revisions").get("problem"), mine);
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 2);
    let draft = tom.get(&format!("{address}/edit")).await;
    draft.says("Your unsaved words are back");
    assert_eq!(draft.form("/revisions").get("problem"), mine);
    let saved = tom.submit(&clash.form("/revisions")).await;
    let page = tom.follow(&saved).await;
    page.is(200)
        .says("A mean filter stops us.")
        .says("It costs days.");
    tom.get(&format!("{address}/edit"))
        .await
        .keeps_quiet_of("unsaved words");
}

async fn what_was_said_beside_clashing_words_is_kept(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "One.")])
        .await;
    let toms = tom.get(&format!("{address}/edit")).await.form("/revisions");
    dafydd.changed(&address, &[("problem", "Two.")]).await;
    let toms = toms
        .with("problem", "Three.")
        .with("summary", "counted again")
        .with("minor", "1")
        .with("unfinished", "1")
        .with("visibility", "members");
    let clash = tom.submit(&toms).await;
    tom.submit(&clash.is(409).form("/revisions")).await.is(303);
    tom.get(&format!("{address}/history"))
        .await
        .says("counted again small");
    tom.get(&address)
        .await
        .says("Unfinished: its author is still working on it");
    world.as_visitor().get(&address).await.is(404);
}

async fn one_person_in_two_tabs_keeps_both(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let tab = async || tom.get(&format!("{address}/edit")).await.form("/revisions");
    let (left, right) = (tab().await, tab().await);
    tom.submit(&left.with("why", "It costs days."))
        .await
        .is(303);
    let saved = tom.submit(&right.with("until", "Use a telephone.")).await;
    let page = tom.follow(&saved).await;
    page.is(200)
        .says("It costs days.")
        .says("Use a telephone.")
        .says("merged");
    let (left, right) = (tab().await, tab().await);
    tom.submit(&left.with("why", "It costs weeks."))
        .await
        .is(303);
    let clash = tom.submit(&right.with("why", "It costs money.")).await;
    clash.is(409).says("It costs days.").says("It costs weeks.");
}

async fn a_part_is_changed_alone_while_another_part_changes(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let fields = [
        ("problem", TWO),
        ("unfinished", "1"),
        ("visibility", "members"),
    ];
    let address = tom.writes_hurdle("Sites are blocked", &fields).await;
    let toms = tom
        .get(&format!("{address}/edit?part=why"))
        .await
        .form("/revisions");
    assert_eq!(names(&toms), ["base", "part", "why", "summary"]);
    dafydd
        .changed(&address, &[("problem", "The proxy stops us.")])
        .await;
    let saved = tom.submit(&toms.with("why", "It costs days.")).await;
    let page = tom.follow(&saved).await;
    page.says("The proxy stops us.")
        .says("It costs days.")
        .says("Unfinished");
    world.as_visitor().get(&address).await.is(404);
}

fn names(form: &Form) -> Vec<&str> {
    form.fields.iter().map(|(name, _)| name.as_str()).collect()
}

const GUIDE: &str =
    "Before.\n\n## Listen\n\nHear them.\n\n## Answer\n\nSay something.\n\n## End\n\nStop.";

async fn a_section_of_a_guide_is_changed_alone(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom.writes_guide("Begin", &[("text", GUIDE)]).await;
    let form = tom
        .get(&format!("{address}/edit?part=text&section=1"))
        .await
        .form("/revisions");
    assert_eq!(form.get("text").trim(), "## Answer\n\nSay something.");
    let others = GUIDE.replace("Hear them.", "Hear them out.\n\n## New\n\nMore.");
    dafydd.changed(&address, &[("text", &others)]).await;
    let form = form
        .with("text", "## Answer\n\nAnswer.")
        .with("do", "preview");
    let preview = tom.submit(&form).await;
    preview.is(200).says("What it would look like");
    let form = preview.form("/revisions");
    assert_eq!(form.get("text"), "## Answer\n\nAnswer.");
    tom.submit(&form).await.is(303);
    let whole = tom.get(&format!("{address}/edit")).await.form("/revisions");
    let expected = others.replace("Say something.", "Answer.");
    assert_eq!(whole.get("text"), expected);
}

async fn a_section_that_is_not_there_is_not_offered(world: World) {
    let tom = world.as_tom();
    let address = tom.writes_guide("Begin", &[("text", GUIDE)]).await;
    let form = tom
        .get(&format!("{address}/edit?part=text&section=99"))
        .await
        .form("/revisions");
    tom.submit(&form.with("text", "All is new.")).await.is(303);
    tom.get(&address).await.says("All is new.");
}

async fn tags_that_two_people_add_are_joined(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("tags", "filters")])
        .await;
    let toms = tom.get(&format!("{address}/edit")).await.form("/revisions");
    dafydd
        .changed(&address, &[("tags", "filters, proxies")])
        .await;
    tom.submit(&toms.with("tags", "filters, walls"))
        .await
        .is(303);
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    let mut tags: Vec<&str> = form.get("tags").split(", ").collect();
    tags.sort_unstable();
    assert_eq!(tags, ["filters", "proxies", "walls"]);
}

async fn a_preview_changes_nothing_and_keeps_the_words(world: World) {
    let tom = world.as_tom();
    let form = tom.get("/hurdles/new").await.form("/hurdles");
    let form = form
        .with("title", "Sites are blocked")
        .with("heading", "access")
        .with("problem", "The **filter** stops us.")
        .with("do", "preview");
    let preview = tom.submit(&form).await;
    preview.is(200).says("Not saved yet.");
    assert!(preview.has("strong", "filter"));
    assert_eq!(world.number("SELECT count(*) FROM record").await, 0);
    tom.get("/account").await.says("Write down a hurdle");
    let address = tom
        .submit(&preview.form("/hurdles"))
        .await
        .is(303)
        .leads_to();
    tom.get("/account").await.says("Nothing is waiting.");
    let address = address.split("/edit").next().unwrap().to_owned();
    let preview = tom
        .changes(&address, &[("problem", "Gone."), ("do", "preview")])
        .await;
    preview.is(200).says("What it would look like");
    world
        .as_visitor()
        .get(&address)
        .await
        .says("The filter stops us.");
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 1);
    let again = tom.get(&format!("{address}/edit")).await;
    assert_eq!(again.form("/revisions").get("problem"), "Gone.");
}

async fn saving_the_same_words_again_is_no_revision(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let saved = tom.changes(&address, &[]).await;
    tom.follow(&saved)
        .await
        .says("Nothing was different, so nothing was saved");
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 1);
}

async fn a_form_without_its_base_is_refused_with_a_sentence(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    let form = form.with("problem", "Changed.");
    for base in ["", "x", "99999999999999999999"] {
        let page = tom.submit(&form.clone().with("base", base)).await;
        page.is(400).says("The form was not whole.");
    }
    tom.submit(&form.clone().without("base")).await.is(400);
    for base in [
        "0",
        "-1",
        "2",
        "9223372036854775807",
        "-9223372036854775808",
    ] {
        tom.submit(&form.clone().with("base", base)).await.is(404);
    }
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 1);
}
