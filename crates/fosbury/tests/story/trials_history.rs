//! Every trial opens to its history: what each version changed, for whom it was, and what was erased.

use db::Reads;
use fosbury::history::chain::fault;
use fosbury::interchange::{erasures, soundness};
use fosbury::trials::store_versions;

use crate::browser::Browser;
use crate::elsewhere::{Elsewhere, backs_up};
use crate::page::Page;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{Engine, World, both};

both!(
    each_version_tells_who_changed_what,
    of_two_who_change_the_same_nobody_loses_a_word,
    what_was_for_fewer_people_stays_with_them,
    a_body_that_was_not_named_is_not_named_in_an_earlier_version,
    an_erased_version_leaves_a_dated_note_and_stays_erased,
    a_trial_that_was_taken_back_stays_away_when_an_old_backup_comes_back,
    a_trial_that_was_never_changed_is_its_own_first_version,
    changes_of_trials_are_among_the_recent_changes,
);

/// Tells trial 1 otherwise, begun from a version.
async fn changes(browser: &Browser, base: &str, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![
        ("solution", "1"),
        ("body", "Eastmoor"),
        ("outcome", "worked"),
        ("learned", "Ask on a Tuesday."),
        ("base", base),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    browser.post("/trials/1", &fields).await
}

async fn each_version_tells_who_changed_what(world: World) {
    furnished(&world).await;
    let (tom, ruth, visitor) = (world.as_tom(), world.as_ruth(), world.as_visitor());
    tells(&tom, &[("outcome", "too-early")]).await.is(303);
    let answered = [("outcome", "partly")];
    tom.post("/trials/1/answers", &answered).await.is(303);
    let edit = tom.get("/trials/1/edit").await.form("/trials/1");
    assert_eq!(edit.get("base"), "2", "the form says where it began");
    let more = [
        ("outcome", "worked"),
        ("cost", "Two days"),
        ("begun", "2026-03-01"),
    ];
    changes(&ruth, "2", &more).await.is(303);
    let page = visitor.get("/trials/1").await;
    page.says("Two days").says("History: 3 versions");
    let page = visitor.get("/trials/1/history").await;
    page.is(200)
        .says("Version 3")
        .says("Ruth · changed")
        .says("Tom · answered")
        .says("Tom · told")
        .says("What it cost")
        .says("1 March 2026");
    assert!(
        page.has("del", "Worked partly") || page.has("del", "partly"),
        "{}",
        page.text()
    );
    let page = visitor.get("/trials/1/versions/1").await;
    page.is(200)
        .says("An earlier version")
        .says("Too early to say")
        .says("Ask on a Tuesday.")
        .keeps_quiet_of("Two days");
    visitor.get("/trials/1/versions/4").await.is(404);
    // What was kept without a change is no version.
    changes(&ruth, "3", &more).await.is(303);
    visitor.get("/trials/1/versions/4").await.is(404);
    let report = soundness::look(&world.app().db, std::path::Path::new("/nonexistent")).await;
    assert_eq!(report.unwrap().faults, Vec::<String>::new());
    let missing = changes(&tom, "", &[]).await;
    assert_eq!(
        missing.status, 400,
        "a form that does not say where it began"
    );
    changes(&tom, "9", &[("cost", "Nothing")]).await.is(404);
}

async fn of_two_who_change_the_same_nobody_loses_a_word(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    tells(&tom, &[]).await.is(303);
    changes(&amina, "1", &[("cost", "Two days")]).await.is(303);
    // Another fact: both fit together.
    let kept = changes(&tom, "1", &[("agreed", "The head of IT")]).await;
    assert!(kept.is(303).leads_to().contains("trial-kept-both"));
    tom.get("/trials/1")
        .await
        .says("Two days")
        .says("The head of IT");
    // The same fact: both tellings are on the page, and nothing is kept.
    let page = changes(&tom, "1", &[("cost", "A week")]).await;
    page.is(409)
        .says("Somebody else changed this trial meanwhile")
        .says("Two days");
    let form = page.form("/trials/1");
    assert_eq!((form.get("cost"), form.get("base")), ("A week", "3"));
    tom.get("/trials/1")
        .await
        .says("Two days")
        .keeps_quiet_of("A week");
    changes(
        &tom,
        "3",
        &[("cost", "A week"), ("agreed", "The head of IT")],
    )
    .await
    .is(303);
    tom.get("/trials/1")
        .await
        .says("A week")
        .says("The head of IT");
    // Two put different ends to one text.
    changes(&amina, "4", &[("learned", "Ask on a Monday.")])
        .await
        .is(303);
    let page = changes(&tom, "4", &[("learned", "Ask on a Friday.")]).await;
    page.is(409).says("Ask on a Monday.");
    assert!(page.form("/trials/1").get("learned").contains("Friday"));
}

async fn what_was_for_fewer_people_stays_with_them(world: World) {
    furnished(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let quiet = [
        ("visibility", "own-organisation"),
        ("learned", "zanzibar said no"),
    ];
    tells(&tom, &quiet).await.is(303);
    changes(&tom, "1", &[]).await.is(303);
    for who in [&visitor, &dafydd] {
        let page = who.get("/trials/1/history").await;
        page.is(200)
            .says("for fewer people")
            .says("Version 2")
            .keeps_quiet_of("zanzibar");
        let page = who.get("/trials/1/versions/1").await;
        page.is(200).keeps_quiet_of("zanzibar");
        let page = who.get("/trials/1/versions/2").await;
        page.is(200).says("Tuesday").keeps_quiet_of("zanzibar");
        for path in [
            "/changes",
            "/changes.atom",
            "/changes?kind=trial",
            "/changes.atom?kind=trial",
        ] {
            who.get(path).await.is(200).keeps_quiet_of("zanzibar");
        }
    }
    tom.get("/trials/1/history").await.says("zanzibar");
    tom.get("/trials/1/versions/1").await.says("zanzibar");
    // Once it is for fewer people, all of it is.
    changes(&tom, "2", &[("visibility", "own-organisation")])
        .await
        .is(303);
    for who in [&visitor, &dafydd, &world.as_amina()] {
        for path in [
            "/trials/1/history",
            "/trials/1/versions/1",
            "/trials/1/versions/2",
        ] {
            who.get(path).await.is(404);
        }
        for path in ["/changes", "/changes.atom", "/changes?kind=trial&new=1"] {
            who.get(path).await.keeps_quiet_of("/trials/1");
        }
    }
    tom.get("/trials/1/versions/2").await.is(200);
}

async fn a_body_that_was_not_named_is_not_named_in_an_earlier_version(world: World) {
    furnished(&world).await;
    let (tom, amina, visitor) = (world.as_tom(), world.as_amina(), world.as_visitor());
    tells(&tom, &[("service", "Libraries")]).await.is(303);
    changes(&tom, "1", &[("unnamed", "1"), ("cost", "Nothing")])
        .await
        .is(303);
    let hidden = async |who: &Browser| {
        for path in [
            "/trials/1/history",
            "/trials/1/versions/1",
            "/trials/1/versions/2",
            "/changes?kind=trial",
            "/changes.atom?kind=trial",
        ] {
            who.get(path)
                .await
                .is(200)
                .keeps_quiet_of("Eastmoor")
                .keeps_quiet_of("Libraries")
                .keeps_quiet_of("Tom ·");
        }
    };
    hidden(&visitor).await;
    hidden(&amina).await;
    tom.get("/trials/1/history").await.says("Libraries");
    // Another body, named: the one before stays unnamed.
    changes(&tom, "2", &[("body", "Westmoor")]).await.is(303);
    for path in ["/trials/1/history", "/trials/1/versions/2"] {
        visitor.get(path).await.is(200).keeps_quiet_of("Libraries");
    }
    visitor.get("/trials/1/versions/3").await.says("Westmoor");
    visitor
        .get("/trials/1/versions/2")
        .await
        .keeps_quiet_of("Eastmoor");
}

async fn an_erased_version_leaves_a_dated_note_and_stays_erased(world: World) {
    furnished(&world).await;
    let (tom, ruth, visitor) = (world.as_tom(), world.as_ruth(), world.as_visitor());
    tells(&tom, &[("learned", "Mrs Gwyneth told us.")])
        .await
        .is(303);
    let (app, folder) = (world.app(), tempfile::tempdir().unwrap());
    let before = folder.path().join("before.tar.gz");
    backs_up(&app.db, &app.settings, &before).await;
    world.minutes_pass(5);
    changes(&tom, "1", &[]).await.is(303);
    let between = folder.path().join("between.tar.gz");
    backs_up(&app.db, &app.settings, &between).await;
    world.minutes_pass(5);
    let gone = [("version", "1"), ("why", "Names a neighbour")];
    tom.post("/trials/1/erasures", &gone).await.is(403);
    let standing = [("version", "2"), ("why", "Names a neighbour")];
    ruth.post("/trials/1/erasures", &standing)
        .await
        .is(422)
        .says("Change the trial first");
    ruth.post("/trials/1/erasures", &[("version", "1")])
        .await
        .is(422)
        .says("Say why");
    ruth.get("/trials/1/versions/1").await.says("Erase");
    ruth.post("/trials/1/erasures", &gone).await.is(303);
    for path in ["/trials/1/history", "/trials/1/versions/1"] {
        visitor
            .get(path)
            .await
            .is(200)
            .says("was erased on 3 May 2026")
            .says("Names a neighbour")
            .keeps_quiet_of("Gwyneth");
    }
    for (id, _, version) in store_versions::changed(&app.db).await.unwrap() {
        let links = store_versions::chain(&app.db, &id).await.unwrap();
        assert_eq!(fault(&links, version), None);
    }
    let list = app.settings.data.join(erasures::LIST);
    assert_eq!(erasures::listed(&list).len(), 1);
    let own = match app.db.engine_name() {
        "SQLite" => Engine::Sqlite,
        _ => Engine::Postgres,
    };
    for file in [before, between] {
        let there = Elsewhere::new(&world, own).await.unwrap();
        there.restores(&file, Some(&list)).await.unwrap();
        let (export, _) = there.exports().await;
        let mut found = false;
        fosbury::interchange::files::below(&export, &mut |_, path| {
            found |= String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("Gwyneth");
            Ok(())
        })
        .unwrap();
        assert!(!found, "{} brought it back", file.display());
        there.goes_away().await;
    }
}

async fn a_trial_that_was_taken_back_stays_away_when_an_old_backup_comes_back(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[("learned", "Mrs Gwyneth told us.")])
        .await
        .is(303);
    let said = [("what", "comment"), ("words", "Gwyneth again.")];
    tom.post("/trials/1/said", &said).await.is(303);
    let (app, folder) = (world.app(), tempfile::tempdir().unwrap());
    let before = folder.path().join("before.tar.gz");
    backs_up(&app.db, &app.settings, &before).await;
    world.minutes_pass(5);
    tom.post("/trials/1/removal", &[]).await.is(303);
    visitor.get("/trials/1").await.is(404);
    let list = app.settings.data.join(erasures::LIST);
    let words = std::fs::read_to_string(&list).unwrap();
    assert!(!words.contains("Gwyneth") && !words.contains("Tom"));
    let own = match app.db.engine_name() {
        "SQLite" => Engine::Sqlite,
        _ => Engine::Postgres,
    };
    for (forgotten, is_back) in [(None, true), (Some(&*list), false)] {
        let there = Elsewhere::new(&world, own).await.unwrap();
        there.restores(&before, forgotten).await.unwrap();
        let (export, _) = there.exports().await;
        let mut found = false;
        fosbury::interchange::files::below(&export, &mut |_, path| {
            found |= String::from_utf8_lossy(&std::fs::read(path).unwrap()).contains("Gwyneth");
            Ok(())
        })
        .unwrap();
        assert_eq!(found, is_back, "with the list: {}", !is_back);
        there.goes_away().await;
    }
}

async fn a_trial_that_was_never_changed_is_its_own_first_version(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[]).await.is(303);
    let rows = "SELECT count(*) FROM trial_revision";
    assert_eq!(world.number(rows).await, 0, "nothing is kept twice");
    visitor
        .get("/trials/1/history")
        .await
        .is(200)
        .says("Tom · told");
    let page = visitor.get("/trials/1/versions/1").await;
    page.is(200).says("Ask on a Tuesday.").says("Eastmoor");
    visitor.get("/trials/1/versions/2").await.is(404);
    changes(&tom, "1", &[("cost", "Nothing")]).await.is(303);
    assert_eq!(world.number(rows).await, 2);
    tom.post("/trials/1/removal", &[]).await.is(303);
    assert_eq!(
        world.number(rows).await,
        0,
        "what is taken back is gone for good"
    );
}

async fn changes_of_trials_are_among_the_recent_changes(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[]).await.is(303);
    world.minutes_pass(1);
    changes(&tom, "1", &[("cost", "Nothing")]).await.is(303);
    for path in ["/changes", "/changes?kind=trial"] {
        let page = visitor.get(path).await;
        page.says("Trial 1")
            .says("Tom · told")
            .says("Tom · changed");
        assert!(page.body.contains("/trials/1/versions/2"), "{path}");
    }
    visitor
        .get("/changes?kind=trial")
        .await
        .keeps_quiet_of("Hurdle 1 ·");
    visitor
        .get("/changes?new=1")
        .await
        .keeps_quiet_of("Tom · changed");
    visitor
        .get("/changes?kind=hurdle")
        .await
        .keeps_quiet_of("Trial 1");
    visitor.get("/changes.atom").await.says("What it cost");
    let told: (i64,) = world
        .app()
        .db
        .query("SELECT count(*) FROM trial_revision WHERE act = 'change' AND author_id IS NOT NULL")
        .one()
        .await
        .unwrap();
    assert_eq!(told.0, 1);
    visitor.get(HURDLE).await.is(200);
}
