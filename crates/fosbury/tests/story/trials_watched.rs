//! What becomes of a trial is told to whoever watches it, and it moves along with what it is about.

use std::time::Duration;

use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    whoever_watches_a_trial_is_told_what_was_told_otherwise,
    a_trial_that_moves_with_its_hurdle_or_solution_says_so_in_its_history,
    a_renamed_bodys_trials_are_found_by_its_new_name,
);

async fn watches(who: &Browser, address: &str) {
    let form = who.get(address).await.form("/watches");
    who.submit(&form).await.is(303);
}

async fn tells_more(who: &Browser, more: &[(&str, &str)]) {
    let form = who.get("/trials/1/edit").await.form("/trials/1");
    let form = more
        .iter()
        .fold(form, |form, (name, value)| form.with(name, value));
    who.submit(&form).await.is(303);
}

async fn whoever_watches_a_trial_is_told_what_was_told_otherwise(world: World) {
    furnished(&world).await;
    let (tom, dafydd, ruth) = (world.as_tom(), world.as_dafydd(), world.as_ruth());
    tells(&tom, &[("outcome", "too-early")]).await.is(303);
    world.minutes_pass(1);
    for who in [&tom, &dafydd, &ruth] {
        watches(who, "/trials/1").await;
    }
    world.minutes_pass(1);
    tells_more(&tom, &[("outcome", "worked"), ("learned", "Ask twice.")]).await;
    for who in [&dafydd, &ruth] {
        who.get("/").await.says("Waiting for you (1)");
        let page = who.get("/waiting").await;
        page.says("Trial 1: Sites are blocked").says("changed");
        let told = page.text();
        assert!(told.contains("Did it work?, "), "{told}");
        let version = page.link("Trial 1: Sites are blocked");
        assert_eq!(version, "/trials/1/versions/2");
        who.get(&version).await.is(200).says("Ask twice.");
    }
    // One's own changes are no news.
    tom.get("/waiting")
        .await
        .says("Nothing you watch has changed");
    world.minutes_pass(1);
    let read = dafydd.get("/waiting").await.form("/waiting/readings");
    dafydd.submit(&read).await.is(303);
    dafydd
        .get("/waiting")
        .await
        .says("Nothing you watch has changed");
    // What is for fewer people now is told to nobody else, and not counted.
    world.minutes_pass(1);
    tells_more(&tom, &[("visibility", "only-me"), ("learned", "Secretly.")]).await;
    for who in [&dafydd, &ruth] {
        who.get("/").await.keeps_quiet_of("Waiting for you (");
        who.get("/waiting")
            .await
            .keeps_quiet_of("Trial 1")
            .keeps_quiet_of("Secretly");
    }
}

async fn a_trial_that_moves_with_its_hurdle_or_solution_says_so_in_its_history(world: World) {
    furnished(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let amina = world.as_amina();
    tells(&tom, &[]).await.is(303);
    tom.writes_hurdle("Pages are blocked", &[]).await;
    world.minutes_pass(1);
    watches(&dafydd, "/trials/1").await;
    world.minutes_pass(1);
    let merge = format!("{HURDLE}/mergers");
    amina.post(&merge, &[("into", "2")]).await.is(303);
    let history = visitor.get("/trials/1/history").await;
    history.says("moved along, as its hurdle was merged into another");
    visitor.get("/trials/1").await.says("Pages are blocked");
    dafydd
        .get("/waiting")
        .await
        .says("Trial 1: Pages are blocked")
        .says("moved along");
    amina
        .post("/solutions/1-ask-it/mergers", &[("into", "2")])
        .await
        .is(303);
    let history = visitor.get("/trials/1/history").await;
    history
        .says("moved along, as its solution was merged into another")
        .says("Use a tablet");
    assert_eq!(world.number("SELECT count(*) FROM trial_revision").await, 3);
    world.chains_hold().await;
}

async fn a_renamed_bodys_trials_are_found_by_its_new_name(world: World) {
    imports(&world, LIST).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tom.writes_hurdle("Sites are blocked", &[]).await;
    let told = [
        ("solution", "0"),
        ("body", "Aldham"),
        ("learned", "The zanzibar cupboard."),
    ];
    tells(&tom, &told).await.is(303);
    let found = async |words: &str| {
        let path = format!("/api/v1/search?q={words}&kind=trial");
        let answer = visitor.get(&path).await.json();
        answer["results"].as_array().unwrap().len()
    };
    assert_eq!(found("zanzibar").await, 1);
    assert_eq!(found("Quillhaven").await, 0);
    let renamed = LIST.replace(
        "Aldham Borough Council,Aldham",
        "Quillhaven Council,Quillhaven",
    );
    imports(&world, renamed).await;
    let waits = "SELECT count(*) FROM job WHERE kind = 'body-renamed'";
    for _ in 0..400 {
        world.app().jobs_wake.notify_one();
        if world.number(waits).await == 0 {
            break;
        }
        tokio::time::sleep(Duration::from_millis(25)).await;
    }
    assert_eq!(world.number(waits).await, 0);
    assert_eq!(found("Quillhaven").await, 1);
}
