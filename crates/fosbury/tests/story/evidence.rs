//! What speaks for a hurdle, a solution or a trial: its strength, its source, and who may know.

use std::collections::BTreeMap;

use db::Reads;

use crate::browser::Browser;
use crate::page::Page;
use crate::tokens::Program;
use crate::trials::{HURDLE, furnished, tells};
use crate::world::{World, both};

both!(
    evidence_is_added_from_a_page_and_stands_on_it_strongest_first,
    what_cannot_be_evidence_is_refused_with_a_sentence,
    the_same_source_told_twice_is_recognised_and_offered,
    evidence_for_what_few_may_see_is_offered_to_no_more,
    nobody_learns_of_evidence_or_of_what_it_is_about_that_they_may_not_see,
    numbers_that_somebody_cannot_see_are_neither_shown_nor_lost,
    a_list_counts_what_its_reader_may_see,
    evidence_follows_a_page_that_is_merged_and_comes_back_with_it,
    programs_read_and_write_evidence_by_the_same_rules,
    a_table_of_evidence_holds_no_formula,
    a_check_sees_when_evidence_is_not_about_what_its_text_says,
);

/// The fields of an item, with these in place of the usual ones.
fn fields<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let mut all = vec![
        ("title", "Half a day a week"),
        ("kind", "figures"),
        ("strength", "measured"),
        ("source", "Audit Office"),
        ("link", ""),
        ("date", "2026-03"),
        ("points", "for"),
        ("hurdles", "1"),
    ];
    for (name, value) in more {
        all.retain(|(known, _)| known != name);
        all.push((name, value));
    }
    all
}

async fn sends(browser: &Browser, more: &[(&str, &str)]) -> Page {
    browser.post("/evidence", &fields(more)).await
}

/// Adds an item and says where it is.
async fn adds(browser: &Browser, more: &[(&str, &str)]) -> String {
    let to = sends(browser, more).await.is(303).leads_to();
    to.split('?').next().unwrap().to_owned()
}

async fn evidence_is_added_from_a_page_and_stands_on_it_strongest_first(world: World) {
    furnished(&world).await;
    let (tom, visitor) = (world.as_tom(), world.as_visitor());
    tells(&tom, &[]).await.is(303);
    let about = [
        (HURDLE, "hurdles", "1", "What shows that this is in the way"),
        (
            "/solutions/1-ask-it",
            "solutions",
            "1",
            "What shows that it works",
        ),
        ("/trials/1", "trials", "1", "What shows what came of it"),
    ];
    for (address, part, number, question) in about {
        let page = visitor.get(address).await;
        page.is(200).says(question);
        let to = page.link("Sign in to add evidence");
        assert!(to.starts_with("/sign-in?next=%2Fevidence%2Fnew"), "{to}");
        let page = tom.get(address).await;
        let form = tom.get(&page.link("Add evidence")).await;
        let form = form.is(200).form("/evidence");
        assert_eq!((form.get(part), form.get("points")), (number, "for"));
    }
    let all = [
        ("hurdles", "1"),
        ("solutions", "1"),
        ("trials", "1"),
        ("quote", "Each lost 3.7 hours."),
        ("says", "It costs half a day."),
        ("sample", "41 staff"),
        ("link", "example.org/audit"),
    ];
    let address = adds(&tom, &all).await;
    assert_eq!(address, "/evidence/1-half-a-day-a-week");
    let told = [
        ("strength", "told"),
        ("date", "2 May 2026"),
        ("points", "against"),
        ("title", "Nobody minds"),
    ];
    adds(&tom, &told).await;
    let older = [("date", "2019"), ("title", "Long ago")];
    adds(&tom, &older).await;
    for address in [HURDLE, "/solutions/1-ask-it", "/trials/1"] {
        let page = visitor.get(address).await;
        page.says("Measured")
            .says("Audit Office, March 2026")
            .says("Each lost 3.7 hours.")
            .keeps_quiet_of("Nobody has added evidence yet");
    }
    let page = visitor.get(HURDLE).await;
    let text = page.text();
    let at = |words: &str| text.find(words).unwrap();
    assert!(at("Half a day a week") < at("Long ago"), "newer first");
    assert!(at("Long ago") < at("Nobody minds"), "stronger first");
    page.says("It speaks against it").says("2 May 2026");
    let page = visitor.get(&address).await;
    page.says("Measured: somebody counted, timed or weighed it.")
        .says("41 staff")
        .says("Hurdle 1")
        .says("Solution 1")
        .says("Ask on a Tuesday.");
    assert!(page.has("blockquote", "Each lost 3.7 hours."));
    let out = page.link("https://example.org/audit");
    assert_eq!(out, "https://example.org/audit");
    // What is said and found of it follows from its being a text like others.
    let found = visitor.finds("3.7 hours").await;
    assert_eq!(found.first(), Some(&address));
    visitor.get("/e/1").await.is(301);
    let form = format!("{address}/edit");
    tom.get(&form).await.is(200).says("How it was found out");
    tom.changed(&address, &[("method", "A sheet of paper.")])
        .await;
    let history = visitor.get(&format!("{address}/history")).await;
    history.is(200).says("2 revisions");
    visitor.get(&address).await.says("A sheet of paper.");
    world.chains_hold().await;
}

async fn what_cannot_be_evidence_is_refused_with_a_sentence(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let own = [("visibility", "own-organisation")];
    tells(&tom, &own).await.is(303);
    let long = "passage ".repeat(10_000);
    for (more, sentence) in [
        (("date", "2026-05-04"), "That date is still to come"),
        (("date", "2027"), "That date is still to come"),
        (("date", "some day"), "Write the date as"),
        (("date", ""), "Date: this is needed"),
        (("source", ""), "Source: this is needed"),
        (("strength", "certain"), "Choose one of the list"),
        (
            ("link", "javascript:alert(1)"),
            "Write an address on the web",
        ),
        (
            ("link", "ftp://example.org/x"),
            "Write an address on the web",
        ),
        (("quote", long.as_str()), "The passage: shorten this by"),
        (("hurdles", "77"), "There is no hurdle 77"),
        (("trials", "77"), "There is no trial 77"),
        (("trials", "many"), "“many” is not a number"),
        // That of another organisation is not told apart from one that is not there.
        (("trials", "1"), "There is no trial 1"),
    ] {
        let page = sends(&dafydd, &[more, ("says", "zanzibar")]).await;
        page.is(422).says(sentence).says("zanzibar");
    }
    assert_eq!(world.number("SELECT count(*) FROM evidence").await, 0);
    sends(&tom, &[("trials", "1")]).await.is(303);
}

async fn the_same_source_told_twice_is_recognised_and_offered(world: World) {
    furnished(&world).await;
    let (tom, dafydd) = (world.as_tom(), world.as_dafydd());
    let linked = [("link", "https://example.org/a"), ("quote", "Half a day.")];
    let first = adds(&tom, &linked).await;
    let passage = [
        ("link", "https://example.org/a"),
        ("quote", "Nobody minds."),
    ];
    adds(&dafydd, &[passage[0], passage[1], ("title", "Third")]).await;
    let again = [("link", "example.org/a"), ("title", "Other words")];
    let page = sends(&dafydd, &again).await;
    page.is(409).says("This seems to be told already");
    assert_eq!(page.link("Half a day a week"), first);
    page.says("Third");
    // Nothing is lost, and nothing stands in the way of who knows better.
    let form = page.form("/evidence").with("another", "1");
    assert_eq!(form.get("title"), "Other words");
    dafydd.submit(&form).await.is(303);
    // Pressing twice makes one item, and is no twin of itself.
    dafydd.submit(&form).await.is(303);
    let without = form.without("another");
    dafydd.submit(&without).await.is(303);
    let elsewhere = [("hurdles", ""), ("solutions", "2"), linked[0], linked[1]];
    adds(&dafydd, &elsewhere).await;
    // What its reader may not see is not recognised.
    let hidden = [("visibility", "only-me"), ("link", "https://example.org/b")];
    adds(&tom, &hidden).await;
    adds(&dafydd, &[hidden[1]]).await;
    assert_eq!(world.number("SELECT count(*) FROM evidence").await, 6);
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
    let form = form.is(200).form("/revisions");
    assert_eq!(form.get("trials"), "2");
    let revision = dafydd.get(&format!("{address}/revisions/1")).await;
    assert!(!revision.has("li", "1 "), "{}", revision.text());
    let api = dafydd.get("/api/v1/evidence/1").await.json();
    assert_eq!(api["parts"]["trials"], serde_json::json!([2]));
    // Another part is changed: the list stays as it is, in its order.
    let address = dafydd.changed(&address, &[("says", "It does.")]).await;
    let own = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(own.get("trials"), "1, 2");
    // The list itself is changed: what was not seen stays in it.
    let address = dafydd.changed(&address, &[("trials", "3")]).await;
    let own = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(own.get("trials"), "3, 1");
    let compared = format!("{address}/compare?from=1&to=3");
    tom.get(&compared).await.is(200).says("1");
    // Naming it tells nothing: it is as if there were none.
    let page = dafydd.changes(&address, &[("trials", "1, 3")]).await;
    page.is(422).says("There is no trial 1");
    // Somebody suggests a change of the list: a steward's yes loses nothing either.
    let visitor = world.as_visitor();
    let form = visitor.get(&format!("{address}/suggest")).await;
    let form = form.is(200).form("/suggestions");
    assert_eq!(form.get("trials"), "3");
    let form = form.with("trials", "2").with("summary", "The other one");
    visitor.submit(&form).await.is(303);
    world
        .as_amina()
        .decides("accept", "The other one", "")
        .await
        .is(303);
    let own = tom.get(&format!("{address}/edit")).await.form("/revisions");
    assert_eq!(own.get("trials"), "2, 1");
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

async fn evidence_follows_a_page_that_is_merged_and_comes_back_with_it(world: World) {
    furnished(&world).await;
    let (tom, amina) = (world.as_tom(), world.as_amina());
    let visitor = world.as_visitor();
    for title in ["Pages do not open", "The filter"] {
        tom.writes_hurdle(title, &[("problem", "Words.")]).await;
    }
    let address = adds(&tom, &[]).await;
    let merges = |from: i64, into: &'static str| {
        let amina = &amina;
        async move {
            let path = format!("/hurdles/{from}/mergers");
            amina.post(&path, &[("into", into)]).await.is(303);
        }
    };
    merges(1, "2").await;
    merges(2, "3").await;
    visitor
        .get("/hurdles/3-the-filter")
        .await
        .says("Half a day");
    visitor.get("/evidence?hurdle=3").await.says("1 item");
    visitor.get(&address).await.says("Hurdle 3");
    // Saving it again keeps what it was about, whatever that has become.
    tom.changed(&address, &[("says", "More.")]).await;
    visitor
        .get("/hurdles/3-the-filter")
        .await
        .says("Half a day");
    amina.post("/hurdles/2/separations", &[]).await.is(303);
    let page = visitor.get("/hurdles/2-pages-do-not-open").await;
    page.says("Half a day");
    let page = visitor.get("/hurdles/3-the-filter").await;
    page.keeps_quiet_of("Half a day");
    // Two items that are one: what both are about is what the one is about.
    let other = [("title", "Another"), ("hurdles", "3"), ("solutions", "2")];
    adds(&tom, &other).await;
    amina
        .post("/evidence/2/mergers", &[("into", "1")])
        .await
        .is(303);
    let page = visitor.get(&address).await;
    page.says("Hurdle 3").says("Solution 2");
    visitor.get("/evidence/2").await.is(301);
    world.chains_hold().await;
}

async fn programs_read_and_write_evidence_by_the_same_rules(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let program = Program::with_all(&tom).await;
    let item = serde_json::json!({
        "title": "Half a day a week",
        "parts": {
            "kind": "figures", "strength": "measured", "source": "Audit Office",
            "date": "May 2025", "points": "for", "hurdles": [1],
            "link": "https://example.org/a",
        },
    });
    let made = program.post("/api/v1/evidence", &item).await;
    let record = &made.is(201).json()["record"];
    assert_eq!(record["parts"]["date"], "2025-05");
    let twice = program.post("/api/v1/evidence", &item).await;
    let fields = &twice.is(422).json()["fields"];
    assert!(fields["title"].as_str().unwrap().contains("Evidence 1"));
    let mut wrong = item.clone();
    wrong["parts"]["date"] = "2099".into();
    let wrong = program.post("/api/v1/evidence", &wrong).await;
    assert!(wrong.is(422).json()["fields"]["parts.date"].is_string());
    let visitor = world.as_visitor();
    let of_hurdle = visitor.get("/api/v1/hurdles/1/evidence").await.json();
    let first = &of_hurdle["results"][0];
    assert_eq!(first["strength"], "measured");
    assert_eq!(first["link"], "https://example.org/a");
    assert!(of_hurdle["next"].is_null());
    for n in 0..3 {
        let title = format!("Item {n}");
        adds(&tom, &[("title", title.as_str())]).await;
    }
    let mut met = Vec::new();
    let mut next = Some("/api/v1/hurdles/1/evidence?limit=3".to_owned());
    while let Some(path) = next {
        let page = visitor.get(&path).await.is(200).json();
        let results = page["results"].as_array().unwrap();
        met.extend(results.iter().map(|one| one["number"].as_i64().unwrap()));
        next = page["next"].as_str().map(str::to_owned);
    }
    met.sort_unstable();
    assert_eq!(met, [1, 2, 3, 4]);
}

async fn a_table_of_evidence_holds_no_formula(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    let more = [
        ("title", "=HYPERLINK(\"https://example.org\")"),
        ("source", "+cmd|' /C calc'!A0"),
        ("quote", "@SUM(1+1)"),
    ];
    adds(&tom, &more).await;
    let table = world.as_visitor().get("/evidence.csv?hurdle=1").await;
    assert_eq!(
        table.is(200).header("content-type"),
        "text/csv; charset=utf-8"
    );
    let mut rows = csv::Reader::from_reader(table.body.as_bytes());
    let row = rows.records().next().unwrap().unwrap();
    for (at, cell) in row.iter().enumerate() {
        assert!(!cell.starts_with(['=', '+', '-', '@']), "{at}: {cell}");
    }
    assert_eq!(&row[6], "'+cmd|' /C calc'!A0");
}

async fn a_check_sees_when_evidence_is_not_about_what_its_text_says(world: World) {
    furnished(&world).await;
    let tom = world.as_tom();
    tells(&tom, &[]).await.is(303);
    adds(&tom, &[("solutions", "1"), ("trials", "1")]).await;
    let db = &world.app().db;
    let faults = fosbury::evidence::store_check::faults;
    assert_eq!(faults(db).await.unwrap(), (1, Vec::new()));
    let tx = db.begin().await.unwrap();
    let text = "UPDATE evidence_tie SET number = 2 WHERE kind = 'solution'";
    tx.query(text).run().await.unwrap();
    tx.commit().await.unwrap();
    let (_, found) = faults(db).await.unwrap();
    assert_eq!(
        found,
        ["what evidence 1 is about is not what its text says"]
    );
}
