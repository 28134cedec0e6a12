//! Words not saved yet.

use crate::world::{World, both};

both!(
    a_draft_of_a_new_page_survives_and_is_offered_again,
    a_draft_of_a_change_survives_and_is_thrown_away,
    a_draft_is_nobody_elses,
    a_draft_is_merged_with_what_others_saved_meanwhile,
    a_draft_of_a_part_keeps_the_other_parts,
    words_for_a_page_deleted_meanwhile_are_kept,
    a_draft_without_end_is_refused,
);

async fn a_draft_of_a_new_page_survives_and_is_offered_again(world: World) {
    let tom = world.as_tom();
    let typed = [
        ("title", "Sites are bl"),
        ("problem", "The filter"),
        ("heading", "access"),
    ];
    tom.post("/hurdles/new/draft", &typed).await.is(204);
    let form = tom.get("/hurdles/new").await;
    form.says("Your unsaved words are back");
    assert_eq!(form.form("/hurdles").get("title"), "Sites are bl");
    assert_eq!(form.form("/hurdles").get("heading"), "access");
    assert_eq!(world.number("SELECT count(*) FROM record").await, 0);
    tom.submit(&form.form("/hurdles")).await.is(303);
    tom.get("/hurdles/new")
        .await
        .keeps_quiet_of("unsaved words");
}

async fn a_draft_of_a_change_survives_and_is_thrown_away(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "Old words.")])
        .await;
    let typed = [("base", "1"), ("problem", "New words, half")];
    tom.post("/hurdles/1/draft", &typed).await.is(204);
    tom.get("/account")
        .await
        .says("Sites are blocked kept 3 May 2026, 13:00");
    let form = tom.get(&format!("{address}/edit")).await;
    assert_eq!(form.form("/revisions").get("problem"), "New words, half");
    let thrown = tom.submit(&form.form("/draft/removal")).await;
    let form = tom.follow(&thrown).await;
    form.says("The draft is gone");
    assert_eq!(form.form("/revisions").get("problem"), "Old words.");
    tom.get("/account").await.says("Nothing is waiting.");
}

async fn a_draft_is_nobody_elses(world: World) {
    let (tom, dafydd, ruth) = (world.as_tom(), world.as_dafydd(), world.as_ruth());
    let address = tom.writes_hurdle("Sites are blocked", &[]).await;
    let typed = [("base", "1"), ("problem", "Secret thoughts")];
    tom.post(&format!("{address}/draft"), &typed).await.is(204);
    tom.post("/guides/new/draft", &[("text", "Secret thoughts")])
        .await
        .is(204);
    for other in [&dafydd, &ruth] {
        for page in [&format!("{address}/edit"), "/guides/new", "/account"] {
            other
                .get(page)
                .await
                .is(200)
                .keeps_quiet_of("Secret thoughts");
        }
        other
            .post(&format!("{address}/draft/removal"), &[])
            .await
            .is(303);
        other.post("/guides/new/draft/removal", &[]).await.is(303);
    }
    for page in [&format!("{address}/edit"), "/guides/new"] {
        tom.get(page).await.says("Secret thoughts");
    }
    world
        .as_visitor()
        .post(&format!("{address}/draft"), &typed)
        .await
        .is(401);
}

async fn a_draft_is_merged_with_what_others_saved_meanwhile(world: World) {
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "Old words.")])
        .await;
    let typed = [("base", "1"), ("why", "It costs days.")];
    tom.post(&format!("{address}/draft"), &typed).await.is(204);
    dafydd.changed(&address, &[("problem", "New words.")]).await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    let saved = tom.submit(&form).await;
    let page = tom.follow(&saved).await;
    page.says("merged")
        .says("New words.")
        .says("It costs days.");
}

async fn a_draft_of_a_part_keeps_the_other_parts(world: World) {
    let tom = world.as_tom();
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "Old words.")])
        .await;
    let typed = [("base", "1"), ("part", "why"), ("why", "It costs days.")];
    tom.post(&format!("{address}/draft"), &typed).await.is(204);
    let form = tom
        .get(&format!("{address}/edit?part=until"))
        .await
        .form("/revisions");
    assert_eq!(form.get("problem"), "Old words.");
    assert_eq!(form.get("why"), "It costs days.");
}

async fn words_for_a_page_deleted_meanwhile_are_kept(world: World) {
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let address = tom
        .writes_hurdle("Sites are blocked", &[("problem", "Old words.")])
        .await;
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    amina
        .post(&format!("{address}/deletions"), &[("why", "a test")])
        .await
        .is(303);
    let form = form.with("problem", "An hour of words");
    tom.submit(&form).await.is(410);
    amina
        .post(&format!("{address}/recoveries"), &[])
        .await
        .is(303);
    let form = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(form.get("problem"), "An hour of words");
}

async fn a_draft_without_end_is_refused(world: World) {
    let tom = world.as_tom();
    let endless = "x".repeat(120_001);
    tom.post("/hurdles/new/draft", &[("problem", &endless)])
        .await
        .is(413);
    tom.get("/account").await.says("Nothing is waiting.");
}
