//! Who sees what is told of a session, and what is forgotten of it.

use serde_json::json;

use fosbury::interchange::{erasures, replaying};
use fosbury::sessions::after::asking;
use fosbury::time::{DAY, MINUTE};

use crate::bodies::VIEWERS;
use crate::outcomes::{ACTIONS, AT, TOLD, guest, results, sends_to};
use crate::sessions::{held, line, noted, sends, session};
use crate::sessions_seen::for_few;
use crate::world::{World, both};

both!(
    what_is_told_of_a_session_is_for_whom_its_event_is,
    where_young_people_are_what_is_told_waits_and_names_are_initials,
    what_was_erased_is_forgotten_again_by_an_older_backup,
    whoever_left_is_not_named_by_what_they_told,
);

async fn what_is_told_of_a_session_is_for_whom_its_event_is(world: World) {
    let tom = world.as_tom();
    for (number, (visibility, readers)) in (1..).zip(for_few(&world, ("Camp", "Why")).await) {
        let at = format!("/sessions/{number}-why");
        for (what, field) in [("tips", "tip"), ("outcomes", "outcome")] {
            let fields = [(field, "A quiet mark")];
            tom.post(&format!("{at}/{what}"), &fields).await.is(303);
        }
        for owner in ["Tom", "Dafydd", "Ruth", "Amina"] {
            let fields = [("doing", "A quiet mark"), ("owner", owner)];
            tom.post(&format!("{at}/actions"), &fields).await.is(303);
        }
        let first = (number - 1) * 4 + 1;
        for viewer in VIEWERS {
            let (browser, may) = (world.whose(viewer), readers.contains(&viewer));
            for path in [
                at.clone(),
                format!("{at}/actions/{first}"),
                format!("/events/{number}-camp/came-of-it"),
                format!("/events/{number}-camp/actions.csv"),
                format!("/api/v1/sessions/{number}/outcomes"),
                format!("/api/v1/events/{number}/actions"),
            ] {
                let page = browser.get(&path).await;
                assert_eq!(
                    page.status,
                    if may { 200 } else { 404 },
                    "{path}, {viewer:?}"
                );
                assert!(
                    !may || page.body.contains("A quiet mark"),
                    "{path}, {viewer:?}"
                );
            }
            for (what, field) in [
                ("tips", "tip"),
                ("outcomes", "outcome"),
                ("actions", "doing"),
            ] {
                if !may {
                    let page = browser
                        .post(&format!("{at}/{what}"), &[(field, "Mine")])
                        .await;
                    assert_eq!(page.status, 404, "{what} as {viewer:?}");
                }
            }
            if !viewer.is_empty() {
                // Whoever was named but may not read it has nothing waiting.
                let waiting = browser.get("/waiting").await;
                let told = waiting.body.contains(&format!("{at}/actions/"));
                assert_eq!(told, may, "waiting, {visibility}, {viewer}");
            }
        }
    }
    world.minutes_pass(40 * DAY / MINUTE);
    asking::ask(world.app()).await.unwrap();
    let letter = world.sink().letter("dafydd@council.example", 1).await;
    assert_eq!(
        letter.text.matches("A quiet mark").count(),
        1,
        "{}",
        letter.text
    );
}

async fn where_young_people_are_what_is_told_waits_and_names_are_initials(world: World) {
    let event = held(&world, &[("young", "yes")]).await;
    session(&world, &event, "Blocked sites").await;
    let kit = guest(&world, &event, "Kit Hall").await;
    sends(&kit, AT, json!([line("kitsline1", 1, "A place to sit")]))
        .await
        .is(200);
    sends_to(&kit, "tips", &[("tip", "Somewhere dry")]).await;
    sends_to(
        &kit,
        "actions",
        &[("doing", "Find a bench"), ("owner", "Ann Other")],
    )
    .await;
    kit.get(AT)
        .await
        .says("K. H.")
        .says("A. O.")
        .keeps_quiet_of("Kit Hall")
        .keeps_quiet_of("Other");
    let visitor = world.as_visitor();
    let everywhere = [
        AT,
        TOLD,
        ACTIONS,
        "/events/1-camp/came-of-it",
        "/events/1-camp/actions.csv",
    ];
    for at in everywhere {
        let page = visitor.get(at).await;
        page.is(200)
            .keeps_quiet_of("Somewhere dry")
            .keeps_quiet_of("Find a bench");
    }
    let (amina, ruth) = (world.as_amina(), world.as_ruth());
    amina.post(&format!("{AT}/locks"), &[]).await.is(303);
    for one in [&amina, &ruth] {
        one.post(&format!("{AT}/publications"), &[]).await.is(303);
    }
    for at in everywhere {
        let page = visitor.get(at).await;
        page.is(200)
            .keeps_quiet_of("Kit Hall")
            .keeps_quiet_of("Ann Other");
        assert!(
            page.body.contains("A. O.") || page.body.contains("K. H."),
            "{at}"
        );
    }
    // What comes later was published by nobody.
    world.minutes_pass(1);
    sends_to(&kit, "tips", &[("tip", "Somewhere with a canopy")]).await;
    sends_to(&kit, "actions", &[("doing", "Ask for a canopy")]).await;
    for at in everywhere {
        visitor.get(at).await.keeps_quiet_of("canopy");
        let page = world.as_tom().get(at).await;
        assert!(page.is(200).body.contains("a canopy"), "{at}");
    }
}

async fn what_was_erased_is_forgotten_again_by_an_older_backup(world: World) {
    noted(&world).await;
    let (tom, amina, dafydd) = (world.as_tom(), world.as_amina(), world.as_dafydd());
    sends_to(&tom, "outcomes", &[("outcome", "Names a resident")]).await;
    sends_to(
        &tom,
        "actions",
        &[("doing", "Ring a resident"), ("owner", "Tom")],
    )
    .await;
    let page = tom.get(AT).await;
    let (_, behind) = page.body.split_once("name=\"told\" value=\"").unwrap();
    let id = behind.split('"').next().unwrap().to_owned();
    let own = page.form("/told/erasures").with("told", &id);
    dafydd
        .post(&format!("{AT}/told/erasures"), &[("told", &id)])
        .await
        .is(403);
    tom.post(&format!("{AT}/actions/1/erasures"), &[])
        .await
        .is(403);
    tom.submit(&own).await.is(303);
    amina
        .post(&format!("{AT}/actions/1/erasures"), &[])
        .await
        .is(303);
    amina.get(AT).await.keeps_quiet_of("resident");
    assert!(results(&amina, TOLD).await.is_empty());
    let words = "SELECT count(*) FROM session_action_step";
    assert_eq!(world.number(words).await, 0);
    let db = &world.app().db;
    let folder = tempfile::tempdir().unwrap();
    erasures::remember(db, &[folder.path().to_owned()])
        .await
        .unwrap();
    let list = erasures::listed(&folder.path().join(erasures::LIST));
    world
        .spoils("UPDATE session_told SET text = 'A resident', erased_at = NULL")
        .await;
    world
        .spoils("UPDATE session_action SET what = 'A resident', erased_at = NULL")
        .await;
    amina.get(TOLD).await.says("A resident");
    let lines = replaying::replay(db, folder.path(), &list).await.unwrap();
    assert_eq!(lines.len(), 2, "{lines:?}");
    let left = "SELECT (SELECT count(*) FROM session_told WHERE text <> '')
                + (SELECT count(*) FROM session_action WHERE what <> '')";
    assert_eq!(world.number(left).await, 0);
}

async fn whoever_left_is_not_named_by_what_they_told(world: World) {
    noted(&world).await;
    let (dafydd, ruth) = (world.as_dafydd(), world.as_ruth());
    sends_to(&dafydd, "tips", &[("tip", "Ask IT")]).await;
    sends_to(
        &dafydd,
        "actions",
        &[("doing", "Ask them"), ("owner", "Dafydd")],
    )
    .await;
    let person = ruth.get("/people").await.link("Dafydd");
    ruth.post(&format!("{person}/departure"), &[]).await.is(303);
    let at = format!("{AT}/actions/1");
    for at in [AT, &at, TOLD, ACTIONS, "/events/1-camp/actions.csv"] {
        ruth.get(at).await.is(200).keeps_quiet_of("Dafydd");
    }
    let names = "SELECT (SELECT count(*) FROM session_told WHERE author_name LIKE 'Daf%')
                 + (SELECT count(*) FROM session_action WHERE owner_name LIKE 'Daf%')
                 + (SELECT count(*) FROM session_action_step WHERE by_name LIKE 'Daf%')";
    assert_eq!(world.number(names).await, 0);
}
