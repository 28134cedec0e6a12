//! Notes of sessions: nothing lost, nothing doubled, nothing changed once it is locked.

use db::Reads;
use serde_json::{Value, json};

use fosbury::sessions::{locking, store_captures};
use fosbury::time::{DAY, MINUTE};

use crate::browser::Browser;
use crate::page::Page;
use crate::sessions_lines::edition;
use crate::world::{BASE, World, both};

both!(
    a_grid_is_made_from_a_list_that_is_looked_at_first,
    a_link_lets_people_in_to_write_and_nothing_else,
    a_locked_capture_stays_as_it_is_and_a_write_up_opens,
    an_erased_line_leaves_its_hash_and_an_older_backup_forgets_it_again,
    what_nobody_locks_locks_itself_when_the_event_is_over,
);

impl World {
    /// Changes what is kept behind the program's back.
    pub async fn spoils(&self, text: &'static str) {
        let tx = self.app().db.begin().await.unwrap();
        tx.query(text).run().await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// An event on the day of the world, told by Amina.
pub async fn held(world: &World, more: &[(&str, &str)]) -> String {
    let mut all = vec![("title", "Camp"), ("first", "2026-05-03"), ("young", "no")];
    all.extend_from_slice(more);
    world.as_amina().writes("events", &all).await
}

/// A session of an event, at ten.
pub async fn session(world: &World, event: &str, title: &str) {
    let planned = [("title", title), ("day", "2026-05-03"), ("starts", "10:00")];
    let amina = world.as_amina();
    amina
        .post(&format!("{event}/sessions"), &planned)
        .await
        .is(303);
}

/// An event with a session in which notes are taken.
pub async fn noted(world: &World) -> &'static str {
    let event = held(world, &[]).await;
    session(world, &event, "Blocked sites").await;
    "/sessions/1-blocked-sites"
}

/// Sends lines as the page's script does.
pub async fn sends(browser: &Browser, at: &str, lines: Value) -> Page {
    browser
        .post(&format!("{at}/lines"), &[("lines", &lines.to_string())])
        .await
}

pub fn line(id: &str, place: i64, text: &str) -> Value {
    json!({ "id": id, "place": place, "together": false, "text": text, "edition": 1 })
}

/// What a session's notes say to somebody, in their order.
pub async fn told(browser: &Browser, number: i64) -> Vec<String> {
    let lines = browser
        .get(&format!("/api/v1/sessions/{number}/lines"))
        .await;
    let lines = lines.is(200).json();
    let lines = lines["results"].as_array().unwrap().iter();
    lines
        .map(|line| line["text"].as_str().unwrap().to_owned())
        .collect()
}

async fn a_grid_is_made_from_a_list_that_is_looked_at_first(world: World) {
    let event = held(&world, &[("last", "2026-05-04")]).await;
    let tom = world.as_tom();
    let visitor = world.as_visitor();
    visitor.get(&event).await.is(200).says("The grid is empty");
    let at = format!("{event}/sessions");
    let list = "Only words\n10:00 Room A: Blocked sites – Kit\n11:00 Room B: Forms";
    let sent = [("list", list), ("do", "preview")];
    let page = tom.post(&at, &sent).await;
    page.is(200)
        .says("2 sessions were read")
        .says("Blocked sites")
        .says("Line 1");
    assert!(told_sessions(&visitor).await.is_empty(), "only looked at");
    let sent = [("list", "Just words"), ("do", "add")];
    tom.post(&at, &sent)
        .await
        .is(422)
        .says("Line 1")
        .says("Just words");
    for _ in 0..2 {
        let sent = [("list", list), ("do", "add")];
        tom.post(&at, &sent).await.is(303);
    }
    assert_eq!(told_sessions(&visitor).await, ["Blocked sites", "Forms"]);
    let page = visitor.get(&event).await;
    page.says("Room A")
        .says("Room B")
        .keeps_quiet_of("Put a session here");
    visitor.post(&at, &[("title", "Mine")]).await.is(401);
    let changed = [
        ("title", "Open sites"),
        ("day", "2026-05-04"),
        ("starts", "9.30"),
    ];
    tom.post("/sessions/1", &changed).await.is(303);
    visitor.get("/sessions/1").await.is(301);
    visitor
        .get("/sessions/1-open-sites")
        .await
        .says("4 May 2026, 09:30");
    let wrong = [
        ("title", "Open sites"),
        ("day", "2026-06-04"),
        ("starts", "9.30"),
    ];
    tom.post("/sessions/1", &wrong)
        .await
        .is(422)
        .says("on a day of the event");
    tom.post("/sessions/2/removal", &[]).await.is(303);
    assert_eq!(told_sessions(&visitor).await, ["Open sites"]);
    assert!(
        visitor
            .get("/events.csv")
            .await
            .text()
            .contains("Open sites")
    );
}

async fn told_sessions(browser: &Browser) -> Vec<String> {
    let all = browser.get("/api/v1/sessions").await.json();
    let all = all["results"].as_array().unwrap().iter();
    all.map(|one| one["title"].as_str().unwrap().to_owned())
        .collect()
}

async fn a_link_lets_people_in_to_write_and_nothing_else(world: World) {
    let event = held(&world, &[("visibility", "members")]).await;
    session(&world, &event, "Blocked sites").await;
    let at = "/sessions/1-blocked-sites";
    let (amina, kit) = (world.as_amina(), world.as_visitor());
    world
        .as_tom()
        .post(&format!("{event}/links"), &[])
        .await
        .is(403);
    kit.get(&event).await.is(404);
    kit.get(at).await.is(404);
    let made = amina.post(&format!("{event}/links"), &[]).await;
    let link = made
        .is(200)
        .links()
        .into_iter()
        .find(|link| link.contains("/in/"))
        .unwrap();
    assert!(made.body.contains("<svg"), "a picture for telephones");
    let form = kit
        .get(&link)
        .await
        .is(200)
        .says("Camp")
        .form(link.trim_start_matches(BASE));
    kit.submit(&form.clone().with("name", " ")).await.is(422);
    let page = kit.submit(&form.with("name", "Kit Hall")).await;
    kit.follow(page.is(303))
        .await
        .is(200)
        .says("You write here as Kit Hall");
    sends(&kit, at, json!([line("kitsline1", 1, "From Kit")]))
        .await
        .is(200);
    kit.get(at).await.is(200).says("Kit Hall").says("From Kit");
    let planned = [
        ("title", "By Kit"),
        ("day", "2026-05-03"),
        ("starts", "11:00"),
    ];
    kit.post(&format!("{event}/sessions"), &planned)
        .await
        .is(303);
    for (path, fields) in [
        (format!("{event}/links"), vec![]),
        (format!("{at}/locks"), vec![]),
        (format!("{at}/captures"), vec![("text", "Words")]),
        (format!("{event}/revisions"), vec![("title", "Mine")]),
        ("/hurdles".to_owned(), vec![("title", "Mine")]),
    ] {
        kit.post(&path, &fields).await.is(401);
    }
    kit.get(&format!("{event}/edit")).await.is(401);
    let other = held(&world, &[("title", "Other"), ("visibility", "members")]).await;
    kit.get(&other).await.is(404);
    amina
        .post(&format!("{event}/links/removal"), &[])
        .await
        .is(303);
    kit.get(at).await.is(404);
    sends(&kit, at, json!([line("kitsline2", 2, "Too late")]))
        .await
        .is(404);
    world.as_visitor().get(&link).await.is(410);
    let again = amina.post(&format!("{event}/links"), &[]).await;
    let again = again
        .links()
        .into_iter()
        .find(|link| link.contains("/in/"))
        .unwrap();
    world.minutes_pass(3 * DAY / MINUTE);
    world.as_visitor().get(&again).await.is(410);
}

async fn a_locked_capture_stays_as_it_is_and_a_write_up_opens(world: World) {
    let at = noted(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    sends(
        &tom,
        at,
        json!([
            line("tomsline1", 1, "Ask IT"),
            line("tomsline2", 2, "Taken out")
        ]),
    )
    .await
    .is(200);
    sends(&tom, at, json!([edition("tomsline2", "", 2)]))
        .await
        .is(200);
    sends(
        &world.as_dafydd(),
        at,
        json!([line("dafydds1", 1, "Write it down")]),
    )
    .await
    .is(200);
    tom.post(&format!("{at}/locks"), &[]).await.is(403);
    amina.post(&format!("{at}/locks"), &[]).await.is(303);
    amina.post(&format!("{at}/locks"), &[]).await.is(303);
    let locked = visitor.get("/api/v1/sessions/1").await.json();
    let hash = locked["capture_sha256"].as_str().unwrap().to_owned();
    visitor.get(at).await.says(&hash).says("Read the write-up");
    let late = sends(&tom, at, json!([line("tomsline3", 3, "Too late")]))
        .await
        .json();
    assert_eq!(late["locked"], true);
    assert_eq!(late["refused"], json!(["tomsline3"]));
    let form = [
        ("text", "Too late as well"),
        ("where", "own"),
        ("begun", "0123456789"),
    ];
    tom.post(&format!("{at}/lines"), &form)
        .await
        .is(422)
        .says("Too late as well");
    tom.post("/sessions/1", &[("title", "Other")]).await.is(303);
    assert_eq!(told(&visitor, 1).await, ["Ask IT", "Write it down"]);
    assert_eq!(
        visitor.get("/api/v1/sessions/1").await.json()["title"],
        "Blocked sites"
    );
    let page = visitor.get("/write-ups/1-blocked-sites").await;
    page.is(200)
        .says("Ask IT")
        .says("Write it down")
        .says("Session 1: Blocked sites");
    let changed = tom
        .changed("/write-ups/1-blocked-sites", &[("text", "In short: ask.")])
        .await;
    visitor.get(&changed).await.says("In short: ask.");
    assert_eq!(told(&visitor, 1).await, ["Ask IT", "Write it down"]);
    world.waits_for_its_index().await;
    assert_eq!(visitor.finds("short ask").await, [changed]);
    let (count, faults) = store_captures::faults(&world.app().db).await.unwrap();
    assert_eq!((count, faults), (1, Vec::new()));
    world
        .spoils("UPDATE note_line SET text = 'Ask nobody' WHERE id = 'tomsline1'")
        .await;
    let (_, faults) = store_captures::faults(&world.app().db).await.unwrap();
    assert_eq!(faults, ["session 1: line 1 is not as it was locked"]);
}

async fn an_erased_line_leaves_its_hash_and_an_older_backup_forgets_it_again(world: World) {
    use fosbury::interchange::{erasures, replaying};
    let at = noted(&world).await;
    let (tom, amina, ruth) = (world.as_tom(), world.as_amina(), world.as_ruth());
    sends(
        &tom,
        at,
        json!([
            line("tomsline1", 1, "A name that must go"),
            line("tomsline2", 2, "Stays")
        ]),
    )
    .await
    .is(200);
    let erase = format!("{at}/lines/tomsline1/erase");
    ruth.get(&erase).await.is(404);
    amina.post(&format!("{at}/locks"), &[]).await.is(303);
    let before = tom.get("/api/v1/sessions/1/lines").await.json();
    amina.get(&erase).await.is(403);
    let form = ruth.get(&erase).await.form("/erasures");
    ruth.submit(&form.clone().with("why", "")).await.is(422);
    ruth.submit(&form.with("why", "It names somebody"))
        .await
        .is(303);
    let page = world.as_visitor().get(at).await;
    page.says("Erased on 3 May 2026").keeps_quiet_of("must go");
    let after = tom.get("/api/v1/sessions/1/lines").await.json();
    for key in ["number", "sha256", "id"] {
        assert_eq!(after["results"][0][key], before["results"][0][key], "{key}");
    }
    assert_eq!(after["results"][0]["author"], "");
    let db = &world.app().db;
    assert!(store_captures::faults(db).await.unwrap().1.is_empty());
    let folder = tempfile::tempdir().unwrap();
    erasures::remember(db, &[folder.path().to_owned()])
        .await
        .unwrap();
    let list = erasures::listed(&folder.path().join(erasures::LIST));
    assert!(
        list.iter()
            .any(|one| matches!(one, erasures::Forgotten::Line { .. }))
    );
    world
        .spoils("UPDATE note_line SET text = 'A name', erased_at = NULL WHERE id = 'tomsline1'")
        .await;
    let lines = replaying::replay(db, folder.path(), &list).await.unwrap();
    assert_eq!(lines, ["a line erased on 3 May 2026 was erased again"]);
    assert_eq!(told(&tom, 1).await, ["", "Stays"]);
}

async fn what_nobody_locks_locks_itself_when_the_event_is_over(world: World) {
    let at = noted(&world).await;
    let event = "/events/1-camp";
    session(&world, event, "Nobody came").await;
    sends(&world.as_tom(), at, json!([line("tomsline1", 1, "Ask IT")]))
        .await
        .is(200);
    locking::lock_left_open(world.app()).await.unwrap();
    assert!(world.as_visitor().get("/api/v1/sessions/1").await.json()["locked_at"].is_null());
    world.minutes_pass(DAY / MINUTE);
    locking::lock_left_open(world.app()).await.unwrap();
    let of = |number: i64| format!("/api/v1/sessions/{number}");
    let visitor = world.as_visitor();
    assert!(visitor.get(&of(1)).await.json()["locked_at"].is_string());
    assert_eq!(visitor.get(&of(1)).await.json()["write_up"], 1);
    assert!(
        visitor.get(&of(2)).await.json()["locked_at"].is_null(),
        "it has no notes"
    );
    visitor
        .get("/write-ups/1-blocked-sites")
        .await
        .is(200)
        .says("Ask IT");
}
