//! A visitor suggests other words; a steward accepts them with credit, or says why not.

use crate::browser::Browser;
use crate::page::Page;
use crate::world::{World, both};

both!(
    an_accepted_suggestion_merges_with_what_changed_meanwhile,
    a_refused_suggestion_says_why,
    a_clash_is_brought_together_and_still_credited,
    one_part_can_be_suggested_alone,
    a_suggestion_with_mistakes_is_mended,
    a_members_suggestion_is_theirs,
);

const TWO: &str = "The filter stops us.\n\nNobody says why.";

async fn suggests(who: &Browser, address: &str, fields: &[(&str, &str)]) -> Page {
    let page = who.get(&format!("{address}/suggest")).await;
    let mut form = page.is(200).form("/suggestions");
    for (name, value) in fields {
        form = form.with(name, value);
    }
    who.submit(&form).await
}

async fn an_accepted_suggestion_merges_with_what_changed_meanwhile(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let mine = TWO.replace("stops us", "stops all of us");
    let sent = [
        ("problem", mine.as_str()),
        ("summary", "It stops everybody"),
        ("name", "Bryn"),
    ];
    let said = suggests(&visitor, &address, &sent).await;
    let link = said.is(303).leads_to();
    let page = visitor.get(&link).await;
    assert_eq!(page.is(200).all("ins").concat(), "all of");
    page.says("It stops everybody");
    visitor.get(&address).await.keeps_quiet_of("all of us");
    let theirs = TWO.replace("Nobody says", "Nobody in IT says");
    tom.changed(&address, &[("problem", &theirs)]).await;
    let queue = amina.get("/desk/held").await;
    queue.says("A suggested change").says("It stops everybody");
    // Against today's text, not against the one it began from.
    assert_eq!(queue.all("ins").concat(), "all of");
    assert!(queue.all("del").is_empty());
    amina
        .decides("accept", "It stops everybody", "")
        .await
        .is(303);
    let page = visitor.get(&address).await;
    page.says("The filter stops all of us.")
        .says("Nobody in IT says why.");
    let history = visitor.get(&format!("{address}/history")).await;
    history.says("Bryn");
    history.says("Suggested, accepted by a steward: It stops everybody");
    visitor.get(&link).await.says("Published.");
    world.chains_hold().await;
}

async fn a_refused_suggestion_says_why(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let said = suggests(&visitor, &address, &[("problem", "Down with IT.")]).await;
    amina
        .decides("refuse", "A suggested change", "Say what helps")
        .await
        .is(303);
    let page = visitor.get(&said.leads_to()).await;
    page.says("Not published.")
        .says("The reason: Say what helps");
    visitor.get(&address).await.keeps_quiet_of("Down with IT");
    assert_eq!(world.number("SELECT count(*) FROM revision").await, 1);
}

async fn a_clash_is_brought_together_and_still_credited(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let mine = TWO.replace("The filter", "A mean filter");
    suggests(&visitor, &address, &[("problem", &mine), ("name", "Bryn")]).await;
    let theirs = TWO.replace("The filter", "The proxy");
    tom.changed(&address, &[("problem", &theirs)]).await;
    amina
        .get("/desk/held")
        .await
        .says("Others changed the same words since");
    let clash = amina.decides("accept", "A suggested change", "").await;
    clash
        .is(409)
        .says("A mean filter stops us.")
        .says("The proxy stops us.");
    amina.get("/desk/held").await.says("1 item waits");
    let form = clash.form("/resolutions");
    let both = "The mean proxy stops us.\n\nNobody says why.";
    let done = amina.submit(&form.with("problem", both)).await;
    amina
        .follow(&done)
        .await
        .says("Decided")
        .says("Nothing waits");
    visitor.get(&address).await.says("The mean proxy stops us.");
    let history = visitor.get(&format!("{address}/history")).await;
    history.says("Bryn");
    let again = amina
        .post("/desk/held/1/resolutions", &[("base", "3")])
        .await;
    amina.follow(&again).await.says("decided by somebody else");
    world.chains_hold().await;
}

async fn one_part_can_be_suggested_alone(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let page = visitor.get(&format!("{address}/suggest?part=why")).await;
    let form = page.is(200).form("/suggestions");
    assert!(form.fields.iter().all(|(name, _)| name != "problem"));
    visitor
        .submit(&form.with("why", "It costs days."))
        .await
        .is(303);
    amina.decides("accept", "It costs days.", "").await.is(303);
    let page = visitor.get(&address).await;
    page.says("It costs days.").says("The filter stops us.");
    let history = visitor.get(&format!("{address}/history")).await;
    history
        .says("A visitor")
        .says("Suggested without an account");
}

async fn a_suggestion_with_mistakes_is_mended(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let nothing = suggests(&visitor, &address, &[("name", "Bryn")]).await;
    nothing.is(422).says("Nothing is different yet");
    assert_eq!(nothing.form("/suggestions").get("name"), "Bryn");
    let wrong = [("title", " "), ("depends", "99"), ("problem", "New  words")];
    let page = suggests(&visitor, &address, &wrong).await;
    page.is(422);
    assert_eq!(page.form("/suggestions").get("problem"), "New  words");
    assert_eq!(page.form("/suggestions").get("depends"), "99");
    let path = format!("{address}/suggestions");
    visitor.post(&path, &[("base", "x")]).await.is(400);
    visitor.post(&path, &[("base", "99")]).await.is(404);
    for words in ["\0", "\u{202e}x", "]]>", "<script>", "é"] {
        for name in [
            "title", "problem", "tags", "depends", "heading", "summary", "part", "name",
        ] {
            let page = suggests(&visitor, &address, &[(name, words)]).await;
            let is_answered = [303, 422, 429].contains(&page.status);
            assert!(
                is_answered,
                "{name} {words:?}: {} {}",
                page.status,
                page.text()
            );
        }
    }
    world.as_amina().get("/desk/held").await.is(200);
}

async fn a_members_suggestion_is_theirs(world: World) {
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", TWO)])
        .await;
    let said = suggests(&dafydd, &address, &[("problem", "Shorter.")]).await;
    dafydd
        .follow(&said)
        .await
        .says("A steward looks at it first");
    amina
        .decides("accept", "A suggested change", "")
        .await
        .is(303);
    dafydd
        .get("/waiting")
        .await
        .says("Accepted: A suggested change");
    let history = dafydd.get(&format!("{address}/history")).await;
    history.says("Dafydd");
}
