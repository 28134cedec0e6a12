//! Who faces a hurdle, who tried what, did it work: and who may know.

use db::Reads;

use crate::browser::Browser;
use crate::page::Page;
use crate::world::{World, both};

both!(
    it_happens_here_too_takes_one_press_and_no_account,
    a_report_counts_once_somebody_who_works_there_confirms_it,
    a_trial_is_told_in_four_answers_and_a_failure_is_thanked_for,
    what_cannot_be_is_refused_with_a_sentence,
    the_same_trial_told_twice_is_recognised,
    two_organisations_learn_nothing_of_what_the_other_keeps,
    an_unnamed_trial_names_its_organisation_to_nobody_else,
);

/// Two bodies, each with one person: Tom at Eastmoor, Dafydd at Westmoor; one hurdle, two ways.
pub async fn furnished(world: &World) {
    let (amina, tom, dafydd) = (world.as_amina(), world.as_tom(), world.as_dafydd());
    tom.writes_hurdle("Sites are blocked", &[("problem", "All of them.")])
        .await;
    tom.writes_solution("Ask IT", &[("hurdles", "1")]).await;
    tom.writes_solution("Use a tablet", &[("hurdles", "1")])
        .await;
    for (name, code, who) in [("Eastmoor", "EAS", &tom), ("Westmoor", "WES", &dafydd)] {
        let fields = [
            ("name", name),
            ("short-name", name),
            ("code", code),
            ("kind", "District"),
            ("nation", "Northshire"),
        ];
        amina.post("/organisations", &fields).await.is(303);
        let at = format!("/organisations/{}", name.to_lowercase());
        for domain in ["council.example", ""] {
            let form = [("mail-domain", domain)];
            amina
                .post(&format!("{at}/mail-domain"), &form)
                .await
                .is(303);
            if !domain.is_empty() {
                who.post(&format!("{at}/memberships"), &[]).await.is(303);
            }
        }
    }
}

pub const HURDLE: &str = "/hurdles/1-sites-are-blocked";

pub async fn tells(browser: &Browser, more: &[(&str, &str)]) -> Page {
    let mut fields = vec![
        ("solution", "1"),
        ("body", "Eastmoor"),
        ("outcome", "worked"),
        ("learned", "Ask on a Tuesday."),
    ];
    for (name, value) in more {
        fields.retain(|(known, _)| known != name);
        fields.push((name, value));
    }
    browser.post(&format!("{HURDLE}/trials"), &fields).await
}

async fn it_happens_here_too_takes_one_press_and_no_account(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    let pressed = visitor.post(&format!("{HURDLE}/sightings"), &[]).await;
    let more = visitor.follow(pressed.is(303)).await;
    more.is(200).says("It is written down");
    assert_eq!(more.header("referrer-policy"), "strict-origin");
    // Without an organisation it is counted nowhere.
    visitor
        .get(HURDLE)
        .await
        .says("Nobody has said yet")
        .keeps_quiet_of("not confirmed");
    let wrong = [("body", "Nowhere"), ("stage", "stuck"), ("days", "many")];
    let answer = visitor.post(&pressed.leads_to(), &wrong).await;
    answer.is(422).says("Days are a whole number");
    for _ in 0..4 {
        visitor
            .post(&format!("{HURDLE}/sightings"), &[])
            .await
            .is(303);
    }
    visitor
        .get(HURDLE)
        .await
        .says("5 or more reports, not confirmed");
}

async fn a_report_counts_once_somebody_who_works_there_confirms_it(world: World) {
    furnished(&world).await;
    let visitor = world.as_visitor();
    for _ in 0..2 {
        let pressed = visitor.post(&format!("{HURDLE}/sightings"), &[]).await;
        let said = [("body", "Eastmoor"), ("stage", "trying"), ("days", "3")];
        visitor.post(&pressed.leads_to(), &said).await.is(303);
    }
    let list = format!("{HURDLE}/sightings");
    let page = visitor.get(&list).await;
    page.says("reported, not confirmed")
        .says("Nobody has said yet");
    let id = {
        let page = world.as_tom().get(&list).await;
        let forms = page.text();
        assert!(forms.contains("Confirm"), "{forms}");
        let row: (String,) = world
            .app()
            .db
            .query("SELECT min(id) FROM sighting")
            .one()
            .await
            .unwrap();
        row.0
    };
    let confirm = format!("/sightings/{id}/confirmations");
    world.as_dafydd().post(&confirm, &[]).await.is(403);
    world.as_tom().post(&confirm, &[]).await.is(303);
    visitor
        .get(HURDLE)
        .await
        .says("1 organisation says it happens there");
    // Twice confirmed is still one organisation.
    for row in world
        .app()
        .db
        .query("SELECT id FROM sighting")
        .all::<(String,)>()
        .await
        .unwrap()
    {
        let confirm = format!("/sightings/{}/confirmations", row.0);
        world.as_amina().post(&confirm, &[]).await.is(303);
    }
    visitor
        .get(HURDLE)
        .await
        .says("1 organisation says it happens there");
}

async fn a_trial_is_told_in_four_answers_and_a_failure_is_thanked_for(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    tom.get(&format!("{HURDLE}/trials/new?solution=1"))
        .await
        .is(200)
        .says("Four answers are enough");
    let told = tells(&tom, &[("outcome", "worse")]).await;
    let page = tom.follow(told.is(303)).await;
    page.says("Thank you for saying what did not work")
        .says("Eastmoor")
        .says("Ask on a Tuesday.");
    let visitor = world.as_visitor();
    visitor
        .get(HURDLE)
        .await
        .says("Made it worse in 1 place")
        .says("Worked in 0 of 1 place");
    visitor
        .get("/solutions/1-ask-it")
        .await
        .says("Where it did not")
        .says("District");
    // Somebody from elsewhere may tell it, but it counts only when confirmed.
    tells(&world.as_dafydd(), &[("solution", "2")])
        .await
        .is(303);
    visitor
        .get("/trials/2")
        .await
        .says("reported, not confirmed");
    visitor.get(HURDLE).await.keeps_quiet_of("Worked in 1 of 1");
    tom.post("/trials/2/confirmations", &[]).await.is(303);
    visitor.get(HURDLE).await.says("Worked in 1 of 1 place");
    // One press says "we use this too", and a second one finds what the first told.
    let used = world
        .as_dafydd()
        .post("/solutions/1-ask-it/uses", &[])
        .await;
    assert_eq!(used.leads_to(), "/trials/3/edit?told=trial-told");
    let again = world
        .as_dafydd()
        .post("/solutions/1-ask-it/uses", &[])
        .await;
    assert_eq!(again.leads_to(), "/trials/3?told=trial-known");
}

async fn what_cannot_be_is_refused_with_a_sentence(world: World) {
    furnished(&world).await;
    let (amina, tom) = (world.as_amina(), world.as_tom());
    for (more, sentence) in [
        (
            [("begun", "2026-03-02"), ("ended", "2026-03-01")],
            "It ends before it begins",
        ),
        (
            [("begun", "2026-03-02"), ("ended", "2027-03-01")],
            "That day is still to come",
        ),
        ([("begun", "soon"), ("ended", "")], "Write the day as"),
        ([("outcome", ""), ("ended", "")], "Say what came of it"),
        ([("body", ""), ("ended", "")], "Say in which organisation"),
        ([("solution", "77"), ("ended", "")], ""),
        (
            [("visibility", "own-organisation"), ("body", "Westmoor")],
            "Only those who work there",
        ),
    ] {
        let page = tells(&tom, &more).await;
        page.is(422).says(sentence).says("Ask on a Tuesday.");
    }
    let long = "lesson ".repeat(10_000);
    tells(&tom, &[("learned", &long)])
        .await
        .is(422)
        .says("Keep the part that others need first");
    let ended = [
        ("name", "Old Eastmoor"),
        ("short-name", "Old Eastmoor"),
        ("code", "OLD"),
        ("kind", "District"),
        ("nation", "Northshire"),
    ];
    amina.post("/organisations", &ended).await.is(303);
    let tx = world.app().db.begin().await.unwrap();
    for text in [
        "UPDATE organisation SET end_on = '2021-04-01' WHERE code = 'OLD'",
        "INSERT INTO organisation_successor (organisation_id, successor_id)
         SELECT a.id, b.id FROM organisation a, organisation b
         WHERE a.code = 'OLD' AND b.code = 'EAS'",
    ] {
        tx.query(text).run().await.unwrap();
    }
    tx.commit().await.unwrap();
    let page = tells(&amina, &[("body", "Old Eastmoor")]).await;
    page.is(422).says("Those that followed it: Eastmoor");
    let then = [("body", "Old Eastmoor"), ("ended", "2020-01-01")];
    tells(&amina, &then).await.is(303);
}

async fn the_same_trial_told_twice_is_recognised(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    tells(&tom, &[("cost", "Nothing")]).await.is(303);
    let again = [("learned", "Bring cake."), ("outcome", "partly")];
    let page = tells(&tom, &again).await;
    page.is(409).says("This seems to be told already");
    let same = [again[0], again[1], ("same", "1")];
    tells(&tom, &same).await.is(303);
    tom.get("/trials/1")
        .await
        .says("Worked partly")
        .says("Nothing")
        .says("Ask on a Tuesday.")
        .says("Bring cake.");
    let another = [again[0], ("another", "1")];
    tells(&tom, &another).await.is(303);
    assert_eq!(world.number("SELECT count(*) FROM trial").await, 2);
}

async fn two_organisations_learn_nothing_of_what_the_other_keeps(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let (visitor, amina) = (world.as_visitor(), world.as_amina());
    for (visibility, seers) in [
        ("public", [true, true, true, true]),
        ("members", [false, true, true, true]),
        ("own-organisation", [false, false, true, false]),
        ("only-me", [false, false, true, false]),
        ("bodies", [false, true, true, false]),
    ] {
        let more = [
            ("visibility", visibility),
            ("learned", "zanzibar"),
            ("reader", "Westmoor"),
            ("outcome", "worked"),
        ];
        let told = tells(&tom, &more).await;
        let address = told.is(303).leads_to();
        let number = address.trim_start_matches("/trials/");
        let number = number.split('?').next().unwrap();
        let paths = [
            format!("/trials/{number}"),
            format!("/api/v1/trials/{number}"),
        ];
        let lists = [
            format!("{HURDLE}/trials"),
            format!("{HURDLE}/trials.csv"),
            format!("{HURDLE}/trials.atom"),
            "/solutions/1-ask-it".to_owned(),
            "/solutions/1-ask-it/trials.csv".to_owned(),
            "/organisations/eastmoor/trials".to_owned(),
            "/organisations/eastmoor/trials.atom".to_owned(),
            "/api/v1/hurdles/1/trials".to_owned(),
            "/api/v1/solutions/1/trials".to_owned(),
            "/api/v1/organisations/eastmoor/trials".to_owned(),
        ];
        let people = [&visitor, &dafydd, &tom, &amina];
        for (who, sees) in people.into_iter().zip(seers) {
            for path in &paths {
                who.get(path).await.is(if sees { 200 } else { 404 });
            }
            for path in &lists {
                let page = who.get(path).await;
                let told = page.body.contains("zanzibar");
                assert_eq!(told, sees, "{visibility} at {path}");
            }
            let ranked = format!("{HURDLE}/worked");
            for path in [HURDLE, ranked.as_str()] {
                let page = who.get(path).await;
                assert_eq!(
                    page.text().contains("Worked in 1 of 1"),
                    sees,
                    "{visibility} at {path}"
                );
            }
            let worked = who.get("/api/v1/hurdles/1/worked").await.json();
            let count = worked["results"].as_array().unwrap().len();
            assert_eq!(count, usize::from(sees), "{visibility}");
        }
        for (who, may) in [(&visitor, false), (&dafydd, false), (&tom, true)] {
            let status = who.get(&format!("/trials/{number}/edit")).await.status;
            assert_eq!(status == 200, may, "{visibility}");
        }
        for act in ["confirmations", "removal", "answers"] {
            let status = dafydd
                .post(&format!("/trials/{number}/{act}"), &[])
                .await
                .status;
            assert!(
                status == 403 || status == 404,
                "{visibility} {act} {status}"
            );
        }
        tom.post(&format!("/trials/{number}/removal"), &[])
            .await
            .is(303);
    }
}

async fn an_unnamed_trial_names_its_organisation_to_nobody_else(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let more = [("unnamed", "1"), ("service", "Libraries")];
    tells(&tom, &more).await.is(303);
    tom.get("/trials/1").await.says("Eastmoor");
    for who in [world.as_visitor(), world.as_dafydd(), world.as_amina()] {
        for path in [
            "/trials/1",
            "/api/v1/trials/1",
            "/hurdles/1-sites-are-blocked/trials",
            "/hurdles/1-sites-are-blocked/trials.csv",
            "/hurdles/1-sites-are-blocked/trials.atom",
        ] {
            let page = who.get(path).await;
            page.is(200)
                .says("Ask on a Tuesday.")
                .keeps_quiet_of("Eastmoor")
                .keeps_quiet_of("Libraries");
        }
        let path = "/organisations/eastmoor/trials";
        who.get(path).await.keeps_quiet_of("Tuesday");
        who.get(HURDLE).await.keeps_quiet_of("Worked in 1");
        let narrowed = format!("{HURDLE}/worked?type=District");
        who.get(&narrowed).await.keeps_quiet_of("Worked in 1");
    }
}
