//! What comes into sessions from elsewhere, and what follows them.

use serde_json::json;

use fosbury::sessions::store_captures;
use fosbury::time::{DAY, MINUTE};

use crate::sessions::{held, line, noted, sends, session};
use crate::world::{World, both};

both!(
    notes_taken_elsewhere_keep_their_lines_and_note_takers,
    a_later_thought_is_added_with_its_day,
    calendars_are_read_and_written,
);

async fn notes_taken_elsewhere_keep_their_lines_and_note_takers(world: World) {
    let at = noted(&world).await;
    let tom = world.as_tom();
    let bring = format!("{at}/captures");
    world.as_visitor().get(&bring).await.is(401);
    let form = tom.get(&bring).await.form("/captures");
    tom.submit(&form.clone().with("text", ""))
        .await
        .is(422)
        .says("Paste the notes");
    let notes = "# Blocked sites\n\n- Ask IT for a list\n- Write down who said no\n";
    let form = form.with("text", notes).with("taker", "Kit Hall");
    tom.submit(&form).await.is(303);
    let visitor = world.as_visitor();
    let all = visitor.get("/api/v1/sessions/1/lines").await.json();
    let all = all["results"].as_array().unwrap();
    let told: Vec<&str> = all
        .iter()
        .map(|one| one["text"].as_str().unwrap())
        .collect();
    assert!(told.contains(&"Ask IT for a list") && told.contains(&"Write down who said no"));
    assert!(all.iter().all(|one| one["author"] == "Kit Hall"));
    visitor
        .get(at)
        .await
        .says("Kit Hall")
        .says("The notes were locked");
    visitor
        .get("/write-ups/1-blocked-sites")
        .await
        .says("Ask IT for a list");
    tom.get(&bring).await.is(404);
    assert!(
        store_captures::faults(&world.app().db)
            .await
            .unwrap()
            .1
            .is_empty()
    );
}

async fn a_later_thought_is_added_with_its_day(world: World) {
    let at = noted(&world).await;
    let tom = world.as_tom();
    sends(&tom, at, json!([line("tomsline1", 1, "Ask IT")]))
        .await
        .is(200);
    world
        .as_amina()
        .post(&format!("{at}/locks"), &[])
        .await
        .is(303);
    let write_up = "/write-ups/1-blocked-sites";
    let form = tom.get(write_up).await.form("/reflections");
    tom.submit(&form.clone().with("reflection", " "))
        .await
        .is(422);
    tom.submit(&form.with("reflection", "It took a year."))
        .await
        .is(303);
    world.minutes_pass(DAY / MINUTE);
    let dafydd = world.as_dafydd();
    let form = dafydd.get(write_up).await.form("/reflections");
    dafydd
        .submit(&form.with("reflection", "Here as well."))
        .await
        .is(303);
    let page = world.as_visitor().get(write_up).await;
    page.says("3 May 2026, Tom").says("It took a year.");
    page.says("4 May 2026, Dafydd").says("Here as well.");
    let now = world.as_visitor().get("/api/v1/write-ups/1").await.json();
    assert_eq!(now["revision"], 3, "each is in the history");
}

async fn calendars_are_read_and_written(world: World) {
    let event = held(&world, &[("place", "The hall, Aldham")]).await;
    session(&world, &event, "Blocked sites; and, more").await;
    let visitor = world.as_visitor();
    let file = visitor.get(&format!("{event}/calendar.ics")).await;
    assert!(file.header("content-type").starts_with("text/calendar"));
    for words in [
        "DTSTART:20260503T090000Z",
        "SUMMARY:Blocked sites\\; and\\, more",
        "LOCATION:The hall\\, Aldham",
        "UID:session-1@hurdles.example.org",
        "DTSTART;VALUE=DATE:20260503",
    ] {
        assert!(file.body.contains(words), "{words} in {}", file.body);
    }
    visitor
        .get("/sessions/1-blocked-sites-and-more/calendar.ics")
        .await
        .is(200);
}
