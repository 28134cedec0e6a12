//! Who closed an account may come back under the same address, as somebody new.

use crate::people::invites;
use crate::signing_in::asks;
use crate::tokens::Program;
use crate::trials::{furnished, tells};
use crate::world::{World, both};

both!(
    an_address_that_left_comes_back_as_somebody_new,
    an_address_that_left_signs_up_by_mail_as_somebody_new,
);

const ADDRESS: &str = "dafydd@council.example";

/// Dafydd writes, says, watches, keeps a draft and a token, works at Westmoor; then he leaves.
async fn leaves(world: &World) -> Program {
    furnished(world).await;
    let (dafydd, ruth, tom) = (world.as_dafydd(), world.as_ruth(), world.as_tom());
    let hidden = [("visibility", "only-me")];
    dafydd.writes_hurdle("For Dafydd", &hidden).await;
    let own = [("visibility", "own-organisation"), ("own", "westmoor")];
    dafydd.writes_hurdle("For Westmoor", &own).await;
    let mine = [("body", "Westmoor"), ("visibility", "only-me")];
    tells(&dafydd, &mine).await.is(303);
    let place = "/hurdles/1-sites-are-blocked";
    dafydd.says(place, &[("words", "Ask me.")]).await.is(303);
    tom.says(place, &[("words", "I ask, @dafydd.")])
        .await
        .is(303);
    let watch = dafydd.get(place).await.form("/watches");
    dafydd.submit(&watch).await.is(303);
    let draft = [("base", "1"), ("problem", "Not yet.")];
    dafydd.post(&format!("{place}/draft"), &draft).await;
    let program = Program::with_all(&dafydd).await;
    let people = ruth.get("/people").await;
    let person = ruth.get(&people.link("Dafydd")).await;
    ruth.submit(&person.form("/departure")).await.is(303);
    program
}

/// Nothing of the one who left is there for whoever has the address now.
async fn has_nothing(world: &World, new: &crate::browser::Browser) {
    for hidden in ["/hurdles/2", "/hurdles/3", "/trials/1", "/trials/1/edit"] {
        new.get(hidden).await.is(404);
    }
    let waiting = new.get("/waiting").await;
    waiting
        .is(200)
        .says("Nothing yet.")
        .says("Nothing you watch has changed.")
        .keeps_quiet_of("I ask");
    new.get("/comments/1/edit").await.is(403);
    new.post("/comments/1/removals", &[]).await.is(403);
    let tokens = new.get("/account/tokens").await;
    tokens.is(200).keeps_quiet_of("A copy for our intranet");
    let body = new.get("/organisations/westmoor").await;
    body.keeps_quiet_of("You work here.");
    let edit = new.get("/hurdles/1-sites-are-blocked/edit").await;
    edit.is(200).keeps_quiet_of("Not yet.");
    let page = new.get("/hurdles/1-sites-are-blocked/discussion").await;
    page.says("Former colleague").says("Ask me.");
    let two = "SELECT count(*) FROM person WHERE name = 'Former colleague'";
    assert_eq!(world.number(two).await, 1);
}

async fn an_address_that_left_comes_back_as_somebody_new(world: World) {
    let program = leaves(&world).await;
    let amina = world.as_amina();
    let link = invites(&amina, ADDRESS, "councillor").await;
    let new = world.as_visitor();
    let join = new.get(&link).await;
    join.is(200).keeps_quiet_of("Former colleague");
    // Nothing is known of them: a name is asked for.
    new.submit(&join.form(&link)).await.is(422);
    new.submit(&join.form(&link).with("name", "Dafydd Two"))
        .await
        .is(303);
    new.get("/account")
        .await
        .says("You are here as: Councillor.");
    has_nothing(&world, &new).await;
    // What opened the old account opens nothing, and naming them reaches the new one alone.
    program.get("/api/v1/hurdles/1").await.is(401);
    world.as_dafydd().get("/waiting").await.is(401);
    let words = [("words", "Are you there, @dafydd-two and @former-colleague?")];
    let place = "/hurdles/1-sites-are-blocked";
    world.as_tom().says(place, &words).await.is(303);
    new.get("/waiting").await.says("Tom named you");
    let told = "SELECT count(*) FROM waiting w JOIN person p ON p.id = w.person_id
                WHERE p.left_at IS NOT NULL";
    assert_eq!(world.number(told).await, 0);
    let letters = "SELECT count(*) FROM follow_up";
    assert_eq!(world.number(letters).await, 0);
}

async fn an_address_that_left_signs_up_by_mail_as_somebody_new(world: World) {
    leaves(&world).await;
    let new = world.as_visitor();
    let letter = asks(&world, &new, ADDRESS, 1).await;
    let done = new.post(&letter.link(), &[]).await;
    assert!(done.is(303).leads_to().contains("told=new-here"));
    has_nothing(&world, &new).await;
}
