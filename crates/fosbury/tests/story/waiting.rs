//! What waits for somebody: names, answers, what they watch.

use crate::world::{World, both};

both!(
    who_is_named_is_told,
    who_is_answered_is_told,
    what_is_watched_is_told,
    what_is_hidden_is_neither_told_nor_counted,
    a_watched_search_tells_what_it_finds,
    what_cannot_be_seen_cannot_be_watched,
);

async fn who_is_named_is_told(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    dafydd.get("/").await.keeps_quiet_of("(1)");
    tom.says(
        &address,
        &[("words", "Ask @Dafydd. And @tom, and @nobody.")],
    )
    .await;
    dafydd.get("/").await.says("Waiting for you (1)");
    tom.get("/").await.keeps_quiet_of("(1)");
    let page = dafydd.get("/waiting").await;
    page.says("Tom named you")
        .says("Ask @Dafydd")
        .says("Others name you with @dafydd");
    dafydd
        .get(&page.link("Hurdle 1: Sites are blocked"))
        .await
        .is(302);
    let read = page.form("/waiting/readings");
    dafydd.submit(&read).await.is(303);
    let page = dafydd.get("/waiting").await;
    page.says("Tom named you").keeps_quiet_of("New:");
    dafydd.get("/").await.keeps_quiet_of("(1)");
    world.as_visitor().get("/waiting").await.is(401);
}

async fn who_is_answered_is_told(world: World) {
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let address = amina.writes_hurdle("Sites are blocked", &[]).await;
    tom.says(&address, &[("words", "How?")]).await;
    let form = dafydd.get(&format!("{address}/discussion?answer=1")).await;
    dafydd
        .submit(&form.form("/said").with("words", "So."))
        .await
        .is(303);
    tom.get("/waiting").await.says("Dafydd answered");
    let form = amina.get(&format!("{address}/discussion?answer=1")).await;
    amina
        .submit(&form.form("/said").with("words", "Or so."))
        .await
        .is(303);
    tom.get("/").await.says("Waiting for you (2)");
    dafydd.get("/waiting").await.says("Amina answered");
}

async fn what_is_watched_is_told(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("tags", "filters")])
        .await;
    world.minutes_pass(1);
    let watched = dafydd
        .submit(&dafydd.get(&address).await.form("/watches"))
        .await;
    dafydd
        .follow(&watched)
        .await
        .says("You watch it now")
        .says("Stop watching this page");
    dafydd
        .submit(&dafydd.get("/tags/filters").await.form("/watches"))
        .await
        .is(303);
    world.minutes_pass(1);
    tom.changed(
        &address,
        &[("why", "It costs days."), ("summary", "counted")],
    )
    .await;
    dafydd.changed(&address, &[("until", "Wait.")]).await;
    tom.says(&address, &[("words", "Anybody?")]).await;
    dafydd.get("/").await.says("Waiting for you (2)");
    let page = dafydd.get("/waiting").await;
    page.says("“counted”")
        .says("Tom said something on a page you watch");
    assert_eq!(page.text().matches("“counted”").count(), 1);
    world.minutes_pass(1);
    let read = dafydd.get("/waiting").await.form("/waiting/readings");
    dafydd.submit(&read).await.is(303);
    dafydd
        .get("/waiting")
        .await
        .says("Nothing you watch has changed");
    world.minutes_pass(1);
    tom.changed(&address, &[("why", "It costs weeks.")]).await;
    dafydd.get("/").await.says("Waiting for you (1)");
    let page = dafydd.get("/waiting").await;
    let stops: Vec<_> = page.forms().into_iter().collect();
    for form in stops
        .iter()
        .filter(|form| form.action.ends_with("/removals"))
    {
        dafydd.submit(form).await.is(303);
    }
    dafydd.get("/").await.keeps_quiet_of("(1)");
    dafydd
        .get("/waiting")
        .await
        .says("Watch a page below its text");
}

async fn what_is_hidden_is_neither_told_nor_counted(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("The zanzibar plan", &[("tags", "plans")])
        .await;
    world.minutes_pass(1);
    dafydd
        .submit(&dafydd.get(&address).await.form("/watches"))
        .await
        .is(303);
    dafydd
        .submit(&dafydd.get("/tags/plans").await.form("/watches"))
        .await
        .is(303);
    dafydd
        .post("/watches", &[("what", "search"), ("subject", "q=zanzibar")])
        .await;
    world.minutes_pass(1);
    tom.says(&address, &[("words", "zanzibar, @dafydd")]).await;
    tom.changed(&address, &[("why", "zanzibar")]).await;
    world.waits_for_its_index().await;
    dafydd.get("/").await.says("Waiting for you (2)");
    tom.changed(&address, &[("visibility", "only-me")]).await;
    world.waits_for_its_index().await;
    let page = dafydd.get("/waiting").await;
    page.keeps_quiet_of("anzibar plan").keeps_quiet_of("(2)");
    page.says("Nothing you watch has changed");
    assert!(!page.has("li", "Page:"));
}

async fn a_watched_search_tells_what_it_finds(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    tom.writes_hurdle("Sites are blocked", &[("problem", "Old words.")])
        .await;
    world.waits_for_its_index().await;
    let results = dafydd.get("/search?q=blocked&kind=hurdle").await;
    dafydd.submit(&results.form("/watches")).await.is(303);
    dafydd.get("/waiting").await.says("Search: blocked");
    dafydd
        .get("/waiting")
        .await
        .says("Nothing you watch has changed");
    world.minutes_pass(1);
    tom.writes_hurdle("Mail is blocked", &[]).await;
    tom.writes_hurdle("Something else", &[]).await;
    world.waits_for_its_index().await;
    let page = dafydd.get("/waiting").await;
    page.says("“blocked” finds something changed")
        .says("Mail is blocked");
    page.keeps_quiet_of("Something else")
        .keeps_quiet_of("Sites are blocked");
    world.minutes_pass(1);
    let read = dafydd.get("/waiting").await.form("/waiting/readings");
    dafydd.submit(&read).await.is(303);
    dafydd
        .get("/waiting")
        .await
        .keeps_quiet_of("Mail is blocked");
}

async fn what_cannot_be_seen_cannot_be_watched(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let hidden = [("visibility", "only-me"), ("tags", "plans")];
    let address = tom.writes_hurdle("Sites are blocked", &hidden).await;
    let subject = tom.get(&address).await.form("/watches");
    dafydd.submit(&subject).await.is(404);
    for (what, subject) in [("tag", "plans"), ("page", "x"), ("search", ""), ("x", "x")] {
        dafydd
            .post("/watches", &[("what", what), ("subject", subject)])
            .await
            .is(404);
    }
    let away = [
        ("what", "search"),
        ("subject", "q=x"),
        ("next", "//evil.example"),
    ];
    let to = dafydd.post("/watches", &away).await.is(303).leads_to();
    assert_eq!(to, "/?told=watching");
}
