//! Guides become hurdles, solutions and notes of sessions, with all that hangs on them, and back.

use serde_json::json;

use crate::attachments::{brings, fetched, png};
use crate::elsewhere::{Elsewhere, exports};
use crate::tokens::Program;
use crate::world::{Engine, World, both};

both!(
    a_guide_becomes_a_hurdle_with_all_that_was_said_and_filed,
    one_press_makes_a_guide_of_it_again,
    a_guide_becomes_a_solution_and_its_headings_its_parts,
    notes_become_a_session_that_waits_for_harvest,
    a_guide_goes_into_a_hurdle_that_says_the_same_and_out_again,
    a_guide_is_told_of_where_it_belongs,
    nobody_sees_more_than_before,
    what_is_wrong_is_said_and_changes_nothing,
    what_was_used_since_is_for_stewards_to_take_back,
    programs_turn_guides_as_people_do,
    what_turned_is_carried_to_the_other_database_and_is_the_same,
);

const TEXT: &str = "IT blocks all sites.\n\n## Why\n\nSomebody was afraid.\n\n## In Fernley\n\nThey asked, see [[guide 2]].";

async fn filters(world: &World) -> String {
    let tom = world.as_tom();
    let fields = [("text", TEXT), ("tags", "it"), ("phrases", "web filter")];
    let guide = tom.writes_guide("Filters", &fields).await;
    tom.writes_guide("Fernley", &[("text", "See [[guide 1]].")])
        .await;
    guide
}

async fn a_guide_becomes_a_hurdle_with_all_that_was_said_and_filed(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let guide = filters(&world).await;
    brings(&tom, &guide, "sign.png", &png()).await;
    dafydd
        .says(&guide, &[("words", "We had this too.")])
        .await
        .is(303);
    let watch = dafydd.get(&guide).await.form("/watches");
    dafydd.submit(&watch).await.is(303);
    let form = tom.get(&format!("{guide}/turn")).await;
    form.is(200).says("Somebody was afraid.");
    let form = form.form("/turnings").with("heading", "policy");
    let done = tom.submit(&form.with("as", "hurdle")).await;
    let here = "/hurdles/1-filters";
    assert_eq!(done.is(303).leads_to(), format!("{here}?told=turned"));
    let page = visitor.get(here).await;
    for words in [
        "IT blocks all sites.",
        "Somebody was afraid.",
        "They asked",
        "We had this too.",
        "sign.png",
        "Guide 1: Filters",
        "Policy",
    ] {
        page.is(200).says(words);
    }
    assert!(
        page.body.contains("id=\"linked\""),
        "links to the guide count"
    );
    assert!(!page.body.contains("/returns"), "a visitor undoes nothing");
    for old in [guide.as_str(), "/guides/1", "/g/1"] {
        let mut leads = visitor.get(old).await;
        while leads.status == 301 {
            leads = visitor.follow(&leads).await;
        }
        assert_eq!(leads.is(200).address, here, "{old}");
    }
    let history = visitor.get(&format!("{guide}/history")).await;
    history.is(200).says("became another page").says("Hurdle 1");
    visitor
        .get(&format!("{guide}/revisions/1"))
        .await
        .is(200)
        .says("IT blocks all sites.");
    visitor.get("/guides").await.keeps_quiet_of("Filters");
    let file = fetched(&visitor, "/attachments/1/sign.png").await;
    assert_eq!(file.status, 200);
    let watched =
        "SELECT count(*) FROM watch w JOIN record r ON r.id = w.subject WHERE r.kind = 'hurdle'";
    assert!(world.number(watched).await > 0, "who watched it watches");
    world.waits_for_its_index().await;
    let found = visitor.get("/search?q=web+filter").await;
    assert!(found.links().iter().any(|link| link.starts_with(here)));
    assert!(!found.links().iter().any(|link| link.contains(&guide)));
    tom.get(&format!("{guide}/edit")).await.is(410);
    world.chains_hold().await;
}

async fn one_press_makes_a_guide_of_it_again(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let guide = filters(&world).await;
    dafydd.says(&guide, &[("words", "Before.")]).await.is(303);
    let sent = [("as", "hurdle")];
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    dafydd
        .says("/hurdles/1-filters", &[("words", "After.")])
        .await
        .is(303);
    let page = dafydd.get("/hurdles/1-filters").await;
    let back = dafydd.submit(&page.form("/returns")).await;
    assert_eq!(back.is(303).leads_to(), format!("{guide}?told=turned-back"));
    let page = visitor.get(&guide).await;
    page.is(200).says("IT blocks all sites.");
    page.says("Before.").says("After.");
    visitor.get("/hurdles/1-filters").await.is(410);
    // Again, from its history: it becomes another.
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    visitor.get("/hurdles/2-filters").await.is(200);
    let history = tom.get(&format!("{guide}/history")).await;
    tom.submit(&history.form("/returns")).await.is(303);
    visitor.get(&guide).await.is(200);
    tom.post(&format!("{guide}/returns"), &[]).await.is(404);
    world.chains_hold().await;
}

async fn a_guide_becomes_a_solution_and_its_headings_its_parts(world: World) {
    let tom = world.as_tom();
    let text =
        "Ask in a letter.\n\n## What to do\n\n1. Write\n2. Wait\n\n## Pitfalls\n\nNobody reads it.";
    let guide = tom.writes_guide("A letter", &[("text", text)]).await;
    let sent = [("as", "solution")];
    let done = tom.post(&format!("{guide}/turnings"), &sent).await;
    assert_eq!(done.is(303).leads_to(), "/solutions/1-a-letter?told=turned");
    let page = Program::with_all(&tom).await;
    let page = page.get("/api/v1/solutions/1").await.is(200).json();
    assert_eq!(page["parts"]["short"], "Ask in a letter.");
    assert_eq!(page["parts"]["steps"], "1. Write\n2. Wait");
    assert_eq!(page["parts"]["watch"], "Nobody reads it.");
}

async fn notes_become_a_session_that_waits_for_harvest(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let text = "## Priya Nair's notes\n\n- IT says no to every site\n- we asked with a reason\n\n## Others\n\n- who pays for it?";
    let guide = tom.writes_guide("Workshop notes", &[("text", text)]).await;
    let form = tom.get(&format!("{guide}/turn")).await;
    form.says("It looks like notes of a session")
        .says("Priya Nair");
    let forms = form.forms();
    let form = forms
        .iter()
        .find(|form| form.fields.iter().any(|(name, _)| name == "day"));
    let form = form.unwrap().clone().with("day", "2009-05-03");
    let done = tom.submit(&form.with("as", "capture")).await;
    let session = done.is(303).leads_to();
    assert!(session.starts_with("/sessions/1"), "{session}");
    let page = tom.follow(&done).await;
    page.is(200).says("IT says no to every site");
    let triage = tom.get("/sessions/1-workshop-notes/harvest").await;
    triage
        .is(200)
        .says("IT says no to every site")
        .says("Hurdle");
    visitor.get("/events/1").await.is(301);
    let event = visitor.get("/events/1-workshop-notes").await;
    event
        .is(200)
        .says("Guide 1: Workshop notes")
        .says("3 May 2009");
    let leads = visitor.get(&guide).await.is(301).leads_to();
    assert_eq!(leads, "/sessions/1");
    let event = tom.get("/events/1-workshop-notes").await;
    tom.submit(&event.form("/returns")).await.is(303);
    visitor.get(&guide).await.is(200).says("who pays for it?");
    visitor.get("/events/1-workshop-notes").await.is(410);
    visitor.get("/sessions/1-workshop-notes").await.is(404);
    visitor
        .get("/write-ups")
        .await
        .keeps_quiet_of("Workshop notes");
}

async fn a_guide_goes_into_a_hurdle_that_says_the_same_and_out_again(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let there = [
        ("problem", "Sites we need are blocked."),
        ("detail", "Old."),
    ];
    let hurdle = tom.writes_hurdle("Sites are blocked", &there).await;
    let guide = filters(&world).await;
    tom.says(&guide, &[("words", "Said there.")]).await.is(303);
    let sent = [("as", "merge"), ("number", "hurdle 1")];
    let done = tom.post(&format!("{guide}/turnings"), &sent).await;
    assert_eq!(
        done.is(303).leads_to(),
        format!("{hurdle}?told=turned-into")
    );
    let page = visitor.get(&hurdle).await;
    for words in ["Old.", "Filters", "Somebody was afraid.", "Said there."] {
        page.says(words);
    }
    assert_eq!(visitor.get(&guide).await.is(301).leads_to(), "/hurdles/1");
    let page = tom.get(&hurdle).await;
    tom.submit(&page.form("/returns")).await.is(303);
    let page = visitor.get(&hurdle).await;
    page.is(200)
        .says("Old.")
        .keeps_quiet_of("Somebody was afraid.");
    page.keeps_quiet_of("Said there.");
    visitor.get(&guide).await.is(200).says("Said there.");
    world.chains_hold().await;
}

async fn a_guide_is_told_of_where_it_belongs(world: World) {
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    let hurdle = tom.writes_hurdle("Sites are blocked", &[]).await;
    let guide = filters(&world).await;
    let sent = [("as", "way"), ("number", "hurdle 1")];
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    let page = visitor.get(&format!("{hurdle}/discussion")).await;
    page.is(200).says("IT blocks all sites.");
    assert!(
        page.body.contains(&format!("href=\"{guide}\"")),
        "{}",
        page.body
    );
    visitor.get(&guide).await.is(200);
}

async fn nobody_sees_more_than_before(world: World) {
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let (amina, ruth) = (world.as_amina(), world.as_ruth());
    let own = [("text", "- zanzibar\n- more"), ("visibility", "only-me")];
    for (number, becomes) in ["hurdle", "solution", "capture"].into_iter().enumerate() {
        let guide = tom.writes_guide("Zanzibar", &own).await;
        dafydd
            .post(&format!("{guide}/turnings"), &[("as", becomes)])
            .await
            .is(404);
        let done = tom
            .post(&format!("{guide}/turnings"), &[("as", becomes)])
            .await;
        let here = done.is(303).leads_to();
        let here = here.split('?').next().unwrap().to_owned();
        tom.get(&here).await.is(200).says("zanzibar");
        for other in [&dafydd, &amina, &ruth, &visitor] {
            other.get(&here).await.is(404);
            other.get(&guide).await.is(404);
            other.get(&format!("{guide}/history")).await.is(404);
        }
        for place in [
            "/changes",
            "/hurdles",
            "/solutions",
            "/events",
            "/write-ups",
        ] {
            dafydd.get(place).await.keeps_quiet_of("Zanzibar");
        }
        assert!(number < 3);
    }
    // Words for members do not go onto a page for all.
    let members = [("text", "quagga"), ("visibility", "members")];
    let guide = tom.writes_guide("Quagga", &members).await;
    tom.writes_hurdle("Open", &[]).await;
    for act in ["merge", "comment", "way"] {
        let sent = [("as", act), ("number", "hurdle 2")];
        tom.post(&format!("{guide}/turnings"), &sent)
            .await
            .is(422)
            .says("must not be open to more people");
    }
    let sent = [("as", "hurdle")];
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    visitor.get("/hurdles/3-quagga").await.is(404);
    dafydd.get("/hurdles/3-quagga").await.is(200);
}

async fn what_is_wrong_is_said_and_changes_nothing(world: World) {
    let tom = world.as_tom();
    let guide = filters(&world).await;
    let to = format!("{guide}/turnings");
    for (fields, words) in [
        (vec![("as", "unicorn")], "Choose what it is to become"),
        (vec![], "Choose what it is to become"),
        (vec![("as", "hurdle"), ("heading", "x")], "Choose one"),
        (vec![("as", "capture"), ("day", "soon")], "day"),
        (vec![("as", "merge"), ("number", "99")], "Name a hurdle"),
        (
            vec![("as", "merge"), ("number", "guide 2")],
            "Name a hurdle",
        ),
        (vec![("as", "merge")], "Name a hurdle"),
    ] {
        let page = tom.post(&to, &fields).await;
        assert!(page.is(422).text().contains(words), "{fields:?}");
    }
    let empty = tom.writes_guide("Empty", &[]).await;
    let sent = [("as", "capture")];
    tom.post(&format!("{empty}/turnings"), &sent)
        .await
        .is(422)
        .says("no lines in it");
    let protect = [("why", "A quarrel"), ("days", "7")];
    let amina = world.as_amina();
    amina
        .post(&format!("{guide}/protections"), &protect)
        .await
        .is(303);
    let sent = [("as", "hurdle")];
    let refused = tom.post(&to, &sent).await.is(303).leads_to();
    assert_eq!(refused, format!("{guide}?told=protected"));
    assert_eq!(world.number("SELECT count(*) FROM turned").await, 0);
    assert_eq!(
        world
            .number("SELECT count(*) FROM record WHERE kind <> 'guide'")
            .await,
        0
    );
    amina.post(&to, &sent).await.is(303);
}

async fn what_was_used_since_is_for_stewards_to_take_back(world: World) {
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let guide = filters(&world).await;
    let sent = [("as", "hurdle")];
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    tom.changed("/hurdles/1-filters", &[("until", "Use a phone.")])
        .await;
    let refused = tom.post(&format!("{guide}/returns"), &[]).await;
    assert!(refused.is(303).leads_to().ends_with("told=turned-used"));
    tom.get("/hurdles/1-filters").await.is(200);
    amina.post(&format!("{guide}/returns"), &[]).await.is(303);
    tom.get(&guide).await.is(200);
    tom.get("/hurdles/1-filters/history")
        .await
        .says("is a page of its own again");
}

async fn programs_turn_guides_as_people_do(world: World) {
    let guide = filters(&world).await;
    let program = Program::with_all(&world.as_tom()).await;
    let path = "/api/v1/guides/1/turnings";
    let wrong = program.post(path, &json!({ "as": "unicorn" })).await;
    assert!(wrong.is(422).json()["fields"]["as"].is_string());
    let sent = json!({ "as": "hurdle", "heading": "policy" });
    let done = program.post(path, &sent).await.is(200).json();
    assert_eq!(done["outcome"], "turned");
    assert_eq!(done["record"]["kind"], "hurdle");
    assert_eq!(done["record"]["parts"]["why"], "Somebody was afraid.");
    let back = program.post("/api/v1/guides/1/returns", &json!({})).await;
    assert_eq!(back.is(200).json()["record"]["number"], 1);
    world.as_visitor().get(&guide).await.is(200);
    world.as_tom().writes_hurdle("Blocked", &[]).await;
    let into = program.post(path, &json!({ "into": "hurdle 2" })).await;
    assert_eq!(into.is(200).json()["outcome"], "joined");
}

async fn what_turned_is_carried_to_the_other_database_and_is_the_same(world: World) {
    let tom = world.as_tom();
    let guide = filters(&world).await;
    tom.says(&guide, &[("words", "Said.")]).await.is(303);
    let sent = [("as", "hurdle")];
    tom.post(&format!("{guide}/turnings"), &sent).await.is(303);
    let notes = tom.writes_guide("Notes", &[("text", "- one\n- two")]).await;
    let sent = [("as", "capture")];
    tom.post(&format!("{notes}/turnings"), &sent).await.is(303);
    let other = match world.app().db.engine_name() {
        "SQLite" => Engine::Postgres,
        _ => Engine::Sqlite,
    };
    let Some(there) = Elsewhere::new(&world, other).await else {
        return;
    };
    let folder = tempfile::tempdir().unwrap();
    let first = folder.path().join("export");
    let one = exports(&world.app().db, &world.app().settings, &first).await;
    there.imports(&first).await.unwrap();
    let (_, two) = there.exports().await;
    assert_eq!(one.tables, two.tables);
    for (table, rows) in [("turned", 2), ("went_along", 1)] {
        let found = one.tables.iter().find(|carried| carried.name == table);
        assert_eq!(found.unwrap().rows, rows, "{table}");
    }
    let words = std::fs::read_to_string(first.join("guides/1-filters.md")).unwrap();
    assert!(words.contains("turned"), "{words}");
    there.goes_away().await;
}
