//! Who sees events, sessions and notes, and how young people are kept out of sight.

use serde_json::json;

use crate::attachments::{brings, form, png, sends as posts};
use crate::bodies::{LIST, VIEWERS, imports};
use crate::sessions::{held, line, sends, session, told};
use crate::world::{BASE, World, both};

both!(
    sessions_and_notes_are_for_whom_their_event_is,
    where_young_people_are_names_are_initials_and_two_people_publish,
    files_wait_for_a_consent_where_young_people_are,
);

/// Every address that could tell of a session and its notes.
const WHERE: [&str; 12] = [
    "/events",
    "/events.csv",
    "/events/1",
    "/sessions/1",
    "/sessions/1-a-quiet-mark",
    "/sessions/1/lines",
    "/sessions/1/calendar.ics",
    "/events/1/calendar.ics",
    "/api/v1/events",
    "/api/v1/sessions",
    "/api/v1/sessions/1",
    "/api/v1/sessions/1/lines",
];

/// Who sees Tom's events for members, for his own organisation and for himself alone.
const FEW: [(&str, &[&str]); 3] = [
    ("members", &["Tom", "Ruth", "Dafydd", "Amina"]),
    ("own-organisation", &["Tom", "Ruth"]),
    ("only-me", &["Tom"]),
];

/// Makes those events with a session each: who may see it, in which words, and who that is.
pub async fn for_few(
    world: &World,
    (event, session): (&str, &str),
) -> [(&'static str, &'static [&'static str]); 3] {
    imports(world, LIST).await;
    for (who, body) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "beckham")] {
        world.works_at(who, body).await;
    }
    let tom = world.as_tom();
    for (visibility, _) in FEW {
        let event = [
            ("title", event),
            ("first", "2026-05-03"),
            ("young", "no"),
            ("visibility", visibility),
        ];
        let event = tom.writes("events", &event).await;
        let planned = [
            ("title", session),
            ("day", "2026-05-03"),
            ("starts", "10:00"),
        ];
        let at = format!("{event}/sessions");
        tom.post(&at, &planned).await.is(303);
    }
    FEW
}

async fn sessions_and_notes_are_for_whom_their_event_is(world: World) {
    let tom = world.as_tom();
    for (number, (visibility, readers)) in
        (1..).zip(for_few(&world, ("A quiet mark", "A quiet mark")).await)
    {
        let at = format!("/sessions/{number}-a-quiet-mark");
        let lines = json!([line("quietline", 1, "A quiet mark in the notes")]);
        sends(&tom, &at, lines).await.is(200);
        for viewer in VIEWERS {
            let browser = world.whose(viewer);
            for path in WHERE {
                let path = path.replace("/1", &format!("/{number}"));
                let page = browser.get(&path).await;
                let page = if page.status == 301 {
                    browser.follow(&page).await
                } else {
                    page
                };
                let may = readers.contains(&viewer);
                let which = format!("{path}, {visibility}, {viewer:?}");
                if may {
                    page.is(200);
                    assert!(page.body.contains("quiet"), "{which}");
                } else if page.status == 200 {
                    // A list: it tells of events that somebody may see, and of this one nothing.
                    let own = format!("{number}-a-quiet-mark");
                    assert!(!page.body.contains(&own), "{which}");
                } else {
                    page.is(404);
                }
            }
            if !readers.contains(&viewer) {
                for (path, fields) in [
                    (format!("{at}/lines"), vec![("text", "Mine")]),
                    (at.clone(), vec![("title", "Mine")]),
                    (format!("{at}/locks"), vec![]),
                ] {
                    let page = browser.post(&path, &fields).await;
                    assert!([401, 404].contains(&page.status), "{path} as {viewer:?}");
                }
            }
        }
        // The write-up is for the same people.
        tom.post(&format!("{at}/locks"), &[]).await.is(303);
        for viewer in VIEWERS {
            let page = world
                .whose(viewer)
                .get(&format!("/write-ups/{number}"))
                .await;
            let may = readers.contains(&viewer);
            assert_eq!(
                page.status != 404,
                may,
                "write-up, {visibility}, {viewer:?}"
            );
        }
    }
}

async fn where_young_people_are_names_are_initials_and_two_people_publish(world: World) {
    let event = held(&world, &[("young", "yes")]).await;
    session(&world, &event, "What we want").await;
    let at = "/sessions/1-what-we-want";
    let (amina, ruth, visitor) = (world.as_amina(), world.as_ruth(), world.as_visitor());
    let made = amina.post(&format!("{event}/links"), &[]).await;
    let link = made
        .links()
        .into_iter()
        .find(|link| link.contains("/in/"))
        .unwrap();
    let kit = world.as_visitor();
    let form = kit
        .get(&link)
        .await
        .says("Only initials are kept")
        .form(link.trim_start_matches(BASE));
    kit.submit(&form.with("name", "Kit Hall")).await.is(303);
    sends(&kit, at, json!([line("kitsline1", 1, "A place to sit")]))
        .await
        .is(200);
    kit.get(at).await.says("K. H.").keeps_quiet_of("Kit Hall");
    assert_eq!(
        world
            .number("SELECT count(*) FROM event_guest WHERE name LIKE 'Kit%'")
            .await
            + world
                .number("SELECT count(*) FROM note_line WHERE author_name LIKE 'Kit%'")
                .await,
        0
    );
    visitor
        .get(at)
        .await
        .is(200)
        .keeps_quiet_of("A place to sit");
    assert!(told(&visitor, 1).await.is_empty());
    visitor.get(&format!("{at}/live")).await.is(404);
    assert_eq!(told(&world.as_tom(), 1).await, ["A place to sit"]);
    // Saying later that nobody young was there changes nothing.
    amina.changed(&event, &[("young", "no")]).await;
    assert!(told(&visitor, 1).await.is_empty());
    amina.post(&format!("{at}/locks"), &[]).await.is(303);
    visitor.get("/write-ups/1").await.is(404);
    let open = amina
        .changes("/write-ups/1-what-we-want", &[("visibility", "public")])
        .await;
    open.is(422).says("a second person has to publish");
    let publish = format!("{at}/publications");
    world.as_tom().post(&publish, &[]).await.is(403);
    for _ in 0..2 {
        amina.post(&publish, &[]).await.is(303);
        assert!(
            told(&visitor, 1).await.is_empty(),
            "nobody confirms for themselves"
        );
    }
    amina.get(at).await.says("You asked for publishing");
    ruth.submit(&ruth.get(at).await.form("/publications"))
        .await
        .is(303);
    assert_eq!(told(&visitor, 1).await, ["A place to sit"]);
    visitor
        .get("/write-ups/1-what-we-want")
        .await
        .is(200)
        .says("A place to sit");
    visitor.get(at).await.says("K. H.");
}

async fn files_wait_for_a_consent_where_young_people_are(world: World) {
    let event = held(&world, &[("young", "yes")]).await;
    let (amina, tom) = (world.as_amina(), world.as_tom());
    let fields = [("alt", "All of us"), ("credit", "")];
    let file = form("us.png", &png(), &fields);
    let files = format!("{event}/attachments");
    let refused = posts(&tom, &files, file.clone()).await;
    refused.is(422).says("a consent has to be noted");
    let consent = [
        ("who", "A. B., carer of C. D."),
        ("what", "One picture"),
        ("given", "3 May 2026"),
    ];
    tom.post(&format!("{event}/consents"), &consent)
        .await
        .is(403);
    let at = format!("{event}/consents");
    amina
        .post(&at, &[("who", "A. B.")])
        .await
        .is(422)
        .says("Say what it is for");
    amina.post(&at, &consent).await.is(303);
    amina.get(&event).await.says("A. B., carer of C. D.");
    tom.get(&event).await.keeps_quiet_of("carer of");
    brings(&tom, &event, "us.png", &png()).await;
    let form = amina.get(&event).await.form("/consents/removal");
    amina.submit(&form).await.is(303);
    posts(&tom, &files, file).await.is(422);
}
