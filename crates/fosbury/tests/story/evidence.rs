//! What speaks for a hurdle, a solution or a trial: its strength, its source, and who may know.

use crate::browser::Browser;
use crate::page::Page;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    evidence_is_added_from_a_page_and_stands_on_it_strongest_first,
    what_cannot_be_evidence_is_refused_with_a_sentence,
    the_same_source_told_twice_is_recognised_and_offered,
);

pub fn fields<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut all = vec![
        ("title", "Half a day a week"),
        ("kind", "figures"),
        ("strength", "measured"),
        ("source", "Audit Office"),
        ("link", ""),
        ("date", "2026-03"),
        ("points", "for"),
        ("hurdles", "1"),
    ];
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    all
}

pub async fn sends(browser: &Browser, more: &[(&str, &str)]) -> Page {
    browser.post("/evidence", &fields(more)).await
}

pub async fn adds(browser: &Browser, more: &[(&str, &str)]) -> String {
    let to = sends(browser, more).await.is(303).leads_to();
    to.split('?').next().unwrap().to_owned()
}

async fn evidence_is_added_from_a_page_and_stands_on_it_strongest_first(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[]).await.is(303);
    let about = [
        (HURDLE, "hurdles", "1", "What shows that this is in the way"),
        (
            "/solutions/1-ask-it",
            "solutions",
            "1",
            "What shows that it works",
        ),
        ("/trials/1", "trials", "1", "What shows what came of it"),
    ];
    for (address, part, number, question) in about {
        let page = visitor.get(address).await;
        page.is(200).says(question);
        let to = page.link("Sign in to add evidence");
        assert!(to.starts_with("/sign-in?next=%2Fevidence%2Fnew"), "{to}");
        let page = tom.get(address).await;
        let form = tom.get(&page.link("Add evidence")).await;
        let form = form.is(200).form("/evidence");
        assert_eq!((form.get(part), form.get("points")), (number, "for"));
    }
    let all = [
        ("hurdles", "1"),
        ("solutions", "1"),
        ("trials", "1"),
        ("quote", "Each lost 3.7 hours."),
        ("says", "It costs half a day."),
        ("sample", "41 staff"),
        ("link", "example.org/audit"),
    ];
    let address = adds(&tom, &all).await;
    assert_eq!(address, "/evidence/1-half-a-day-a-week");
    let told = [
        ("strength", "told"),
        ("date", "2 May 2026"),
        ("points", "against"),
        ("title", "Nobody minds"),
    ];
    adds(&tom, &told).await;
    let older = [("date", "2019"), ("title", "Long ago")];
    adds(&tom, &older).await;
    for address in [HURDLE, "/solutions/1-ask-it", "/trials/1"] {
        let page = visitor.get(address).await;
        page.says("Measured")
            .says("Audit Office, March 2026")
            .says("Each lost 3.7 hours.")
            .keeps_quiet_of("Nobody has added evidence yet");
    }
    let page = visitor.get(HURDLE).await;
    let text = page.text();
    let at = |words: &str| text.find(words).unwrap();
    assert!(at("Half a day a week") < at("Long ago"), "newer first");
    assert!(at("Long ago") < at("Nobody minds"), "stronger first");
    page.says("It speaks against it").says("2 May 2026");
    let page = visitor.get(&address).await;
    page.says("Measured: somebody counted, timed or weighed it.")
        .says("41 staff")
        .says("Hurdle 1")
        .says("Solution 1")
        .says("Ask on a Tuesday.");
    assert!(page.has("blockquote", "Each lost 3.7 hours."));
    let out = page.link("https://example.org/audit");
    assert_eq!(out, "https://example.org/audit");
    // What is said and found of it follows from its being a text like others.
    let found = visitor.finds("3.7 hours").await;
    assert_eq!(found.first(), Some(&address));
    visitor.get("/e/1").await.is(301);
    let form = format!("{address}/edit");
    tom.get(&form).await.is(200).says("How it was found out");
    tom.changed(&address, &[("method", "A sheet of paper.")])
        .await;
    let history = visitor.get(&format!("{address}/history")).await;
    history.is(200).says("2 revisions");
    visitor.get(&address).await.says("A sheet of paper.");
    world.chains_hold().await;
}

async fn what_cannot_be_evidence_is_refused_with_a_sentence(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let own = [("visibility", "own-organisation")];
    tells(&tom, &own).await.is(303);
    let long = "passage ".repeat(10_000);
    for (more, sentence) in [
        (("date", "2026-05-04"), "That date is still to come"),
        (("date", "2027"), "That date is still to come"),
        (("date", "some day"), "Write the date as"),
        (("date", ""), "Date: this is needed"),
        (("source", ""), "Source: this is needed"),
        (("strength", "certain"), "Choose one of the list"),
        (
            ("link", "javascript:alert(1)"),
            "Write an address on the web",
        ),
        (
            ("link", "ftp://example.org/x"),
            "Write an address on the web",
        ),
        (("quote", long.as_str()), "The passage: shorten this by"),
        (("hurdles", "77"), "There is no hurdle 77"),
        (("trials", "77"), "There is no trial 77"),
        (("trials", "many"), "“many” is not a number"),
        // That of another organisation is not told apart from one that is not there.
        (("trials", "1"), "There is no trial 1"),
    ] {
        let page = sends(&dafydd, &[more, ("says", "zanzibar")]).await;
        page.is(422).says(sentence).says("zanzibar");
    }
    assert_eq!(world.number("SELECT count(*) FROM evidence").await, 0);
    sends(&tom, &[("trials", "1")]).await.is(303);
}

async fn the_same_source_told_twice_is_recognised_and_offered(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let linked = [("link", "https://example.org/a"), ("quote", "Half a day.")];
    let first = adds(&tom, &linked).await;
    let passage = [
        ("link", "https://example.org/a"),
        ("quote", "Nobody minds."),
    ];
    adds(&dafydd, &[passage[0], passage[1], ("title", "Third")]).await;
    let again = [("link", "example.org/a"), ("title", "Other words")];
    let page = sends(&dafydd, &again).await;
    page.is(409).says("This seems to be told already");
    assert_eq!(page.link("Half a day a week"), first);
    page.says("Third");
    // Nothing is lost, and nothing stands in the way of who knows better.
    let form = page.form("/evidence").with("another", "1");
    assert_eq!(form.get("title"), "Other words");
    dafydd.submit(&form).await.is(303);
    // Pressing twice makes one item, and is no twin of itself.
    dafydd.submit(&form).await.is(303);
    let without = form.without("another");
    dafydd.submit(&without).await.is(303);
    let elsewhere = [("hurdles", ""), ("solutions", "2"), linked[0], linked[1]];
    adds(&dafydd, &elsewhere).await;
    // What its reader may not see is not recognised.
    let hidden = [("visibility", "only-me"), ("link", "https://example.org/b")];
    adds(&tom, &hidden).await;
    adds(&dafydd, &[hidden[1]]).await;
    assert_eq!(world.number("SELECT count(*) FROM evidence").await, 6);
}
