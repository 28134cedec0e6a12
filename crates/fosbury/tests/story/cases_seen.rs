//! Who sees of which trials a story tells: what is hidden leaves no count and no gap.

use crate::cases::{CASE, tells_story, tried};
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    a_public_story_tells_nobody_of_a_trial_they_may_not_see,
    a_story_for_few_is_told_to_few_wherever_its_trials_are_shown,
    a_story_never_names_whose_an_unnamed_trial_is,
    a_story_of_a_trial_for_few_is_offered_to_few,
    nobody_ties_or_tries_out_a_trial_they_may_not_see,
);

/// Pages that show a case because of a trial it tells of.
fn led_to() -> Vec<String> {
    [
        HURDLE,
        "/solutions/1-ask-it",
        "/organisations/eastmoor",
        "/cases?outcome=worked",
        "/cases?type=District",
        "/cases.csv?outcome=worked",
    ]
    .map(str::to_owned)
    .into()
}

/// The part of a page that lists cases; all of it where it is a list of cases.
fn told_there(body: &str) -> &str {
    let section = body.split_once("id=\"cases\"");
    let section = section.and_then(|(_, rest)| rest.split_once("</section>"));
    section.map_or(body, |(section, _)| section)
}

async fn a_public_story_tells_nobody_of_a_trial_they_may_not_see(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let (visitor, amina) = (world.as_visitor(), world.as_amina());
    for (at, (visibility, seers)) in (1..).zip([
        ("public", [true, true, true, true]),
        ("members", [false, true, true, true]),
        ("own-organisation", [false, false, true, false]),
        ("only-me", [false, false, true, false]),
        ("bodies", [false, true, true, false]),
    ]) {
        let more = [
            ("visibility", visibility),
            ("learned", "zanzibar"),
            ("reader", "Westmoor"),
        ];
        tried(&world, &more).await;
        let open = [("visibility", "public"), ("came", "It went well.")];
        let address = tells_story(&tom, &at.to_string(), &open).await;
        let own = address.replace("/cases/", "/api/v1/cases/");
        let own = own.split('-').next().unwrap().to_owned();
        let people = [&visitor, &dafydd, &tom, &amina];
        for (who, sees) in people.into_iter().zip(seers) {
            for path in led_to() {
                let page = who.get(&path).await;
                let is_shown = told_there(&page.body).contains("One meeting was enough");
                assert_eq!(is_shown, sees, "{visibility} at {path}");
            }
            let page = who.get(&address).await;
            page.is(200).says("It went well.");
            for words in ["zanzibar", "Eastmoor", "Sites are blocked", "Ask IT"] {
                let is_told = page.body.contains(words);
                assert_eq!(is_told, sees, "{visibility}: {words}");
            }
            let is_empty = page.text().contains("No trial is tied");
            assert_eq!(is_empty, !sees, "{visibility}");
            let told = who.get(&own).await.json();
            let count = told["parts"]["trials"].as_array().unwrap().len();
            assert_eq!(count, usize::from(sees), "{visibility}");
            for path in [
                format!("{address}/card"),
                format!("{address}/history"),
                format!("{address}/revisions/1"),
                format!("{address}/changes.atom"),
                "/cases".to_owned(),
                "/cases.csv".to_owned(),
            ] {
                let page = who.get(&path).await;
                let is_told = page.is(200).body.contains("Eastmoor");
                assert!(!is_told || sees, "{visibility} at {path}");
            }
        }
        // The next round begins without this one's.
        let why = [("why", "Once is enough")];
        amina
            .post(&format!("{address}/deletions"), &why)
            .await
            .is(303);
        tom.post(&format!("/trials/{at}/removal"), &[])
            .await
            .is(303);
    }
}

async fn a_story_for_few_is_told_to_few_wherever_its_trials_are_shown(world: World) {
    furnished(&world).await;
    tried(&world, &[]).await;
    let tom = world.as_tom();
    let for_own = [("visibility", "own-organisation")];
    let address = tells_story(&tom, "1", &for_own).await;
    let mut paths = led_to();
    paths.extend(["/trials/1", "/cases", "/cases.csv", "/api/v1/cases"].map(str::to_owned));
    for path in paths {
        tom.get(&path).await.says("One meeting was enough");
        for who in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
            who.get(&path).await.keeps_quiet_of("One meeting");
        }
    }
    for who in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
        for path in ["", "/card", "/history"] {
            who.get(&format!("{address}{path}")).await.is(404);
        }
        who.get("/api/v1/cases/1").await.is(404);
    }
    let ties = format!("{address}/ties");
    let dafydd = world.as_dafydd();
    dafydd.post(&ties, &[("trial", "1")]).await.is(404);
    let pictures = format!("{address}/pictures");
    dafydd.post(&pictures, &[("picture", "1")]).await.is(404);
}

async fn a_story_never_names_whose_an_unnamed_trial_is(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let more = [("unnamed", "1"), ("service", "Libraries")];
    tells(&tom, &more).await.is(303);
    tells_story(&tom, "1", &[]).await;
    tom.get(CASE).await.says("Eastmoor");
    for who in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
        for path in [
            CASE,
            "/cases/1-one-meeting-was-enough/card",
            "/cases",
            "/cases.csv",
            "/api/v1/cases/1",
        ] {
            let page = who.get(path).await;
            page.is(200)
                .says("One meeting was enough")
                .keeps_quiet_of("Eastmoor")
                .keeps_quiet_of("Libraries");
        }
        who.get(HURDLE).await.says("One meeting was enough");
        // Nor does it come out by asking for a body, or for bodies of a kind.
        for path in ["/organisations/eastmoor", "/cases?type=District"] {
            who.get(path).await.keeps_quiet_of("One meeting");
        }
        let list = who.get("/cases").await;
        list.keeps_quiet_of("District");
    }
}

async fn a_story_of_a_trial_for_few_is_offered_to_few(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    for (at, visibility) in (1..).zip(["public", "members", "bodies", "own-organisation"]) {
        let more = [
            ("visibility", visibility),
            ("reader", "Westmoor"),
            ("another", "1"),
        ];
        tried(&world, &more).await;
        let page = tom.get(&format!("/cases/new?trials={at}")).await;
        let form = page.form("/cases");
        assert_eq!(form.get("visibility"), visibility);
        let names_reader = form.get("body").contains("Westmoor");
        assert_eq!(names_reader, visibility == "bodies");
    }
}

async fn nobody_ties_or_tries_out_a_trial_they_may_not_see(world: World) {
    furnished(&world).await;
    tried(&world, &[("visibility", "only-me")]).await;
    tried(&world, &[("solution", "2")]).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    tells_story(&tom, "1, 2", &[]).await;
    let story = [
        ("title", "Theirs"),
        ("sentence", "Not mine."),
        ("trials", "1"),
    ];
    let hidden = dafydd.post("/cases", &story).await;
    let missing = [story[0], story[1], ("trials", "9")];
    let missing = dafydd.post("/cases", &missing).await;
    let said = |text: &str| text.replace("trial 1", "trial 9").contains("no trial 9");
    assert!(said(&hidden.is(422).text()) && said(&missing.is(422).text()));
    dafydd
        .get("/cases/new?trials=1")
        .await
        .keeps_quiet_of("Ask on a Tuesday.");
    for (act, status) in [("ties", 422), ("untyings", 404)] {
        for number in ["1", "9"] {
            let path = format!("{CASE}/{act}");
            let answer = dafydd.post(&path, &[("trial", number)]).await;
            answer.is(status);
        }
    }
    // Whoever changes the words keeps the ties that they cannot see.
    dafydd.changed(CASE, &[("did", "Dafydd’s words.")]).await;
    dafydd
        .post(&format!("{CASE}/untyings"), &[("trial", "2")])
        .await
        .is(303);
    tom.get(CASE)
        .await
        .says("Dafydd’s words.")
        .says("Ask IT")
        .keeps_quiet_of("Use a tablet");
}
