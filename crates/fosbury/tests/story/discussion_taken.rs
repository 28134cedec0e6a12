//! What was said is taken away: by a flag, by a steward, by the owner for good.

use crate::discussion::WORDS;
use crate::world::{World, both};

both!(
    a_flag_takes_a_comment_away,
    the_log_of_acts_names_nobody,
    what_somebody_said_stays_when_they_leave,
    an_erased_comment_leaves_a_tombstone,
    everything_by_visitors_is_refused_in_one_act,
    ones_own_words_can_be_changed_and_removed,
);

async fn a_flag_takes_a_comment_away(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", WORDS)]).await;
    let whole = format!("{address}/discussion");
    let flag = visitor.get(&whole).await.link("Flag");
    let form = visitor.get(&flag).await.is(200).form("/flags");
    let unsaid = visitor.submit(&form.clone().with("words", "hm")).await;
    unsaid.is(422).says("Choose one of the list");
    assert_eq!(unsaid.form("/flags").get("words"), "hm");
    let sent = form
        .with("reason", "private")
        .with("words", "It names Siân");
    let done = visitor.submit(&sent).await;
    visitor
        .follow(&done)
        .await
        .says("A steward will look at it");
    visitor
        .get(&whole)
        .await
        .says(WORDS)
        .keeps_quiet_of("It names");
    amina.decides("accept", "It names Siân", "").await.is(303);
    let page = visitor.get(&whole).await;
    page.says("Taken away by a steward")
        .keeps_quiet_of("legal first");
    tom.get("/waiting").await.says("Taken away by a steward");
    let of_page = [("reason", "wrong")];
    visitor
        .post(&format!("{address}/flags"), &of_page)
        .await
        .is(303);
    amina
        .decides("refuse", "About the page itself", "It is right")
        .await
        .is(303);
    visitor
        .get(&format!("{address}/flag?comment=1"))
        .await
        .is(404);
}

async fn the_log_of_acts_names_nobody(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    visitor.get("/moderation").await.says("Nothing yet.");
    for (words, name) in [("Buy this", "Gwenllian"), (WORDS, "Myfanwy")] {
        visitor
            .says(&address, &[("words", words), ("name", name)])
            .await;
    }
    amina
        .decides("refuse", "Buy this", "Advertising")
        .await
        .is(303);
    amina.decides("accept", WORDS, "").await.is(303);
    let log = visitor.get("/moderation").await;
    log.is(200)
        .says("Refused: Comment, Hurdle 1: Sites are blocked “Advertising”");
    log.says("Accepted: Comment");
    for name in ["Gwenllian", "Myfanwy", "Buy this", "Amina"] {
        log.keeps_quiet_of(name);
    }
    tom.changed(&address, &[("visibility", "members")]).await;
    visitor.get("/moderation").await.keeps_quiet_of("Hurdle 1");
}

async fn what_somebody_said_stays_when_they_leave(world: World) {
    let (tom, dafydd, ruth) = (world.as_tom(), world.as_dafydd(), world.as_ruth());
    let address = dafydd.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", "Ask @dafydd, they know.")])
        .await;
    dafydd
        .says(&address, &[("words", "See https://other.example")])
        .await;
    tom.post("/watches", &[("what", "search"), ("subject", "q=x")])
        .await
        .is(303);
    let people = ruth.get("/people").await;
    for name in ["Tom", "Dafydd"] {
        let person = ruth.get(&people.link(name)).await;
        ruth.submit(&person.form("/departure")).await.is(303);
    }
    let page = world
        .as_visitor()
        .get(&format!("{address}/discussion"))
        .await;
    page.says("Former colleague").says("they know");
    assert!(!page.has("article.comment", "Tom"));
    assert_eq!(world.number("SELECT count(*) FROM watch").await, 0);
    let amina = world.as_amina();
    amina.decides("accept", "other.example", "").await.is(303);
    amina.get("/waiting").await.is(200);
}

async fn an_erased_comment_leaves_a_tombstone(world: World) {
    let (tom, ruth, amina) = (world.as_tom(), world.as_ruth(), world.as_amina());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", WORDS)]).await;
    let form = ruth.get("/comments/1/edit").await.form("/erasures");
    ruth.submit(&form).await.is(422).says("Give a reason");
    amina
        .post("/comments/1/erasures", &[("why", "x")])
        .await
        .is(403);
    ruth.submit(&form.with("why", "It names somebody"))
        .await
        .is(303);
    let page = world
        .as_visitor()
        .get(&format!("{address}/discussion"))
        .await;
    page.says("Erased for good").keeps_quiet_of("legal first");
    let left = "SELECT count(*) FROM said WHERE words <> '' OR author_name <> ''";
    assert_eq!(world.number(left).await, 0);
}

async fn everything_by_visitors_is_refused_in_one_act(world: World) {
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    for n in 0..5 {
        visitor
            .says(&address, &[("words", &format!("Buy {n}"))])
            .await
            .is(303);
    }
    tom.says(&address, &[("words", "See https://other.example")])
        .await;
    let form = amina.get("/desk/held").await.form("/clearances");
    let unsure = amina
        .submit(&form.clone().with("why-all", "Advertising"))
        .await;
    unsure.is(422).says("Tick this to refuse all of it");
    let form = form.with("why-all", "Advertising").with("sure", "1");
    amina.submit(&form).await.is(303);
    let queue = amina.get("/desk/held").await;
    queue.says("1 item waits").says("other.example");
    let log = visitor.get("/moderation").await;
    log.says("Refused: Comment × 5");
}

async fn ones_own_words_can_be_changed_and_removed(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", WORDS)]).await;
    let whole = format!("{address}/discussion");
    visitor.get(&whole).await.says(WORDS);
    let edit = tom.get("/comments/1/edit").await.form("/edits");
    let empty = tom.submit(&edit.clone().with("words", " ")).await;
    empty.is(422).says("Write a few words");
    tom.submit(&edit.with("words", "We asked legal."))
        .await
        .is(303);
    visitor
        .get(&whole)
        .await
        .says("We asked legal.")
        .says("edited");
    dafydd.get("/comments/1/edit").await.is(403);
    dafydd
        .post("/comments/1/edits", &[("words", "x")])
        .await
        .is(403);
    dafydd
        .post("/comments/1/removals", &[("why", "x")])
        .await
        .is(403);
    let remove = tom.get("/comments/1/edit").await.form("/removals");
    tom.submit(&remove).await.is(303);
    let page = visitor.get(&whole).await;
    page.says("Removed by its author")
        .keeps_quiet_of("asked legal");
    assert_eq!(
        world
            .number("SELECT count(*) FROM said WHERE words <> ''")
            .await,
        0
    );
}
