//! Nobody learns of evidence, or of what it is about, that they may not see.

use std::collections::BTreeMap;

use crate::browser::Browser;
use crate::evidence::{adds, fields};
use crate::page::Page;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    nobody_learns_of_evidence_or_of_what_it_is_about_that_they_may_not_see,
    numbers_that_somebody_cannot_see_are_neither_shown_nor_lost,
    a_list_counts_what_its_reader_may_see,
    evidence_for_what_few_may_see_is_offered_to_no_more,
);

async fn nobody_learns_of_evidence_or_of_what_it_is_about_that_they_may_not_see(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let (visitor, amina) = (world.as_visitor(), world.as_amina());
    let hidden = [("visibility", "own-organisation"), ("problem", "Hush.")];
    let hurdle = tom.writes_hurdle("The oryx affair", &hidden).await;
    let trial = [("visibility", "own-organisation"), ("learned", "gnu gnu")];
    tells(&tom, &trial).await.is(303);
    tells(&tom, &[("another", "1")]).await.is(303);
    for (visibility, seers) in [
        ("public", [true, true, true, true]),
        ("members", [false, true, true, true]),
        ("bodies", [false, true, true, false]),
        ("own-organisation", [false, false, true, false]),
        ("only-me", [false, false, true, false]),
    ] {
        let title = format!("The zanzibar {visibility}");
        let more = [
            ("title", title.as_str()),
            ("visibility", visibility),
            ("body", "Westmoor"),
            ("hurdles", "1, 2"),
            ("solutions", "1"),
            ("trials", "1, 2"),
        ];
        let address = adds(&tom, &more).await;
        let number = address.trim_start_matches("/evidence/");
        let number = number.split('-').next().unwrap();
        let own = [
            address.clone(),
            format!("{address}/history"),
            format!("{address}/revisions/1"),
            format!("{address}/changes.atom"),
            format!("/api/v1/evidence/{number}"),
        ];
        let lists = [
            HURDLE.to_owned(),
            "/solutions/1-ask-it".to_owned(),
            "/trials/2".to_owned(),
            "/evidence".to_owned(),
            "/evidence?hurdle=1".to_owned(),
            "/evidence?trial=2&strength=measured".to_owned(),
            "/evidence.csv?solution=1".to_owned(),
            "/changes".to_owned(),
            "/changes.atom".to_owned(),
            "/api/v1/evidence".to_owned(),
            "/api/v1/hurdles/1/evidence".to_owned(),
            "/api/v1/solutions/1/evidence".to_owned(),
            "/api/v1/trials/2/evidence".to_owned(),
        ];
        let people = [&visitor, &dafydd, &tom, &amina];
        for (who, sees) in people.into_iter().zip(seers) {
            for path in &own {
                let page = who.get(path).await;
                page.is(if sees { 200 } else { 404 });
            }
            for path in &lists {
                let page = who.get(path).await;
                let told = page.is(200).body.contains(&title);
                assert_eq!(told, sees, "{visibility} at {path}");
            }
        }
        // Of what it is about, others than Tom see what is there for everybody.
        for who in [&visitor, &dafydd, &amina] {
            for path in own.iter().chain(&lists) {
                let page = who.get(path).await;
                page.keeps_quiet_of("oryx").keeps_quiet_of("gnu gnu");
            }
        }
        let page = tom.get(&address).await;
        page.says("The oryx affair").says("gnu gnu");
        amina.get(&hurdle).await.is(404);
    }
    for path in [
        "/evidence?hurdle=2",
        "/evidence?trial=1",
        "/evidence.csv?trial=1",
        "/api/v1/hurdles/2/evidence",
        "/api/v1/trials/1/evidence",
    ] {
        visitor.get(path).await.is(404);
        tom.get(path).await.is(200).says("zanzibar");
    }
}

async fn numbers_that_somebody_cannot_see_are_neither_shown_nor_lost(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    tells(&tom, &[("visibility", "own-organisation")])
        .await
        .is(303);
    tells(&tom, &[("another", "1")]).await.is(303);
    tells(&tom, &[("another", "1")]).await.is(303);
    let address = adds(&tom, &[("trials", "1, 2")]).await;
    let form = dafydd.get(&format!("{address}/edit")).await;
    assert!(!form.is(200).body.contains("name=\"trials\""), "no form");
    for path in ["revisions/1", "history", "compare?from=1&to=1"] {
        let page = dafydd.get(&format!("{address}/{path}")).await;
        assert!(!page.has("li", "1 "), "{}", page.text());
    }
    let number = "SELECT count(*) FROM revision WHERE parts LIKE '%trials%'";
    assert_eq!(
        world.number(number).await,
        0,
        "no revision holds a number of a trial"
    );
    let told = async |who: &Browser| {
        let item = who.get("/api/v1/evidence/1").await.json();
        item["parts"]["trials"].clone()
    };
    assert_eq!(told(&dafydd).await, serde_json::json!([2]));
    // A part is changed, a trial is tied and untied: what was not seen stays.
    let address = dafydd.changed(&address, &[("says", "It does.")]).await;
    let ties = format!("{address}/ties");
    let wrong = dafydd.post(&ties, &[("trial", "1")]).await;
    wrong.is(422).says("There is no such trial");
    dafydd.post(&ties, &[("trial", "/trials/3")]).await.is(303);
    let untyings = format!("{address}/untyings");
    dafydd.post(&untyings, &[("trial", "1")]).await.is(404);
    dafydd.post(&untyings, &[("trial", "2")]).await.is(303);
    assert_eq!(told(&dafydd).await, serde_json::json!([3]));
    assert_eq!(told(&tom).await, serde_json::json!([1, 3]));
    let page = dafydd.get("/trials/3").await;
    page.says("Half a day a week");
    dafydd
        .get("/trials/2")
        .await
        .keeps_quiet_of("Half a day a week");
    // A trial that is taken back is forgotten here as well.
    tom.post("/trials/3/removal", &[]).await.is(303);
    assert_eq!(told(&tom).await, serde_json::json!([1]));
    let checked = fosbury::evidence::store_check::faults(&world.app().db).await;
    assert_eq!(checked.unwrap().1, Vec::<String>::new());
}

async fn a_list_counts_what_its_reader_may_see(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let mut written = Vec::new();
    for (n, strength) in ["told", "observed", "measured", "compared", "repeated"]
        .into_iter()
        .cycle()
        .take(35)
        .enumerate()
    {
        let visibility = ["public", "members", "own-organisation"][n % 3];
        let title = format!("Item {n}");
        let more = [
            ("title", title.as_str()),
            ("strength", strength),
            ("visibility", visibility),
        ];
        adds(&tom, &more).await;
        written.push((strength, visibility));
    }
    for (who, sees) in [
        ("", &["public"][..]),
        ("Dafydd", &["public", "members"]),
        ("Tom", &["public", "members", "own-organisation"]),
    ] {
        let browser = world.whose(who);
        let mine = written.iter().filter(|(_, one)| sees.contains(one));
        let mut expected: BTreeMap<&str, usize> = BTreeMap::new();
        for (strength, _) in mine.clone() {
            *expected.entry(strength).or_default() += 1;
        }
        let page = browser.get("/evidence?hurdle=1").await;
        page.says(&format!("{} items of evidence", mine.count()));
        for (strength, n) in expected {
            let label = strength[..1].to_uppercase() + &strength[1..];
            let choices = page.all("div.choice");
            let fits = |one: &String| one.starts_with(&label) && one.ends_with(&format!(" {n}"));
            assert!(choices.iter().any(fits), "{who} {label} {n}: {choices:?}");
            let narrowed = browser.get(&format!("/evidence?strength={strength}")).await;
            narrowed.says(&format!("{n} items of evidence"));
        }
    }
    let first = tom.get("/evidence").await;
    let second = tom.get(&first.link("More evidence")).await;
    let items = |page: &Page| page.body.matches("<li><a href=\"/evidence/").count();
    assert_eq!((items(&first), items(&second)), (30, 5));
    second.is(200).says("Told").keeps_quiet_of("More evidence");
    let none = tom.get("/evidence?kind=recording").await;
    none.is(200).says("There is none of this yet");
    let page = world.as_visitor().get(HURDLE).await;
    page.says("All evidence for this");
}

async fn evidence_for_what_few_may_see_is_offered_to_no_more(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    for (visibility, offered) in [
        ("public", "public"),
        ("members", "members"),
        ("own-organisation", "own-organisation"),
        ("only-me", "only-me"),
    ] {
        let more = [("visibility", visibility), ("another", "1")];
        let to = tells(&tom, &more).await.is(303).leads_to();
        let page = tom.get(to.split('?').next().unwrap()).await;
        let form = tom.get(&page.link("Add evidence")).await;
        let form = form.is(200).form("/evidence");
        assert_eq!(form.get("visibility"), offered, "{visibility}");
    }
    let more = [
        ("visibility", "bodies"),
        ("reader", "Westmoor"),
        ("another", "1"),
    ];
    let to = tells(&tom, &more).await.is(303).leads_to();
    let trial = to.split('?').next().unwrap();
    let page = tom.get(trial).await;
    let form = tom.get(&page.link("Add evidence")).await.form("/evidence");
    assert_eq!(
        (form.get("visibility"), form.get("body")),
        ("bodies", "westmoor")
    );
    let mut form = form;
    for (name, value) in fields(&[]) {
        if !["hurdles", "points"].contains(&name) {
            form = form.with(name, value);
        }
    }
    tom.submit(&form).await.is(303);
    world.as_dafydd().get(trial).await.says("Half a day a week");
    let owner = world.as_ruth().get("/evidence").await;
    owner.is(200).keeps_quiet_of("Half a day a week");
}
