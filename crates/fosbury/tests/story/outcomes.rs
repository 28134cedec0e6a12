//! Tips, outcomes and actions of sessions: kept, changed by whose they are, asked about, forgotten.

use serde_json::{Value, json};

use fosbury::sessions::after::asking;
use fosbury::time::{DAY, MINUTE};

use crate::browser::Browser;
use crate::sessions::{line, noted, sends};
use crate::world::{BASE, World, both};

both!(
    everybody_has_one_tip_which_can_be_changed_later,
    a_guest_tells_a_tip_and_an_outcome_under_the_name_given,
    an_outcome_cites_its_line_and_the_page_that_came_of_it,
    a_page_that_somebody_may_not_see_is_not_named_by_an_outcome,
    an_action_is_its_owners_and_keeps_who_changed_it_when,
    whoever_changes_what_changed_meanwhile_is_told,
    what_is_open_waits_for_its_owner_and_is_asked_about_once,
);

pub const AT: &str = "/sessions/1-blocked-sites";
pub const TOLD: &str = "/api/v1/sessions/1/outcomes";
pub const ACTIONS: &str = "/api/v1/events/1/actions";

pub async fn results(browser: &Browser, at: &str) -> Vec<Value> {
    let told = browser.get(at).await.is(200).json();
    told["results"].as_array().unwrap().clone()
}

pub async fn sends_to(browser: &Browser, what: &str, fields: &[(&str, &str)]) {
    browser.post(&format!("{AT}/{what}"), fields).await.is(303);
}

async fn everybody_has_one_tip_which_can_be_changed_later(world: World) {
    noted(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let tips = format!("{AT}/tips");
    visitor.post(&tips, &[("tip", "Mine")]).await.is(401);
    tom.post(&tips, &[("tip", " ")])
        .await
        .is(422)
        .says("Write your tip first");
    let long = "x".repeat(401);
    let refused = tom.post(&tips, &[("tip", &long)]).await;
    assert_eq!(refused.is(422).form("/tips").get("tip"), long);
    sends_to(&tom, "tips", &[("tip", "Ask   IT")]).await;
    world.minutes_pass(1);
    sends_to(&amina, "tips", &[("tip", "Bring cake")]).await;
    assert_eq!(tom.get(AT).await.form("/tips").get("tip"), "Ask IT");
    sends_to(&tom, "tips", &[("tip", "Ask who said no")]).await;
    let page = visitor.get(AT).await;
    page.says("Ask who said no")
        .says("Bring cake")
        .keeps_quiet_of("Ask IT");
    let all = results(&visitor, TOLD).await;
    assert_eq!(all.len(), 2, "{all:?}");
    assert_eq!(all[0]["author"], "Tom");
    let link = tom.get(AT).await.link(": Ask who said no");
    let form = tom.get(&link).await.is(200).form("/solutions");
    assert_eq!(form.get("title"), "Ask who said no");
    assert!(
        form.get("steps").contains("A tip from Tom"),
        "{:?}",
        form.get("steps")
    );
    sends(&tom, AT, json!([line("tomsline1", 1, "One line")]))
        .await
        .is(200);
    amina.post(&format!("{AT}/locks"), &[]).await.is(303);
    sends_to(&tom, "tips", &[("tip", "Ask who said no, in writing")]).await;
    let page = visitor.get(AT).await;
    page.says("no, in writing").says("Bring cake");
    assert_eq!(results(&visitor, TOLD).await.len(), 2);
}

/// Somebody whom the event's link let in.
pub async fn guest(world: &World, event: &str, name: &str) -> Browser {
    let made = world.as_amina().post(&format!("{event}/links"), &[]).await;
    let links = made.links();
    let link = links.iter().find(|link| link.contains("/in/")).unwrap();
    let kit = world.as_visitor();
    let form = kit.get(link).await.form(link.trim_start_matches(BASE));
    kit.submit(&form.with("name", name)).await.is(303);
    kit
}

async fn a_guest_tells_a_tip_and_an_outcome_under_the_name_given(world: World) {
    noted(&world).await;
    let kit = guest(&world, "/events/1-camp", "Kit Hall").await;
    sends_to(&kit, "tips", &[("tip", "Kit's first")]).await;
    sends_to(&kit, "tips", &[("tip", "Kit's second")]).await;
    world.minutes_pass(1);
    sends_to(&kit, "outcomes", &[("outcome", "Nobody had asked")]).await;
    // A guest's word puts nothing on an account's page of what waits.
    sends_to(&kit, "actions", &[("doing", "Ask them"), ("owner", "Tom")]).await;
    let all = results(&world.as_visitor(), TOLD).await;
    let told: Vec<_> = all
        .iter()
        .map(|one| (&one["text"], &one["author"]))
        .collect();
    let by = json!("Kit Hall");
    assert_eq!(
        told,
        [
            (&json!("Kit's second"), &by),
            (&json!("Nobody had asked"), &by)
        ]
    );
    assert_eq!(results(&kit, ACTIONS).await[0]["owner"], "Tom");
    world
        .as_tom()
        .get("/waiting")
        .await
        .keeps_quiet_of("Ask them");
}

async fn an_outcome_cites_its_line_and_the_page_that_came_of_it(world: World) {
    noted(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    tom.writes_hurdle("Sites are blocked", &[]).await;
    sends(&tom, AT, json!([line("tomsline1", 1, "They never asked")]))
        .await
        .is(200);
    amina.post(&format!("{AT}/locks"), &[]).await.is(303);
    let form = tom
        .get(AT)
        .await
        .form("/outcomes")
        .with("outcome", "Nobody had asked");
    let wrong = tom
        .submit(&form.clone().with("line", "9").with("page", "hurdle 99"))
        .await;
    wrong
        .is(422)
        .says("the number of a line")
        .says("the address of a page here");
    let form = form
        .with("line", "1")
        .with("page", "/hurdles/1-sites-are-blocked?told=saved");
    tom.submit(&form).await.is(303);
    tom.submit(&form).await.is(303);
    let all = results(&visitor, TOLD).await;
    assert_eq!(all.len(), 1, "a form sent twice writes nothing twice");
    assert_eq!(
        (&all[0]["line"], &all[0]["kind"]),
        (&json!(1), &json!("hurdle"))
    );
    for at in [AT, "/events/1-camp/came-of-it"] {
        let page = visitor.get(at).await;
        page.says("Nobody had asked");
        assert!(
            page.links()
                .contains(&"/hurdles/1-sites-are-blocked".to_owned()),
            "{at}"
        );
    }
    assert!(
        visitor
            .get(AT)
            .await
            .links()
            .contains(&format!("{AT}#l-tomsline1"))
    );
}

async fn a_page_that_somebody_may_not_see_is_not_named_by_an_outcome(world: World) {
    noted(&world).await;
    let tom = world.as_tom();
    let quiet = [("visibility", "only-me")];
    tom.writes_hurdle("A hushed hurdle", &quiet).await;
    let told = [("outcome", "We found something"), ("page", "/hurdles/1")];
    let refused = world
        .as_dafydd()
        .post(&format!("{AT}/outcomes"), &told)
        .await;
    refused.is(422).says("the address of a page here");
    sends_to(&tom, "outcomes", &told).await;
    tom.get(AT).await.says("A hushed hurdle");
    for at in [AT, "/events/1-camp/came-of-it", TOLD] {
        let page = world.as_dafydd().get(at).await;
        page.is(200)
            .says("We found something")
            .keeps_quiet_of("hushed");
        assert!(!page.body.contains("hushed-hurdle"), "{at}");
    }
}

async fn an_action_is_its_owners_and_keeps_who_changed_it_when(world: World) {
    noted(&world).await;
    let (tom, amina, dafydd) = (world.as_tom(), world.as_amina(), world.as_dafydd());
    let wrong = [("doing", "Ask IT"), ("due", "next week")];
    tom.post(&format!("{AT}/actions"), &wrong)
        .await
        .is(422)
        .says("Ask IT");
    let doing = [
        ("doing", "Ask IT"),
        ("owner", "Dafydd"),
        ("due", "2026-05-09"),
    ];
    sends_to(&tom, "actions", &doing).await;
    let at = format!("{AT}/actions/1");
    world
        .as_visitor()
        .get(&at)
        .await
        .is(200)
        .says("Ask IT")
        .says("Dafydd");
    let done = [("seen", "1"), ("state", "done"), ("why", "They said yes")];
    tom.post(&format!("{at}/steps"), &done).await.is(403);
    assert!(
        tom.get(&at)
            .await
            .forms()
            .iter()
            .all(|form| !form.action.contains("steps"))
    );
    let form = dafydd.get(&at).await.form("/steps");
    let dropped = form.clone().with("state", "dropped");
    dafydd
        .submit(&dropped)
        .await
        .is(422)
        .says("Say why it is dropped");
    world.minutes_pass(DAY / MINUTE);
    let kept = dafydd
        .submit(&form.with("state", "done").with("why", "They said yes"))
        .await;
    dafydd.follow(kept.is(303)).await.says("The change is kept");
    let page = world.as_visitor().get(&at).await;
    page.says("They said yes")
        .says("4 May 2026")
        .says("3 May 2026");
    assert_eq!(page.body.matches("<time ").count(), 2);
    let form = amina
        .get(&at)
        .await
        .form("/steps")
        .with("owner", "Kit Hall");
    amina.submit(&form.with("state", "open")).await.is(303);
    let one = &results(&amina, ACTIONS).await[0];
    assert_eq!(
        (&one["owner"], &one["state"]),
        (&json!("Kit Hall"), &json!("open"))
    );
    let table = world.as_visitor().get("/events/1-camp/actions.csv").await;
    assert!(
        table.body.contains("Ask IT,Kit Hall,2026-05-09,open"),
        "{}",
        table.body
    );
}

async fn whoever_changes_what_changed_meanwhile_is_told(world: World) {
    noted(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    sends_to(&tom, "actions", &[("doing", "Ask IT"), ("owner", "Tom")]).await;
    let at = format!("{AT}/actions/1");
    let (one, other) = (
        tom.get(&at).await.form("/steps"),
        amina.get(&at).await.form("/steps"),
    );
    amina.submit(&other.with("due", "2026-06-01")).await.is(303);
    let late = tom
        .submit(&one.with("state", "done").with("why", "My own words"))
        .await;
    late.is(422)
        .says("Somebody changed it meanwhile")
        .says("1 June 2026");
    assert_eq!(late.form("/steps").get("why"), "My own words");
    assert_eq!(results(&tom, ACTIONS).await[0]["state"], "open");
}

async fn what_is_open_waits_for_its_owner_and_is_asked_about_once(world: World) {
    noted(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let by = [
        ("doing", "Ask IT"),
        ("owner", "Dafydd"),
        ("due", "2026-05-09"),
    ];
    sends_to(&tom, "actions", &by).await;
    sends_to(
        &tom,
        "actions",
        &[("doing", "Write it up"), ("owner", "Tom")],
    )
    .await;
    dafydd
        .get("/waiting")
        .await
        .says("Ask IT")
        .keeps_quiet_of("Write it up");
    asking::ask(world.app()).await.unwrap();
    let asked = "SELECT count(*) FROM session_action WHERE asked_at IS NOT NULL";
    assert_eq!(world.number(asked).await, 0, "nothing is due yet");
    world.minutes_pass(7 * DAY / MINUTE);
    dafydd.get("/waiting").await.says("overdue");
    for _ in 0..2 {
        asking::ask(world.app()).await.unwrap();
    }
    let letter = world.sink().letter("dafydd@council.example", 1).await;
    assert!(letter.text.contains("Ask IT") && !letter.text.contains("Write it up"));
    assert_eq!(world.number(asked).await, 1);
    // Its link answers once, and signs nobody in.
    let (visitor, link) = (world.as_visitor(), letter.path("/how-it-went/"));
    let form = visitor.get(&link).await.is(200).form(&link);
    let dropped = form.clone().with("state", "dropped");
    visitor
        .submit(&dropped)
        .await
        .is(422)
        .says("Say why it is dropped");
    let done = form.with("state", "done").with("why", "IT said yes");
    visitor.submit(&done).await.is(303);
    visitor.submit(&done).await.is(410);
    visitor.get(&link).await.is(410);
    visitor.get("/waiting").await.is(401);
    let page = visitor.get(&format!("{AT}/actions/1")).await;
    page.says("IT said yes").says("Done");
    assert_eq!(page.body.matches("<time ").count(), 2);
    dafydd.get("/waiting").await.keeps_quiet_of("Ask IT");
    world.minutes_pass(31 * DAY / MINUTE);
    for _ in 0..2 {
        asking::ask(world.app()).await.unwrap();
    }
    let letter = world.sink().letter("tom@council.example", 1).await;
    assert!(
        letter.text.contains("Write it up"),
        "thirty days after the event"
    );
    // Whoever answered is asked again only once it changes back.
    assert_eq!(world.number(asked).await, 1);
}
