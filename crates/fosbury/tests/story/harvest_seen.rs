//! Who may see what a session's notes became: no more people than may read the notes.

use db::Reads;
use fosbury::viewer::Visibility;

use crate::bodies::{LIST, imports};
use crate::harvest::{HERE, NOTES, TRIAGE, form, makes, noted, undoing};
use crate::page::Form;
use crate::trials::{HURDLE, furnished};
use crate::world::{World, both};

both!(
    an_example_of_a_known_body_is_told_as_a_trial_and_its_harvester_tells_the_rest,
    an_example_that_says_too_little_is_told_once_somebody_says_whose_it_was,
    a_trial_of_notes_is_read_by_no_more_people_than_the_notes,
    what_is_made_is_shown_to_no_more_people_than_the_notes,
    notes_with_young_people_stay_with_members_until_they_are_published,
);

async fn what_is_made_is_shown_to_no_more_people_than_the_notes(world: World) {
    imports(&world, LIST).await;
    for (name, body) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "beckham")] {
        world.works_at(name, body).await;
    }
    noted(&world, Visibility::NamedBodies, false, NOTES).await;
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    tom.writes_hurdle("Something public", &[]).await;
    for name in ["Dafydd", "Amina"] {
        world.whose(name).get(TRIAGE).await.is(404);
    }
    assert_eq!(
        tom.get(TRIAGE)
            .await
            .is(200)
            .form("/made")
            .get("visibility"),
        "bodies"
    );
    // A form that asks for more gets what the notes allow.
    let public = form(&tom, 2)
        .await
        .with("visibility", "public")
        .with("kind", "hurdle");
    tom.submit(&public).await.is(303);
    let own = form(&tom, 3)
        .await
        .with("visibility", "only-me")
        .with("kind", "solution");
    tom.submit(&own).await.is(303);
    let hurdle = ruth.get("/hurdles/2").await;
    ruth.follow(&hurdle).await.is(200).says("From the notes");
    ruth.get("/solutions/1").await.is(404);
    ruth.get(TRIAGE)
        .await
        .says("Became: a record that you may not see.")
        .keeps_quiet_of("/solutions/1");
    for name in ["Dafydd", "Amina", "nobody"] {
        world.whose(name).get("/hurdles/2").await.is(404);
    }
    // A public page may cite the line, and only those who may read the notes see that.
    let leak = form(&tom, 5)
        .await
        .with("other", "hurdle 1")
        .with("how", "comment");
    let leak = Form {
        action: format!("{HERE}/harvest/mergers"),
        ..leak
    };
    tom.submit(&leak)
        .await
        .is(422)
        .says("the words cannot be repeated there");
    tom.submit(&leak.with("how", "cited")).await.is(303);
    let page = ruth.get("/hurdles/1").await;
    ruth.follow(&page).await.says("Who answers at weekends?");
    for name in ["Dafydd", "Amina", "nobody"] {
        let browser = world.whose(name);
        let page = browser.get("/hurdles/1").await;
        browser
            .follow(&page)
            .await
            .is(200)
            .keeps_quiet_of("weekends")
            .keeps_quiet_of("/sessions/");
    }
}

async fn notes_with_young_people_stay_with_members_until_they_are_published(world: World) {
    noted(&world, Visibility::Public, true, NOTES).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let public = form(&tom, 2)
        .await
        .with("visibility", "public")
        .with("kind", "hurdle");
    assert_eq!(form(&tom, 2).await.get("visibility"), "members");
    tom.submit(&public).await.is(303);
    visitor.get("/hurdles/1").await.is(404);
    visitor.get("/api/v1/sessions/1/harvest").await.is(404);
    world.as_dafydd().get("/hurdles/1").await.is(301);
    let tx = world.app().db.begin().await.unwrap();
    tx.query("UPDATE session SET published_at = 1")
        .run()
        .await
        .unwrap();
    tx.commit().await.unwrap();
    let public = form(&tom, 3).await.with("kind", "solution");
    assert_eq!(public.get("visibility"), "public");
    tom.submit(&public).await.is(303);
    visitor.get("/solutions/1").await.is(301);
}

const TRIED: &[&str] = &[
    "In Eastmoor they had the sites opened that were blocked",
    "Somewhere they had the sites opened that were blocked",
];

async fn an_example_of_a_known_body_is_told_as_a_trial_and_its_harvester_tells_the_rest(
    world: World,
) {
    furnished(&world).await;
    noted(&world, Visibility::Public, false, TRIED).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    let page = makes(&amina, 1, "example").await;
    page.says("The line is told as a trial, half-told")
        .says("Became: Trial 1");
    assert_eq!(page.link("Tell the rest"), "/trials/1/edit");
    tom.get(TRIAGE).await.keeps_quiet_of("Tell the rest");
    let page = visitor.get("/trials/1").await;
    page.is(200)
        .says("Eastmoor")
        .says("Sites are blocked")
        .says("From the notes")
        .says("In Eastmoor they had");
    assert_eq!(page.link("Line 1"), format!("{HERE}#l-line-0"));
    let counted = "SELECT count(*) FROM trial_tally";
    assert_eq!(world.number(counted).await, 0, "it counts nowhere yet");
    assert_eq!(visitor.get(HERE).await.link("Trial 1"), "/trials/1");
    let told = visitor.get("/api/v1/sessions/1/harvest").await.json();
    assert_eq!(told["results"][0]["trial"], 1);
    assert_eq!(told["results"][0]["became"], "made");
    let undo = undoing(&amina).await;
    let form = amina.get("/trials/1/edit").await.form("/trials/1");
    assert!(form.get("learned").starts_with("In Eastmoor"));
    let form = form.with("outcome", "worked");
    amina.submit(&form).await.is(303);
    visitor.get("/trials/1").await.says("Worked");
    assert_eq!(world.number(counted).await, 1);
    let kept = amina.submit(&undo).await;
    amina
        .follow(kept.is(303))
        .await
        .says("Others have changed what was made of this line since");
    // Whose trial it was stays untold: then the notes, which name them, are not shown with it.
    let form = tom.get("/trials/1/edit").await.form("/trials/1");
    tom.submit(&form.with("unnamed", "yes")).await.is(303);
    visitor
        .get("/trials/1")
        .await
        .is(200)
        .keeps_quiet_of("From the notes")
        .keeps_quiet_of(HERE);
    visitor.get(HERE).await.keeps_quiet_of("Trial 1");
    // Taken back, the line waits for somebody to tell it.
    tom.post("/trials/1/removal", &[]).await.is(303);
    let page = tom.get(TRIAGE).await;
    page.says("Kept with the session: Example")
        .keeps_quiet_of("Trial 1");
}

async fn an_example_that_says_too_little_is_told_once_somebody_says_whose_it_was(world: World) {
    furnished(&world).await;
    noted(&world, Visibility::Public, false, TRIED).await;
    let tom = world.as_tom();
    makes(&tom, 2, "example")
        .await
        .says("Kept with the session: Example");
    let form = tom.get(TRIAGE).await.form("/harvest/trials");
    let wrong = form.clone().with("hurdle", "99").with("body", "Nowhere");
    let page = tom.submit(&wrong).await;
    page.is(422)
        .says("Name a hurdle that is here")
        .says("Nowhere");
    assert_eq!(page.form("/harvest/trials").get("hurdle"), "99");
    tom.submit(&form)
        .await
        .is(422)
        .says("Name the body whose trial it was");
    let right = form.with("hurdle", "Hurdle 1").with("body", "Westmoor");
    for _ in 0..2 {
        tom.submit(&right).await.is(303);
    }
    assert_eq!(world.number("SELECT count(*) FROM trial").await, 1);
    let page = world.as_visitor().get("/trials/1").await;
    page.is(200)
        .says("Westmoor")
        .says("had the sites opened")
        .says("From the notes");
    let undo = undoing(&tom).await;
    for _ in 0..2 {
        tom.submit(&undo).await.is(303);
    }
    tom.get("/trials/1").await.is(404);
    assert_eq!(world.number("SELECT count(*) FROM trial").await, 0);
    assert_eq!(world.number("SELECT count(*) FROM harvest").await, 0);
}

async fn a_trial_of_notes_is_read_by_no_more_people_than_the_notes(world: World) {
    imports(&world, LIST).await;
    for (name, body) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "beckham")] {
        world.works_at(name, body).await;
    }
    let (tom, ruth) = (world.as_tom(), world.as_ruth());
    tom.writes_hurdle("Sites are blocked", &[]).await;
    let lines = [
        "Beckham opened the blocked sites for a week",
        "In Beckham they opened the sites that were blocked",
    ];
    noted(&world, Visibility::OwnOrganisation, false, &lines).await;
    for (line, asked) in [(1, "public"), (2, "only-me")] {
        let example = form(&tom, line).await.with("visibility", asked);
        tom.submit(&example.with("kind", "example")).await.is(303);
    }
    ruth.get("/trials/1").await.is(200).says("From the notes");
    ruth.get("/trials/2").await.is(404);
    ruth.get(TRIAGE)
        .await
        .says("a record that you may not see")
        .keeps_quiet_of("/trials/2");
    tom.get("/trials/2").await.is(200).says("From the notes");
    for name in ["Dafydd", "Amina", "nobody"] {
        let browser = world.whose(name);
        browser.get("/trials/1").await.is(404);
        browser.get("/trials/2").await.is(404);
        browser
            .get(HURDLE)
            .await
            .is(200)
            .keeps_quiet_of("/trials/1");
    }
}
