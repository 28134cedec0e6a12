//! Trials and organisations are talked about like any page, by whoever may read them.

use serde_json::json;

use crate::bodies::{LIST, imports};
use crate::browser::Browser;
use crate::tokens::Program;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    a_trial_is_talked_about_and_whoever_told_it_hears_of_it,
    an_organisation_is_asked_and_its_people_hear_of_it,
    what_is_said_about_a_hidden_trial_is_for_its_readers,
    a_trial_of_a_hidden_hurdle_has_no_discussion_for_others,
    a_trial_that_is_taken_back_takes_its_discussion_along,
    a_steward_undoes_what_somebody_said_about_trials_and_organisations,
    an_old_address_of_an_organisation_leads_nobody_astray,
    the_people_of_a_body_decide_what_waits_on_their_own_page,
);

const TRIAL: &str = "/trials/1";

async fn counted(world: &World) -> i64 {
    world.number("SELECT count(*) FROM said").await
}

async fn a_trial_is_talked_about_and_whoever_told_it_hears_of_it(world: World) {
    furnished(&world).await;
    let (tom, amina, dafydd) = (world.as_tom(), world.as_amina(), world.as_dafydd());
    let visitor = world.as_visitor();
    tells(&tom, &[]).await.is(303);
    let way = [
        ("what", "way"),
        ("words", "We asked on a Monday."),
        ("name", "Bryn"),
    ];
    let said = visitor.says(TRIAL, &way).await;
    let mine = visitor.follow(&said).await;
    mine.is(200)
        .says("Waiting for a steward")
        .says("Sites are blocked");
    visitor.get(TRIAL).await.keeps_quiet_of("on a Monday");
    amina
        .get("/desk")
        .await
        .says("Trial 1: Sites are blocked")
        .says("1 item waits");
    amina.decides("accept", "on a Monday", "").await.is(303);
    visitor
        .get(TRIAL)
        .await
        .says("1 comment")
        .says("on a Monday");
    visitor.get(&said.leads_to()).await.says("Published.");
    let feed = visitor.get(&format!("{TRIAL}/discussion.atom")).await;
    feed.is(200).says("on a Monday").says("Bryn");
    tom.get("/waiting")
        .await
        .says("Bryn said something about your trial or your organisation")
        .says("Trial 1: Sites are blocked");
    // An answer, a name, thanks, a watch.
    let whole = format!("{TRIAL}/discussion");
    let answer = dafydd.get(&format!("{whole}?answer=1")).await.form("/said");
    let words = "On a Friday as well, @tom?";
    dafydd.submit(&answer.with("words", words)).await.is(303);
    tom.get("/waiting").await.says("Dafydd named you");
    tom.post("/comments/1/thanks", &[]).await.is(303);
    visitor
        .get(&whole)
        .await
        .says("1 thanks")
        .says("2 comments");
    let watch = dafydd.get(&whole).await.form("/watches");
    dafydd.submit(&watch).await.is(303);
    tom.says(TRIAL, &[("words", "Any day will do.")])
        .await
        .is(303);
    dafydd
        .get("/waiting")
        .await
        .says("Tom said something on a page you watch")
        .says("Discussion of a trial: Sites are blocked");
    // A way over becomes a solution of the hurdle that was tried.
    let solution = dafydd.get(&whole).await.link("Make a solution of it");
    assert!(solution.contains("hurdles=1"), "{solution}");
    // A flag takes it away, and the log says so without a name.
    let flag = visitor.get(&whole).await.link("Flag");
    let form = visitor.get(&flag).await.is(200).form("/flags");
    visitor.submit(&form.with("reason", "rude")).await.is(303);
    amina.decides("accept", "Rude or hurtful", "").await.is(303);
    visitor
        .get("/moderation")
        .await
        .says("Taken away: Comment, Trial 1: Sites are blocked")
        .keeps_quiet_of("Tom");
    visitor.get(TRIAL).await.keeps_quiet_of("Suggest a change");
    visitor.get(&format!("{TRIAL}/suggest")).await.is(404);
}

async fn an_organisation_is_asked_and_its_people_hear_of_it(world: World) {
    furnished(&world).await;
    let (tom, dafydd, visitor) = (world.as_tom(), world.as_dafydd(), world.as_visitor());
    let body = "/organisations/eastmoor";
    let help = [("what", "help"), ("words", "How did you ask?")];
    dafydd.says(body, &help).await.is(303);
    visitor
        .get(body)
        .await
        .says("A call for help")
        .says("How did you ask?");
    let page = visitor.get(&format!("{body}/discussion")).await;
    page.is(200).says("Discussion: Eastmoor");
    tom.get("/waiting")
        .await
        .says("Dafydd said something about your trial or your organisation")
        .says("Organisation: Eastmoor");
    dafydd
        .get("/waiting")
        .await
        .keeps_quiet_of("How did you ask?");
    let feed = visitor.get(&format!("{body}/discussion.atom")).await;
    feed.is(200).says("How did you ask?");
    let go = visitor.get("/comments/1").await;
    assert!(
        go.is(302)
            .leads_to()
            .starts_with(&format!("{body}/discussion"))
    );
    // Who is asked what worked leads there.
    tells(&tom, &[]).await.is(303);
    let chosen = [("body", "Westmoor"), ("next", "/")];
    dafydd.post("/my-organisation", &chosen).await.is(303);
    let worked = dafydd.get(&format!("{HURDLE}/worked")).await;
    if worked.body.contains("Ask Eastmoor in the discussion") {
        let ask = worked.link("Ask Eastmoor");
        assert!(ask.starts_with(&format!("{body}/discussion")), "{ask}");
    }
}

/// The bodies of pages that would tell of a comment about the first trial.
async fn tells_of(browser: &Browser, words: &str) -> Vec<&'static str> {
    let mut found = Vec::new();
    for path in [
        "/trials/1/discussion",
        "/trials/1/discussion.atom",
        "/api/v1/trials/1/discussion",
        "/comments/1",
        "/waiting",
        "/desk/held",
        "/moderation",
        "/changes",
        "/organisations/eastmoor",
        "/organisations/eastmoor/discussion",
        HURDLE,
    ] {
        if browser.get(path).await.body.contains(words) {
            found.push(path);
        }
    }
    found
}

async fn what_is_said_about_a_hidden_trial_is_for_its_readers(world: World) {
    furnished(&world).await;
    let (tom, amina, dafydd) = (world.as_tom(), world.as_amina(), world.as_dafydd());
    let hidden = [("visibility", "own-organisation")];
    tells(&tom, &hidden).await.is(303);
    let words = "Zanzibar, @dafydd and @amina?";
    tom.says(TRIAL, &[("words", words)]).await.is(303);
    let held = [("words", "Zanzibar: https://elsewhere.example/")];
    tom.says(TRIAL, &held).await.is(303);
    let id = tom
        .get(TRIAL)
        .await
        .form("/watches")
        .get("subject")
        .to_owned();
    for reader in [&world.as_visitor(), &dafydd, &amina, &world.as_ruth()] {
        assert_eq!(tells_of(reader, "Zanzibar").await, Vec::<&str>::new());
        for path in ["", "/discussion", "/discussion.atom", "/flag"] {
            reader.get(&format!("{TRIAL}{path}")).await.is(404);
        }
        reader.get("/api/v1/trials/1/discussion").await.is(404);
        reader.get("/comments/1").await.is(404);
    }
    let before = counted(&world).await;
    for reader in [&dafydd, &amina] {
        for act in ["said", "flags"] {
            let sent = [("words", "x"), ("reason", "rude")];
            reader.post(&format!("{TRIAL}/{act}"), &sent).await.is(404);
        }
        reader.post("/comments/1/thanks", &[]).await.is(404);
        let watch = [("what", "trial"), ("subject", id.as_str())];
        reader.post("/watches", &watch).await.is(404);
        let program = Program::with_all(reader).await;
        let body = json!({ "words": "x" });
        program.post("/api/v1/trials/1/said", &body).await.is(404);
        let waits = reader.get("/").await;
        assert!(!waits.body.contains("Waiting for you (1)"));
    }
    assert_eq!(counted(&world).await, before);
    amina.get("/desk").await.keeps_quiet_of("1 item waits");
    tom.get(&format!("{TRIAL}/discussion"))
        .await
        .says("Zanzibar")
        .says("1 comment");
    // Opened to Westmoor, it is Dafydd's to read, and he was named.
    let opened = [("visibility", "bodies"), ("reader", "Westmoor")];
    let mut form = tom.get(&format!("{TRIAL}/edit")).await.form(TRIAL);
    for (name, value) in opened {
        form = form.without(name).with(name, value);
    }
    tom.submit(&form).await.is(303);
    dafydd.get("/waiting").await.says("Tom named you");
    amina.get("/waiting").await.keeps_quiet_of("Zanzibar");
}

async fn a_trial_of_a_hidden_hurdle_has_no_discussion_for_others(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    tells(&tom, &[]).await.is(303);
    tom.says(TRIAL, &[("words", "Zanzibar")]).await.is(303);
    dafydd.get(&format!("{TRIAL}/discussion")).await.is(200);
    let amina = world.as_amina();
    let why = [("why", "Not ours to tell")];
    amina.post("/hurdles/1/deletions", &why).await.is(303);
    for reader in [&dafydd, &tom, &world.as_visitor()] {
        assert_eq!(tells_of(reader, "Zanzibar").await, Vec::<&str>::new());
        reader.get(&format!("{TRIAL}/discussion")).await.is(404);
    }
}

async fn a_trial_that_is_taken_back_takes_its_discussion_along(world: World) {
    furnished(&world).await;
    let (tom, dafydd, ruth) = (world.as_tom(), world.as_dafydd(), world.as_ruth());
    tells(&tom, &[]).await.is(303);
    tom.says(TRIAL, &[("words", "Ask me.")]).await.is(303);
    dafydd
        .says(TRIAL, &[("words", "I do, @tom.")])
        .await
        .is(303);
    let watch = dafydd.get(TRIAL).await.form("/watches");
    dafydd.submit(&watch).await.is(303);
    tom.post("/comments/2/thanks", &[]).await.is(303);
    let form = ruth.get("/comments/1/edit").await.form("/removals");
    ruth.submit(&form.with("why", "Too short")).await.is(303);
    tom.post(&format!("{TRIAL}/removal"), &[]).await.is(303);
    for table in [
        "SELECT count(*) FROM said",
        "SELECT count(*) FROM thanks",
        "SELECT count(*) FROM waiting",
        "SELECT count(*) FROM watch",
        "SELECT count(*) FROM moderation",
    ] {
        assert_eq!(world.number(table).await, 0, "{table}");
    }
    dafydd.get("/waiting").await.is(200);
    world.as_visitor().get("/moderation").await.is(200);
}

async fn a_steward_undoes_what_somebody_said_about_trials_and_organisations(world: World) {
    furnished(&world).await;
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    tells(&tom, &[]).await.is(303);
    let body = "/organisations/eastmoor";
    for place in [TRIAL, body, HURDLE] {
        dafydd
            .says(place, &[("words", "Buy my course")])
            .await
            .is(303);
    }
    let undo = amina.get("/comments/1/edit").await.link("Undo");
    let preview = amina.get(&undo).await;
    preview
        .is(200)
        .says("Trial 1, Sites are blocked: Buy my course")
        .says("Organisation, Eastmoor: Buy my course");
    let form = preview.form("/desk/undoings").with("why", "Advertising");
    amina.submit(&form).await.is(303);
    for place in [TRIAL, body, HURDLE] {
        let page = world.as_visitor().get(place).await;
        page.is(200).keeps_quiet_of("Buy my course");
    }
}

async fn an_old_address_of_an_organisation_leads_nobody_astray(world: World) {
    imports(&world, LIST).await;
    let visitor = world.as_visitor();
    let old = visitor.get("/organisations/old-aldham/discussion").await;
    old.is(200).says("Discussion: Old Aldham");
    visitor.get("/organisations/none/discussion").await.is(404);
    visitor.get("/trials/none/discussion").await.is(404);
    visitor.get("/trials/0/discussion.atom").await.is(404);
}

async fn the_people_of_a_body_decide_what_waits_on_their_own_page(world: World) {
    imports(&world, LIST).await;
    for (name, slug) in [("Tom", "aldham"), ("Ruth", "aldham"), ("Dafydd", "aldham")] {
        world.works_at(name, slug).await;
    }
    let (tom, dafydd, amina) = (world.as_tom(), world.as_dafydd(), world.as_amina());
    let kept = [("visibility", "own-organisation"), ("own", "aldham")];
    let address = tom.writes_hurdle("Among us", &kept).await;
    let words = [("words", "See https://elsewhere.example/")];
    tom.says(&address, &words).await.is(303);
    // A steward who may not read the page learns nothing of it, and cannot decide it.
    amina.get("/desk").await.keeps_quiet_of("elsewhere.example");
    amina.get("/desk/held").await.says("Nothing waits");
    amina
        .post("/desk/held/decisions", &[("accept", "1")])
        .await
        .is(303);
    let waits = "SELECT count(*) FROM said WHERE state = 'held'";
    assert_eq!(world.number(waits).await, 1);
    // Nobody decides about their own words.
    tom.get("/waiting").await.keeps_quiet_of("waits for you or");
    tom.get("/desk/held").await.says("Nothing waits");
    tom.post("/desk/held/decisions", &[("accept", "1")])
        .await
        .is(303);
    assert_eq!(world.number(waits).await, 1);
    // A colleague does, and is told that it waits.
    dafydd
        .get("/waiting")
        .await
        .says("1 item on a page kept to your organisation waits for you");
    let queue = dafydd.get("/desk/held").await;
    queue
        .is(200)
        .says("Waiting for the people of your organisation")
        .keeps_quiet_of("Refuse everything by visitors");
    dafydd.get("/desk").await.is(403);
    dafydd
        .post("/desk/held/clearances", &[("why-all", "x"), ("sure", "1")])
        .await
        .is(403);
    dafydd
        .decides("accept", "elsewhere.example", "")
        .await
        .is(303);
    tom.get(&address).await.says("elsewhere.example");
    // A flag on one's own comment is somebody else's to decide; a public page is the stewards'.
    let flag = [("reason", "other"), ("comment", "1")];
    world
        .as_ruth()
        .post(&format!("{address}/flags"), &flag)
        .await
        .is(303);
    tom.get("/desk/held").await.says("Nothing waits");
    dafydd
        .decides("refuse", "Something else", "It is ours")
        .await
        .is(303);
    let open = tom.writes_hurdle("For all", &[]).await;
    world
        .as_visitor()
        .says(&open, &[("words", "Hello all")])
        .await
        .is(303);
    dafydd.get("/desk/held").await.says("Nothing waits");
    amina.get("/desk/held").await.says("Hello all");
}
